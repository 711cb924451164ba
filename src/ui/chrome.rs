//! What surrounds the panes: tabs, the strip of a running session, the message line, the footer, and the one plain line
//! of a very small terminal.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::widgets::footer::{self, Hint};
use super::widgets::{tabs, text};
use super::{Look, layout, overlays, running};
use crate::app::library_pane::Hit;
use crate::app::message::{Action, Context, Msg, Point};
use crate::app::overlay::{Overlay, card};
use crate::app::session_pane::Stage;
use crate::app::{App, Pane};
use crate::domain::time::Now;
use crate::keys::{self, Binding, Code, Key};

/// The most rows that a message takes.
const MESSAGE_ROWS: u16 = 3;

/// On every screen whose entries are made up.
const DEMO: &str = " DEMO ";

/// The tabs of the narrow screen.
pub fn tabs(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let titles = Pane::ALL.map(Pane::title);
    let active = Pane::ALL
        .iter()
        .position(|pane| *pane == app.focus)
        .unwrap_or(0);
    let places = tabs::tabs(area, buffer, &titles, active, look);
    for (place, pane) in places.into_iter().zip(Pane::ALL) {
        look.zone(place, || Msg::Point(Point::Pane(pane)));
    }
    let note = note(app.focus, app);
    let used: usize = titles.iter().map(|title| title.len() + 3).sum();
    if used + note.len() + 2 <= usize::from(area.width) {
        text::put_right(layout::inset(area, 1), buffer, &note, look.theme.dim, look);
    }
}

/// The short note beside a pane's title.
pub fn note(pane: Pane, app: &App) -> String {
    match pane {
        Pane::Library => match app.library_pane.queue.len() {
            0 => String::new(),
            count => format!("{count} queued"),
        },
        Pane::Session => match &app.stage {
            Stage::Session(_) if app.muted => "muted".into(),
            Stage::Session(_) | Stage::Done(_) => String::new(),
            Stage::Preview => "preview".into(),
        },
        Pane::Log if !app.log.is_whole() => "reading".into(),
        Pane::Log => String::new(),
    }
}

/// A running session in one line, for the other panes of the narrow screen.
pub fn strip(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    let Some(run) = app.run().filter(|_| !area.is_empty()) else {
        return;
    };
    let (line, style) = running::one_line(run, now, look);
    text::put(layout::inset(area, 1), buffer, &line, style, look);
}

/// What there is to say: the line for the person, or what is not saved, or what stands in the way of saving, or what the
/// command beside us does; and whether it is a warning.
fn words<'a>(app: &'a App, look: &Look) -> Option<(Cow<'a, str>, bool)> {
    if let Some(why) = app.beside_waits() {
        return Some((Cow::Owned(look.said(why)), true));
    }
    if let Some(notice) = app.notice.as_ref().filter(|notice| !notice.text.is_empty()) {
        return Some((Cow::Owned(look.said(&notice.text)), notice.is_warning));
    }
    let trouble = app.trouble.as_deref();
    match app.outbox.unsaved.len() {
        0 => trouble
            .map(|trouble| (Cow::Borrowed(trouble), true))
            .or_else(|| Some((Cow::Owned(look.said(&app.beside()?)), false))),
        count => {
            let why = trouble.unwrap_or("it could not be written");
            let hint = look.hint("[, <retry> tries again]");
            let words = format!("{count} not saved{hint}: {why}");
            Some((Cow::Owned(words), true))
        }
    }
}

/// Rows that the message needs at this width. What is not saved is content with one; what goes at the next key, or tells
/// of the command beside us, may have more.
pub fn message_rows(app: &App, width: u16, look: &Look) -> u16 {
    let notice = app.notice.as_ref().map(|notice| notice.text.clone());
    let first = app.beside_waits().cloned().or(notice);
    match first.or_else(|| app.beside()).map(|said| look.said(&said)) {
        Some(words) => {
            let lines = text::wrap(&words, usize::from(width.saturating_sub(4)));
            (lines.len() as u16).clamp(1, MESSAGE_ROWS)
        }
        None => 1,
    }
}

/// What happened, or what stands in the way of saving.
pub fn message(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let Some((words, is_warning)) = words(app, look) else {
        return;
    };
    let (lead, style) = if is_warning {
        (look.glyphs.attention, look.theme.warn)
    } else {
        (look.glyphs.dot, look.theme.text)
    };
    let (mark, room) = layout::split_left(layout::inset(area, 1), 2);
    text::put(mark, buffer, lead, style, look);
    text::put_rows(room, buffer, &words, look.theme.text, look);
}

/// The keys that are valid now.
pub fn footer(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let (mut hints, mut pinned) = (Vec::new(), Vec::new());
    let context = app.context();
    for binding in keys::footer(context) {
        let Some(key) = look.keys.keys(binding, context).first() else {
            continue;
        };
        let hint = Hint {
            action: binding.action,
            key: key_name(*key, look),
            label: label(binding, app).to_owned(),
        };
        // One key for several rows of the table, put there by the person, needs one hint.
        if hints.iter().any(|known: &Hint| known.key == hint.key) {
            continue;
        }
        match binding.action {
            Action::OtherSide if !has_sides(app) => {}
            Action::Settle if !app.can_settle() => {}
            action if !app.insight_takes(action) => {}
            action if is_in_vain(action, app) => {}
            Action::Save if has_lost_its_entry(app) => {}
            Action::SaveAsNew if !has_lost_its_entry(app) => {}
            Action::Emergency | Action::Help => pinned.push(hint),
            _ => hints.push(hint),
        }
    }
    let any_key = match app.context() {
        Context::Floor => Some("pauses"),
        Context::FloorDone => Some("goes on"),
        _ => None,
    };
    if let Some(label) = any_key {
        let (key, label) = ("any key".to_owned(), label.to_owned());
        let action = Action::AnyKey;
        hints.insert(0, Hint { key, label, action });
    }
    pinned.reverse();
    let area = if app.demo {
        demo_mark(area, buffer, look)
    } else {
        area
    };
    footer::draw(area, buffer, &hints, &pinned, look);
}

/// Says that the entries are made up; the room that is left.
fn demo_mark(area: Rect, buffer: &mut Buffer, look: &Look) -> Rect {
    let (mark, rest) = layout::split_left(area, DEMO.len() as u16);
    text::put(mark, buffer, DEMO, look.theme.chosen, look);
    rest
}

/// Whether it is about something that is not there: an entry in an empty log, a suggestion where none is chosen.
fn is_in_vain(action: Action, app: &App) -> bool {
    use Action::{
        Delete, EditEntry, Enqueue, Enter, Favourite, Insight, Jump, Rate, Search, Start,
    };
    match app.context() {
        Context::Library | Context::Preview if action == Start => app.library_pane.queue.is_empty(),
        // What is selected is out of sight.
        Context::Preview if matches!(app.stage, Stage::Done(_)) => {
            matches!(action, Enter | Favourite | Enqueue)
        }
        Context::Library | Context::Preview if is_at_topic(app) => {
            matches!(action, Favourite | Enqueue)
        }
        Context::Log if app.log.entries().is_empty() => {
            matches!(action, Delete | EditEntry | Enter | Insight | Jump | Search)
        }
        Context::Suggest if is_wishing(app) => match action {
            Enqueue => true,
            Enter => has_no_suggestion(app),
            Rate(_) => !is_at_pain(app),
            _ => false,
        },
        Context::Suggest => matches!(action, Rate(_)),
        _ => false,
    }
}

/// Whether the keys are at a wish: what fits is one step further down.
fn is_wishing(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::Suggest(form)) if form.selected().is_none())
}

/// Whether a number says how much it hurts.
fn is_at_pain(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::Suggest(form)) if form.is_at_pain())
}

fn has_no_suggestion(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::Suggest(form)) if form.offered.is_empty())
}

/// The word of a key, which at a wish starts nothing yet, and at an evidence card never does.
fn label(binding: &Binding, app: &App) -> &'static str {
    match binding.action {
        Action::Enter if is_wishing(app) => "choose",
        Action::Enter if is_at_topic(app) => "read",
        Action::Back if is_first_word(app) && binding.label == "close" => "go on",
        _ => binding.label,
    }
}

fn is_at_topic(app: &App) -> bool {
    let in_list = matches!(app.context(), Context::Library | Context::Preview);
    in_list && matches!(app.library_pane.selected_hit(), Some(Hit::Topic(_)))
}

/// Whether what this is stands on the screen, before anything else.
fn is_first_word(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::Card(card)) if card.kind == card::Kind::Disclaimer)
}

/// Whether the form on top is of an entry that is deleted.
fn has_lost_its_entry(app: &App) -> bool {
    matches!(app.overlays.last(), Some(Overlay::CheckIn(form)) if form.is_gone)
}

fn has_sides(app: &App) -> bool {
    app.run().is_some_and(|run| run.session.timeline.is_sided())
}

/// The key as people name it, in the signs that this terminal shows.
pub fn key_name(key: Key, look: &Look) -> String {
    let name = key.to_string();
    let (sign, word) = match key.code {
        Code::Up => ('↑', "Up"),
        Code::Down => ('↓', "Down"),
        Code::Left => ('←', "Left"),
        Code::Right => ('→', "Right"),
        _ => return name,
    };
    if look.glyphs.ascii {
        name.replace(sign, word)
    } else {
        name
    }
}

/// Plain words where there is no room for more; a running timer stays in sight, and below it what is asked.
pub fn tiny(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    if area.is_empty() {
        return;
    }
    let asked = overlays::in_a_word(app, look);
    let Some(run) = app.run() else {
        let words = asked.unwrap_or_else(|| "unkink: room for 40x12, please".into());
        return text::put_rows(area, buffer, &words, look.theme.text, look);
    };
    let (running, style) = running::one_line(run, now, look);
    let asked = asked.unwrap_or_default();
    if area.height == 1 && !asked.is_empty() {
        let words = format!("{running}: {asked}");
        text::put(area, buffer, &words, style, look);
        return;
    }
    let rows = |words: &str| text::wrap(words, usize::from(area.width)).len() as u16;
    let room = area.height.saturating_sub(rows(&asked)).max(1);
    let (top, below) = layout::split_top(area, rows(&running).min(room));
    text::put_rows(top, buffer, &running, style, look);
    let apart = u16::from(below.height > rows(&asked));
    let (_, below) = layout::split_top(below, apart);
    text::put_rows(below, buffer, &asked, look.theme.text, look);
}
