//! What to do: in block letters when the whole line has room in them, else its first words large and all of it plain;
//! or, while the breath is paced, the words for it and the shape that breathes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::hero::{self, Hero};
use super::{Blocks, Size, blocks, centred, layout};
use crate::domain::breath::{LEVELS, Pace};
use crate::ui::Look;
use crate::ui::widgets::{pacer, text};

/// A breath that is paced.
#[derive(Clone, Copy)]
pub struct Pacer {
    pub pace: Pace,
    /// Whether the shape may move.
    pub moves: bool,
}

/// The part below the digits.
pub struct Body {
    breath: Option<Breath>,
    pub(super) large: Option<(Size, Vec<Blocks>)>,
    pub(super) plain: Vec<String>,
}

/// Columns and rows.
type Room = (u16, u16);

struct Breath {
    pacer: Pacer,
    words: String,
    size: Option<Size>,
    shape_rows: u16,
    /// Rows free below the shape.
    gap: u16,
}

/// Letters from the best to the least that can be read from the floor.
const SIZES: [Size; 6] = [
    Size::square(4),
    Size::square(3),
    Size::square(2),
    Size::stretched(1, 2),
    Size::tall(),
    Size::square(1),
];
/// Fewer of the first words of a line tell too little of it.
const FEWEST_WORDS: usize = 3;
/// The longest words that a breath has, so that its letters keep their size.
const BREATH_WORDS: &str = "breathe out 5";

fn sizes(look: &Look) -> impl Iterator<Item = Size> {
    let ascii = look.glyphs.ascii;
    SIZES
        .into_iter()
        .filter(move |size| size.is_whole() || !ascii)
}

impl Body {
    /// Fitted into these columns and rows, of which the digits must keep their part.
    pub fn fit(
        line: &str,
        pacer: Option<Pacer>,
        width: u16,
        free: u16,
        hero: &Hero,
        look: &Look,
    ) -> Self {
        let least = hero::least(free);
        let widest = hero.fit(width, free * 9 / 20, look.glyphs.ascii).rows;
        // What to do is never larger than half the digits.
        let most = widest.max(least) / 2;
        if let Some(pacer) = pacer {
            let room = free - least - u16::from(free > 12);
            return Self::breathing(line, pacer, (width, room), look);
        }
        [widest.max(least), least]
            .into_iter()
            .find_map(|kept| Self::in_blocks(line, (width, free - kept), most, look))
            .unwrap_or_else(|| Self::in_words(line, (width, free - least), most, look))
    }

    /// `most`: rows that a letter has at most, but three if need be.
    fn in_blocks(line: &str, (width, rows): Room, most: u16, look: &Look) -> Option<Self> {
        let mut sizes = sizes(look).filter(|size| size.rows() <= most.max(3));
        sizes.find_map(|size| {
            let lines = blocks::wrap(line, size, width)?;
            let fits = size.pitch() * lines.len() as u16 <= rows;
            fits.then(|| Self {
                large: Some((size, lines)),
                ..Self::plain(Vec::new())
            })
        })
    }

    /// All of it plain, and above that as many of its clauses in blocks as have room; or as many words, with the dots
    /// that say that there is more.
    fn in_words(line: &str, (width, rows): Room, most: u16, look: &Look) -> Self {
        let plain = text::fitted(line, usize::from(width), usize::from(rows));
        let left = rows.saturating_sub(plain.len() as u16);
        let clauses = line.match_indices([',', ';', ':', '.']);
        let clauses = clauses.map(|(end, _)| line[..end].to_owned());
        let words = line.match_indices(' ').skip(FEWEST_WORDS - 1);
        let words = words.map(|(end, _)| format!("{}...", &line[..end]));
        let mut longest_first: Vec<String> = words.chain(clauses).collect();
        longest_first.reverse();
        let large = longest_first
            .iter()
            .find_map(|lead| Self::in_blocks(lead, (width, left), most, look)?.large);
        Self {
            large,
            ..Self::plain(plain)
        }
    }

    /// Plain lines only.
    pub fn plain(plain: Vec<String>) -> Self {
        Self {
            breath: None,
            large: None,
            plain,
        }
    }

    /// In and out first, the shape as high as there is room, and the line plain: it says little more.
    fn breathing(line: &str, pacer: Pacer, (width, rows): Room, look: &Look) -> Self {
        let pixels = Blocks::of(BREATH_WORDS).map_or(width, |blocks| blocks.pixels());
        let size =
            sizes(look).find(|size| size.columns(pixels) <= width && size.pitch() <= rows / 3);
        let word_rows = size.map_or(1, |size| size.pitch() + 1);
        // A line that breaks off tells too little; the shape is told by one row, too.
        let most = rows.div_ceil(3).max(rows.saturating_sub(word_rows + 1));
        let plain = text::fitted(line, usize::from(width), usize::from(most));
        let left = rows.saturating_sub(word_rows + plain.len() as u16);
        let shape_rows = match left {
            0 => 0,
            1..5 => 1,
            5..9 => 3,
            _ => 5,
        };
        let breath = Breath {
            words: format!("{} {}", pacer.pace.turn.words(), pacer.pace.count),
            pacer,
            size,
            shape_rows,
            gap: u16::from(left > shape_rows),
        };
        Self {
            breath: Some(breath),
            ..Self::plain(plain)
        }
    }

    pub fn rows(&self) -> u16 {
        let breath = self.breath.as_ref().map_or(0, Breath::rows);
        let large = self
            .large
            .as_ref()
            .map_or(0, |(size, lines)| size.pitch() * lines.len() as u16);
        breath + large + self.plain.len() as u16
    }

    pub fn draw(&self, area: Rect, buffer: &mut Buffer, style: Style, look: &Look) {
        let mut rest = area;
        if let Some(breath) = &self.breath {
            rest = breath.draw(rest, buffer, style, look);
        }
        if let Some((size, lines)) = &self.large {
            for line in lines {
                let (room, below) = layout::split_top(rest, size.pitch());
                centred(room, buffer, line, *size, look.theme.text, look);
                rest = below;
            }
        }
        for line in &self.plain {
            let (row, below) = layout::split_top(rest, 1);
            text::put_centred(row, buffer, line, look.theme.heading, look);
            rest = below;
        }
    }
}

impl Breath {
    fn rows(&self) -> u16 {
        self.size.map_or(1, |size| size.pitch() + 1) + self.shape_rows + self.gap
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, style: Style, look: &Look) -> Rect {
        let (row, rest) = layout::split_top(area, self.size.map_or(1, |size| size.pitch() + 1));
        // Where the longest of them begins: 'breathe' stays where it is from in to out.
        let from = self
            .size
            .zip(Blocks::of(BREATH_WORDS))
            .map_or(0, |(size, longest)| {
                area.width.saturating_sub(size.columns(longest.pixels())) / 2
            });
        match self.size.zip(Blocks::of(&self.words)) {
            Some((size, blocks)) => {
                let room = layout::split_left(layout::split_top(row, 1).1, from).1;
                blocks.draw(room, buffer, size, look.theme.text, look.glyphs.ascii);
            }
            None => text::put_centred(row, buffer, &self.words, look.theme.heading, look),
        }
        let (shape, rest) = layout::split_top(rest, self.shape_rows);
        let level = if self.pacer.moves {
            self.pacer.pace.level
        } else {
            LEVELS / 2
        };
        pacer::draw(shape, buffer, level, style, look);
        layout::split_top(rest, self.gap).1
    }
}
