//! What there is to say of one moment of a session: its digits, its phase, what to do now and next, when to stop.

use ratatui::style::Style;

use crate::app::session_pane::{Ending, Run};
use crate::domain::breath::Pace;
use crate::domain::plan::{Item, Phase, Segment, Timeline};
use crate::domain::session::{Pause, View};
use crate::domain::time::{Now, clock_text};
use crate::ui::Look;
use crate::ui::widgets::blocks::Sign;

/// What the screen says of this moment.
pub struct Moment<'a> {
    pub view: View,
    pub timeline: &'a Timeline,
    pub segment: Option<&'a Segment>,
    pub item: Option<&'a Item>,
    /// Where in a breath, when the step has a rhythm.
    pub pace: Option<Pace>,
    ending: Option<Ending>,
}

impl<'a> Moment<'a> {
    pub fn of(run: &'a Run, now: &Now) -> Self {
        let view = run.session.view(now);
        let timeline = &run.session.timeline;
        let segment = timeline.segments.get(view.segment);
        let item = segment.or(timeline.segments.last());
        Self {
            item: item.and_then(|segment| timeline.items.get(segment.item)),
            view,
            pace: run.session.pace(now).filter(|_| run.ending.is_none()),
            timeline,
            segment,
            ending: run.ending,
        }
    }

    pub fn digits(&self) -> String {
        clock_text(self.view.left_s.into())
    }

    /// What is going on, in words: 'step 2 of 4, left side'.
    pub fn phase_words(&self) -> String {
        let Some(segment) = self.segment else {
            return "done".into();
        };
        let words = match segment.phase {
            Phase::GetReady => "get ready".to_owned(),
            Phase::Step { step } => format!("step {} of {}", step + 1, self.steps_of(segment.item)),
            Phase::SideChange => "change sides".into(),
            Phase::ItemChange => "on to the next".into(),
        };
        match segment.side {
            Some(side) => format!("{words}, {} side", side.word()),
            None => words,
        }
    }

    fn steps_of(&self, item: usize) -> usize {
        let steps = self.timeline.segments.iter().filter_map(|segment| {
            match (segment.item == item, segment.phase) {
                (true, Phase::Step { step }) => Some(step + 1),
                _ => None,
            }
        });
        steps.max().unwrap_or(1)
    }

    /// What is going on, as a shape.
    pub fn sign(&self) -> Sign {
        if self.ending.is_some() {
            return Sign::Done;
        }
        if self.view.paused.is_some() {
            return Sign::Pause;
        }
        if self.view.count_in_s.is_some() {
            return Sign::Ready;
        }
        match self.segment.map(|segment| segment.phase) {
            Some(Phase::GetReady) => Sign::Ready,
            Some(Phase::Step { .. }) => Sign::Step,
            Some(Phase::SideChange | Phase::ItemChange) => Sign::Change,
            None => Sign::Done,
        }
    }

    /// A shape and a style for what is going on.
    pub fn shape(&self, look: &Look) -> (&'static str, Style) {
        let (theme, glyphs) = (&look.theme, &look.glyphs);
        match self.sign() {
            Sign::Pause => (glyphs.pause, theme.rest),
            Sign::Ready => (glyphs.ready, theme.get_ready),
            Sign::Step => (glyphs.step, theme.step),
            Sign::Change => (glyphs.change, theme.change),
            Sign::Done => (glyphs.done, theme.good),
        }
    }

    pub fn phase_line(&self, look: &Look) -> String {
        let (glyph, _) = self.shape(look);
        match self.ending {
            Some(Ending::Finished) => return format!("{glyph} done"),
            Some(Ending::Stopped) => return format!("{glyph} stopped"),
            None => {}
        }
        let paused = match self.view.paused {
            Some(Pause::Asked) => "paused, ",
            Some(Pause::Away) => "paused while you were away, ",
            None => "",
        };
        if let Some(count) = self.view.count_in_s {
            return format!("{glyph} going on in {count}, {}", self.phase_words());
        }
        format!("{glyph} {paused}{}", self.phase_words())
    }

    /// 'breathe in 3': in or out, and which second of it.
    pub fn pace_words(&self) -> Option<String> {
        let pace = self.pace?;
        Some(format!("{} {}", pace.turn.words(), pace.count))
    }

    /// What to do now.
    pub fn line(&self) -> &str {
        self.segment.map_or("", |segment| &segment.line)
    }

    /// What comes next, with its side when that changes.
    pub fn next(&self) -> String {
        let Some(next) = self.timeline.segments.get(self.view.segment + 1) else {
            return "then: done".into();
        };
        match next.phase {
            Phase::ItemChange => {
                let name = self
                    .timeline
                    .items
                    .get(next.item)
                    .map_or("", |item| &item.name);
                format!("then: {name}")
            }
            _ => format!("then: {}", next.line),
        }
    }

    pub fn stop_if(&self) -> String {
        let words = self.item.map_or("", |item| item.stop_if.as_str());
        format!("stop if: {words}")
    }

    /// The name; within a routine or queue also which part of it this is.
    pub fn name(&self, look: &Look) -> String {
        let name = self.item.map_or("", |item| item.name.as_str());
        let count = self.timeline.items.len();
        match self.segment {
            Some(segment) if count > 1 => {
                format!("{name} {} {} of {count}", look.glyphs.dot, segment.item + 1)
            }
            _ => name.to_owned(),
        }
    }
}
