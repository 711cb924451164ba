//! What a reminder offers: what was named, or what fits a short break now and may start.

use crate::cli::Shell;
use crate::cli::gate::Answers;
use crate::domain::plan::Side;
use crate::domain::suggest::Wish;

/// A break's length in minutes: two if something fits them, else three.
const MINUTES: [u32; 2] = [2, 3];

/// What may start now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Of the technique or routine.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Seconds that it takes.
    pub real_s: u32,
    /// The side to begin with.
    pub side: Option<Side>,
}

/// What to offer; `None` while nothing may start. Read anew each time: the log and the answers go on.
pub fn fitting(routine: Option<&str>, shell: &Shell) -> Option<Offer> {
    let (library, _) = shell.library();
    let answers = Answers::read(&shell.places, &library);
    if let Some(slug) = routine {
        let plan = answers.plan(&[slug.to_owned()], Side::Left).ok()?;
        return Some(Offer {
            slug: slug.to_owned(),
            name: plan.timeline.name.clone(),
            real_s: plan.timeline.real_s(),
            side: None,
        });
    }
    MINUTES.into_iter().find_map(|minutes| {
        let best = answers
            .suggest(&Wish::in_passing(minutes))
            .into_iter()
            .next()?;
        Some(Offer {
            slug: best.slug,
            name: best.name,
            real_s: best.real_s,
            side: best.side,
        })
    })
}
