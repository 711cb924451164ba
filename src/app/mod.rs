//! The app: a model, messages, `update`, and effects as values. It knows no terminal, no file and no clock.
//!
//! `update` hands each message to the file that knows it: `input` for keys, `panes` for those on the panes,
//! [`overlay`] for what lies over them, `answers` for what they answer, `suggest` for what to do now, `run` for the
//! session under way, `told` for the store's answers.

mod answers;
mod beside;
pub mod edit;
mod ending;
mod floor;
mod gate;
mod input;
pub mod insight;
mod kept;
pub mod library_pane;
pub mod log_pane;
pub mod message;
pub mod overlay;
mod panes;
mod point;
mod raised;
mod run;
pub mod saying;
pub mod scroll;
pub mod session_pane;
mod start;
pub mod store;
mod suggest;
#[cfg(test)]
mod tests;
pub mod text_area;
pub mod text_field;
mod told;

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use crate::domain::gate::Standings;
use crate::domain::id::Id;
use crate::domain::library::Library;
use crate::domain::log::Log;
use crate::domain::often::Often;
use crate::domain::plan::Care;
use crate::domain::profile::Profile;
use crate::domain::session::Checkpoint;
use crate::domain::storage::Ticket;
use crate::domain::suggest::Wish;
use crate::domain::time::{Now, next_midnight};
use crate::domain::warning::Raised;
use crate::settings::{BreathCues, Settings};
use beside::Stay;
use edit::ReadTime;
use floor::Floor;
use insight::Insight;
use library_pane::{Hit, LibraryPane};
use log_pane::LogPane;
use message::{Context, Effect, Msg, Update};
use overlay::Overlay;
use overlay::card::{self, Card};
use overlay::check_in::CheckIn;
use overlay::question::Question;
use overlay::rating::Ratings;
use saying::Saying;
use scroll::Scroll;
use session_pane::{Run, Stage};
pub use start::Setup;
use start::Wanted;
use store::Outbox;

/// Columns and rows from which there is room to read more than one line.
pub const READABLE: (u16, u16) = (40, 12);

/// Columns and rows from which the three panes stand side by side.
pub const WIDE: (u16, u16) = (100, 28);

/// The three panes, left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// What to do.
    #[default]
    Library,
    /// Doing it.
    Session,
    /// What was done and felt.
    Log,
}

impl Pane {
    /// Left to right.
    pub const ALL: [Self; 3] = [Self::Library, Self::Session, Self::Log];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Library => "Library",
            Self::Session => "Session",
            Self::Log => "Log",
        }
    }
}

/// One line for the person, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The line.
    pub text: Saying,
    /// Something is wrong, as against good to know.
    pub is_warning: bool,
}

/// The whole model.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // switches, each by itself
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Everything there is to choose from.
    pub library: Library,
    /// What the person has answered about themselves.
    pub profile: Profile,
    /// The log as far as it is read.
    pub log: Log,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether the focused pane fills the screen.
    pub zoomed: bool,
    /// The library pane.
    pub library_pane: LibraryPane,
    /// The session pane.
    pub stage: Stage,
    /// How far the preview is scrolled.
    pub preview_scroll: Scroll,
    /// The log pane.
    pub log_pane: LogPane,
    /// What the log comes to.
    pub insight: Insight,
    /// What lies over the panes; the last is on top and gets the keys.
    pub overlays: Vec<Overlay>,
    /// One line for the person.
    pub notice: Option<Notice>,
    /// What stands in the way of saving, as long as it does: 'read-only', 'a file in its place'.
    pub trouble: Option<String>,
    /// Lines that came up at start.
    pub troubles: Vec<String>,
    /// The entries are made up, and nothing is saved: said on every screen.
    pub demo: bool,
    /// What the person has set.
    pub settings: Settings,
    /// What was shown once before.
    seen: BTreeSet<String>,
    /// What is to be said of the world outside once there is room; with the name under which it is remembered.
    remarks: Vec<(String, Option<&'static str>)>,
    /// Whether voice and bell are off.
    pub muted: bool,
    /// How breathing in and out is told to the ear just now.
    pub breath_cues: BreathCues,
    /// How a typed time is read.
    pub read_time: ReadTime,
    /// Questions that an entry raised when it was saved and that were not answered since.
    raised: Vec<Raised>,
    /// The floor view.
    floor: Floor,
    /// What is under way with the store.
    pub outbox: Outbox,
    /// What is off and what routines leave out, by slug, with every reason.
    pub standings: Standings,
    /// How carefully a session is done that starts now.
    pub care: Care,
    /// What was last wished for, while the app runs.
    wish: Wish,
    /// What was to start when safety questions came first, and the ratings that the command line gave for it.
    wanted: Wanted,
    before: Option<Ratings>,
    /// What will start once the before-rating is given.
    ready: Option<Wanted>,
    /// Ratings given on the command line: the session made ready starts without asking once nothing lies over it.
    at_once: Option<Ratings>,
    no_rating: bool,
    /// Until when it stays open.
    stay: Stay,
    /// Leaving, with this exit code, as soon as the store has answered.
    quitting: Option<u8>,
    /// How often each word was used, once that was asked for.
    often: Option<Often>,
    /// Forms on their way to the log, with the tickets of their asks: one that is not taken comes back.
    sent_forms: Vec<(Ticket, Box<CheckIn>)>,
    /// What is said once these forms, kept as we left, are saved.
    kept: Vec<(Ticket, Vec<String>)>,
    /// Sessions that were cut off and wait to be asked about.
    cut_off: VecDeque<(Id, Checkpoint)>,
    /// The monotonic time of the last key.
    last_key: Option<Duration>,
    /// Until this monotonic time a question that came up unasked does not listen: the keys were meant for what was there.
    deaf_until: Duration,
    /// From this monotonic time a press is meant for what is there.
    press_from: Duration,
    /// What the preview showed after the last update.
    previewed: Option<Hit>,
    /// The monotonic time of the next midnight, when 'today' moves.
    midnight: Duration,
}

impl App {
    /// Takes one message in.
    pub fn update(&mut self, msg: Msg, now: &Now) -> Update {
        let mut effects = Vec::new();
        let scene = self.scene();
        let msg = match msg {
            Msg::Told(told) if self.is_known(&told, now) => Msg::Turn,
            msg => msg,
        };
        let mut draw = self.let_time_pass(&msg, now, &mut effects);
        draw |= !matches!(msg, Msg::Turn);
        let is_key = matches!(
            msg,
            Msg::Do(_) | Msg::Type(_) | Msg::Paste(_) | Msg::Point(_)
        );
        self.hand_on(msg, now, &mut effects);
        draw |= self.start_at_once(now, &mut effects);
        if is_key {
            self.last_key = Some(now.mono);
        }
        draw |= self.ask_about_cut_off(now);
        draw |= self.show_remark(&mut effects);
        draw |= self.leave_by_itself(is_key, now, &mut effects);
        self.note_preview();
        self.note_shown(now);
        self.note_scene(scene, now);
        self.count_insight(now);
        Update { draw, effects }
    }

    /// What the clock alone does; true when something changed.
    fn let_time_pass(&mut self, msg: &Msg, now: &Now, effects: &mut Vec<Effect>) -> bool {
        // After a stop the session must not first be moved over the time in between.
        let mut draw = match msg {
            Msg::Resumed => false,
            _ => self.run_clock(now, effects),
        };
        if now.mono >= self.midnight {
            self.midnight = next_midnight(now);
            draw = true;
        }
        draw |= self.floor.end_flash(now);
        draw | self.look_on(now)
    }

    /// To whoever knows it.
    fn hand_on(&mut self, msg: Msg, now: &Now, effects: &mut Vec<Effect>) {
        match msg {
            Msg::Turn => {}
            Msg::Do(_) | Msg::Type(_) | Msg::Paste(_) | Msg::Point(_)
                if self.is_deaf(&msg, now) => {}
            Msg::Resize(columns, rows) => self.size = (columns, rows),
            Msg::Do(action) => self.act(action, now, effects),
            Msg::Type(c) => self.insert(c.encode_utf8(&mut [0; 4]), now, effects),
            Msg::Paste(text) => self.paste(&text, now, effects),
            Msg::Point(point) => self.point(point, now, effects),
            Msg::Remarks(remarks) => self.hear_remarks(remarks),
            Msg::Written(written) => self.hear_written(*written, now),
            Msg::Told(told) => self.hear(told, now, effects),
            Msg::Leave(code) => self.leave_now(code, now, effects),
            Msg::Resumed => self.resumed(now, effects),
            Msg::ChildWaits(why) => self.child_waits(why),
            Msg::ChildEnded(how) => self.child_ended(how, now, effects),
        }
    }

    /// The preview of something else begins at its top.
    fn note_preview(&mut self) {
        let selected = self.library_pane.selected_hit().copied();
        if selected != self.previewed {
            self.previewed = selected;
            self.preview_scroll = Scroll::default();
        }
    }

    /// The monotonic time at which the app wants a [`Msg::Turn`] even if nothing else happens.
    pub fn deadline(&self) -> Duration {
        let session = self.run().and_then(|run| run.session.next_change());
        let wanted = [
            session,
            self.next_pace(),
            self.floor.flash_until(),
            self.log_pane.look_again_at(),
            self.leaves_at(),
        ];
        let first = wanted.into_iter().flatten().min();
        first.map_or(self.midnight, |first| first.min(self.midnight))
    }

    /// Where keys go just now.
    pub fn context(&self) -> Context {
        if let Some(overlay) = self.overlays.last() {
            return overlay.context();
        }
        if let Some(context) = self.floor_context() {
            return context;
        }
        match self.focus {
            Pane::Library if self.library_pane.searching => Context::Search,
            Pane::Library => Context::Library,
            Pane::Session => self.session_context(),
            Pane::Log if self.insight_tab().is_some() => Context::Insight,
            Pane::Log if self.log_pane.finding => Context::Search,
            Pane::Log => Context::Log,
        }
    }

    fn session_context(&self) -> Context {
        match self.run() {
            Some(run) if run.session.next_change().is_some() => Context::Running,
            Some(_) => Context::Paused,
            None => Context::Preview,
        }
    }

    /// The session under way.
    pub fn run(&self) -> Option<&Run> {
        match &self.stage {
            Stage::Session(run) => Some(run),
            _ => None,
        }
    }

    /// Whether the machine is to stay awake: a session runs, or is about to go on.
    pub fn keeps_awake(&self) -> bool {
        let runs = |run: &Run| run.ending.is_none() && run.session.next_change().is_some();
        self.run().is_some_and(runs)
    }

    fn open_card(&mut self, kind: card::Kind) {
        let is_open =
            |overlay: &Overlay| matches!(overlay, Overlay::Card(card) if card.kind == kind);
        self.overlays.retain(|overlay| !is_open(overlay));
        self.overlays.push(Overlay::Card(Card::new(kind)));
    }

    fn ask(&mut self, question: Question) {
        self.overlays.push(Overlay::Question(question));
    }

    /// What to watch for before a session, in one line (C.1).
    pub fn watch_for(&self) -> Saying {
        let words = self.library.safety().before_session;
        Saying::new(words, " Then press <emergency>.")
    }

    fn say(&mut self, text: impl Into<Saying>) {
        self.notice(text.into(), false);
    }

    fn warn(&mut self, text: impl Into<Saying>) {
        self.notice(text.into(), true);
    }

    fn notice(&mut self, text: Saying, is_warning: bool) {
        self.notice = Some(Notice { text, is_warning });
    }
}
