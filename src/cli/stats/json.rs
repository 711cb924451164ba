//! The answer for programs: its members and their order are documented in the README.

use chrono::NaiveDate;
use serde::Serialize;

use super::figures::Figures;
use crate::domain::insight::causes::{
    Caution, MEANINGFUL, OTHER_CAUSES, ROUGH_GUIDE, STRESS, TOGETHER,
};
use crate::domain::insight::compare::Difference;
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

/// The whole answer. While it is silent there are no numbers.
#[derive(Serialize)]
pub struct Answer<'a> {
    since: Option<String>,
    until: String,
    silent: Option<Silent<'a>>,
    #[serde(flatten)]
    numbers: Option<Numbers<'a>>,
}

#[derive(Serialize)]
struct Silent<'a> {
    emergency: Vec<&'a str>,
    clinician: Vec<&'a str>,
    unreadable: bool,
}

#[derive(Serialize)]
struct Numbers<'a> {
    entries: usize,
    days: usize,
    days_with_both: usize,
    sessions: u32,
    practised_s: u64,
    pain: Option<Ratings>,
    stress: Option<Ratings>,
    by_day: Vec<Stretch>,
    by_week: Vec<Stretch>,
    by_month: Vec<Stretch>,
    by_time: Vec<Hours>,
    places: Places<'a>,
    helped: Vec<Helped<'a>>,
    compared: Vec<Compared<'a>>,
    peg: Peg,
    roland_morris: RolandMorris,
    cautions: Vec<Said>,
}

#[derive(Serialize)]
struct Ratings {
    n: u32,
    median: f64,
    min: u8,
    max: u8,
}

#[derive(Serialize)]
struct Stretch {
    from: String,
    pain: Option<Ratings>,
    stress: Option<Ratings>,
    sessions: u32,
    practised_s: u64,
}

#[derive(Serialize)]
struct Hours {
    from_hour: u32,
    to_hour: u32,
    pain: Option<Ratings>,
    stress: Option<Ratings>,
}

#[derive(Serialize)]
struct Places<'a> {
    entries: usize,
    cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    region: &'a str,
    side: Option<&'static str>,
    count: usize,
}

#[derive(Serialize)]
struct Helped<'a> {
    kind: &'static str,
    slug: &'a str,
    name: &'a str,
    sessions: usize,
    stopped: usize,
    pain: Changes,
    stress: Changes,
    pain_without: Option<Alike>,
    stress_without: Option<Alike>,
    same_day: Vec<Action<'a>>,
}

/// What is told of changes, or why nothing is.
#[derive(Serialize)]
struct Changes {
    said: &'static str,
    why: Option<String>,
    n: usize,
    pairs: Vec<Rated>,
    median: Option<f64>,
    interval: Option<Spread>,
    start_median: Option<f64>,
    lowest: Option<i16>,
    highest: Option<i16>,
    lower: Option<usize>,
    same: Option<usize>,
    higher: Option<usize>,
    meaningfully_lower: Option<OfSome>,
    worse: Option<OfSome>,
}

#[derive(Serialize)]
struct Rated {
    day: String,
    before: u8,
    after: u8,
}

#[derive(Serialize)]
struct Spread {
    low: i16,
    high: i16,
    place: usize,
    covers: f64,
}

#[derive(Serialize)]
struct OfSome {
    count: usize,
    of: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct Alike {
    n: usize,
    median: f64,
}

#[derive(Serialize)]
struct Action<'a> {
    action: &'a str,
    days: usize,
}

#[derive(Serialize)]
struct Compared<'a> {
    first: &'a str,
    second: &'a str,
    found: &'static str,
}

#[derive(Serialize)]
struct Peg {
    is_due: bool,
    answers: Vec<PegAnswers>,
    change: Option<Moved>,
}

#[derive(Serialize)]
struct PegAnswers {
    day: String,
    peg: [u8; 3],
    score: f64,
}

#[derive(Serialize)]
struct RolandMorris {
    answers: Vec<RolandMorrisScore>,
    change: Option<Moved>,
}

#[derive(Serialize)]
struct RolandMorrisScore {
    day: String,
    score: u8,
}

#[derive(Serialize)]
struct Moved {
    by: f64,
    judged: &'static str,
    rule: &'static str,
}

#[derive(Serialize)]
struct Said {
    text: &'static str,
    sources: &'static [&'static str],
}

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
        Hush::Emergency(signs) => emergency.extend(signs.iter().map(|sign| sign.id.as_str())),
        Hush::Clinician(signs) => clinician.extend(signs.iter().map(|sign| sign.id.as_str())),
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
        name: super::words::name(row.slug, row.is_routine, library),
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
        },
        rule,
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::content::built_in_library;
    use crate::domain::id::Id;
    use crate::domain::log::{Log, LogChange};
    use crate::domain::record::{Entry, Fields, Marks};

    fn entry(n: usize, day: u8, more: &Value) -> Entry {
        let mut set = Fields::default();
        set.put("started_at", &format!("2026-11-{day:02}T10:00:00+01:00"));
        for (name, value) in more.as_object().into_iter().flatten() {
            set.put(name, value);
        }
        Entry::read(Id::new(&format!("{n:08}")), &set, Marks::default())
    }

    fn session(day: u8, slug: &str, before: u8, after: u8) -> (u8, Value) {
        let more = json!({
            "kind": "session", "technique": slug, "status": "finished", "active_s": 90,
            "ended_at": format!("2026-11-{day:02}T10:05:00+01:00"),
            "rated_after_at": format!("2026-11-{day:02}T10:06:00+01:00"),
            "pain_before": before, "pain_after": after, "actions": ["heat"],
        });
        (day, more)
    }

    #[test]
    fn the_shape_of_the_answer_stays() {
        let mut entries: Vec<_> = (1..8)
            .map(|day| session(day, "six-breaths", 6, if day == 3 { 6 } else { 4 }))
            .collect();
        entries.extend((1..4).map(|day| session(day, "gone-from-here", 5, 4)));
        entries.push(session(2, "calf-sweep", 3, 3));
        entries.push((
            9,
            json!({"kind": "check-in", "pain": 3, "stress": 5, "regions": ["belt-line:both", "sacrum"]}),
        ));
        entries.push((
            1,
            json!({"kind": "questionnaire", "peg": [6, 5, 6], "roland_morris": 9}),
        ));
        entries.push((
            8,
            json!({"kind": "questionnaire", "peg": [4, 4, 3], "roland_morris": 7}),
        ));
        let mut log = Log::default();
        let entries = entries.iter().enumerate();
        let entries = entries.map(|(n, (day, more))| entry(n, *day, more));
        log.apply(LogChange::Whole(entries.collect()));
        let today = "2026-11-09".parse().expect("a date");
        let figures = Figures::of(&log, None, today);
        let library = built_in_library();
        let answer = Answer::of(Some(&figures), None, None, today, &library);
        insta::assert_snapshot!(serde_json::to_string_pretty(&answer).expect("JSON"));
        let silent = Hush::Clinician(library.safety().clinician.signs.iter().take(1).collect());
        let answer = Answer::of(None, Some(&silent), None, today, &library);
        insta::assert_snapshot!(serde_json::to_string_pretty(&answer).expect("JSON"));
    }
}
