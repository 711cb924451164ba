//! The floor view: a session for somebody who lies two or three metres away.
//!
//! What size is readable there: letters should be at least 15 mm high to be read from 3 m (a two-hundredth of the
//! distance), better 40 mm. A terminal that fills a 13-inch screen is about 180 mm high, so 15 mm are a twelfth of its
//! rows and 40 mm are two ninths, whatever the font: at 80x24 two rows and five, at 120x36 three and eight, at 200x50
//! four and eleven. At 40x12 plain text is 15 mm high already. So the digits get two ninths and more, what to do
//! a twelfth, and only what the voice says as well stands in plain text.

mod body;
mod hero;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::moment::Moment;
use crate::app::App;
use crate::app::session_pane::{Run, Stage, Summary};
use crate::domain::plan::Side;
use crate::domain::time::{Now, clock_text};
use crate::ui::widgets::blocks::{self, Blocks, Sign, Size};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};
use body::{Body, Pacer};
use hero::Hero;

/// Rows from which the name has one of its own.
const NAMED: u16 = 15;

/// What the view shows, from top to bottom.
struct Scene<'a> {
    name: String,
    hero: Hero,
    style: Style,
    /// What is going on, in words.
    phase: String,
    /// What to do.
    line: &'a str,
    pacer: Option<Pacer>,
    next: String,
    /// What the large letters go to.
    large: Large,
}

/// What is worth large letters, besides the digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Large {
    /// What is going on and what to do.
    Both,
    /// What to do, which says what is going on as well.
    Line,
    /// What is going on: for a moment nothing else counts.
    Phase,
}

/// Draws the view.
pub fn draw(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    let area = layout::inset(area, 1);
    match &app.stage {
        Stage::Session(run) => {
            let moment = Moment::of(run, now);
            let (above, whole) = layout::split_top(area, area.height.saturating_sub(1));
            let scene = if run.ending.is_some() {
                over(&moment, run, now, look)
            } else {
                scene(&moment, app, look)
            };
            scene.draw(above, buffer, look);
            super::whole(whole, buffer, &moment, look);
        }
        Stage::Done(summary) => closed(summary, look).draw(area, buffer, look),
        Stage::Preview => {}
    }
}

fn scene<'a>(moment: &'a Moment<'a>, app: &App, look: &Look) -> Scene<'a> {
    let (_, style) = moment.shape(look);
    let text = match moment.view.count_in_s {
        Some(count) => count.to_string(),
        None => moment.digits(),
    };
    Scene {
        name: name(moment, app, look),
        hero: Hero {
            text,
            side: moment.segment.and_then(|segment| segment.side),
            sign: moment.sign(),
        },
        style,
        phase: phase(moment),
        line: moment.line(),
        pacer: moment.pace.filter(|_| moves(moment)).map(|pace| Pacer {
            pace,
            moves: !app.settings.reduced_motion,
        }),
        next: moment.next(),
        large: match moment.sign() {
            _ if moment.view.count_in_s.is_some() => Large::Phase,
            Sign::Ready | Sign::Change => Large::Line,
            _ => Large::Both,
        },
    }
}

/// Whether it neither stands still nor is about to go on: then that is what counts.
fn moves(moment: &Moment) -> bool {
    moment.view.paused.is_none() && moment.view.count_in_s.is_none()
}

/// The row above: what it is, whether it is silent, and when to stop.
fn name(moment: &Moment, app: &App, look: &Look) -> String {
    let muted = app.muted.then(|| "muted".to_owned());
    let parts = [Some(moment.name(look)), muted, Some(moment.stop_if())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(&format!(" {} ", look.glyphs.dot))
}

/// What is going on, the side first. A pause and going on come first; a step of many is told from the others by its side.
fn phase(moment: &Moment) -> String {
    if moment.view.count_in_s.is_some() {
        return "going on in".into();
    }
    match moment.view.paused {
        Some(crate::domain::session::Pause::Away) => "you were away".into(),
        Some(crate::domain::session::Pause::Asked) => "paused".into(),
        None => moment.phase_words(),
    }
}

/// The last step is over.
fn over<'a>(moment: &'a Moment<'a>, run: &Run, now: &Now, look: &Look) -> Scene<'a> {
    let (_, style) = moment.shape(look);
    let active_s = run.session.checkpoint(now).active_ms / 1000;
    Scene {
        name: moment.timeline.name.clone(),
        hero: Hero::done(),
        style,
        phase: format!("{} done to the end", clock_text(active_s)),
        line: "Any key, then rate how it is now.",
        pacer: None,
        next: String::new(),
        large: Large::Both,
    }
}

/// The same where no rating follows.
fn closed<'a>(summary: &Summary, look: &Look) -> Scene<'a> {
    Scene {
        name: summary.name.clone(),
        hero: Hero::done(),
        style: look.theme.good,
        phase: format!("{} done to the end", clock_text(summary.active_s)),
        line: "Any key goes back.",
        pacer: None,
        next: String::new(),
        large: Large::Both,
    }
}

impl Scene<'_> {
    /// Whether the line ends in an ellipsis where so many rows go to other words.
    fn breaks_off(&self, area: Rect, others: u16) -> bool {
        let free = area.height.saturating_sub(others);
        let rows = free - hero::least(free);
        text::wrap(self.line, usize::from(area.width)).len() > usize::from(rows)
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look) {
        let ascii = look.glyphs.ascii;
        let named = u16::from(area.height >= NAMED);
        // On few rows what to do now comes before what comes next.
        let is_short =
            area.height < NAMED && (self.pacer.is_some() || self.breaks_off(area, named + 2));
        let next_rows = u16::from(!self.next.is_empty() && !is_short);
        let free = area.height.saturating_sub(named + 1 + next_rows);
        let body = match self.large {
            Large::Phase => Body::plain(text::wrap(self.line, usize::from(area.width))),
            _ => Body::fit(self.line, self.pacer, area.width, free, &self.hero, look),
        };
        let left = free.saturating_sub(body.rows());
        // Words that tell what is going on come before digits larger than need be.
        let mut spare = left.saturating_sub(hero::least(free) * 4 / 3);
        let phase = match self.pacer {
            // The shape that breathes needs the room more.
            Some(_) if self.large != Large::Phase => None,
            _ if self.large == Large::Line => None,
            _ => large(&self.phase, area.width, &mut spare, look),
        };
        let left = left - phase.map_or(0, taken);
        // With room around them, unless that makes them smaller than need be.
        let airy = self.hero.fit(area.width, left - left / 6, ascii);
        let hero = if airy.rows < hero::least(free) {
            self.hero.fit(area.width, left, ascii)
        } else {
            airy
        };
        let mut spare = left - hero.rows;
        let next = large(&self.next, area.width, &mut spare, look);
        let gap = |share: u16| spare / 4 + u16::from(spare % 4 > share);

        // Green is for signs: as words it is pale on white.
        let phase_style = match self.hero.sign {
            Sign::Done => look.theme.text,
            _ => self.style,
        };
        let mut rest = area;
        if named > 0 {
            let (row, below) = layout::split_top(rest, 1);
            text::put_centred(row, buffer, &self.name, look.theme.dim, look);
            rest = below;
        }
        rest = layout::split_top(rest, gap(2)).1;
        let (room, below) = layout::split_top(rest, hero.rows);
        hero.draw(room, buffer, self.style, look);
        rest = layout::split_top(below, gap(1)).1;
        rest = words(rest, buffer, &self.phase, phase, phase_style, look);
        rest = layout::split_top(rest, gap(0)).1;
        let (room, below) = layout::split_top(rest, body.rows());
        body.draw(room, buffer, self.style, look);
        rest = layout::split_top(below, gap(3)).1;
        if next_rows > 0 {
            words(rest, buffer, &self.next, next, look.theme.text, look);
        }
    }
}

/// The size in which words have room on one line when they may take the spare rows, which then are taken.
fn large(words: &str, width: u16, spare: &mut u16, look: &Look) -> Option<Size> {
    let pixels = Blocks::of(words)?.pixels();
    let sizes = [Size::stretched(1, 2), Size::tall(), Size::square(1)];
    let fits = |size: &Size| {
        let has_shape = size.is_whole() || !look.glyphs.ascii;
        size.columns(pixels) <= width && taken(*size) <= *spare && has_shape
    };
    let size = sizes.into_iter().find(fits)?;
    *spare -= taken(size);
    Some(size)
}

/// Rows that large words take beyond the one of plain words, with a free one above them.
fn taken(size: Size) -> u16 {
    size.pitch()
}

/// Draws words in the middle, in blocks or plain; returns what is left below.
fn words(
    area: Rect,
    buffer: &mut Buffer,
    words: &str,
    size: Option<Size>,
    style: Style,
    look: &Look,
) -> Rect {
    if let Some((size, blocks)) = size.zip(Blocks::of(words)) {
        let (room, rest) = layout::split_top(area, size.pitch() + 1);
        let room = layout::split_top(room, 1).1;
        centred(room, buffer, &blocks, size, style, look);
        return rest;
    }
    let (row, rest) = layout::split_top(area, 1);
    text::put_centred(row, buffer, words, style.patch(look.theme.heading), look);
    rest
}

/// Draws blocks in the middle of the columns, at the top of the area.
fn centred(
    area: Rect,
    buffer: &mut Buffer,
    blocks: &Blocks,
    size: Size,
    style: Style,
    look: &Look,
) {
    let columns = size.columns(blocks.pixels());
    let left = area.width.saturating_sub(columns) / 2;
    let room = layout::split_left(area, left).1;
    blocks.draw(room, buffer, size, style, look.glyphs.ascii);
}
