//! Questions with a few answers: stop or go on, a session that was cut off, something unsaved.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use crate::app::App;
use crate::app::message::{Msg, Point};
use crate::app::overlay::question::Question;
use crate::domain::time::Now;
use crate::ui::widgets::text;
use crate::ui::{Look, entry_words};

/// Draws the question with its answers, each with its letter.
pub fn draw(area: Rect, buffer: &mut Buffer, asked: &Question, app: &App, now: &Now, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(super::content_width(area, Width::Small));
    let mut lines: Vec<Line<'static>> = Vec::new();
    for words in words(asked, app, now, look) {
        lines.extend(text::wrapped(&words, width, theme.text));
    }
    lines.push(Line::default());
    let mut answers = Vec::new();
    for (index, (letter, _, words)) in asked.options().iter().enumerate() {
        let lead = Span::styled(format!("{letter}  "), theme.accent);
        let words = look.hint(words);
        let words = if index == 0 {
            words + &look.hint("[ (<enter>)]")
        } else {
            words
        };
        let first = lines.len();
        lines.extend(text::hanging(&lead, &words, width, theme.text));
        answers.push(first..lines.len());
    }
    let room = super::open(
        area,
        buffer,
        title(asked),
        (Width::Small, lines.len()),
        false,
        look,
    );
    // On a small screen the answers matter more than the words above them.
    let scroll = lines.len().saturating_sub(usize::from(room.height));
    text::scrolled(room, buffer, &lines, scroll, look);
    for (at, rows) in answers.into_iter().enumerate() {
        let point = Point::Field(at);
        look.zone(text::rows_at(room, scroll, rows), || Msg::Point(point));
    }
}

fn title(asked: &Question) -> &'static str {
    match asked {
        Question::Stop { quit: false, .. } => "End the session here?",
        Question::Stop { quit: true, .. } => "Leave in the middle of a session?",
        Question::CutOff(..) => "A session was cut off",
        Question::Unsaved => "Not everything is saved",
        Question::Delete(_) => "Delete this entry?",
        Question::LeaveForm(_) => "Leave what was typed?",
    }
}

fn words(asked: &Question, app: &App, now: &Now, look: &Look) -> Vec<String> {
    match asked {
        Question::Delete(rec) => match app.log.find(rec) {
            Some(entry) => entry_words::in_two_lines(entry, app, now, look).into(),
            None => vec!["It is gone already.".into()],
        },
        Question::Stop { .. } => vec!["The clock stands still meanwhile.".into()],
        Question::CutOff(_, checkpoint) => checkpoint.words(&app.library, &now.wall).into(),
        Question::LeaveForm(_) => vec!["It is not saved yet.".into()],
        Question::Unsaved => {
            let reasons = app.outbox.unsaved.iter();
            let mut reasons: Vec<String> = reasons.map(|(_, why)| why.to_string()).collect();
            reasons.dedup();
            reasons
        }
    }
}

/// The question in a few words.
pub fn in_a_word(asked: &Question, look: &Look) -> String {
    let answers: Vec<String> = asked
        .options()
        .iter()
        .map(|(letter, _, words)| format!("{letter} {}", look.hint(words)))
        .collect();
    answers.join(", ")
}
