//! The shapes of block letters: five rows of pixels each, as few columns as each needs to be told from the others.

/// Rows of pixels.
pub const ROWS: usize = 5;

/// Rows of pixels, all of one length; `#` is lit.
pub type Shape = [&'static str; ROWS];

/// What is going on, as a shape that does not need colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A step runs.
    Step,
    /// Get ready: an hourglass, as a ring would be read as a nought.
    Ready,
    /// Change sides or places.
    Change,
    /// It stands still.
    Pause,
    /// Done.
    Done,
}

impl Sign {
    /// Five pixels wide.
    pub fn shape(self) -> Shape {
        match self {
            Self::Step => ["#    ", "###  ", "#####", "###  ", "#    "],
            Self::Ready => ["#####", " ### ", "  #  ", " ### ", "#####"],
            Self::Change => [" #   ", "#####", "     ", "#####", "   # "],
            Self::Pause => ["## ##"; ROWS],
            Self::Done => ["    #", "   ##", "# ## ", "###  ", " #   "],
        }
    }
}

#[rustfmt::skip]
const DIGITS: [Shape; 10] = [
    ["###", "# #", "# #", "# #", "###"],
    [" # ", "## ", " # ", " # ", "###"],
    ["###", "  #", "###", "#  ", "###"],
    ["###", "  #", "###", "  #", "###"],
    ["# #", "# #", "###", "  #", "  #"],
    ["###", "#  ", "###", "  #", "###"],
    ["###", "#  ", "###", "# #", "###"],
    ["###", "  #", "  #", "  #", "  #"],
    ["###", "# #", "###", "# #", "###"],
    ["###", "# #", "###", "  #", "###"],
];

#[rustfmt::skip]
const LETTERS: [Shape; 26] = [
    [" # ", "# #", "###", "# #", "# #"],
    ["## ", "# #", "## ", "# #", "## "],
    [" ##", "#  ", "#  ", "#  ", " ##"],
    ["## ", "# #", "# #", "# #", "## "],
    ["###", "#  ", "## ", "#  ", "###"],
    ["###", "#  ", "## ", "#  ", "#  "],
    [" ## ", "#   ", "# ##", "#  #", " ## "],
    ["# #", "# #", "###", "# #", "# #"],
    ["#", "#", "#", "#", "#"],
    ["  #", "  #", "  #", "# #", " # "],
    ["# #", "# #", "## ", "# #", "# #"],
    ["#  ", "#  ", "#  ", "#  ", "###"],
    ["#   #", "## ##", "# # #", "#   #", "#   #"],
    ["#  #", "## #", "# ##", "#  #", "#  #"],
    [" # ", "# #", "# #", "# #", " # "],
    ["## ", "# #", "## ", "#  ", "#  "],
    [" ## ", "#  #", "#  #", "# # ", " # #"],
    ["## ", "# #", "## ", "# #", "# #"],
    [" ##", "#  ", " # ", "  #", "## "],
    ["###", " # ", " # ", " # ", " # "],
    ["# #", "# #", "# #", "# #", "###"],
    ["# #", "# #", "# #", "# #", " # "],
    ["#   #", "#   #", "# # #", "## ##", "#   #"],
    ["# #", "# #", " # ", "# #", "# #"],
    ["# #", "# #", " # ", " # ", " # "],
    ["###", "  #", " # ", "#  ", "###"],
];

#[rustfmt::skip]
const OTHERS: [(char, Shape); 14] = [
    (' ',  ["  ",  "  ",  "  ",  "  ",  "  "]),
    ('.',  [" ",   " ",   " ",   " ",   "#"]),
    (',',  ["  ",  "  ",  "  ",  " #",  "# "]),
    (':',  [" ",   "#",   " ",   "#",   " "]),
    (';',  ["  ",  " #",  "  ",  " #",  "# "]),
    ('\'', ["#",   "#",   " ",   " ",   " "]),
    ('"',  ["# #", "# #", "   ", "   ", "   "]),
    ('-',  ["  ",  "  ",  "##",  "  ",  "  "]),
    ('+',  ["   ", " # ", "###", " # ", "   "]),
    ('/',  ["  #", "  #", " # ", "#  ", "#  "]),
    ('(',  [" #",  "# ",  "# ",  "# ",  " #"]),
    (')',  ["# ",  " #",  " #",  " #",  "# "]),
    ('?',  ["## ", "  #", " # ", "   ", " # "]),
    ('%',  ["# #", "  #", " # ", "#  ", "# #"]),
];

/// The shape of a character; small letters have those of capitals.
pub fn shape(c: char) -> Option<Shape> {
    let c = match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        c => c.to_ascii_uppercase(),
    };
    if let Some(digit) = c.to_digit(10) {
        return Some(DIGITS[digit as usize]);
    }
    if c.is_ascii_uppercase() {
        return Some(LETTERS[usize::from(c as u8 - b'A')]);
    }
    let other = OTHERS.iter().find(|(known, _)| *known == c);
    other.map(|(_, shape)| *shape)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_shapes_are_alike_and_every_row_of_one_is_as_long() {
        let letters = ('A'..='Z').chain('0'..='9');
        let letters = letters
            .chain(OTHERS.map(|(c, _)| c))
            .map(|c| shape(c).unwrap());
        let signs = [
            Sign::Step,
            Sign::Ready,
            Sign::Change,
            Sign::Pause,
            Sign::Done,
        ];
        let all: Vec<Shape> = letters.chain(signs.map(Sign::shape)).collect();
        for shape in &all {
            assert!(
                shape.iter().all(|row| row.len() == shape[0].len()),
                "{shape:?}"
            );
            assert!(
                shape
                    .iter()
                    .all(|row| row.bytes().all(|b| b"# ".contains(&b)))
            );
        }
        let unlike: BTreeSet<&Shape> = all.iter().collect();
        assert_eq!(unlike.len(), all.len());
    }
}
