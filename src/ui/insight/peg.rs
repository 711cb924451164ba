//! The questionnaires: PEG's scores with their change, and Roland-Morris scores where there are any.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::widgets::track;
use super::super::{Look, layout};
use super::{hanging, heading, paragraph, scrolled, text_width, words};
use crate::app::App;
use crate::app::insight::Answers;
use crate::domain::insight::questions::{
    PEG_CHANGE, Peg, ROLAND_MORRIS_CHANGE, peg_change, roland_morris_change,
};
use crate::domain::insight::words::Words;

const DUE: &str =
    "[<peg> answers it|'unkink ask peg' asks it]: three questions about the past week.";
const NOT_DUE: &str = "It asks about a week, so once a week is enough.";
/// Columns from which an answer of each question has room beside the score.
const WIDE: usize = 84;
/// Columns from which short words for them have.
const MIDDLING: usize = 64;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, answers: &Answers, app: &App, look: &Look) {
    let wide = "the past week in three answers (Krebs 2009, M4)";
    let about = if area.width >= 60 {
        wide
    } else {
        "Krebs 2009 (M4)"
    };
    let (rest, _) = heading(area, buffer, ("PEG", "PEG"), about, look);
    let (_, rest) = layout::split_top(rest, u16::from(area.height >= 12));
    let lines = lines(answers, app, area, look);
    scrolled(rest, buffer, &lines, app, look);
}

fn lines(answers: &Answers, app: &App, area: Rect, look: &Look) -> Vec<Line<'static>> {
    let (theme, words, width) = (&look.theme, words(app), text_width(area));
    let pegs = &answers.pegs;
    let mut lines = Vec::new();
    if pegs.is_empty() {
        let about = &app.library.vocabulary().peg.about;
        lines.extend(paragraph(about, width, theme.text, look));
        lines.push(Line::default());
    }
    let due = look.hint(if answers.is_due { DUE } else { NOT_DUE });
    let style = if answers.is_due {
        theme.text
    } else {
        theme.dim
    };
    lines.extend(paragraph(&due, width, style, look));
    if let Some(change) = peg_change(pegs).filter(|_| words.numbers) {
        let change = format!("{}. {PEG_CHANGE}.", change.words("30 %"));
        lines.push(Line::default());
        lines.extend(paragraph(&change, width, theme.text, look));
    }
    if !pegs.is_empty() {
        lines.push(Line::default());
    }
    if !pegs.is_empty() && words.numbers && width < MIDDLING {
        let key = "Score, then pain + enjoyment + activity";
        lines.extend(paragraph(key, width, theme.dim, look));
    }
    for peg in pegs.iter().rev() {
        lines.extend(one(*peg, words, usize::from(area.width), look));
    }
    lines.extend(roland_morris(answers, words, width, look));
    lines
}

fn one(peg: Peg, words: Words, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let day = Span::styled(format!("{:>11}  ", peg.day.format("%-d %b %Y")), theme.dim);
    if !words.numbers {
        return vec![Line::from(vec![day, Span::styled("answered", theme.text)])];
    }
    let [pain, enjoyment, activity] = peg.answers;
    let score = Span::styled(format!("  {:<4.1}", peg.score()), theme.heading);
    let told = match width {
        WIDE.. => {
            format!("  pain {pain}, enjoyment of life {enjoyment}, general activity {activity}")
        }
        MIDDLING.. => format!("  pain {pain}, enjoyment {enjoyment}, activity {activity}"),
        _ => format!(" {pain}+{enjoyment}+{activity}"),
    };
    let track = track::value(peg.score(), look.glyphs.pain, theme.pain, look);
    let parts = std::iter::once(day)
        .chain(track)
        .chain([score, Span::styled(told, theme.dim)]);
    vec![parts.collect()]
}

fn roland_morris(answers: &Answers, words: Words, width: usize, look: &Look) -> Vec<Line<'static>> {
    let scores = &answers.roland_morris;
    if scores.is_empty() || !words.numbers {
        return Vec::new();
    }
    let theme = &look.theme;
    let mut lines = vec![
        Line::default(),
        Line::styled("Roland-Morris, 0 to 24 (M6)", theme.heading),
    ];
    for answer in scores.iter().rev() {
        let lead = format!("{:>11}  ", answer.day.format("%-d %b %Y"));
        lines.extend(hanging(
            lead,
            &answer.score.to_string(),
            width,
            theme.text,
            look,
        ));
    }
    if let Some(change) = roland_morris_change(scores) {
        let by = change.words("5 points or 30 %");
        lines.extend(paragraph(
            &format!("{by}. {ROLAND_MORRIS_CHANGE}."),
            width,
            theme.text,
            look,
        ));
    }
    lines
}
