//! Turns the cells of a frame into bytes for the terminal, as few as it takes: where the cursor is and which style is on
//! are known here and never said twice.
//!
//! It stands in for ratatui's own backend, which ends every frame with 25 bytes of resets, says each colour in its
//! longest form and each place whole: a second of a countdown took 80 to 245 bytes by it. This writes about half of
//! that. It takes nothing from the terminal and gives nothing back (`terminal` does), and asks it nothing.

use std::convert::Infallible;
use std::fmt::Write;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Writes frames into a text that its owner sends.
#[derive(Debug)]
pub struct Paint {
    bytes: String,
    size: Size,
    /// Where the cursor is; `None` where that can't be known.
    cursor: Option<Position>,
    /// Whether it is there in every terminal: since its place was last said, all signs were such that none draws wider.
    is_sure: bool,
    is_shown: bool,
}

/// What the terminal draws a cell with, besides its symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Paint {
    /// For a terminal of this size that is empty, in plain style and with a hidden cursor.
    pub fn new((width, height): (u16, u16)) -> Self {
        Self {
            bytes: String::new(),
            size: Size { width, height },
            cursor: None,
            is_sure: false,
            is_shown: false,
        }
    }

    /// The bytes of the last frame; with nothing to say, none.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.bytes)
    }

    fn move_to(&mut self, to: Position) {
        if self.cursor == Some(to) {
            return;
        }
        let (column, row) = (u32::from(to.x) + 1, u32::from(to.y) + 1);
        match self.cursor {
            Some(at) if self.is_sure && at.y == to.y && at.x < to.x => {
                let _ = match to.x - at.x {
                    1 => write!(self.bytes, "\x1b[C"),
                    columns => write!(self.bytes, "\x1b[{columns}C"),
                };
            }
            // By columns from the left, not by so many to the right: terminals differ in how wide some signs are.
            Some(at) if at.y == to.y => {
                let _ = write!(self.bytes, "\x1b[{column}G");
                self.is_sure = true;
            }
            _ => {
                let _ = write!(self.bytes, "\x1b[{row};{column}H");
                self.is_sure = true;
            }
        }
        self.cursor = Some(to);
    }

    fn put(&mut self, at: Position, symbol: &str) {
        self.move_to(at);
        self.bytes.push_str(symbol);
        // Behind the last column some terminals stand still and some go on; behind a wide sign they are not of one mind.
        let next = at.x + 1;
        let is_known = next < self.size.width && symbol.width() == 1;
        self.is_sure &= symbol
            .chars()
            .all(|c| c.is_ascii() || PLAIN_SIGNS.contains(&c));
        self.cursor = is_known.then_some(Position { x: next, ..at });
    }

    /// From one style to another.
    fn restyle(&mut self, from: Style, to: Style) {
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

/// Lines and blocks: one column wide wherever anything of ours is.
const PLAIN_SIGNS: std::ops::RangeInclusive<char> = '\u{2500}'..='\u{259f}';

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

impl Backend for Paint {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut style = Style::default();
        let mut is_first = true;
        for (x, y, cell) in content {
            if std::mem::replace(&mut is_first, false) {
                // Between frames something else may have moved it: a background job's line, `wall`.
                self.cursor = None;
            }
            let wanted = Style {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            };
            self.restyle(style, wanted);
            style = wanted;
            self.put(Position { x, y }, cell.symbol());
        }
        // Between frames it is plain: what else is sent finds it so, and so does who gets the terminal back.
        self.restyle(style, Style::default());
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        if std::mem::replace(&mut self.is_shown, false) {
            self.bytes.push_str("\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        if !std::mem::replace(&mut self.is_shown, true) {
            self.bytes.push_str("\x1b[?25h");
        }
        Ok(())
    }

    /// Where it was put last: the terminal is never asked.
    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.bytes.push_str("\x1b[2J");
        Ok(())
    }

    /// All of it: frames here are whole screens.
    fn clear_region(&mut self, _: ClearType) -> Result<(), Infallible> {
        self.clear()
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style as Look;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    const AREA: Rect = Rect::new(0, 0, 12, 4);

    fn terminal() -> Terminal<Paint> {
        let viewport = Viewport::Fixed(AREA);
        let paint = Paint::new((AREA.width, AREA.height));
        Terminal::with_options(paint, TerminalOptions { viewport }).unwrap()
    }

    fn draw(terminal: &mut Terminal<Paint>, buffer: &Buffer, cursor: Option<(u16, u16)>) -> String {
        let drawn = terminal.draw(|frame| {
            frame.buffer_mut().clone_from(buffer);
            if let Some(at) = cursor {
                frame.set_cursor_position(at);
            }
        });
        drawn.unwrap();
        terminal.backend_mut().take()
    }

    #[test]
    fn a_frame_that_changes_nothing_is_no_bytes() {
        let mut terminal = terminal();
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(3, 1, "calm", Look::new().fg(Color::Cyan));
        let first = draw(&mut terminal, &buffer, None);
        assert_eq!(first, "\x1b[36m\x1b[2;4Hcalm\x1b[m");
        assert_eq!(draw(&mut terminal, &buffer, None), "");
        assert_eq!(
            draw(&mut terminal, &buffer, Some((5, 1))),
            "\x1b[?25h\x1b[6G"
        );
        assert_eq!(draw(&mut terminal, &buffer, Some((5, 1))), "");
        assert_eq!(draw(&mut terminal, &buffer, None), "\x1b[?25l");
    }

    #[test]
    fn a_second_of_a_countdown_is_what_changed_and_no_more() {
        let mut terminal = terminal();
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(0, 0, "0:10 left", Look::new());
        draw(&mut terminal, &buffer, None);
        buffer.set_string(0, 0, "0:09 left", Look::new());
        assert_eq!(draw(&mut terminal, &buffer, None), "\x1b[1;3H09");
    }

    #[test]
    fn what_stays_between_is_stepped_over_where_no_sign_can_be_wider() {
        for (sign, step) in [("█", "\x1b[2C"), ("ü", "\x1b[7G")] {
            let mut terminal = terminal();
            let mut buffer = Buffer::empty(AREA);
            buffer.set_string(3, 0, format!("{sign}  {sign}"), Look::new());
            let drawn = draw(&mut terminal, &buffer, None);
            assert_eq!(drawn, format!("\x1b[1;4H{sign}{step}{sign}"));
        }
    }

    #[test]
    fn behind_a_wide_sign_the_place_is_said_anew() {
        let mut terminal = terminal();
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(2, 1, "広いx", Look::new());
        let drawn = draw(&mut terminal, &buffer, None);
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
            let mut terminal = terminal();
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
                seen.process(draw(&mut terminal, &buffer, None).as_bytes());
                for y in 0..AREA.height {
                    let mut x = 0;
                    while x < AREA.width {
                        let cell = &buffer[(x, y)];
                        let shown = seen.screen().cell(y, x).unwrap();
                        let text = if shown.has_contents() { shown.contents() } else { " " };
                        prop_assert_eq!(text, cell.symbol());
                        prop_assert_eq!(shown.fgcolor(), emulated(cell.fg));
                        prop_assert_eq!(shown.bgcolor(), emulated(cell.bg));
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
