//! The answer for programs: the figures put into their shapes.

use chrono::NaiveDate;

use super::shapes::{
    Action, Alike, Answer, Cell, Changes, Compared, Helped, Hours, Moved, Numbers, OfSome, Peg,
    PegAnswers, Places, Rated, Ratings, RolandMorris, RolandMorrisScore, Said, Silent, Spread,
    Stretch,
};
use crate::domain::insight::causes::{
    Caution, MEANINGFUL, OTHER_CAUSES, ROUGH_GUIDE, STRESS, TOGETHER,
};
use crate::domain::insight::compare::Difference;
use crate::domain::insight::figures::Figures;
use crate::domain::insight::helped::Row;
use crate::domain::insight::hush::Hush;
use crate::domain::insight::middle::Summary;
use crate::domain::insight::questions::{
    Change, Judged, PEG_CHANGE, ROLAND_MORRIS_CHANGE, peg_change, roland_morris_change,
};
use crate::domain::insight::series::Period;
use crate::domain::insight::time_of_day::HOURS;
use crate::domain::insight::told::{Pair, Share, Told};
use crate::domain::insight::without::Without;
use crate::domain::library::Library;
use crate::domain::vocabulary::PlaceSide;

impl<'a> Answer<'a> {
    /// The figures, or what keeps them silent.
    pub fn of(
        figures: Option<&'a Figures<'a>>,
        hush: Option<&'a Hush<'a>>,
        since: Option<NaiveDate>,
        today: NaiveDate,
        library: &'a Library,
    ) -> Self {
        let since = since.or(figures.map(|figures| figures.from));
        Self {
            since: since.map(|day| day.to_string()),
            until: today.to_string(),
            silent: hush.map(silent),
            numbers: figures.map(|figures| numbers(figures, library)),
        }
    }
}

fn silent<'a>(hush: &'a Hush<'a>) -> Silent<'a> {
    let (mut emergency, mut clinician) = (Vec::new(), Vec::new());
    match hush {
        Hush::Emergency(signs) => emergency.extend(signs.iter().map(|sign| sign.id)),
        Hush::Clinician(signs) => clinician.extend(signs.iter().map(|sign| sign.id)),
        Hush::Unreadable => {}
    }
    Silent {
        emergency,
        clinician,
        unreadable: matches!(hush, Hush::Unreadable),
    }
}

fn numbers<'a>(figures: &'a Figures<'a>, library: &'a Library) -> Numbers<'a> {
    let overview = &figures.overview;
    let stretches = |periods: &[Period]| periods.iter().map(stretch).collect();
    Numbers {
        entries: overview.entries,
        days: overview.days,
        days_with_both: overview.days_with_both,
        sessions: overview.all.sessions,
        practised_s: overview.all.practised_s,
        pain: overview.all.pain.map(ratings),
        stress: overview.all.stress.map(ratings),
        by_day: stretches(&figures.days),
        by_week: stretches(&figures.weeks),
        by_month: stretches(&figures.months),
        by_time: hours(figures),
        places: places(figures),
        helped: (figures.helped.rows.iter())
            .map(|row| helped(row, library))
            .collect(),
        compared: compared(figures),
        peg: peg(figures),
        roland_morris: roland_morris(figures),
        cautions: [MEANINGFUL, ROUGH_GUIDE, STRESS, TOGETHER]
            .iter()
            .chain(&OTHER_CAUSES)
            .map(|Caution { text, sources }| Said { text, sources })
            .collect(),
    }
}

fn ratings(summary: Summary) -> Ratings {
    Ratings {
        n: summary.n,
        median: summary.median,
        min: summary.min.get(),
        max: summary.max.get(),
    }
}

fn stretch(period: &Period) -> Stretch {
    Stretch {
        from: period.from.to_string(),
        pain: period.pain.map(ratings),
        stress: period.stress.map(ratings),
        sessions: period.sessions,
        practised_s: period.practised_s,
    }
}

fn hours(figures: &Figures<'_>) -> Vec<Hours> {
    let hours = |stretch: &crate::domain::insight::time_of_day::Stretch| Hours {
        from_hour: stretch.from_hour,
        to_hour: stretch.from_hour + HOURS,
        pain: stretch.pain.map(ratings),
        stress: stretch.stress.map(ratings),
    };
    figures.hours.iter().map(hours).collect()
}

fn places<'a>(figures: &'a Figures<'a>) -> Places<'a> {
    let cells = figures.places.cells.iter().map(|cell| Cell {
        region: cell.region,
        side: cell.side.map(PlaceSide::word),
        count: cell.count,
    });
    Places {
        entries: figures.places.entries,
        cells: cells.collect(),
    }
}

fn helped<'a>(row: &'a Row<'a>, library: &'a Library) -> Helped<'a> {
    let same_day = row.same_day.iter();
    Helped {
        kind: if row.is_routine {
            "routine"
        } else {
            "technique"
        },
        slug: row.slug,
        name: crate::domain::insight::words::name(row.slug, row.is_routine, library),
        sessions: row.sessions,
        stopped: row.stopped,
        pain: changes(&row.pain),
        stress: changes(&row.stress),
        pain_without: row.pain_without.map(alike),
        stress_without: row.stress_without.map(alike),
        same_day: same_day
            .map(|&(action, days)| Action { action, days })
            .collect(),
    }
}

fn alike(without: Without) -> Alike {
    Alike {
        n: without.n,
        median: without.median,
    }
}

fn changes(told: &Told) -> Changes {
    let (said, pairs): (_, &[Pair]) = match told {
        Told::Nothing(_) => ("nothing", &[]),
        Told::Raw(pairs) => ("values", pairs),
        Told::TooFew(few) => ("too-few", &few.pairs),
        Told::Enough(enough) => ("enough", &enough.pairs),
    };
    let enough = match told {
        Told::Enough(enough) => Some(&**enough),
        _ => None,
    };
    Changes {
        said,
        why: match told {
            Told::Nothing(why) => Some(why.words()),
            _ => None,
        },
        n: pairs.len(),
        pairs: pairs.iter().copied().map(rated).collect(),
        median: match told {
            Told::TooFew(few) => Some(few.median),
            _ => enough.map(|enough| enough.median),
        },
        interval: enough.map(|enough| Spread {
            low: enough.interval.low,
            high: enough.interval.high,
            place: enough.interval.place,
            covers: (enough.interval.covers * 10_000.0).round() / 10_000.0,
        }),
        start_median: enough.map(|enough| enough.start),
        lowest: enough.map(|enough| enough.lowest),
        highest: enough.map(|enough| enough.highest),
        lower: enough.map(|enough| enough.lower),
        same: enough.map(|enough| enough.same),
        higher: enough.map(|enough| enough.higher),
        meaningfully_lower: enough.and_then(|enough| enough.fell).and_then(of_some),
        worse: enough.and_then(|enough| enough.rose).and_then(of_some),
    }
}

fn rated(pair: Pair) -> Rated {
    Rated {
        day: pair.day.to_string(),
        before: pair.before.get(),
        after: pair.after.get(),
    }
}

fn of_some(share: Share) -> Option<OfSome> {
    share.may_be_told().then_some(OfSome {
        count: share.count,
        of: share.of,
        left_out: share.left_out,
    })
}

fn compared<'a>(figures: &'a Figures<'a>) -> Vec<Compared<'a>> {
    let found = |found| match found {
        Difference::NotClear => "no clear difference",
        Difference::FirstLower => "first lower",
        Difference::SecondLower => "second lower",
    };
    let comparisons = figures.helped.comparisons.iter();
    comparisons
        .map(|comparison| Compared {
            first: comparison.first,
            second: comparison.second,
            found: found(comparison.found),
        })
        .collect()
}

fn peg(figures: &Figures<'_>) -> Peg {
    let answers = figures.answered.pegs.iter().map(|peg| PegAnswers {
        day: peg.day.to_string(),
        peg: peg.answers.map(crate::domain::scale::Scale::get),
        score: peg.score(),
    });
    Peg {
        is_due: figures.is_peg_due,
        answers: answers.collect(),
        change: peg_change(&figures.answered.pegs).map(|change| moved(&change, PEG_CHANGE)),
    }
}

fn roland_morris(figures: &Figures<'_>) -> RolandMorris {
    let scores = &figures.answered.roland_morris;
    let answers = scores.iter().map(|answer| RolandMorrisScore {
        day: answer.day.to_string(),
        score: answer.score,
    });
    RolandMorris {
        answers: answers.collect(),
        change: roland_morris_change(scores).map(|change| moved(&change, ROLAND_MORRIS_CHANGE)),
    }
}

fn moved(change: &Change, rule: &'static str) -> Moved {
    Moved {
        by: change.by,
        judged: match change.judged {
            Judged::Lower => "lower",
            Judged::Higher => "higher",
            Judged::Less => "less",
            Judged::FromZero => "from zero",
            Judged::TooClose => "too close",
        },
        rule,
    }
}

#[cfg(test)]
mod tests;
