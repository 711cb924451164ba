//! Safety questions as a list: a letter for each, what is marked, and the words that belong to them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use crate::app::App;
use crate::app::message::{Msg, Point};
use crate::app::overlay::checklist::{Checklist, Mark, Part, Row};
use crate::domain::safety::Safety;
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Rows of the screen from which there is room to breathe.
const ROOMY: u16 = 14;

/// Draws the list; the selected question is always in sight.
pub fn draw(area: Rect, buffer: &mut Buffer, list: &Checklist, app: &App, look: &Look) {
    let theme = &look.theme;
    let safety = app.library.safety();
    let width = usize::from(super::content_width(area, Width::Text));
    let is_alarm = list.part == Part::Emergency;
    let style = if is_alarm { theme.danger } else { theme.text };
    let mut lines = text::wrapped(&intro(list, app, look), width, style);
    // Where rows are few, the questions need them more than room to breathe.
    let gap = u16::from(area.height >= ROOMY);
    lines.extend((gap > 0).then(Line::default));
    let mut at = (0, 0);
    let mut places = Vec::new();
    for (index, row) in list.rows.iter().enumerate() {
        let first = lines.len();
        lines.extend(question(index, row, list, safety, width, look));
        if index == list.selected {
            at = (first, lines.len());
        }
        places.push(first..lines.len());
    }
    let room = super::open(
        area,
        buffer,
        title(list.part),
        (Width::Text, lines.len() + 1 + usize::from(gap)),
        is_alarm,
        look,
    );
    let (room, below) = layout::split_top(room, room.height.saturating_sub(1 + gap));
    let rows = usize::from(room.height);
    // From the very top as long as that keeps the selected question in sight, so that the words above it are read.
    let mut top = list.top.get().min(at.0);
    list.intro_hides.set(at.1 > rows);
    if at.1 <= rows || list.at_intro {
        top = 0;
    } else if at.1 > top + rows {
        top = at.1 - rows;
    }
    top = top.min(lines.len().saturating_sub(rows));
    list.top.set(top);
    let room = Rect {
        width: room.width + 1,
        ..room
    };
    text::scrolled(room, buffer, &lines, top, look);
    for (index, rows) in places.into_iter().enumerate() {
        let point = Point::Field(index);
        look.zone(text::rows_at(room, top, rows), || Msg::Point(point));
    }
    let hint = layout::split_top(below, gap).1;
    text::put(
        hint,
        buffer,
        &what_enter_does(list, look),
        theme.accent,
        look,
    );
}

fn title(part: Part) -> &'static str {
    match part {
        Part::Emergency => "Urgent signs: is any of these so?",
        Part::Clinician => "Is any of these so?",
        Part::Conditions => "What is so for you?",
        Part::New => "New: is it so for you?",
        Part::Raised => "Your log asks",
        Part::Today => "Just now",
    }
}

fn intro(list: &Checklist, app: &App, look: &Look) -> String {
    let safety = app.library.safety();
    match list.part {
        Part::Emergency if list.rows.iter().any(|row| row.mark == Mark::Yes) => {
            let call = safety.call(app.profile.emergency_number.as_deref());
            format!("{} {call}", safety.emergency.get_checked)
        }
        Part::Emergency => {
            "A letter marks what is so. Nothing can be started while one of these is.".into()
        }
        Part::Clinician => format!("{}.", safety.clinician.heading),
        Part::Conditions => {
            look.hint("What these exclude is left out, with the reason.[ <answers> changes your answers at any time.]")
        }
        Part::New => {
            "Asked for the first time; your other answers stand.".into()
        }
        Part::Raised => "What you logged raises these questions before the next session.".into(),
        Part::Today => look.said(&app.watch_for()),
    }
}

fn question(
    index: usize,
    row: &Row,
    list: &Checklist,
    safety: &Safety,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let mark = match row.mark {
        Mark::No => "[ ]",
        Mark::Yes => "[x]",
        Mark::Seen => "[c]",
    };
    let is_selected = index == list.selected;
    let marker = if is_selected { look.glyphs.marker } else { " " };
    let letter = Checklist::letter(index);
    let lead = Span::styled(format!("{marker}{letter} {mark} "), theme.accent);
    let style = match (is_selected, row.mark) {
        (true, _) => theme.selected,
        (false, Mark::No) => theme.text,
        (false, _) => theme.heading,
    };
    let mut lines = text::hanging(&lead, &words(&row.id, safety), width, style);
    let blank = Span::raw("       ");
    match row.mark {
        Mark::Seen => {
            let words = "a clinician has looked at this, today";
            lines.extend(text::hanging(&blank, words, width, theme.good));
        }
        Mark::Yes => {
            if let Some(speed) = speed(&row.id, safety) {
                lines.extend(text::hanging(&blank, speed, width, theme.warn));
            }
        }
        Mark::No => {}
    }
    lines
}

fn words(id: &str, safety: &Safety) -> String {
    let emergency = safety.emergency.signs.iter().find(|sign| sign.id == id);
    let clinician = safety.clinician.signs.iter().find(|sign| sign.id == id);
    let words = emergency
        .map(|sign| sign.sign)
        .or(clinician.map(|sign| sign.sign));
    let words = words.or(safety.condition(id).map(|known| known.question));
    words.unwrap_or(id).to_owned()
}

/// How soon a clinician should see it.
fn speed<'a>(id: &str, safety: &'a Safety) -> Option<&'a str> {
    let mut signs = safety.clinician.signs.iter();
    signs.find(|sign| sign.id == id).map(|sign| sign.speed)
}

fn what_enter_does(list: &Checklist, look: &Look) -> String {
    let marked = list.rows.iter().filter(|row| row.mark == Mark::Yes).count();
    let reads_on = if list.at_intro && list.intro_hides.get() {
        "[<down> shows more; ][<enter>: ]"
    } else {
        "[<enter>: ]"
    };
    let key = look.hint(reads_on);
    match marked {
        0 => key + "none of these",
        1 => key + "this one",
        count => format!("{key}these {count}"),
    }
}
