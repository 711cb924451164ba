//! Packs a parsed TOML file into one text; `packed.rs` says how it looks and reads it.
//!
//! It knows none of our types, so that `build.rs`, of which this file is a part too, packs the built-in content by it.

use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

/// What ten bytes of a packed number can't hold, and no type of ours.
const TOO_LARGE: u64 = 1 << 60;

/// A packed text under way.
#[derive(Default)]
pub struct Pack {
    /// As far as it is packed.
    pub text: String,
    /// For each name and value, in their order: where it begins in the text, and where in the TOML it comes from.
    places: Vec<(usize, usize)>,
}

impl Pack {
    /// A table, which comes from this place of the TOML.
    pub fn table(&mut self, table: &DeTable<'_>, from: usize) {
        self.place(from);
        self.open('m', table.len());
        for (name, value) in table {
            self.place(name.span().start);
            self.name(name.get_ref());
            self.value(value.get_ref(), value.span().start);
        }
    }

    /// The beginning of a list (`l`) or a table (`m`) of so many.
    pub fn open(&mut self, kind: char, count: usize) {
        self.text.push(kind);
        self.number(count as u64);
    }

    /// The name of a table's next value.
    pub fn name(&mut self, name: &str) {
        self.number(name.len() as u64);
        self.text.push_str(name);
    }

    /// Where in the TOML something comes from that begins here in the text.
    #[allow(dead_code)] // nobody asks while the program is built
    pub fn origin(&self, at: usize) -> usize {
        let after = self.places.partition_point(|(packed, _)| *packed <= at);
        let before = after.checked_sub(1).and_then(|it| self.places.get(it));
        before.map_or(0, |(_, toml)| *toml)
    }

    fn place(&mut self, from: usize) {
        self.places.push((self.text.len(), from));
    }

    fn value(&mut self, value: &DeValue<'_>, from: usize) {
        match value {
            DeValue::Table(table) => return self.table(table, from),
            _ => self.place(from),
        }
        match value {
            DeValue::Boolean(yes) => self.text.push(if *yes { 't' } else { 'f' }),
            DeValue::Integer(number) => self.integer(number),
            DeValue::Float(number) => self.float(number),
            DeValue::String(text) => self.worded('s', text),
            DeValue::Datetime(date) => self.worded('z', &date.to_string()),
            DeValue::Array(list) => {
                self.open('l', list.len());
                for value in list {
                    self.value(value.get_ref(), value.span().start);
                }
            }
            DeValue::Table(_) => {}
        }
    }

    fn integer(&mut self, number: &DeInteger<'_>) {
        let text = number.as_str();
        let (kind, digits) = match text.strip_prefix('-') {
            Some(digits) => ('n', digits),
            None => ('i', text),
        };
        match u64::from_str_radix(digits, number.radix()) {
            Ok(0) => self.counted('i', 0),
            Ok(number) if number < TOO_LARGE => self.counted(kind, number),
            _ => self.worded('b', &number.to_string()),
        }
    }

    fn counted(&mut self, kind: char, number: u64) {
        self.text.push(kind);
        self.number(number);
    }

    fn float(&mut self, number: &DeFloat<'_>) {
        let text = number.as_str();
        let is_written = text.ends_with("inf");
        let is_beyond = text.parse().is_ok_and(f64::is_infinite) && !is_written;
        self.worded(if is_beyond { 'b' } else { 'd' }, text);
    }

    fn worded(&mut self, kind: char, text: &str) {
        self.text.push(kind);
        self.name(text);
    }

    /// Six bits a byte, the lowest first, all but the last with the next bit.
    fn number(&mut self, mut number: u64) {
        while number > 0x3f {
            self.text.push(char::from(0x40 | (number & 0x3f) as u8));
            number >>= 6;
        }
        self.text.push(char::from(number as u8));
    }
}
