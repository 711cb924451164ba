//! Opens the app as the command line asks.

use crate::app::Setup;
use crate::app::edit::ReadTime;
use crate::app::overlay::rating::Ratings;
use crate::config::Config;
use crate::content;
use crate::demo;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::safety::DISCLAIMER_SEEN;
use crate::domain::scale::Scale;
use crate::domain::when;
use crate::journal::Journal;
use crate::paths::Places;
use crate::runtime::Source;
use crate::sys::clock;
use crate::sys::command::Running;
use crate::ui::Look;

/// What the app is to start with.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each by itself
pub struct Start<'a> {
    /// The command that runs beside it, until which it stays open.
    pub beside: Option<&'a mut Running>,
    /// Leave once a session is over.
    pub once: bool,
    /// Where it is noted whether anything was done of a session.
    pub worked: Option<&'a mut bool>,
    /// Slugs of techniques or routines; none to choose first.
    pub slugs: Vec<String>,
    /// Choose from suggestions.
    pub suggest: bool,
    /// The side to begin with.
    pub side: Option<Side>,
    /// Pain and stress before, each of which may be left unrated; `None`: ask.
    pub before: Option<[Option<Scale>; 2]>,
    /// Ask for no ratings.
    pub no_rating: bool,
    /// With colour or without; `None`: as the environment asks.
    pub colour: Option<bool>,
    /// With a year of made-up entries in place of the person's own.
    pub demo: bool,
    /// The settings, and what was wrong with their file.
    pub config: Config,
}

/// The app with all there is to choose from; the exit code.
pub fn open(places: &Places, start: Start<'_>) -> u8 {
    let (mut library, mut troubles) = content::load(places);
    troubles.extend(start.config.hide(&mut library));
    open_with(places, start, library, troubles)
}

/// The app with content that is read already, and the lines that told what was wrong with it; the exit code.
pub fn open_with(places: &Places, start: Start<'_>, library: Library, troubles: Vec<String>) -> u8 {
    let keymap = start.config.keymap;
    let var = |name: &str| std::env::var(name).ok();
    let look = Look::chosen(start.colour, &start.config.settings, var).with_keys(&keymap);
    let mut setup = Setup {
        read_time: ReadTime(|typed, now| when::parse_time(typed, now, &chrono::Local)),
        library,
        troubles: start.config.troubles,
        start: start.slugs,
        suggest: start.suggest,
        side: start.side,
        before: start.before.map(|[pain, stress]| Ratings { pain, stress }),
        no_rating: start.no_rating,
        settings: start.config.settings,
        beside: start
            .beside
            .as_ref()
            .map(|running| running.name(look.glyphs.ellipsis)),
        once: start.once,
        ..Setup::default()
    };
    setup.troubles.extend(troubles);
    if start.demo {
        setup.demo = true;
        setup.profile = demo::profile(&clock::now().wall);
        setup.seen.insert(DISCLAIMER_SEEN.to_owned());
        return super::run(Source::Demo, setup, look, None).code;
    }
    // Small files: what was shown once must not flash up again, nor the order of the list jump, nor what is off show as on.
    let questions = setup.library.safety().ids().into_iter();
    let journal = Journal::open(places).with_questions(questions.map(str::to_owned));
    let read = journal.profile();
    setup.profile = read.profile;
    setup.troubles.splice(..0, read.troubles);
    setup.favourites = journal.favourites().unwrap_or_default();
    setup.seen = journal.seen();
    let left = super::run(Source::Journal(places), setup, look, start.beside);
    if let Some(worked) = start.worked {
        *worked = left.worked;
    }
    left.code
}
