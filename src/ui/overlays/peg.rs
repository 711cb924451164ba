//! The PEG questionnaire: three questions with their scales, or only the one that is asked where there is no room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Width;
use crate::app::App;
use crate::app::message::{Msg, Point};
use crate::app::overlay::peg::PegForm;
use crate::domain::vocabulary::PegItem;
use crate::ui::widgets::scale::{self, Anchors};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Draws it.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &PegForm, app: &App, look: &Look) {
    let peg = &app.library.vocabulary().peg;
    let width = super::content_width(area, Width::Text);
    let all: Vec<(usize, &PegItem)> = peg.items.iter().enumerate().take(3).collect();
    let rows = |items: &[(usize, &PegItem)]| -> u16 {
        items.iter().map(|(_, item)| item_rows(item, width)).sum()
    };
    let room = area.height.saturating_sub(2);
    let asked = &all[form.asked.min(all.len())..(form.asked + 1).min(all.len())];
    let items = if rows(&all) <= room { &all[..] } else { asked };
    let gap = u16::from(rows(items) + items.len() as u16 - u16::from(!items.is_empty()) <= room);
    let used = rows(items) + gap * (items.len() as u16).saturating_sub(1);
    let hint = hint(form, peg.sources.join(", ").as_str(), look);
    let hint_rows = text::wrap(&hint, usize::from(width)).len() as u16;
    let has_hint = used + 1 + hint_rows <= room;
    let wanted = used + if has_hint { 1 + hint_rows } else { 0 };
    let title = format!("PEG, the past week: {} of 3", form.asked + 1);
    let wanted = (Width::Text, usize::from(wanted));
    let mut room = super::open(area, buffer, &title, wanted, false, look);
    for (place, item) in items {
        let (top, rest) = layout::split_top(room, item_rows(item, width));
        draw_item(top, buffer, item, *place, form, look);
        room = layout::split_top(rest, gap).1;
    }
    if has_hint {
        let room = layout::split_top(room, 1 - gap).1;
        text::put_rows(room, buffer, &hint, look.theme.dim, look);
    }
}

fn hint(form: &PegForm, sources: &str, look: &Look) -> String {
    let skipped = form.answers[..form.asked].iter().any(Option::is_none);
    if skipped {
        "A question is skipped: without all three there is no score, and nothing is saved.".into()
    } else {
        let keys = "[<rate-0> to <rate-9>, ][<rate-10> is ten. ][<enter> skips a question; then there is no score. ]";
        format!("{}Krebs 2009 ({sources})", look.hint(keys))
    }
}

fn item_rows(item: &PegItem, width: u16) -> u16 {
    let question = text::wrap(&item.question, usize::from(width.saturating_sub(1)));
    question.len() as u16 + scale::rows(width, anchors(item))
}

fn anchors(item: &PegItem) -> Anchors<'_> {
    Anchors {
        low: &item.low,
        high: &item.high,
    }
}

fn draw_item(
    area: Rect,
    buffer: &mut Buffer,
    item: &PegItem,
    place: usize,
    form: &PegForm,
    look: &Look,
) {
    let has_keys = form.asked == place;
    let (marker, style) = if has_keys {
        (look.glyphs.marker, look.theme.selected)
    } else {
        (" ", look.theme.text)
    };
    let below = scale::rows(area.width, anchors(item));
    let (question, numbers) = layout::split_top(area, area.height.saturating_sub(below));
    let lead = ratatui::text::Span::styled(marker, style);
    let lines = text::hanging(&lead, &item.question, usize::from(question.width), style);
    text::scrolled(question, buffer, &lines, 0, look);
    let value = form.answers[place];
    scale::draw(numbers, buffer, anchors(item), value, None, look);
    look.zone(question, || Msg::Point(Point::Field(place)));
    scale::zones(numbers, place, look);
}
