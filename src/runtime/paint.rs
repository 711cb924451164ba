//! Turns the cells of a frame into bytes for the terminal, as few as it takes: where the cursor is and which style is on
//! are known here and never said twice.
//!
//! ratatui's own backend ends every frame with 25 bytes of resets, says each colour in its longest form and each place
//! whole: a second of a countdown took 80 to 245 bytes by it. This writes less than half of that. It takes nothing from
//! the terminal and gives nothing back (`terminal` does), and asks it nothing.

use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::frame::{SHOWS_ON_BLANK, is_bare, is_plain_sign};

/// Writes frames into a text that its owner sends.
#[derive(Debug)]
pub struct Paint {
    bytes: String,
    /// Columns of the screen.
    columns: u16,
    /// The column and row of the cursor; `None` where that can't be known.
    cursor: Option<(u16, u16)>,
    /// Whether it is there in every terminal: since its place was last said, all signs were such that none draws wider.
    is_sure: bool,
    /// What is on.
    style: Style,
}

/// What the terminal draws a cell with, besides its symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Up to so many columns it is shorter to write once more what stands there than to step over it.
const GAP: usize = 3;

impl Paint {
    /// For a terminal of so many columns in plain style.
    pub fn new(columns: u16) -> Self {
        Self {
            bytes: String::new(),
            columns,
            cursor: None,
            is_sure: false,
            style: Style::default(),
        }
    }

    /// Begins a frame. Since the last one something else may have moved the cursor: a background job's line, `wall`.
    pub fn begin(&mut self) {
        self.bytes.clear();
        self.cursor = None;
    }

    /// Paints one cell of a row. Within a frame they come in their order, but for what lies under a wide sign.
    pub fn cell(&mut self, x: u16, y: u16, row: &[Cell]) {
        let Some(cell) = row.get(usize::from(x)) else {
            return;
        };
        if !self.fill_to(x, y, row) {
            self.move_to(x, y);
        }
        if !self.suits(cell) {
            self.restyle(Style {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            });
        }
        self.put((x, y), cell.symbol());
    }

    /// The bytes of the frame; with nothing to say, none. Between frames the style is plain: what else is sent finds it
    /// so, and so does who gets the terminal back.
    pub fn end(&mut self) -> &str {
        self.restyle(Style::default());
        &self.bytes
    }

    /// Writes the few cells before this one once more, where that is shorter than a step and the style is on already.
    fn fill_to(&mut self, x: u16, y: u16, row: &[Cell]) -> bool {
        let Some(at) = self.cursor.filter(|at| self.is_sure && at.1 == y) else {
            return false;
        };
        let between = row.get(usize::from(at.0)..usize::from(x));
        let is_short = |cells: &&[Cell]| cells.len() <= GAP;
        let Some(between) = between.filter(is_short) else {
            return false;
        };
        let fits = |cell: &Cell| cell.symbol().len() == 1 && self.suits(cell);
        if !between.iter().all(fits) {
            return false;
        }
        self.bytes.extend(between.iter().map(Cell::symbol));
        self.cursor = Some((x, y));
        true
    }

    /// Whether the style that is on shows this cell as it is to look.
    fn suits(&self, cell: &Cell) -> bool {
        let on = &self.style;
        let is_bare = || is_bare(cell) && !on.modifier.intersects(SHOWS_ON_BLANK);
        cell.bg == on.bg && ((cell.fg, cell.modifier) == (on.fg, on.modifier) || is_bare())
    }

    fn move_to(&mut self, x: u16, y: u16) {
        if self.cursor == Some((x, y)) {
            return;
        }
        let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
        match self.cursor {
            Some(at) if self.is_sure && at.1 == y && at.0 < x => {
                let _ = match x - at.0 {
                    1 => write!(self.bytes, "\x1b[C"),
                    columns => write!(self.bytes, "\x1b[{columns}C"),
                };
            }
            // By columns from the left, not by so many to the right: terminals differ in how wide some signs are.
            Some(at) if at.1 == y => {
                let _ = write!(self.bytes, "\x1b[{column}G");
                self.is_sure = true;
            }
            _ => {
                let _ = write!(self.bytes, "\x1b[{row};{column}H");
                self.is_sure = true;
            }
        }
        self.cursor = Some((x, y));
    }

    fn put(&mut self, (x, y): (u16, u16), symbol: &str) {
        self.bytes.push_str(symbol);
        let is_plain = symbol.len() == 1 || is_plain_sign(symbol);
        self.is_sure &= is_plain || symbol.is_ascii();
        // Behind the last column some terminals stand still and some go on; behind a wide sign they are not of one mind.
        let next = x + 1;
        let is_known = next < self.columns && (is_plain || symbol.width() == 1);
        self.cursor = is_known.then_some((next, y));
    }

    /// From the style that is on to another.
    fn restyle(&mut self, to: Style) {
        let from = std::mem::replace(&mut self.style, to);
        if from == to {
            return;
        }
        self.bytes.push_str("\x1b[");
        // One modifier can't be taken away in a way that every terminal knows; all of them can.
        let is_anew = !(from.modifier - to.modifier).is_empty() || to == Style::default();
        let from = if is_anew { Style::default() } else { from };
        let mut codes = Codes {
            bytes: &mut self.bytes,
            is_first: true,
        };
        if is_anew && to != Style::default() {
            codes.add(format_args!("0"));
        }
        for (one, code) in MODIFIERS {
            if (to.modifier - from.modifier).contains(one) {
                codes.add(format_args!("{code}"));
            }
        }
        if to.fg != from.fg {
            codes.color(to.fg, 30);
        }
        if to.bg != from.bg {
            codes.color(to.bg, 40);
        }
        self.bytes.push('m');
    }
}

/// Modifiers and what turns them on.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The numbers of one sequence for the style, with what parts them.
struct Codes<'a> {
    bytes: &'a mut String,
    is_first: bool,
}

impl Codes<'_> {
    fn add(&mut self, code: std::fmt::Arguments<'_>) {
        if !std::mem::replace(&mut self.is_first, false) {
            self.bytes.push(';');
        }
        let _ = self.bytes.write_fmt(code); // a String takes everything
    }

    /// `base`: 30 for what is written, 40 for what is behind it.
    fn color(&mut self, color: Color, base: u8) {
        match color {
            Color::Reset => self.add(format_args!("{}", base + 9)),
            Color::Rgb(red, green, blue) => {
                self.add(format_args!("{};2;{red};{green};{blue}", base + 8));
            }
            Color::Indexed(number) => self.add(format_args!("{};5;{number}", base + 8)),
            named => {
                let number = named_number(named);
                let code = if number < 8 { base } else { base + 60 - 8 };
                self.add(format_args!("{}", code + number));
            }
        }
    }
}

/// The sixteen colours of the terminal in their order.
fn named_number(color: Color) -> u8 {
    const ORDER: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let found = ORDER.iter().position(|named| *named == color);
    found.map_or(7, |number| number as u8)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style as Look;

    use super::super::frame::Frames;
    use super::*;

    const AREA: Rect = Rect::new(0, 0, 12, 4);

    fn frames() -> Frames {
        Frames::new((AREA.width, AREA.height))
    }

    fn draw(frames: &mut Frames, buffer: &Buffer) -> String {
        let drawn = frames.draw(|_, next| next.clone_from(buffer)).to_owned();
        frames.clear();
        drawn
    }

    #[test]
    fn a_frame_that_changes_nothing_is_no_bytes() {
        let mut frames = frames();
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(3, 1, "calm", Look::new().fg(Color::Cyan));
        let first = draw(&mut frames, &buffer);
        assert_eq!(first, "\x1b[2;4H\x1b[36mcalm\x1b[m");
        assert_eq!(draw(&mut frames, &buffer), "");
        // A blank looks the same in any colour.
        buffer.set_string(0, 0, "   ", Look::new().fg(Color::Red));
        assert_eq!(draw(&mut frames, &buffer), "");
    }

    #[test]
    fn a_second_of_a_countdown_is_what_changed_and_no_more() {
        let mut frames = frames();
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(0, 0, "0:10 left", Look::new());
        draw(&mut frames, &buffer);
        buffer.set_string(0, 0, "0:09 left", Look::new());
        assert_eq!(draw(&mut frames, &buffer), "\x1b[1;3H09");
    }

    #[test]
    fn what_stays_between_is_stepped_over_where_no_sign_can_be_wider() {
        for (sign, step) in [("█", "\x1b[4C"), ("ü", "\x1b[9G")] {
            let mut frames = frames();
            let mut buffer = Buffer::empty(AREA);
            buffer.set_string(3, 0, format!("{sign}    {sign}"), Look::new());
            let drawn = draw(&mut frames, &buffer);
            assert_eq!(drawn, format!("\x1b[1;4H{sign}{step}{sign}"));
        }
    }

    #[test]
    fn a_little_that_stays_between_is_written_again_where_it_looks_as_what_is_written() {
        let cyan = Look::new().fg(Color::Cyan);
        let between = [("  ", "  "), ("ab", "\x1b[2C")];
        for (text, step) in between {
            let mut frames = frames();
            let mut buffer = Buffer::empty(AREA);
            buffer.set_string(4, 0, text, Look::new());
            draw(&mut frames, &buffer);
            buffer.set_string(3, 0, "█", cyan);
            buffer.set_string(6, 0, "█", cyan);
            let drawn = draw(&mut frames, &buffer);
            assert_eq!(drawn, format!("\x1b[1;4H\x1b[36m█{step}█\x1b[m"));
        }
    }

    #[test]
    fn behind_a_wide_sign_the_place_is_said_anew() {
        let mut frames = frames();
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(2, 1, "広いx", Look::new());
        let drawn = draw(&mut frames, &buffer);
        assert_eq!(drawn, "\x1b[2;3H広\x1b[2;5Hい\x1b[2;7Hx");
    }

    fn color() -> impl Strategy<Value = Color> {
        prop_oneof![
            Just(Color::Reset),
            (0_u8..=255).prop_map(Color::Indexed),
            any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
            Just(Color::Red),
            Just(Color::DarkGray),
            Just(Color::White),
        ]
    }

    fn cells() -> impl Strategy<Value = Vec<(u16, u16, String, Color, Color, u16)>> {
        // Of half a wide sign that is overwritten ratatui's comparison knows nothing; the next test has whole ones.
        let text = prop_oneof![
            "[a-c]{1,4}",
            Just("ü│".to_owned()),
            Just("e\u{301}".to_owned())
        ];
        let one = (0..12_u16, 0..4_u16, text, color(), color(), 0..64_u16);
        prop::collection::vec(one, 0..8)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_terminal_that_reads_it_shows_the_frame(frames in prop::collection::vec(cells(), 1..4)) {
            let mut ours = super::tests::frames();
            let mut seen = vt100::Parser::new(AREA.height.try_into().unwrap(), AREA.width.try_into().unwrap(), 0);
            for frame in frames {
                let mut buffer = Buffer::empty(AREA);
                for (x, y, text, fg, bg, modifier) in frame {
                    // Those that the emulator knows.
                    let known = Modifier::BOLD | Modifier::DIM | Modifier::ITALIC
                        | Modifier::UNDERLINED | Modifier::REVERSED;
                    let modifier = Modifier::from_bits_truncate(modifier) & known;
                    let look = Look::new().fg(fg).bg(bg).add_modifier(modifier);
                    buffer.set_string(x, y, &text, look);
                }
                // To it they are two ends of one thing.
                for cell in buffer.content.iter_mut().filter(|cell| cell.modifier.contains(Modifier::BOLD)) {
                    cell.modifier.remove(Modifier::DIM);
                }
                seen.process(draw(&mut ours, &buffer).as_bytes());
                for y in 0..AREA.height {
                    let mut x = 0;
                    while x < AREA.width {
                        let cell = &buffer[(x, y)];
                        let shown = seen.screen().cell(y, x).unwrap();
                        let text = if shown.has_contents() { shown.contents() } else { " " };
                        prop_assert_eq!(text, cell.symbol());
                        prop_assert_eq!(shown.bgcolor(), emulated(cell.bg));
                        if is_bare(cell) {
                            prop_assert!(!shown.underline() && !shown.inverse());
                            x += 1;
                            continue;
                        }
                        prop_assert_eq!(shown.fgcolor(), emulated(cell.fg));
                        prop_assert_eq!(shown.bold(), cell.modifier.contains(Modifier::BOLD));
                        prop_assert_eq!(shown.dim(), cell.modifier.contains(Modifier::DIM));
                        prop_assert_eq!(shown.italic(), cell.modifier.contains(Modifier::ITALIC));
                        prop_assert_eq!(shown.underline(), cell.modifier.contains(Modifier::UNDERLINED));
                        prop_assert_eq!(shown.inverse(), cell.modifier.contains(Modifier::REVERSED));
                        x += 1;
                    }
                }
            }
        }
    }

    fn emulated(color: Color) -> vt100::Color {
        match color {
            Color::Reset => vt100::Color::Default,
            Color::Indexed(number) => vt100::Color::Idx(number),
            Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
            named => vt100::Color::Idx(named_number(named)),
        }
    }
}
