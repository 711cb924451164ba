//! The figures for people: calm lines, each number with how many it rests on; ratings as words where numbers are hidden.

use crate::cli::out::{Fail, Out};
use crate::domain::insight::Measure;
use crate::domain::insight::causes::TOGETHER;
use crate::domain::insight::figures::Figures;
use crate::domain::insight::helped::Row;
use crate::domain::insight::middle::Summary;
use crate::domain::insight::questions::{
    PEG_CHANGE, ROLAND_MORRIS_CHANGE, peg_change, roland_morris_change,
};
use crate::domain::insight::series::Period;
use crate::domain::insight::time_of_day::HOURS;
use crate::domain::insight::words::{self, Words, name, some};
use crate::domain::library::Library;
use crate::domain::time::clock_text;

/// So many of the newest periods are lines; JSON has all.
const DAYS: usize = 14;
const WEEKS: usize = 12;
const MONTHS: usize = 24;
/// So many of the newest answers of a questionnaire are lines.
const ANSWERS: usize = 8;

/// All of it. Without `numbers` a rating is a word, and counts stay.
pub fn tell(
    figures: &Figures<'_>,
    numbers: bool,
    library: &Library,
    out: &mut Out,
) -> Result<(), Fail> {
    let words = Words { numbers };
    overview(figures, words, out)?;
    periods("By day", &figures.days, DAYS, words, out)?;
    periods(
        "By week, from its Monday",
        &figures.weeks,
        WEEKS,
        words,
        out,
    )?;
    periods("By month", &figures.months, MONTHS, words, out)?;
    hours(figures, words, out)?;
    places(figures, library, out)?;
    helped(figures, words, library, out)?;
    questionnaires(figures, words, out)?;
    if !numbers {
        out.line("")?;
        out.paragraph(
            "",
            "Numbers are hidden, as in the app: 'v' there shows them again.",
        )?;
    }
    Ok(())
}

/// A rating whose gap is a plain hyphen: any terminal shows that.
fn rating(words: Words, measure: Measure, summary: Option<Summary>) -> String {
    words.rating(measure, summary).replace('\u{2013}', "-")
}

fn heading(text: &str, out: &mut Out) -> Result<(), Fail> {
    out.line("")?;
    out.heading(text)
}

fn overview(figures: &Figures<'_>, words: Words, out: &mut Out) -> Result<(), Fail> {
    let overview = &figures.overview;
    let all = &overview.all;
    out.heading(&format!("{} to {}", figures.from, figures.to))?;
    out.paragraph(
        "  ",
        &format!(
            "{} on {}; {}, {} practised",
            some(overview.entries as u64, "entry"),
            some(overview.days as u64, "day"),
            some(all.sessions, "session"),
            clock_text(all.practised_s)
        ),
    )?;
    for (measure, summary) in [(Measure::Pain, all.pain), (Measure::Stress, all.stress)] {
        out.line(&format!("  {}", rating(words, measure, summary)))?;
    }
    if all.pain.is_some() || all.stress.is_some() {
        let how = "from 3 ratings up the median, then lowest to highest and of how many; before sessions and at check-ins";
        out.paragraph("  ", how)?;
    }
    if overview.days_with_both > 0 {
        let both = some(overview.days_with_both as u64, "day");
        out.paragraph("  ", &format!("Both on {both}. {}", TOGETHER.words()))?;
    }
    Ok(())
}

fn periods(
    title: &str,
    periods: &[Period],
    most: usize,
    words: Words,
    out: &mut Out,
) -> Result<(), Fail> {
    let newest = &periods[periods.len().saturating_sub(most)..];
    let is_gap =
        |period: &Period| period.pain.is_none() && period.stress.is_none() && period.sessions == 0;
    let Some(first) = newest.iter().position(|period| !is_gap(period)) else {
        return Ok(());
    };
    heading(title, out)?;
    for period in &newest[first..] {
        if is_gap(period) {
            out.line(&format!("  {}  -", period.from))?;
            continue;
        }
        let mut parts = vec![
            rating(words, Measure::Pain, period.pain),
            rating(words, Measure::Stress, period.stress),
        ];
        if period.sessions > 0 {
            parts.push(some(period.sessions, "session"));
        }
        out.paragraph(&format!("  {}  ", period.from), &parts.join("; "))?;
    }
    Ok(())
}

fn hours(figures: &Figures<'_>, words: Words, out: &mut Out) -> Result<(), Fail> {
    let rated = figures.hours.iter();
    let mut rated = rated
        .filter(|hours| hours.pain.is_some() || hours.stress.is_some())
        .peekable();
    if rated.peek().is_none() {
        return Ok(());
    }
    heading("Time of day", out)?;
    for hours in rated {
        let (pain, stress) = (
            rating(words, Measure::Pain, hours.pain),
            rating(words, Measure::Stress, hours.stress),
        );
        let until = hours.from_hour + HOURS;
        let label = format!("  {:02} to {until:02}    ", hours.from_hour);
        out.paragraph(&label, &format!("{pain}; {stress}"))?;
    }
    Ok(())
}

fn places(figures: &Figures<'_>, library: &Library, out: &mut Out) -> Result<(), Fail> {
    if figures.places.entries == 0 {
        return Ok(());
    }
    let entries = some(figures.places.entries as u64, "entry");
    let verb = if figures.places.entries == 1 {
        "says"
    } else {
        "say"
    };
    heading(&format!("Where it hurts, of {entries} that {verb} so"), out)?;
    for cell in &figures.places.cells {
        let place = words::place(cell, library);
        out.line(&format!("  {:>4}  {place}", cell.count))?;
    }
    Ok(())
}

fn helped(
    figures: &Figures<'_>,
    words: Words,
    library: &Library,
    out: &mut Out,
) -> Result<(), Fail> {
    let rows = &figures.helped.rows;
    if rows.is_empty() {
        return Ok(());
    }
    heading("What came after sessions of one technique or routine", out)?;
    for row in rows {
        one_helped(row, words, library, out)?;
    }
    compared(figures, library, out)?;
    cautions(rows, out)
}

fn one_helped(row: &Row<'_>, words: Words, library: &Library, out: &mut Out) -> Result<(), Fail> {
    let stopped = match row.stopped {
        0 => String::new(),
        count => format!(", {count} stopped early"),
    };
    let sessions = some(row.sessions as u64, "session");
    let name = name(row.slug, row.is_routine, library);
    out.paragraph("  ", &format!("{name}: {sessions}{stopped}"))?;
    for (measure, told, without) in [
        (Measure::Pain, &row.pain, row.pain_without),
        (Measure::Stress, &row.stress, row.stress_without),
    ] {
        out.paragraph(
            "      ",
            &format!("{}: {}", measure.word(), words.told(told)),
        )?;
        if let Some(changes) = words.over_time(told) {
            out.paragraph("        ", &format!("over time, {changes}"))?;
        }
        if let Some(without) = without.filter(|_| told.has_median()) {
            let by = words.change(without.median);
            out.paragraph(
                "        ",
                &format!("by itself: {}", without.words(measure, &by)),
            )?;
        }
    }
    if !row.same_day.is_empty() {
        let days = format!(
            "on the same day, with how many days: {}",
            words::same_day(&row.same_day)
        );
        out.paragraph("      ", &days)?;
    }
    Ok(())
}

fn compared(figures: &Figures<'_>, library: &Library, out: &mut Out) -> Result<(), Fail> {
    for line in words::compared(&figures.helped, library) {
        out.paragraph("  ", &line)?;
    }
    Ok(())
}

fn cautions(rows: &[Row<'_>], out: &mut Out) -> Result<(), Fail> {
    let cautions = words::cautions(rows);
    if cautions.is_empty() {
        return Ok(());
    }
    heading("What else may be behind a change", out)?;
    for caution in cautions {
        out.paragraph("  - ", &caution.words())?;
    }
    Ok(())
}

fn questionnaires(figures: &Figures<'_>, words: Words, out: &mut Out) -> Result<(), Fail> {
    heading(
        "PEG, the week before in three answers (Krebs 2009, M4)",
        out,
    )?;
    let pegs = &figures.answered.pegs;
    for peg in &pegs[pegs.len().saturating_sub(ANSWERS)..] {
        let [pain, enjoyment, activity] = peg.answers;
        let line = if words.numbers {
            format!(
                "{:.1} (pain {pain}, enjoyment of life {enjoyment}, general activity {activity})",
                peg.score()
            )
        } else {
            "answered".into()
        };
        out.paragraph(&format!("  {}  ", peg.day), &line)?;
    }
    if let Some(change) = peg_change(pegs).filter(|_| words.numbers) {
        out.paragraph("  ", &format!("{}. {PEG_CHANGE}.", change.words("30 %")))?;
    }
    if figures.is_peg_due {
        out.line("  'unkink ask peg' asks it; once a week is enough.")?;
    }
    let scores = &figures.answered.roland_morris;
    if scores.is_empty() || !words.numbers {
        return Ok(());
    }
    heading("Roland-Morris, 0 to 24 (M6)", out)?;
    for answer in &scores[scores.len().saturating_sub(ANSWERS)..] {
        out.line(&format!("  {}  {}", answer.day, answer.score))?;
    }
    if let Some(change) = roland_morris_change(scores) {
        let by = change.words("5 points or 30 %");
        out.paragraph("  ", &format!("{by}. {ROLAND_MORRIS_CHANGE}."))?;
    }
    Ok(())
}
