//! The line that `unkink status` fills in: text, `{name}` for a value, and `[…]` for a part that is left out where a value
//! in it is missing.

/// A line with names to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Name(&'static str),
    /// Left out as a whole where a value in it is missing.
    Whole(Vec<Part>),
}

impl Format {
    /// Reads a line. The error says what is wrong and where, counted in characters from 1.
    pub fn parse(text: &str, names: &[&'static str]) -> Result<Self, String> {
        let mut reading = Reading {
            rest: text.chars().enumerate().peekable(),
            names,
        };
        let parts = reading.parts(false)?;
        match reading.rest.next() {
            None => Ok(Self(parts)),
            Some((at, _)) => Err(format!("there is no '[' for the ']' at {}", at + 1)),
        }
    }

    /// The line filled in, blanks at its end cut; empty where no value was there to fill in.
    pub fn fill(&self, value: &dyn Fn(&str) -> Option<String>) -> String {
        let mut line = String::new();
        let mut any = false;
        for part in &self.0 {
            match part {
                Part::Whole(parts) => {
                    if let Some(text) = whole(parts, value) {
                        any |= parts.iter().any(|part| !matches!(part, Part::Text(_)));
                        line.push_str(&text);
                    }
                }
                Part::Name(name) => {
                    let value = value(name);
                    any |= value.is_some();
                    line.push_str(&value.unwrap_or_default());
                }
                Part::Text(text) => line.push_str(text),
            }
        }
        if any {
            line.trim_end().to_owned()
        } else {
            String::new()
        }
    }
}

/// `None`: a value is missing.
fn whole(parts: &[Part], value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let each = parts.iter().map(|part| match part {
        Part::Text(text) => Some(text.clone()),
        Part::Name(name) => value(name),
        Part::Whole(parts) => whole(parts, value),
    });
    each.collect()
}

struct Reading<'a> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::str::Chars<'a>>>,
    names: &'a [&'static str],
}

impl Reading<'_> {
    /// Up to the end, or within brackets to the one that closes.
    fn parts(&mut self, within: bool) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        let mut text = String::new();
        while let Some(&(at, c)) = self.rest.peek() {
            if c == ']' && !self.is_doubled(c) {
                break;
            }
            self.rest.next();
            let special = "{}[]".contains(c);
            if special && self.rest.peek().is_some_and(|(_, next)| *next == c) {
                self.rest.next();
                text.push(c);
                continue;
            }
            if special && !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            match c {
                '{' => parts.push(Part::Name(self.name(at)?)),
                '[' if within => return Err(format!("'[' at {} stands in another", at + 1)),
                '[' => {
                    let inner = self.parts(true)?;
                    if self.rest.next().is_none() {
                        return Err(format!("the '[' at {} has no ']'", at + 1));
                    }
                    parts.push(Part::Whole(inner));
                }
                '}' => return Err(format!("there is no '{{' for the '}}' at {}", at + 1)),
                c => text.push(c),
            }
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(parts)
    }

    fn is_doubled(&self, c: char) -> bool {
        let mut ahead = self.rest.clone();
        ahead.next();
        ahead.peek().is_some_and(|(_, next)| *next == c)
    }

    fn name(&mut self, from: usize) -> Result<&'static str, String> {
        let mut name = String::new();
        loop {
            match self.rest.next() {
                Some((_, '}')) => break,
                Some((_, c)) => name.push(c),
                None => return Err(format!("the '{{' at {} has no '}}'", from + 1)),
            }
        }
        let known = self.names.iter().find(|known| **known == name);
        known.copied().ok_or_else(|| {
            let near = crate::domain::vocabulary::nearest(&name, self.names.iter().copied());
            match near {
                Some(near) => format!("there is no '{{{name}}}': did you mean '{{{near}}}'?"),
                None => format!(
                    "there is no '{{{name}}}'; there are {}",
                    self.names.join(", ")
                ),
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["pain", "ago", "none"];

    fn filled(text: &str) -> String {
        Format::parse(text, NAMES)
            .unwrap()
            .fill(&|name| match name {
                "pain" => Some("3".into()),
                "ago" => Some("2h".into()),
                _ => None,
            })
    }

    #[test]
    fn values_are_filled_in_and_a_part_that_misses_one_is_left_out() {
        for (format, line) in [
            ("back {pain}", "back 3"),
            ("[pain {pain} ][x {none}]", "pain 3"),
            ("[{pain}][ of {none}][ {ago}]", "3 2h"),
            ("[a {pain} ]]b]", "a 3 ]b"),
            ("[{pain} {none}]{ago}", "2h"),
            ("{{{pain}}} [[x]]", "{3} [x]"),
            ("[[{pain}]]", "[3]"),
            ("back {none}", ""),
            ("[only text]", ""),
            ("", ""),
        ] {
            assert_eq!(filled(format), line, "{format}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_or_the_nearest_name() {
        for (format, why) in [
            ("{pian}", "there is no '{pian}': did you mean '{pain}'?"),
            ("a {pain", "the '{' at 3 has no '}'"),
            ("[a[{pain}]", "'[' at 3 stands in another"),
            ("[a", "the '[' at 1 has no ']'"),
            ("a]", "there is no '[' for the ']' at 2"),
            ("}", "there is no '{' for the '}' at 1"),
        ] {
            assert_eq!(Format::parse(format, NAMES).unwrap_err(), why, "{format}");
        }
    }
}
