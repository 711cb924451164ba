//! Turns the terminal's bytes into keys, pastes and focus events, whatever the bytes and however they are cut up.
//!
//! Not crossterm's decoder: 0.29 panics on some bytes in a build with checks, waits for ever for a paste whose end was
//! lost, takes an Esc that was cut from its sequence for the key, and keeps input in a buffer that poll(2) can't see.
//!
//! Pure: bytes in, values out. A lone Esc, half a sequence and a paste without an end can only be told by silence;
//! [`Decoder::patience`] says how long to wait for more, and [`Decoder::settle`] what to make of none.

use std::time::Duration;

use crate::keys::{Code, Key};
use crate::ui::zones::Pointer;

/// A sequence's other bytes come at once, but for a slow line: until then a lone Esc is not yet the key.
const ESC_PATIENCE: Duration = Duration::from_millis(30);
/// Past its first bytes it can be nothing else than a sequence.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(200);
/// A paste may stutter. One whose end was lost must not swallow every key from then on.
const PASTE_PATIENCE: Duration = Duration::from_secs(1);
/// No sequence that means anything is longer.
const SEQUENCE_MAX: usize = 64;
/// What a paste may hold; the rest of it is let go.
const PASTE_MAX: usize = 4 * 1024 * 1024;

const PASTE_END: &[u8] = b"\x1b[201~";
const ESC: u8 = 0x1b;

/// One thing typed, pasted or told by the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or repeats.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse, at a column and a row from 0.
    Mouse(Pointer, (u16, u16)),
    /// The terminal is looked at from here on, or no longer.
    Focus(bool),
}

/// Where in a sequence the next byte belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Ground,
    /// Bytes of one character beyond ASCII; this many still to come.
    Character(u8),
    /// After Esc.
    Escape,
    /// After `ESC [`.
    Csi,
    /// After `ESC [ [`, the Linux console's first five function keys.
    Console,
    /// After `ESC O`.
    Ss3,
    /// Three bytes of an old mouse report that nobody asked for; this many still to come.
    Mouse(u8),
    /// A terminal's answer to some other program: up to BEL or `ESC \`.
    Answer,
    /// Between the brackets of a paste.
    Paste,
}

/// The decoder: bytes of what has begun and not yet ended.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// The bytes of the character, the sequence or the paste, without its start.
    bytes: Vec<u8>,
    /// Esc came before this character: Alt is held.
    alt: bool,
    out: Vec<Input>,
}

impl Decoder {
    /// Takes bytes in; what they ended is in the answer, in order.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Input> {
        for &byte in bytes {
            self.take(byte);
        }
        std::mem::take(&mut self.out)
    }

    /// How long to wait for more before [`Decoder::settle`]; `None`: nothing has begun.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape => Some(ESC_PATIENCE),
            State::Paste => Some(PASTE_PATIENCE),
            _ => Some(SEQUENCE_PATIENCE),
        }
    }

    /// Nothing more came: Esc was the key, the paste is over, half a sequence was nothing.
    pub fn settle(&mut self) -> Vec<Input> {
        let alone = self.bytes.is_empty();
        match self.state {
            State::Escape => self.key(Code::Esc),
            State::Csi if alone => self.alt_char('['),
            State::Ss3 if alone => self.alt_char('O'),
            State::Paste => self.end_paste(),
            _ => {}
        }
        self.reset();
        std::mem::take(&mut self.out)
    }

    fn take(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.begin(byte),
            State::Character(left) => self.go_on_character(byte, left),
            State::Escape => self.after_escape(byte),
            State::Csi => self.in_csi(byte),
            State::Console => {
                let key = byte.wrapping_sub(b'A');
                if key < 5 {
                    self.key(Code::F(key + 1));
                }
                self.end_or_again(byte);
            }
            State::Ss3 => {
                if let Some(code) = final_code(byte) {
                    self.key(code);
                } else if byte == b'M' {
                    self.key(Code::Enter);
                }
                self.end_or_again(byte);
            }
            State::Mouse(left) => {
                if byte < b' ' {
                    self.end_or_again(byte);
                } else if left > 1 {
                    self.state = State::Mouse(left - 1);
                } else {
                    self.reset();
                }
            }
            State::Answer => self.in_answer(byte),
            State::Paste => self.in_paste(byte),
        }
    }

    fn begin(&mut self, byte: u8) {
        match byte {
            ESC => self.state = State::Escape,
            0xc2..=0xf4 => {
                self.bytes.push(byte);
                self.state = State::Character(match byte {
                    0xc2..=0xdf => 1,
                    0xe0..=0xef => 2,
                    _ => 3,
                });
            }
            _ => {
                let alt = self.alt;
                if let Some(key) = plain(byte) {
                    self.out.push(Input::Key(Key {
                        alt: alt || key.alt,
                        ..key
                    }));
                }
                self.reset();
            }
        }
    }

    fn go_on_character(&mut self, byte: u8, left: u8) {
        if byte & 0xc0 != 0x80 {
            // Not a character after all; this byte begins something else.
            self.reset();
            return self.begin(byte);
        }
        self.bytes.push(byte);
        if left > 1 {
            self.state = State::Character(left - 1);
            return;
        }
        let text = std::str::from_utf8(&self.bytes).ok();
        // C1 controls are no keys.
        if let Some(c) = text
            .and_then(|text| text.chars().next())
            .filter(|c| !c.is_control())
        {
            let alt = self.alt;
            self.out.push(Input::Key(Key {
                alt,
                ..Key::char(c)
            }));
        }
        self.reset();
    }

    fn after_escape(&mut self, byte: u8) {
        self.state = match byte {
            b'[' => State::Csi,
            b'O' => State::Ss3,
            b']' | b'P' | b'_' | b'^' | b'X' => State::Answer,
            ESC => {
                self.key(Code::Esc);
                State::Escape
            }
            _ => {
                self.state = State::Ground;
                self.alt = true;
                return self.begin(byte);
            }
        };
    }

    fn in_csi(&mut self, byte: u8) {
        match byte {
            b'[' if self.bytes.is_empty() => self.state = State::Console,
            b'M' if self.bytes.is_empty() => self.state = State::Mouse(3),
            b' '..=b'?' if self.bytes.len() < SEQUENCE_MAX => self.bytes.push(byte),
            b' '..=b'?' => {}
            b'@'..=b'~' => {
                let parameters = std::mem::take(&mut self.bytes);
                self.reset();
                self.finish_csi(&parameters, byte);
            }
            _ => self.end_or_again(byte),
        }
    }

    fn finish_csi(&mut self, parameters: &[u8], last: u8) {
        if let Some(report) = parameters.strip_prefix(b"<") {
            if let (b'M', Some((pointer, at))) = (last, mouse(report)) {
                self.out.push(Input::Mouse(pointer, at));
            }
            return;
        }
        // Keys are numbers and nothing else; the rest answers what nobody here asked.
        if parameters
            .iter()
            .any(|byte| !matches!(byte, b'0'..=b'9' | b';' | b':'))
        {
            return;
        }
        if parameters.is_empty() && matches!(last, b'I' | b'O') {
            return self.out.push(Input::Focus(last == b'I'));
        }
        let mut numbers = parameters.split(|&byte| byte == b';').map(number);
        let first = numbers.next().flatten();
        let held = numbers.next().flatten().unwrap_or(1).saturating_sub(1);
        let code = match last {
            b'~' if first == Some(200) => {
                self.state = State::Paste;
                return;
            }
            b'~' => first.and_then(numbered_code),
            b'u' if !is_release(parameters) => {
                first.and_then(|c| char::from_u32(c).and_then(spelled_code))
            }
            // With two numbers it is a cursor's place that some other program asked for.
            b'R' if !parameters.is_empty() => None,
            _ => final_code(last),
        };
        if let Some(code) = code {
            self.out.push(Input::Key(Key {
                code,
                ctrl: held & 4 != 0,
                alt: held & 2 != 0,
            }));
        }
    }

    fn in_answer(&mut self, byte: u8) {
        let after_escape = self.bytes.last() == Some(&ESC);
        match byte {
            b'\\' if after_escape => self.reset(),
            _ if after_escape => {
                // Cut off: this Esc began something else.
                self.reset();
                self.state = State::Escape;
                self.after_escape(byte);
            }
            0x07 => self.reset(),
            ESC => self.bytes.push(byte),
            b'\t'..=b'\r' | b' '.. => self.bytes.clear(),
            _ => self.end_or_again(byte),
        }
    }

    fn in_paste(&mut self, byte: u8) {
        self.bytes.push(byte);
        if self.bytes.ends_with(PASTE_END) {
            self.bytes.truncate(self.bytes.len() - PASTE_END.len());
            self.end_paste();
            self.reset();
        } else if self.bytes.len() >= PASTE_MAX + PASTE_END.len() {
            // Only what may be the start of the end is kept of the rest.
            let tail = self.bytes.len() - PASTE_END.len() + 1;
            self.bytes.drain(PASTE_MAX..tail);
        }
    }

    fn end_paste(&mut self) {
        self.bytes.truncate(PASTE_MAX);
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        self.out.push(Input::Paste(text));
    }

    /// Ends a sequence with this byte, unless the byte is a control: that breaks it off and counts by itself.
    fn end_or_again(&mut self, byte: u8) {
        self.reset();
        if byte < b' ' || byte == 0x7f {
            self.begin(byte);
        }
    }

    fn key(&mut self, code: Code) {
        self.out.push(Input::Key(Key::plain(code)));
    }

    fn alt_char(&mut self, c: char) {
        self.out.push(Input::Key(Key {
            alt: true,
            ..Key::char(c)
        }));
    }

    fn reset(&mut self) {
        self.state = State::Ground;
        self.alt = false;
        if self.bytes.capacity() > 4096 {
            self.bytes = Vec::new();
        }
        self.bytes.clear();
    }
}

/// A byte that is a key by itself.
fn plain(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        b' '..=b'~' => Key::char(char::from(byte)),
        // Control and a blank, a backslash and their like.
        0x00 | 0x1c..=0x1f => Key::plain(Code::Other),
        _ => return None,
    })
}

/// The keys that end in a letter of their own, after `ESC [` and `ESC O` alike.
fn final_code(last: u8) -> Option<Code> {
    Some(match last {
        b'A' | b'a' => Code::Up,
        b'B' | b'b' => Code::Down,
        b'C' | b'c' => Code::Right,
        b'D' | b'd' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'Z' => Code::BackTab,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The keys that are numbers, `ESC [ n ~`.
fn numbered_code(n: u32) -> Option<Code> {
    let function = |first: u32, from: u32| u8::try_from(n - first + from).ok().map(Code::F);
    match n {
        1 | 7 => Some(Code::Home),
        4 | 8 => Some(Code::End),
        3 => Some(Code::Delete),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=24 => function(23, 11),
        // The end of a paste that has not begun.
        201 => None,
        _ => Some(Code::Other),
    }
}

/// Keys spelled as `ESC [ code ; held u`, which some terminals send when another program left that on.
fn spelled_code(c: char) -> Option<Code> {
    Some(match c {
        '\r' => Code::Enter,
        '\t' => Code::Tab,
        '\x1b' => Code::Esc,
        '\x7f' | '\x08' => Code::Backspace,
        c if c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) => return None,
        c => Code::Char(c),
    })
}

/// Shift, Alt and Control in the button of a mouse report.
const HELD: u32 = 4 | 8 | 16;

/// A mouse report, `button;column;row`: the first button or the wheel, whatever is held. `None`: anything else that a
/// mouse does.
fn mouse(report: &[u8]) -> Option<(Pointer, (u16, u16))> {
    let mut numbers = report.split(|&byte| byte == b';').map(number);
    let button = numbers.next()??;
    let mut place = || u16::try_from(numbers.next()??).ok()?.checked_sub(1);
    let at = (place()?, place()?);
    let pointer = match button & !HELD {
        0 => Pointer::Press,
        64 => Pointer::WheelUp,
        65 => Pointer::WheelDown,
        _ => return None,
    };
    Some((pointer, at))
}

/// Whether such a key is said to be let go: `code;held:3`.
fn is_release(parameters: &[u8]) -> bool {
    parameters.ends_with(b":3")
}

/// A parameter's number, up to the `:` of a finer one.
fn number(parameter: &[u8]) -> Option<u32> {
    let digits = parameter.split(|&byte| byte == b':').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests;
