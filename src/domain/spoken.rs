//! Wording for the ear: written texts as one says them aloud, numbers in words and no symbols.

/// A text longer than this, in characters, is cut at a word: nobody follows more of it by ear.
const LONGEST: usize = 400;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A whole number in words; from 10,000 on digit by digit.
pub fn number(n: u32) -> String {
    match n {
        0..20 => ONES[n as usize].to_owned(),
        20..100 => joined(TENS[(n / 10) as usize], "", n % 10),
        100..1000 => joined(&format!("{} hundred", number(n / 100)), "and", n % 100),
        1000..10_000 => joined(&format!("{} thousand", number(n / 1000)), "", n % 1000),
        _ => digits(&n.to_string()),
    }
}

fn joined(head: &str, link: &str, rest: u32) -> String {
    match (link, rest) {
        (_, 0) => head.to_owned(),
        ("", _) => format!("{head} {}", number(rest)),
        _ => format!("{head} {link} {}", number(rest)),
    }
}

fn digits(text: &str) -> String {
    let words = text.chars().filter_map(|c| c.to_digit(10));
    let words: Vec<_> = words.map(|digit| ONES[digit as usize]).collect();
    words.join(" ")
}

/// A length of time: 'forty five seconds', 'one minute', 'three minutes ten'.
pub fn duration(seconds: u32) -> String {
    let unit = |n: u32, word: &str| {
        let plural = if n == 1 { "" } else { "s" };
        format!("{} {word}{plural}", number(n))
    };
    match (seconds / 60, seconds % 60) {
        (0, seconds) => unit(seconds, "second"),
        (minutes, 0) => unit(minutes, "minute"),
        (minutes, seconds) => format!("{} {}", unit(minutes, "minute"), number(seconds)),
    }
}

/// A written text as it is said: '2-4 s' becomes 'two to four seconds'. Nothing but letters, full stops, commas,
/// question marks and apostrophes is left.
pub fn text(written: &str) -> String {
    let mut said = Said::default();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        rest = if c.is_ascii_digit() {
            said.number(rest)
        } else {
            said.letter(c, &rest[c.len_utf8()..])
        };
    }
    said.finish()
}

/// With a capital letter and a full stop.
pub fn sentence(words: &str) -> String {
    ended(&capital(words))
}

/// With one full stop at its end.
pub fn ended(words: &str) -> String {
    format!("{}.", words.trim_end_matches(['.', ' ']))
}

/// With a capital letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// What is said so far.
#[derive(Debug, Default)]
struct Said {
    words: String,
    /// A number was the last word, so a unit may follow; whether it was just one.
    unit_of: Option<bool>,
}

impl Said {
    /// Says the number that the text begins with; returns what follows it.
    fn number<'a>(&mut self, text: &'a str) -> &'a str {
        let (whole, rest) = split_digits(text);
        let value: Option<u32> = whole.parse().ok();
        self.word(&value.map_or_else(|| digits(whole), number));
        self.unit_of = Some(value == Some(1));
        if let Some(after) = rest.strip_prefix('.')
            && after.starts_with(|c: char| c.is_ascii_digit())
        {
            let (part, rest) = split_digits(after);
            self.word("point");
            self.word(&digits(part));
            self.unit_of = Some(false);
            return rest;
        }
        let range = rest.strip_prefix(['-', '–']).map(str::trim_start);
        if let Some(after) = range.filter(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            self.word("to");
            return self.number(after);
        }
        rest
    }

    /// Says a letter, or what stands for a sign; returns what follows.
    fn letter<'a>(&mut self, c: char, rest: &'a str) -> &'a str {
        if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic() && !is_mark(c));
            let (tail, rest) = rest.split_at(end.unwrap_or(rest.len()));
            let word = format!("{c}{tail}");
            let unit = self.unit_of.take().and_then(|one| unit(&word, one));
            self.glue(c, unit.unwrap_or(&word));
            return rest;
        }
        let follows = rest.chars().next();
        match c {
            '\'' | '’' if follows.is_some_and(char::is_alphabetic) && self.ends_in_letter() => {
                self.words.push('\'');
            }
            '.' | '?' | '!' if follows.is_none_or(char::is_whitespace) => {
                self.stop(if c == '?' { '?' } else { '.' });
            }
            ',' | ';' | ':' | '(' | ')' | '–' | '—' | '…' => self.stop(','),
            '/' => self.word("or"),
            '&' => self.word("and"),
            '+' => self.word("plus"),
            '%' => self.word("percent"),
            '°' => self.word("degrees"),
            '~' | '≈' => self.word("about"),
            '×' => self.word("times"),
            // A hyphen joins, as a space does; what is left has no sound.
            _ => {
                if !self.words.ends_with(' ') && !self.words.is_empty() {
                    self.words.push(' ');
                }
                return rest;
            }
        }
        self.unit_of = None;
        rest
    }

    fn ends_in_letter(&self) -> bool {
        self.words.chars().last().is_some_and(char::is_alphabetic)
    }

    /// A word of its own.
    fn word(&mut self, word: &str) {
        if !self.words.is_empty() && !self.words.ends_with(' ') {
            self.words.push(' ');
        }
        self.words.push_str(word);
        self.words.push(' ');
        self.unit_of = None;
    }

    /// A word that goes on where an apostrophe left off, or stands by itself.
    fn glue(&mut self, first: char, word: &str) {
        let goes_on = self.words.ends_with('\'') && first.is_alphabetic();
        if !goes_on && !self.words.is_empty() && !self.words.ends_with(' ') {
            self.words.push(' ');
        }
        self.words.push_str(word);
    }

    /// A pause, or the end of a sentence; one at a time.
    fn stop(&mut self, sign: char) {
        while self.words.ends_with([' ', ',']) {
            self.words.pop();
        }
        if !self.words.is_empty() && !self.words.ends_with(['.', '?']) {
            self.words.push(sign);
            self.words.push(' ');
        }
    }

    fn finish(self) -> String {
        let said = self.words.trim_end_matches([' ', ',']);
        if said.chars().count() <= LONGEST {
            return said.to_owned();
        }
        let cut: String = said.chars().take(LONGEST).collect();
        let end = cut.rfind(' ').unwrap_or(cut.len());
        cut[..end].to_owned()
    }
}

/// What a word stands for behind a number; `one`: the number was one.
fn unit(word: &str, one: bool) -> Option<&'static str> {
    Some(match (word, one) {
        ("s" | "sec", true) => "second",
        ("s" | "sec", false) => "seconds",
        ("min", true) => "minute",
        ("min", false) => "minutes",
        ("h", true) => "hour",
        ("h", false) => "hours",
        ("cm", true) => "centimetre",
        ("cm", false) => "centimetres",
        ("x", true) => "time",
        ("x", false) => "times",
        _ => return None,
    })
}

/// Marks that belong to the letter before them: combining accents and vowel signs.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && c.is_alphanumeric()
        || ('\u{300}'..='\u{36f}').contains(&c)
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_words() {
        let cases = [
            (0, "zero"),
            (13, "thirteen"),
            (40, "forty"),
            (45, "forty five"),
            (100, "one hundred"),
            (249, "two hundred and forty nine"),
            (1200, "one thousand two hundred"),
            (65_535, "six five five three five"),
        ];
        for (n, words) in cases {
            assert_eq!(number(n), words);
        }
    }

    #[test]
    fn lengths_are_said_as_people_say_them() {
        let cases = [
            (1, "one second"),
            (30, "thirty seconds"),
            (60, "one minute"),
            (120, "two minutes"),
            (190, "three minutes ten"),
        ];
        for (seconds, words) in cases {
            assert_eq!(duration(seconds), words);
        }
    }

    #[test]
    fn symbols_are_said_or_left_out() {
        let cases = [
            ("each pass 2-4 seconds.", "each pass two to four seconds."),
            (
                "hold 2 s or one breath, come back",
                "hold two seconds or one breath, come back",
            ),
            (
                "bursts of at most 30 s, never longer",
                "bursts of at most thirty seconds, never longer",
            ),
            ("hold about 1 s.", "hold about one second."),
            ("from 1 to 10", "from one to ten"),
            (
                "on the muscle (still two fingers), lightly",
                "on the muscle, still two fingers, lightly",
            ),
            (
                "below a hand's width; it's fine",
                "below a hand's width, it's fine",
            ),
            ("3-5 min break", "three to five minutes break"),
            ("Get-ready, 1.5 times", "Get ready, one point five times"),
            ("left/right & 50 %", "left or right and fifty percent"),
            ("warm, at most 40 °C.", "warm, at most forty degrees C."),
            ("  ", ""),
            ("a\u{1b}]0;x\u{7}b\u{202e}c", "a zero, x b c"),
        ];
        for (written, said) in cases {
            assert_eq!(text(written), said, "{written}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_only_words_are_said(written in any::<String>()) {
            let said = text(&written);
            prop_assert!(said.chars().count() <= LONGEST);
            for c in said.chars() {
                prop_assert!(
                    c.is_alphabetic() || is_mark(c) || " .,?'".contains(c), "{c:?} in {said:?}"
                );
                prop_assert!(!c.is_ascii_digit());
            }
            prop_assert!(!said.contains("  "));
            prop_assert_eq!(text(&said), said);
        }
    }
}
