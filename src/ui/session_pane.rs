//! The session pane: a preview of what is selected, the session under way, or what came of the last one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::entry_words::Numbers;
use super::widgets::text;
use super::{Look, layout, preview, running};
use crate::app::App;
use crate::app::library_pane::Hit;
use crate::app::session_pane::{Ending, Stage, Summary};
use crate::domain::time::Now;

/// The most columns of text: longer lines are hard to read.
const WIDEST: u16 = 76;

/// Draws the pane.
pub fn draw(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    let area = layout::inset(area, 1);
    match &app.stage {
        Stage::Session(run) => running::draw(area, buffer, run, app, now, look),
        Stage::Done(summary) => done(area, buffer, summary, Numbers::of(app), look),
        Stage::Preview => match app.library_pane.selected_hit() {
            Some(Hit::Technique(at)) => {
                if let Some(technique) = app.library.techniques.get(*at) {
                    preview::technique(area, buffer, technique, app, look);
                }
            }
            Some(Hit::Routine(at)) => {
                if let Some(routine) = app.library.routines.get(*at) {
                    preview::routine(area, buffer, routine, app, look);
                }
            }
            Some(Hit::Topic(at)) => {
                if let Some(topic) = app.library.topics().get(*at) {
                    let width = usize::from(area.width.saturating_sub(1));
                    let lines = preview::topic(topic, &app.library, width, look);
                    preview::scrolled(area, buffer, &lines, app, look);
                }
            }
            None => nothing(area, buffer, look),
        },
    }
}

fn nothing(area: Rect, buffer: &mut Buffer, look: &Look) {
    let (_, area) = layout::split_top(area, 1);
    let words = "Nothing is selected.\n\n[<library> goes to the library. What you choose there|What you choose in the \
                 library] shows here: the steps, where on the back, and what is known about it.";
    let lines = text::wrapped(&look.hint(words), usize::from(area.width), look.theme.dim);
    text::scrolled(area, buffer, &lines, 0, look);
}

fn done(area: Rect, buffer: &mut Buffer, summary: &Summary, numbers: Numbers, look: &Look) {
    let theme = &look.theme;
    // The last column is for the sign that there is more.
    let width = usize::from(area.width.saturating_sub(1).min(WIDEST));
    let (glyph, style) = match summary.ending {
        Ending::Finished => (look.glyphs.done, theme.good),
        Ending::Stopped => (look.glyphs.pause, theme.rest),
    };
    let mut lines = vec![Line::default(); usize::from(area.height > 12)];
    let lead = Span::styled(format!("{glyph} "), style);
    lines.extend(text::hanging(&lead, &summary.name, width, theme.heading));
    lines.push(Line::default());
    let told = match numbers {
        Numbers::Shown => summary.lines(),
        Numbers::Hidden => summary.lines_without_numbers(),
    };
    for words in told {
        lines.extend(text::hanging(&Span::raw("  "), &words, width, theme.text));
    }
    let hint = "<back> goes back[, <check-in> adds how you feel][, <log> shows the log].";
    let hinted =
        |hint: &'static str| text::hanging(&Span::raw("  "), &look.hint(hint), width, theme.dim);
    let (mut hint, height) = (hinted(hint), usize::from(area.height));
    lines.push(Line::default());
    // Nothing scrolls here: where rows are few, none stays free, and the way back is all that is said.
    if lines.len() + hint.len() > height {
        lines.retain(|line| line.width() > 0);
    }
    if lines.len() + hint.len() > height {
        hint = hinted("<back> goes back.");
    }
    lines.extend(hint);
    text::scrolled(area, buffer, &lines, 0, look);
}
