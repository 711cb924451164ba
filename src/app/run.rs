//! The session under way: from the ratings before it on, and its clock. How it ends stands in `ending`.

use std::time::Duration;

use super::message::{Action, Effect};
use super::overlay::card;
use super::overlay::rating::{Rating, Ratings};
use super::session_pane::{Ending, Run, Shown, Stage};
use super::store::Purpose;
use super::{App, Overlay, Pane, Wanted};
use crate::domain::cue;
use crate::domain::plan::Title;
use crate::domain::record::Fields;
use crate::domain::session::{Event, NUDGE_S, Pause, Session};
use crate::domain::storage::Ask;
use crate::domain::time::Now;

/// Where a running session stands is noted at each boundary, and at least this often.
const NOTE_AT_LEAST: Duration = Duration::from_secs(60);

impl App {
    /// Makes the session ready that the command line named; ratings given there are not asked again.
    pub(super) fn prepare(&mut self, wanted: &Wanted, before: Option<Ratings>, now: &Now) {
        let first = wanted.slugs.first().map_or("", String::as_str);
        self.library_pane.select_slug(&self.library, first);
        self.before = before;
        if !self.make_ready(wanted, now) {
            return;
        }
        self.before = None;
        if self.no_rating || before.is_some() {
            self.at_once = Some(before.unwrap_or_default());
        } else {
            self.overlays
                .push(Overlay::Rating(Rating::before(wanted.pain)));
        }
    }

    /// Asks for the ratings, then starts; at once when ratings are off.
    pub(super) fn begin(&mut self, wanted: &Wanted, now: &Now, effects: &mut Vec<Effect>) {
        if self.run().is_some() {
            self.focus = Pane::Session;
            return self.say("A session is under way[; <stop> stops it].");
        }
        // What the command line rated was for what it named.
        self.before = None;
        if !self.make_ready(wanted, now) {
            return;
        }
        let rating = Rating::before(wanted.pain);
        if self.no_rating {
            self.start(rating.ratings, now, effects);
        } else {
            self.overlays.push(Overlay::Rating(rating));
        }
    }

    pub(super) fn start(&mut self, before: Ratings, now: &Now, effects: &mut Vec<Effect>) {
        if self.run().is_some() {
            return;
        }
        if !self.log.is_whole() {
            self.at_once = Some(before);
            return self.say("Reading the log; in a moment.");
        }
        let Some(timeline) = self.plan_ready(before.pain, now) else {
            return;
        };
        if is_queue(&timeline.title, &self.library_pane.queue) {
            self.library_pane.queue.clear();
        }
        let session = Session::start(timeline, now);
        let mut set = session.opening_fields();
        put_ratings(&mut set, before, "before");
        let ticket = self.outbox.ticket(Purpose::SessionStart);
        effects.push(Effect::Ask(Ask::StartSession {
            ticket,
            set,
            checkpoint: session.checkpoint(now),
        }));
        let cues = cue::of(&session, &[Event::Began(0)]);
        effects.extend(cues.into_iter().map(Effect::Cue));
        self.enter_session(Run {
            session,
            ticket,
            before,
            rec: None,
            ending: None,
            noted_at: now.mono,
            away_at: None,
            shown: None,
        });
    }

    pub(super) fn enter_session(&mut self, run: Run) {
        self.stage = Stage::Session(Box::new(run));
        self.focus = Pane::Session;
        self.library_pane.searching = false;
        self.floor.close();
    }

    pub(super) fn run_mut(&mut self) -> Option<&mut Run> {
        match &mut self.stage {
            Stage::Session(run) => Some(run),
            _ => None,
        }
    }

    /// Moves the session to now; true when the screen must show something else.
    pub(super) fn run_clock(&mut self, now: &Now, effects: &mut Vec<Effect>) -> bool {
        let Some(run) = self.run_mut() else {
            return false;
        };
        if run.ending.is_some() {
            return false;
        }
        let events = run.session.advance(now);
        self.flash_at(&events, now);
        let shown = self.shown(now);
        let Some(run) = self.run_mut() else {
            return false;
        };
        let changed = run.shown != shown;
        run.shown = shown;
        self.tell(&events, now, effects);
        self.note_long_step(now, effects);
        changed || !events.is_empty()
    }

    /// In a long step a crash must not take minutes away.
    fn note_long_step(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        let runs = |run: &&Run| run.ending.is_none() && run.session.paused().is_none();
        let run = self.run().filter(runs);
        if run.is_some_and(|run| now.mono >= run.noted_at + NOTE_AT_LEAST) {
            self.note_progress(now, effects);
        }
    }

    pub(super) fn note_progress(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        let Some(run) = self.run_mut() else { return };
        run.noted_at = now.mono;
        let (ticket, checkpoint) = (run.ticket, run.session.checkpoint(now));
        self.outbox.expect(ticket, Purpose::Progress);
        effects.push(Effect::Ask(Ask::Progress(ticket, checkpoint)));
    }

    /// What a drawing now would show of the session.
    fn shown(&self, now: &Now) -> Option<Shown> {
        let run = self.run()?;
        let pace = run.session.pace(now).filter(|_| self.shows_pacer());
        Some(Shown {
            view: run.session.view(now),
            level: pace.map(|pace| pace.level),
        })
    }

    /// Remembers what the drawing after this update will show.
    pub(super) fn note_shown(&mut self, now: &Now) {
        let shown = self.shown(now);
        if let Some(run) = self.run_mut() {
            run.shown = shown;
        }
    }

    /// Cues, the progress file and the ending for what the clock or a key brought about.
    pub(super) fn tell(&mut self, events: &[Event], now: &Now, effects: &mut Vec<Effect>) {
        if let Some(run) = self.run() {
            let cues = cue::of(&run.session, events);
            effects.extend(cues.into_iter().map(Effect::Cue));
        }
        if events.iter().all(Event::is_passing) {
            return;
        }
        self.note_progress(now, effects);
        for event in events {
            match event {
                Event::Paused(Pause::Away) => {
                    if let Some(run) = self.run_mut() {
                        run.away_at = Some(now.mono);
                    }
                    self.say_paused();
                }
                Event::Finished => {
                    let is_done = self.run().is_some_and(|run| run.session.is_done());
                    let ending = if is_done {
                        Ending::Finished
                    } else {
                        Ending::Stopped
                    };
                    self.end(ending, now, effects);
                }
                _ => {}
            }
        }
    }

    /// The program was stopped and goes on: the session stands where it was left.
    pub(super) fn resumed(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        let Some(run) = self.run_mut().filter(|run| run.ending.is_none()) else {
            return;
        };
        let events = run.session.was_stopped(now);
        self.tell(&events, now, effects);
        self.say_paused();
    }

    fn say_paused(&mut self) {
        if self.run().is_some_and(|run| run.ending.is_none()) {
            self.say("You were away, so the session stands where you left it.[ <pause-or-go-on> goes on.]");
        }
    }

    /// A key of the moment in which that was noticed has wiped it away.
    pub(super) fn say_if_just_away(&mut self, now: &Now) {
        if self.run().is_some_and(|run| run.away_at == Some(now.mono)) {
            self.say_paused();
        }
    }

    pub(super) fn act_in_session(&mut self, action: Action, now: &Now, effects: &mut Vec<Effect>) {
        let Some(run) = self.run_mut() else {
            return self.act_in_preview(action, now, effects);
        };
        let away_unseen = run.away_at == Some(now.mono);
        let session = &mut run.session;
        let events = match action {
            // Typed before the pause could be seen: it must not undo it.
            Action::PauseOrGoOn if away_unseen => return self.say_paused(),
            Action::PauseOrGoOn if session.next_change().is_some() => session.pause(now),
            Action::PauseOrGoOn => session.go_on(now),
            Action::NextStep => session.next(now),
            Action::PreviousStep => session.previous(now),
            Action::RestartStep => session.restart_step(now),
            Action::Longer => session.nudge(NUDGE_S, now),
            Action::Shorter => session.nudge(-NUDGE_S, now),
            Action::OtherSide => session.other_side_first(now),
            Action::Mute => {
                self.muted = !self.muted;
                return self.say(if self.muted {
                    "Voice and bell are off."
                } else {
                    "Voice and bell are on."
                });
            }
            Action::WhenToStop => {
                self.pause(now, effects);
                return self.open_card(card::Kind::WhenToStop);
            }
            Action::Stop => return self.ask_to_stop(false, now, effects),
            Action::BreathCues => return self.switch_breath_cues(),
            Action::Back => {
                self.focus = Pane::Library;
                return;
            }
            _ => return,
        };
        self.tell(&events, now, effects);
    }

    fn act_in_preview(&mut self, action: Action, now: &Now, effects: &mut Vec<Effect>) {
        match action {
            Action::Back if matches!(self.stage, Stage::Done(_)) => self.stage = Stage::Preview,
            Action::Back if self.zoomed => self.zoomed = false,
            Action::Back => self.focus = Pane::Library,
            Action::Enter | Action::Start | Action::Favourite | Action::Enqueue => {
                let focus = std::mem::replace(&mut self.focus, Pane::Library);
                self.act_on_pane(action, now, effects);
                if self.focus == Pane::Library {
                    self.focus = focus;
                }
            }
            movement => self.preview_scroll.act(movement),
        }
    }

    pub(super) fn pause(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        let events = match self.run_mut() {
            Some(run) if run.session.next_change().is_some() => run.session.pause(now),
            _ => return,
        };
        self.tell(&events, now, effects);
    }

    pub(super) fn suspend(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        self.pause(now, effects);
        effects.push(Effect::Suspend);
    }
}

/// Whether it is the queue that starts, as against something chosen beside it.
fn is_queue(title: &Title, queue: &[String]) -> bool {
    match title {
        Title::Queue(slugs) => slugs == queue,
        Title::Technique(slug) | Title::Routine(slug) => queue == [slug.clone()],
    }
}

pub(super) fn put_ratings(set: &mut Fields, ratings: Ratings, when: &str) {
    for (what, value) in [("pain", ratings.pain), ("stress", ratings.stress)] {
        if let Some(value) = value {
            set.put(&format!("{what}_{when}"), &value.get());
        }
    }
}
