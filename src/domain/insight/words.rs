//! The statistics in words, for screens, command line and page alike: no stronger than their number allows (G.1), and
//! ratings as words where numbers are hidden.

use super::Measure;
use super::causes::{Caution, MEANINGFUL, OTHER_CAUSES, ROUGH_GUIDE, STRESS};
use super::compare::Difference;
use super::helped::{Helped, Row};
use super::middle::{Summary, change_words};
use super::places::Cell;
use super::told::{Enough, Pair, Share, Told};
use crate::domain::kindness::{about, about_by, about_change};
use crate::domain::library::Library;

/// The name that people read; the slug of what the library no longer has.
pub fn name<'a>(slug: &'a str, is_routine: bool, library: &'a Library) -> &'a str {
    let known = if is_routine {
        library.routine(slug).map(|routine| routine.name.as_str())
    } else {
        library.technique(slug).map(|known| known.name.as_str())
    };
    known.unwrap_or(slug)
}

/// A place with its side: 'belt line beside the spine left'; the id of what the vocabulary does not know.
pub fn place(cell: &Cell<'_>, library: &Library) -> String {
    let region = library.vocabulary().region(cell.region);
    let label = region.map_or(cell.region, |region| region.label.as_str());
    match cell.side {
        Some(side) => format!("{label} {}", side.word()),
        None => label.to_owned(),
    }
}

/// What has to stand where these numbers are; nothing where no median is told.
pub fn cautions(rows: &[Row<'_>]) -> Vec<&'static Caution> {
    let told = || rows.iter().flat_map(|row| [&row.pain, &row.stress]);
    let has_spread = told().any(|told| matches!(told, Told::Enough(_)));
    if !has_spread && !told().any(|told| matches!(told, Told::TooFew(_))) {
        return Vec::new();
    }
    let mut all: Vec<&Caution> = OTHER_CAUSES.iter().collect();
    if has_spread {
        all.extend([&ROUGH_GUIDE, &MEANINGFUL]);
    }
    all.push(&STRESS);
    all
}

/// How ratings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// As numbers; else as words, and counts stay.
    pub numbers: bool,
}

impl Words {
    /// 'pain 4 (2 to 6, of 7)', 'pain 3 and 5', 'some pain (of 7)'; a gap is a dash.
    pub fn rating(self, measure: Measure, summary: Option<Summary>) -> String {
        let what = measure.word();
        let Some(Summary {
            n,
            median,
            min,
            max,
        }) = summary
        else {
            return format!("{what} –");
        };
        match n {
            _ if !self.numbers => format!("{} (of {n})", about(what, median)),
            1 => format!("{what} {median}"),
            2 => format!("{what} {min} and {max}"),
            _ => format!("{what} {median} ({min} to {max}, of {n})"),
        }
    }

    /// '2 lower', or 'lower'.
    pub fn change(self, by: f64) -> String {
        if self.numbers {
            change_words(by)
        } else {
            about_by(by).to_owned()
        }
    }

    /// '6 to 4', or 'lower'.
    pub fn pair(self, pair: Pair) -> String {
        if self.numbers {
            format!("{} to {}", pair.before, pair.after)
        } else {
            about_change("", pair.before, pair.after).trim().to_owned()
        }
    }

    /// '6 to 4, 5 to 5'.
    pub fn pairs(self, pairs: &[Pair]) -> String {
        let pairs: Vec<String> = pairs.iter().map(|pair| self.pair(*pair)).collect();
        pairs.join(", ")
    }

    /// What is told of changes, or why nothing is.
    pub fn told(self, told: &Told) -> String {
        match told {
            Told::Nothing(why) => why.words(),
            Told::Raw(pairs) => self.pairs(pairs),
            Told::TooFew(few) => format!(
                "{} at the median of {}, too few to tell: {}{}",
                self.change(few.median),
                few.pairs.len(),
                self.pairs(&few.pairs),
                unrated(few.unrated).map_or_else(String::new, |words| format!("; {words}"))
            ),
            Told::Enough(enough) => self.enough(enough),
        }
    }

    /// 'oldest first: 2 lower, the same'; `None` where there are too few to show them over time.
    pub fn over_time(self, told: &Told) -> Option<String> {
        let over_time = told.over_time()?;
        let changes = over_time.newest.iter();
        let changes: Vec<String> = changes
            .map(|pair| self.change(pair.change().into()))
            .collect();
        Some(format!("{}: {}", over_time.which(), changes.join(", ")))
    }

    fn enough(self, enough: &Enough) -> String {
        let mut parts = vec![format!(
            "{} at the median of {}",
            self.change(enough.median),
            enough.pairs.len()
        )];
        if self.numbers {
            let interval = &enough.interval;
            parts.push(format!(
                "spread from {} to {} (covers about {:.1} %, a rough guide)",
                change_words(interval.low.into()),
                change_words(interval.high.into()),
                interval.covers * 100.0
            ));
        }
        let counts = [
            (enough.lower, "lower"),
            (enough.same, "the same"),
            (enough.higher, "higher"),
        ];
        parts.push(counts.map(|(n, how)| format!("{how} after {n}")).join(", "));
        parts.extend(share("meaningfully lower", enough.fell, "0 or 1"));
        parts.extend(share("worse", enough.rose, "9 or 10"));
        parts.extend(unrated(enough.unrated));
        parts.join("; ")
    }
}

/// '2 more not rated, or too late, after'; `None` of none.
pub fn unrated(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} more not rated, or too late, after"))
}

/// '1 session', '2 entries'.
pub fn some(n: impl Into<u64>, what: &str) -> String {
    let n = n.into();
    let s = if n == 1 { "" } else { "s" };
    match what
        .strip_suffix('y')
        .filter(|stem| n != 1 && !stem.ends_with('a'))
    {
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {what}{s}"),
    }
}

/// 'meaningfully lower after 4 of 6 (1 began at 0 or 1)'; too few that could are told as such.
fn share(how: &str, share: Option<Share>, edge: &str) -> Option<String> {
    let share = share?;
    if !share.may_be_told() {
        return Some(format!(
            "{how}: only {} could be, too few to tell",
            share.of
        ));
    }
    let left_out = match share.left_out {
        0 => String::new(),
        count => format!(" ({count} began at {edge})"),
    };
    Some(format!(
        "{how} after {} of {}{left_out}",
        share.count, share.of
    ))
}

/// The median change in pain of what may be compared.
fn median(row: &Row<'_>) -> Option<f64> {
    match &row.pain {
        Told::Enough(enough) => Some(enough.median),
        _ => None,
    }
}

/// What else was done, with on how many days: 'walk (4), heat (1)'.
pub fn same_day(actions: &[(impl AsRef<str>, usize)]) -> String {
    let words: Vec<String> = (actions.iter())
        .map(|(action, days)| format!("{} ({days})", action.as_ref()))
        .collect();
    words.join(", ")
}

/// What may be compared, in sentences: the clear differences, then how many are not clear.
pub fn compared(helped: &Helped<'_>, library: &Library) -> Vec<String> {
    let name = |slug| {
        let is_routine = (helped.rows.iter()).any(|row| row.slug == slug && row.is_routine);
        name(slug, is_routine, library)
    };
    let mut lines = Vec::new();
    let mut unclear = 0_u64;
    for comparison in &helped.comparisons {
        let (more, less) = match comparison.found {
            Difference::NotClear => {
                unclear += 1;
                continue;
            }
            Difference::FirstLower => (comparison.first, comparison.second),
            Difference::SecondLower => (comparison.second, comparison.first),
        };
        // Of two after which pain rose, or stayed, none fell further.
        let fell = (helped.rows.iter())
            .any(|row| row.slug == more && median(row).is_some_and(|by| by < 0.0));
        let (more, less) = (name(more), name(less));
        let found = if fell {
            format!("Pain fell further after {more} than after {less}")
        } else {
            format!("Pain rose further after {less} than after {more}")
        };
        lines.push(format!(
            "{found}: the spreads do not overlap, a rough guide."
        ));
    }
    if unclear > 0 {
        let pairs = some(unclear, "pair");
        lines.push(format!(
            "No clear difference in {pairs} that may be compared."
        ));
    }
    lines
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::told::told;
    use super::*;
    use crate::domain::scale::Scale;

    fn pairs(n: usize) -> Vec<Pair> {
        let scale = |value| Scale::new(value).expect("on the scale");
        let pair = Pair {
            day: chrono::NaiveDate::MIN,
            before: scale(5),
            after: scale(3),
        };
        vec![pair; n]
    }

    #[test]
    fn sessions_that_were_not_rated_in_time_are_named() {
        let words = Words { numbers: true };
        for n in [4, 12] {
            let told_of = |unrated| words.told(&told(Measure::Pain, &pairs(n), unrated));
            assert!(told_of(2).contains("2 more not rated, or too late, after"));
            assert!(!told_of(0).contains("not rated"));
        }
    }
}
