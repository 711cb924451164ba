//! What came after what: as much as the number of sessions bears, in the order of that number, and what else may be
//! behind it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::widgets::text;
use super::super::{Look, layout};
use super::{hanging, heading, paragraph, plain, scrolled, text_width, words};
use crate::app::App;
use crate::app::insight::{Help, Helps};
use crate::domain::insight::Measure;
use crate::domain::insight::told::Told;
use crate::domain::insight::without::Without;
use crate::domain::insight::words::{Words, same_day, some};

/// Stands in sight however far it is scrolled.
const ROUGH: &str = "A rough guide: a fall may have other causes.[ <bottom> shows them.]";

/// Columns from which the names stand in a column of their own.
const BESIDE: usize = 60;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, helps: &Helps, app: &App, look: &Look) {
    if helps.rows.is_empty() {
        let nothing = look.hint("No session of one technique or routine yet.[ <enter> on one in the library starts it.] \
                                 Rated before and after, it shows here what came after it.");
        return super::say(area, buffer, &nothing, app, look);
    }
    let about = if area.width >= 66 {
        "most sessions first, which is no ranking"
    } else {
        "most sessions first"
    };
    let title = ("What came after sessions", "What came after");
    let (rest, _) = heading(area, buffer, title, about, look);
    let (_, rest) = layout::split_top(rest, u16::from(area.height >= 12));
    let width = text_width(area);
    let mut lines = lines(helps, words(app), width, look);
    if helps.cautions.is_empty() {
        return scrolled(rest, buffer, &lines, app, look);
    }
    lines.push(Line::default());
    let title = "What else may be behind a change";
    lines.push(Line::styled(title, look.theme.heading));
    for caution in &helps.cautions {
        let bullet = format!("{} ", look.glyphs.bullet);
        lines.extend(hanging(
            bullet,
            &caution.words(),
            width,
            look.theme.text,
            look,
        ));
    }
    let words = look.hint(ROUGH);
    let rough = text::wrap(&words, usize::from(area.width)).len() as u16;
    let (list, below) = layout::split_top(rest, rest.height.saturating_sub(rough));
    scrolled(list, buffer, &lines, app, look);
    text::put_rows(below, buffer, &words, look.theme.dim, look);
}

fn lines(helps: &Helps, words: Words, width: usize, look: &Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for help in &helps.rows {
        lines.extend(one(help, words, width, look));
        lines.push(Line::default());
    }
    for compared in &helps.compared {
        lines.extend(paragraph(compared, width, look.theme.text, look));
    }
    if helps.compared.is_empty() {
        lines.pop();
    }
    lines
}

fn one(help: &Help, words: Words, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let stopped = match help.stopped {
        0 => String::new(),
        count => format!(", {count} stopped early"),
    };
    let sessions = format!("{}{stopped}", some(help.sessions as u64, "session"));
    let name = text::cut(&help.name, width, look).into_owned();
    let room = width.saturating_sub(text::columns(&name) + 2);
    let mut lines = vec![Line::from(Span::styled(name, theme.heading))];
    if sessions.len() <= room {
        lines[0].push_span(Span::styled(format!("  {sessions}"), theme.dim));
    } else {
        lines.extend(hanging("  ", &sessions, width, theme.dim, look));
    }
    for (measure, (told, without)) in [(Measure::Pain, &help.pain), (Measure::Stress, &help.stress)]
    {
        lines.extend(change(measure, told, without.as_ref(), words, width, look));
    }
    if !help.same_day.is_empty() {
        let words = format!("with how many days: {}", same_day(&help.same_day));
        lines.extend(beside("same day", &words, width, look));
    }
    lines
}

fn change(
    measure: Measure,
    told: &Told,
    without: Option<&Without>,
    words: Words,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let (sign, style) = match measure {
        Measure::Pain => (look.glyphs.pain, theme.pain),
        Measure::Stress => (look.glyphs.stress, theme.stress),
    };
    let bears = told.has_median();
    let text_style = if bears { theme.text } else { theme.dim };
    let said = plain(&words.told(told), look);
    let mut lines = if width < BESIDE {
        let lead = Span::styled(format!("{sign} "), style);
        let said = format!("{}: {said}", measure.word());
        text::hanging(&lead, &said, width, text_style)
    } else {
        let lead = Span::styled(format!("{sign} {:<11}", measure.word()), style);
        text::hanging(&lead, &said, width, text_style)
    };
    if let Some(row) = over_time(told, look) {
        lines.extend(beside("over time", &row, width, look));
    }
    if let Some(without) = without.filter(|_| bears) {
        let by = words.change(without.median);
        let words = without.words(measure, &by);
        lines.extend(beside("by itself", &words, width, look));
    }
    lines
}

/// A sign for each change, told apart by height: '▄▂─▔▀ oldest first; low is lower'.
fn over_time(told: &Told, look: &Look) -> Option<String> {
    let over_time = told.over_time()?;
    let signs: String = (over_time.newest.iter())
        .map(|pair| look.glyphs.moved[(pair.change().clamp(-2, 2) + 2) as usize])
        .collect();
    let which = if over_time.newest.len() < over_time.of {
        format!("the newest {} of {}", over_time.newest.len(), over_time.of)
    } else {
        "oldest first".into()
    };
    Some(format!("{signs}  {which}; low is lower"))
}

/// What stands beside the numbers, under its own name.
fn beside(name: &str, words: &str, width: usize, look: &Look) -> Vec<Line<'static>> {
    if width < BESIDE {
        return hanging(
            "  ",
            &format!("{name}: {words}"),
            width,
            look.theme.dim,
            look,
        );
    }
    hanging(format!("  {name:<11}"), words, width, look.theme.dim, look)
}
