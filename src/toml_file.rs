//! TOML files that people write: read without waiting and without end, and where in them something stands.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// So many lines about one file are enough.
const LINES_MAX: usize = 8;

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// The system said no; also: there is none.
    Failed(io::Error),
    /// It can't be used: why, and the line where it is about one.
    Unusable(String, Option<usize>),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failed(error) => error.fmt(f),
            Self::Unusable(why, _) => f.write_str(why),
        }
    }
}

/// The text of a regular file of at most so many bytes, without a byte order mark.
pub fn read(path: &Path, most: u64) -> Result<String, Unread> {
    // Asked before opening: opening a pipe would wait for its other end.
    if !fs::metadata(path)?.is_file() {
        return Err(Unread::Unusable("not a regular file".into(), None));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let why = format!("larger than {} KiB", most / 1024);
        return Err(Unread::Unusable(why, None));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = Lines::of(error.as_bytes()).at(good);
        Unread::Unusable("not UTF-8 text".into(), Some(line))
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Where the lines of a text begin: counted once, however many places are told.
pub struct Lines(Vec<usize>);

impl Lines {
    /// Those of this text.
    pub fn of(text: &[u8]) -> Self {
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = ends.map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(starts).collect())
    }

    /// The line of a byte, from 1.
    pub fn at(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at)
    }
}

/// What the parser says, in one line.
pub fn why(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<_>>().join(" ")
}

/// No more lines about a file than help; in place of the others the one for so many more.
pub fn few<T>(mut lines: Vec<T>, and_more: impl FnOnce(String) -> T) -> Vec<T> {
    if lines.len() > LINES_MAX {
        let more = lines.len() - LINES_MAX;
        lines.truncate(LINES_MAX);
        lines.push(and_more(format!("and {more} more")));
    }
    lines
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_can_t_be_used_is_told_and_never_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.toml");
        let told = |path: &Path| match read(path, 64 * 1024) {
            Err(Unread::Unusable(why, line)) => (why, line),
            Err(Unread::Failed(error)) => (error.kind().to_string(), None),
            Ok(_) => ("read".into(), None),
        };
        let whole = |why: &str| (why.to_owned(), None);
        assert_eq!(told(&path), whole("entity not found"));
        assert_eq!(told(dir.path()), whole("not a regular file"));
        fs::write(&path, vec![b'#'; 64 * 1024]).unwrap();
        assert_eq!(told(&path), whole("read"));
        fs::write(&path, vec![b'#'; 64 * 1024 + 1]).unwrap();
        assert_eq!(told(&path), whole("larger than 64 KiB"));
        fs::write(&path, b"\nx = '\xff'").unwrap();
        assert_eq!(told(&path), ("not UTF-8 text".into(), Some(2)));
        fs::write(&path, "\u{feff}x = 1").unwrap();
        assert_eq!(read(&path, 64).unwrap(), "x = 1");
        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        assert_eq!(told(&path), whole("not a regular file"));
    }

    #[test]
    fn each_byte_has_its_line() {
        let text = b"a\n\r\n\nbc";
        let lines = Lines::of(text);
        let told: Vec<usize> = (0..10).map(|at| lines.at(at)).collect();
        assert_eq!(told, [1, 1, 2, 2, 3, 4, 4, 4, 4, 4]);
        assert_eq!(Lines::of(b"").at(0), 1);
    }

    #[test]
    fn of_many_lines_a_few_are_told_and_how_many_more_there_are() {
        let lines = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(few(lines(8), |more| more), lines(8));
        let told = few(lines(20), |more| more);
        assert_eq!((told.len(), told[8].as_str()), (9, "and 12 more"));
    }
}
