//! What the app starts with, its first state, and what is to start in it.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use super::beside::Stay;
use super::edit::ReadTime;
use super::floor::Floor;
use super::insight::Insight;
use super::library_pane::LibraryPane;
use super::log_pane::LogPane;
use super::message::Effect;
use super::overlay::card::Kind;
use super::overlay::rating::Ratings;
use super::scroll::Scroll;
use super::session_pane::Stage;
use super::store::Outbox;
use super::{App, Pane};
use crate::domain::gate::Standings;
use crate::domain::library::Library;
use crate::domain::log::{Log, LogChange};
use crate::domain::plan::{Care, Side};
use crate::domain::profile::Profile;
use crate::domain::safety::DISCLAIMER_SEEN;
use crate::domain::scale::Scale;
use crate::domain::suggest::Wish;
use crate::domain::time::{Now, next_midnight};
use crate::settings::Settings;

/// What the app starts with.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each by itself
pub struct Setup {
    /// Everything there is to choose from.
    pub library: Library,
    /// Slugs marked as favourites.
    pub favourites: BTreeSet<String>,
    /// What was shown once before.
    pub seen: BTreeSet<String>,
    /// What the person has answered about themselves.
    pub profile: Profile,
    /// What is known of the log so soon, so that the first frame shows it; the store brings all.
    pub newest: Option<LogChange>,
    /// Lines to show at start: own files with mistakes, a data directory that can't be used.
    pub troubles: Vec<String>,
    /// Start with this: slugs of techniques or one routine, as `unkink start` was given them.
    pub start: Vec<String>,
    /// Begin with suggestions.
    pub suggest: bool,
    /// The side to begin with.
    pub side: Option<Side>,
    /// Ratings given on the command line (`--pain`, `--stress`, each of which may say 'not rated'); `None`: ask.
    pub before: Option<Ratings>,
    /// Skip the ratings (`--no-rating`).
    pub no_rating: bool,
    /// The command that runs beside the app, as people call it: the app stays open until that has ended.
    pub beside: Option<String>,
    /// Leave once a session is over.
    pub once: bool,
    /// The entries are made up, and nothing is saved.
    pub demo: bool,
    /// What the person has set.
    pub settings: Settings,
    /// How a typed time is read.
    pub read_time: ReadTime,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// What is to start, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wanted {
    /// Of techniques or routines.
    pub slugs: Vec<String>,
    /// The side to begin with, where one was said.
    pub side: Option<Side>,
    /// Pain, where it was said already: it is then not asked again.
    pub pain: Option<Scale>,
}

impl Wanted {
    /// These, however they are.
    pub fn of(slugs: &[String]) -> Self {
        Self {
            slugs: slugs.to_vec(),
            ..Self::default()
        }
    }

    pub fn side_first(&self) -> Side {
        self.side.unwrap_or(Side::Left)
    }
}

impl App {
    /// The first state.
    pub fn new(mut setup: Setup, now: &Now) -> Self {
        let (side, before, suggests) = (setup.side, setup.before, setup.suggest);
        let slugs = std::mem::take(&mut setup.start);
        let newest = setup.newest.take();
        let mut app = Self::with(setup, now);
        app.profile.distrust_the_future(now.wall.date_naive());
        app.recall_numbers();
        app.recall_raised();
        if let Some(newest) = newest {
            // Nobody has asked for anything yet that it could have an effect on, and an empty log greets nobody.
            app.hear_log(newest, now, &mut Vec::new());
        }
        app.judge(now);
        app.library_pane.select_first();
        if suggests {
            app.open_suggestions(before, now);
        }
        if slugs.is_empty() {
            app.ask_at_start(now);
        } else {
            let wanted = Wanted {
                side,
                ..Wanted::of(&slugs)
            };
            app.prepare(&wanted, before, now);
        }
        app.say_first();
        app
    }

    /// What has to be said or read before anything else.
    fn say_first(&mut self) {
        if self.demo {
            self.say("Made-up entries, for trying things out. Nothing here is saved.");
        }
        if !self.troubles.is_empty() {
            self.open_card(Kind::Troubles);
        }
        if !self.seen.contains(DISCLAIMER_SEEN) {
            self.open_card(Kind::Disclaimer);
        }
    }

    /// Starts what the command line asked for, with the ratings it gave; true when it was time to.
    pub(super) fn start_at_once(&mut self, now: &Now, effects: &mut Vec<Effect>) -> bool {
        // Whether it is the first week, and what was done today, is in the log.
        if !self.overlays.is_empty() || !self.log.is_whole() {
            return false;
        }
        let Some(before) = self.at_once.take() else {
            return false;
        };
        self.start(before, now, effects);
        // A refusal says why instead.
        if self.run().is_some() {
            self.say(self.watch_for());
        }
        true
    }

    /// With what was set up, and everything else empty.
    fn with(setup: Setup, now: &Now) -> Self {
        Self {
            size: setup.size,
            library: setup.library,
            profile: setup.profile,
            log: Log::default(),
            focus: Pane::Library,
            zoomed: false,
            library_pane: LibraryPane::new(setup.favourites),
            stage: Stage::Preview,
            preview_scroll: Scroll::default(),
            log_pane: LogPane::default(),
            insight: Insight::default(),
            overlays: Vec::new(),
            notice: None,
            trouble: None,
            troubles: setup.troubles,
            breath_cues: setup.settings.breath_cues,
            settings: setup.settings,
            demo: setup.demo,
            seen: setup.seen,
            remarks: Vec::new(),
            muted: false,
            read_time: setup.read_time,
            raised: Vec::new(),
            floor: Floor::default(),
            outbox: Outbox::default(),
            standings: Standings::new(),
            care: Care::default(),
            wish: Wish {
                side: setup.side,
                ..Wish::default()
            },
            wanted: Wanted::default(),
            before: setup.before,
            ready: None,
            at_once: None,
            no_rating: setup.no_rating,
            stay: Stay::new(setup.beside, setup.once),
            quitting: None,
            often: None,
            sent_forms: Vec::new(),
            kept: Vec::new(),
            cut_off: VecDeque::new(),
            last_key: None,
            deaf_until: Duration::ZERO,
            press_from: Duration::ZERO,
            previewed: None,
            midnight: next_midnight(now),
        }
    }
}
