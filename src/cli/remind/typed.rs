//! What is typed at a reminder, as keys; what other keys send as a sequence and what is pasted is text, never a command.

/// More characters at once are a paste that was not marked.
const AT_ONCE: usize = 4;
/// What ends a marked paste.
const END: &[u8] = b"\x1b[201~";

/// A key that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Start what is offered.
    Start,
    /// Not now.
    Snooze,
    /// End.
    Quit,
}

/// What came so far and is not over.
#[derive(Debug, Default)]
pub struct Typed {
    /// A marked paste is under way.
    pasting: bool,
    /// The beginning of a sequence, or in a paste perhaps of its end.
    begun: Vec<u8>,
}

impl Typed {
    /// The keys among these bytes; they may break off anywhere.
    pub fn keys(&mut self, bytes: &[u8]) -> Vec<Key> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut plain = Vec::new();
        let mut rest = &all[..];
        while let Some((first, behind)) = rest.split_first() {
            if self.pasting {
                rest = self.after_paste(rest);
            } else if *first == 0x1b {
                rest = self.after_sequence(rest);
            } else {
                plain.push(*first);
                rest = behind;
            }
        }
        if plain.len() > AT_ONCE {
            return Vec::new();
        }
        plain.into_iter().filter_map(meaning).collect()
    }

    /// What follows the end of the paste.
    fn after_paste<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        if let Some(at) = rest.windows(END.len()).position(|bytes| bytes == END) {
            self.pasting = false;
            return &rest[at + END.len()..];
        }
        let begun = (1..END.len()).rev().find(|n| rest.ends_with(&END[..*n]));
        self.begun = rest[rest.len() - begun.unwrap_or(0)..].to_vec();
        &[]
    }

    /// What follows the sequence that an escape has begun.
    fn after_sequence<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        match &rest[1..] {
            [b'[', inside @ ..] => {
                let Some(end) = inside.iter().position(|byte| (0x40..=0x7e).contains(byte)) else {
                    // Its end is still to come. Nothing that long is one.
                    self.begun = rest[..rest.len().min(32)].to_vec();
                    return &[];
                };
                self.pasting = inside[..=end] == *b"200~";
                &inside[end + 1..]
            }
            [b'O', _, behind @ ..] | [_, behind @ ..] => behind,
            [] => &[],
        }
    }
}

fn meaning(byte: u8) -> Option<Key> {
    match byte {
        b'\r' | b'\n' | b's' => Some(Key::Start),
        b'z' => Some(Key::Snooze),
        b'q' | 0x04 => Some(Key::Quit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Key::{Quit, Snooze, Start};
    use super::*;

    fn keys(typed: &[u8]) -> Vec<Key> {
        Typed::default().keys(typed)
    }

    #[test]
    fn only_keys_by_themselves_mean_something() {
        assert_eq!(keys(b"s"), [Start]);
        assert_eq!(keys(b"\r"), [Start]);
        assert_eq!(keys(b"zq"), [Snooze, Quit]);
        assert_eq!(keys(b"\x1b[Az\x1bOP"), [Snooze]);
        assert_eq!(keys(b"\x1b[200~q s z\rq\x1b[201~z"), [Snooze]);
        for other in [
            &b"squeeze"[..],
            b"\x1b[A",
            b"\x1bq",
            b"x",
            b"\x1b[200~q",
            b"\x1b[",
        ] {
            assert_eq!(keys(other), [], "{other:?}");
        }
    }

    #[test]
    fn a_paste_is_one_wherever_it_is_cut_into_pieces() {
        let all = b"\x1b[200~q s z \x1b[20 \x1b\rq\x1b[201~z";
        for first in 0..=all.len() {
            for second in first..=all.len() {
                let mut typed = Typed::default();
                let pieces = [&all[..first], &all[first..second], &all[second..]];
                // An escape that nothing follows is the key itself.
                if first == 1 || (first == 0 && second == 1) {
                    continue;
                }
                let keys: Vec<Key> = pieces.iter().flat_map(|piece| typed.keys(piece)).collect();
                assert_eq!(keys, [Snooze], "{first} {second}");
            }
        }
    }

    #[test]
    fn a_sequence_without_an_end_is_forgotten() {
        let mut typed = Typed::default();
        let endless = [b"\x1b[".to_vec(), vec![b'1'; 100_000]].concat();
        assert_eq!(typed.keys(&endless), []);
        assert!(typed.begun.len() < 100);
        assert_eq!(typed.keys(b"~"), []);
        assert_eq!(typed.keys(b"q"), [Quit]);
    }
}
