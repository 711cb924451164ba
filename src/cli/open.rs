//! Opens the app from the command line.

use super::{Color, out};
use crate::app::Setup;
use crate::app::overlay::rating::Ratings;
use crate::content;
use crate::domain::library::Library;
use crate::domain::scale::Scale;
use crate::paths::Places;
use crate::runtime;
use crate::ui::Look;

/// What the app is to start with.
#[derive(Debug, Default)]
pub struct Start {
    /// Slugs of techniques or routines; none to choose first.
    pub slugs: Vec<String>,
    /// Pain before.
    pub pain: Option<Scale>,
    /// Stress before.
    pub stress: Option<Scale>,
    /// Ask for no ratings.
    pub no_rating: bool,
}

/// The app; the exit code.
pub fn app(places: &Places, start: Start, color: Color) -> u8 {
    let (library, troubles) = content::load(places);
    app_with(places, start, color, library, troubles)
}

/// The app with content that is read already; the exit code.
pub fn app_with(
    places: &Places,
    start: Start,
    color: Color,
    library: Library,
    troubles: Vec<String>,
) -> u8 {
    let _colour = out::wants_color(color, true);
    let setup = Setup {
        library,
        troubles,
        start: start.slugs,
        before: Ratings {
            pain: start.pain,
            stress: start.stress,
        },
        no_rating: start.no_rating,
        ..Setup::default()
    };
    runtime::run(places, setup, Look)
}
