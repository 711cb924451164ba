//! A key as the app knows it, whatever library read it.

use crate::domain::nearest::nearest;

/// A key as the app knows it, whatever library read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control held.
    pub ctrl: bool,
    /// Alt held.
    pub alt: bool,
}

/// Which key. A capital letter is its own character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
    /// A key without a name here, which means something only where any key does.
    Other,
}

impl Key {
    /// As it is typed into a file: like its [`Display`](std::fmt::Display), but arrows by their names.
    pub fn spelled(&self) -> String {
        let text = self.to_string();
        match text.char_indices().next_back() {
            Some((at, '\u{2190}'..='\u{2193}')) => format!("{}{:?}", &text[..at], self.code),
            _ => text,
        }
    }

    /// A key without Control or Alt.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// A character key.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Control and a character.
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::BackTab => f.write_str("Shift-Tab"),
            Code::PageUp => f.write_str("PgUp"),
            Code::PageDown => f.write_str("PgDn"),
            Code::Up => f.write_str("↑"),
            Code::Down => f.write_str("↓"),
            Code::Left => f.write_str("←"),
            Code::Right => f.write_str("→"),
            Code::F(n) => write!(f, "F{n}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::str::FromStr for Key {
    /// Why it is no key, for people.
    type Err = String;

    /// Reads `j`, `G`, `Ctrl-d`, `Alt-x`, `Space`, `PgUp`, `F1`, `Shift-Tab`; names in any case.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let (mut ctrl, mut alt) = (false, false);
        loop {
            // '-' and 'Ctrl--' are keys as well.
            let behind = |lead: &str| {
                let (start, end) = rest.split_at_checked(lead.len())?;
                (start.eq_ignore_ascii_case(lead) && !end.is_empty()).then_some(end)
            };
            if let Some(end) = behind("Ctrl-") {
                (ctrl, rest) = (true, end);
            } else if let Some(end) = behind("Alt-") {
                (alt, rest) = (true, end);
            } else {
                break;
            }
        }
        let code = code(rest).ok_or_else(|| {
            if let Some(letter) = shifted(rest) {
                return format!("there is no key '{text}'; write '{letter}'");
            }
            let names = NAMES.iter().map(|(name, _)| *name);
            let near = nearest(rest, names);
            let near = near.map_or(String::new(), |near| format!("; did you mean '{near}'?"));
            format!("there is no key '{text}'{near}")
        })?;
        let code = match code {
            Code::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
            code => code,
        };
        match code {
            Code::Char(c @ ('h' | 'i' | 'j' | 'm')) if ctrl => Err(format!(
                "terminals send Ctrl-{c} as another key, so that it can't be told apart"
            )),
            Code::Char(c) if ctrl && !c.is_ascii_lowercase() => {
                Err(format!("'{text}': Ctrl goes with a letter or a named key"))
            }
            _ => Ok(Self { code, ctrl, alt }),
        }
    }
}

const NAMES: [(&str, Code); 24] = [
    ("Enter", Code::Enter),
    ("Return", Code::Enter),
    ("Esc", Code::Esc),
    ("Escape", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Del", Code::Delete),
    ("Space", Code::Char(' ')),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("↑", Code::Up),
    ("↓", Code::Down),
    ("←", Code::Left),
    ("→", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PageUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("PageDown", Code::PageDown),
];

/// The capital that 'Shift-a' means.
fn shifted(name: &str) -> Option<char> {
    let (shift, key) = name.split_once('-')?;
    let mut chars = key.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let is_one = chars.next().is_none() && shift.eq_ignore_ascii_case("shift");
    is_one.then(|| letter.to_ascii_uppercase())
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && !c.is_control()
        && !NAMES.iter().any(|(known, _)| *known == name)
    {
        return Some(Code::Char(c));
    }
    let mut names = NAMES.iter();
    if let Some((_, code)) = names.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=12).contains(&number).then_some(Code::F(number))
}
