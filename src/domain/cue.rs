//! What a person who does not look is told: each event of a session as words for the ear.

use super::breath;
use super::plan::{Phase, Segment, Side, Timeline};
use super::session::{COUNT_IN_S, Event, Mark, Pause, Session};
use super::spoken;

/// What a voice says in a second at an easy pace, in letters.
const CHARS_A_SECOND: usize = 14;

/// What a cue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The session begins.
    Start,
    /// A step begins, so the one before it has ended.
    Step,
    /// Half of a step is over.
    Half,
    /// Ten seconds of a step are left.
    Ten,
    /// Three, two, one.
    Count,
    /// Change sides.
    Side,
    /// On to the next technique.
    Next,
    /// Breathe in.
    In,
    /// Breathe out.
    Out,
    /// Paused by the person.
    Pause,
    /// Paused because the machine slept or the program was stopped.
    Away,
    /// About to go on: three, two, one.
    CountIn,
    /// Going on.
    GoOn,
    /// The end.
    Finish,
    /// Ended early by the person.
    Stop,
    /// The command that the session fills the wait for has ended.
    Beside,
}

impl Kind {
    /// Every kind, in the order of a session.
    pub const ALL: [Self; 16] = [
        Self::Start,
        Self::Step,
        Self::Half,
        Self::Ten,
        Self::Count,
        Self::Side,
        Self::Next,
        Self::In,
        Self::Out,
        Self::Pause,
        Self::Away,
        Self::CountIn,
        Self::GoOn,
        Self::Finish,
        Self::Stop,
        Self::Beside,
    ];

    /// Its name in the settings and for commands: 'start', 'step' …
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Step => "step",
            Self::Half => "half",
            Self::Ten => "ten",
            Self::Count => "count",
            Self::Side => "side",
            Self::Next => "next",
            Self::In => "in",
            Self::Out => "out",
            Self::Pause => "pause",
            Self::Away => "away",
            Self::CountIn => "count-in",
            Self::GoOn => "go-on",
            Self::Finish => "finish",
            Self::Stop => "stop",
            Self::Beside => "beside",
        }
    }

    /// Whether it is left out while something else is still being said: the rhythm of the breath and the last seconds
    /// must not break off what to do.
    pub fn yields(self) -> bool {
        self.is_breath() || self == Self::Count
    }

    /// Whether it is told after what is still being said: it is no part of the session, and must not be lost.
    pub fn waits(self) -> bool {
        self == Self::Beside
    }

    /// Whether it is one of the breath's two.
    pub fn is_breath(self) -> bool {
        matches!(self, Self::In | Self::Out)
    }
}

/// One cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// What it is about.
    pub kind: Kind,
    /// What is said, written for the ear.
    pub spoken: String,
}

impl Cue {
    fn new(kind: Kind, spoken: impl Into<String>) -> Self {
        Self {
            kind,
            spoken: spoken.into(),
        }
    }

    /// The person ended it early.
    pub fn stopped() -> Self {
        Self::new(Kind::Stop, "Stopped.")
    }

    /// The command beside the session has ended, and how: 'exit 0'.
    pub fn beside(how: &str) -> Self {
        let how = spoken::ended(&spoken::text(how));
        Self::new(Kind::Beside, format!("Your command is done, {how}"))
    }
}

/// The cues of one turn, in order. Of what passes by within a step only the last is told when several come at once: who
/// hears 'ten seconds' late must not hear it when one is left.
pub fn of(session: &Session, events: &[Event]) -> Vec<Cue> {
    let is_breath = |event: &Event| matches!(event, Event::Breathe(_));
    let mut told: Vec<&Event> = Vec::new();
    for event in events {
        // A breath begins with the step: what to do says so already.
        if is_breath(event) && told.iter().any(|before| !is_breath(before)) {
            continue;
        }
        told.retain(|before| !before.is_passing());
        told.push(event);
    }
    let came_by_itself = |at: usize| {
        at.checked_sub(1)
            .is_some_and(|before| events.contains(&Event::Ended(before)))
    };
    let cues = told.into_iter().filter_map(|event| match event {
        Event::Began(at) => began(&session.timeline, *at, came_by_itself(*at)),
        other => cue(session, other),
    });
    cues.collect()
}

fn cue(session: &Session, event: &Event) -> Option<Cue> {
    Some(match event {
        Event::Began(_) | Event::Ended(_) => return None,
        Event::Passed(Mark::Half) => Cue::new(Kind::Half, "Half way."),
        Event::Passed(Mark::Ten) => Cue::new(Kind::Ten, "Ten seconds."),
        Event::Passed(Mark::Count(left)) => Cue::new(
            Kind::Count,
            spoken::sentence(&spoken::number((*left).into())),
        ),
        Event::Breathe(breath::Turn::In) => Cue::new(Kind::In, "In."),
        Event::Breathe(breath::Turn::Out) => Cue::new(Kind::Out, "Out."),
        Event::Paused(Pause::Asked) => Cue::new(Kind::Pause, "Paused."),
        Event::Paused(Pause::Away) => Cue::new(Kind::Away, "Paused. You were away."),
        Event::CountIn(left) => {
            let number = spoken::number((*left).into());
            let said = match *left {
                COUNT_IN_S => format!("Going on in {number}."),
                _ => spoken::sentence(&number),
            };
            Cue::new(Kind::CountIn, said)
        }
        Event::WentOn => Cue::new(Kind::GoOn, went_on(session)),
        Event::Finished if session.is_done() => Cue::new(Kind::Finish, "Finished."),
        // The last step was skipped.
        Event::Finished => Cue::stopped(),
    })
}

/// What was going on, so that who comes back need not remember.
fn went_on(session: &Session) -> String {
    let is_step = |segment: &&Segment| matches!(segment.phase, Phase::Step { .. });
    let Some(step) = session.current().filter(is_step) else {
        return "Go on.".into();
    };
    let side = step.side.map_or(String::new(), side_words);
    format!("Go on. {side}{}", spoken::text(&step.line))
}

fn side_words(side: Side) -> String {
    format!("{} side. ", spoken::capital(side.word()))
}

/// `by_itself`: the stretch before it ran to its end, so that the person was told of a change of sides.
fn began(timeline: &Timeline, at: usize, by_itself: bool) -> Option<Cue> {
    let segment = timeline.segments.get(at)?;
    let item = timeline.items.get(segment.item);
    let name = item.map_or(String::new(), |item| spoken::text(&item.name));
    Some(match segment.phase {
        // Five seconds: what matters most comes first, and the first step may break the rest off.
        Phase::GetReady => {
            let whole = spoken::duration(timeline.real_s());
            let title = spoken::text(&timeline.name);
            let first = match timeline.items.len() {
                1 => String::new(),
                _ => format!("First, {name}. "),
            };
            let ready = spoken::ended(&spoken::text(&segment.line));
            Cue::new(Kind::Start, format!("{title}, {whole}. {first}{ready}"))
        }
        Phase::Step { .. } => Cue::new(Kind::Step, step(timeline, at, by_itself)),
        Phase::SideChange => {
            let side = segment.side.map_or("other", Side::word);
            Cue::new(Kind::Side, format!("Change to the {side} side."))
        }
        Phase::ItemChange => {
            let time = item.map_or(String::new(), |item| spoken::duration(item.planned_s));
            // The stop rule of each part must not need eyes.
            let stop = item.map_or(String::new(), |item| spoken::text(&item.stop_if));
            let place = item.map_or(String::new(), |item| spoken::text(&item.position));
            let (place, stop) = (
                spoken::capital(&spoken::ended(&place)),
                spoken::ended(&stop),
            );
            Cue::new(
                Kind::Next,
                format!("Next, {name}, {time}. {place} Stop if {stop}"),
            )
        }
    })
}

/// What to do, with what is not known yet: the technique's name, the side, the time.
fn step(timeline: &Timeline, at: usize, by_itself: bool) -> String {
    let Some(segment) = timeline.segments.get(at) else {
        return String::new();
    };
    let before = at.checked_sub(1).map(|before| &timeline.segments[before]);
    let knows_side = by_itself && before.is_some_and(|before| before.side == segment.side);
    let side = segment.side.filter(|_| !knows_side);
    let side = side.map_or(String::new(), side_words);
    // Who skipped to another technique has not heard its name.
    let is_first = before.is_some_and(|before| before.phase == Phase::ItemChange);
    let item = timeline.items.get(segment.item);
    let name = item.filter(|_| is_first && !by_itself);
    let name = name.map_or(String::new(), |item| {
        format!("{}. ", spoken::text(&item.name))
    });
    let line = spoken::ended(&spoken::text(&segment.line));
    let said = format!("{name}{side}{line}");
    let time = spoken::capital(&spoken::duration(segment.seconds));
    // The time is left out where what to do takes all of it to say.
    let chars = said.chars().count() + time.chars().count();
    let has_room = chars <= segment.seconds as usize * CHARS_A_SECOND;
    if has_room {
        format!("{said} {time}.")
    } else {
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::tests::technique;
    use crate::domain::technique::Sides;
    use crate::domain::time::Now;

    fn session() -> Session {
        let technique = technique("t", Sides::LeftThenRight, &[15, -10, -20, 5]);
        let now = Now {
            mono: std::time::Duration::ZERO,
            boot: None,
            wall: chrono::DateTime::default(),
        };
        Session::start(Timeline::of_technique(&technique, Side::Left), &now)
    }

    fn said(events: &[Event]) -> Vec<String> {
        let cues = of(&session(), events);
        cues.into_iter().map(|cue| cue.spoken).collect()
    }

    #[test]
    fn the_side_is_said_where_it_is_not_known_yet() {
        use Event::{Began, Ended};
        assert_eq!(said(&[Began(1)]), ["t step zero. Fifteen seconds."]);
        let first = said(&[Ended(1), Began(2)]);
        assert_eq!(first, ["Left side. t step one. Ten seconds."]);
        let same = said(&[Ended(2), Began(3)]);
        assert_eq!(same, ["t step two. Twenty seconds."]);
        assert_eq!(said(&[Ended(3), Began(4)]), ["Change to the right side."]);
        assert_eq!(said(&[Ended(4), Began(5)]), ["t step one. Ten seconds."]);
        let skipped = said(&[Began(5)]);
        assert_eq!(skipped, ["Right side. t step one. Ten seconds."]);
    }

    #[test]
    fn of_what_passes_by_only_the_last_is_told() {
        use Event::{Began, Breathe, Ended, Passed};
        let late = [
            Passed(Mark::Ten),
            Passed(Mark::Count(3)),
            Passed(Mark::Count(2)),
        ];
        assert_eq!(said(&late), ["Two."]);
        let over = [Passed(Mark::Count(1)), Ended(1), Began(2)];
        assert_eq!(said(&over), ["Left side. t step one. Ten seconds."]);
        let breath = [Ended(1), Began(2), Breathe(breath::Turn::In)];
        assert_eq!(said(&breath), ["Left side. t step one. Ten seconds."]);
        let half = [Passed(Mark::Half), Breathe(breath::Turn::In)];
        assert_eq!(said(&half), ["Half way."]);
        assert_eq!(said(&[Breathe(breath::Turn::In)]), ["In."]);
    }

    #[test]
    fn a_pause_and_going_on_are_said() {
        let pause = [Event::Paused(Pause::Asked)];
        assert_eq!(said(&pause), ["Paused."]);
        assert_eq!(said(&[Event::CountIn(3)]), ["Going on in three."]);
        assert_eq!(said(&[Event::CountIn(1), Event::WentOn]), ["Go on."]);
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> =
            Kind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), Kind::ALL.len());
    }
}
