//! Reading a journal file in chunks: which files, and their lines as they lie.
//!
//! It opens nothing but regular files, holds no more than a chunk and one line in memory, and knows nothing of what a
//! line means. Reading writes nothing.

use crate::domain::order;
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::line::LINE_MAX;

/// How much is read at once. It stays in the processor's nearer cache, and the room for it below what `malloc` maps by
/// itself: larger pieces are no quicker, and once one is given back, a thread keeps up to twice its size of free memory.
pub const CHUNK: usize = 1 << 16;
/// Blanks around a line do not count towards its length; beyond this many bytes it is too long in any case.
const HOLD_MAX: usize = LINE_MAX + 4096;

/// A file that can't be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its name within the directory; empty: the directory itself.
    pub name: OsString,
    /// What is in the way, for people.
    pub why: String,
}

/// The names of the journal's files in order. A directory that is not there holds none.
pub fn names(dir: &Path) -> io::Result<Vec<OsString>> {
    let listing = match std::fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listing => listing?,
    };
    let mut names = Vec::new();
    for entry in listing {
        let name = entry?.file_name();
        if is_journal_name(&name) {
            names.push(name);
        }
    }
    order::by(&mut names, Ord::cmp);
    Ok(names)
}

/// `*.jsonl`, but nothing hidden and nothing that an editor or a sync tool has under way.
pub fn is_journal_name(name: &OsStr) -> bool {
    let name = name.as_bytes();
    name.ends_with(b".jsonl") && !name.starts_with(b".") && !name.starts_with(b"~")
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Device and inode.
    pub inode: (u64, u64),
    /// Bytes.
    pub size: u64,
    /// When it was last changed, in seconds and nanoseconds.
    pub changed: (i64, i64),
}

impl Stamp {
    /// Of these metadata.
    pub fn of(meta: &std::fs::Metadata) -> Self {
        Self {
            inode: (meta.dev(), meta.ino()),
            size: meta.size(),
            changed: (meta.mtime(), meta.mtime_nsec()),
        }
    }
}

/// Opens a regular file for reading. Never waits for the other end of a pipe.
pub fn open(path: &Path) -> io::Result<(File, Stamp)> {
    // Looked at before it is opened: to open a device may do something.
    regular(&std::fs::metadata(path)?)?;
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)?;
    let meta = file.metadata()?;
    regular(&meta)?;
    Ok((file, Stamp::of(&meta)))
}

fn regular(meta: &std::fs::Metadata) -> io::Result<()> {
    if meta.is_file() {
        Ok(())
    } else if meta.is_dir() {
        Err(io::Error::from(io::ErrorKind::IsADirectory))
    } else {
        Err(io::Error::other("not a regular file"))
    }
}

/// A piece of a file between two line feeds, or runs of zero bytes (a JSON text holds neither, and a crash may leave
/// zeros where bytes were meant to be).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A line without its end.
    Line {
        /// Where it begins in the file.
        at: u64,
        /// As it stands.
        bytes: &'a [u8],
        /// Whether a line feed or a zero byte ends it; not so at the end of a file that is torn or being written.
        ended: bool,
    },
    /// A line so long that it was passed over.
    TooLong {
        /// Where it begins in the file.
        at: u64,
        /// Its length.
        len: u64,
        /// Whether its end was seen.
        ended: bool,
    },
    /// Zero bytes.
    Zeros {
        /// Where they begin in the file.
        at: u64,
        /// How many.
        len: u64,
    },
}

/// Reads a file's pieces, a chunk at a time.
#[derive(Debug)]
pub struct Lines {
    file: File,
    buf: Vec<u8>,
    /// Bytes of `buf` that hold something: the beginning of a line.
    held: usize,
    /// Where `buf` begins in the file.
    base: u64,
    /// How much is read at once.
    chunk: usize,
    /// Where an over-long line began that is being passed over.
    passing: Option<u64>,
}

impl Lines {
    /// From a place in the file on. At its very beginning a byte-order mark is passed over.
    pub fn new(file: File, from: u64) -> Self {
        Self {
            file,
            buf: Vec::new(),
            held: 0,
            base: from,
            chunk: CHUNK,
            passing: None,
        }
    }

    /// Where no more than about so many bytes are left to read: room for a whole chunk is 190 pages that a save would
    /// have to make and clear.
    pub fn expecting(mut self, bytes: u64) -> Self {
        let bytes = usize::try_from(bytes).unwrap_or(CHUNK);
        self.chunk = bytes.saturating_add(1).clamp(1024, CHUNK);
        self
    }

    /// Reads a chunk and hands over the pieces that end in it; at the end of the file also the rest. Says whether
    /// there is more.
    pub fn step(&mut self, each: &mut dyn FnMut(Piece<'_>)) -> io::Result<bool> {
        let mut buf = std::mem::take(&mut self.buf);
        if self.chunk == CHUNK {
            // With room for the beginning of a usual line.
            buf.reserve_exact((CHUNK + CHUNK / 8).saturating_sub(buf.len()));
        }
        // A chunk and what is held from before.
        buf.resize(self.held + self.chunk, 0);
        let read = self.fill(&mut buf);
        let more = match read {
            Ok(count) => {
                let filled = self.held + count;
                let ends = count == 0;
                let mut start = 0;
                if self.base == 0 && buf[..filled].starts_with(b"\xEF\xBB\xBF") {
                    start = 3;
                }
                let used = start + self.cut(&buf[start..filled], start, ends, each);
                buf.copy_within(used..filled, 0);
                self.held = filled - used;
                self.base += used as u64;
                Ok(!ends)
            }
            Err(error) => Err(error),
        };
        self.buf = buf;
        more
    }

    /// The file, to read parts of it again.
    pub fn into_file(self) -> File {
        self.file
    }

    fn fill(&self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let end = self.held + self.chunk;
            match self
                .file
                .read_at(&mut buf[self.held..end], self.base + self.held as u64)
            {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }

    /// Hands over what is whole and returns how many bytes are done with.
    fn cut(
        &mut self,
        bytes: &[u8],
        offset: usize,
        ends: bool,
        each: &mut dyn FnMut(Piece<'_>),
    ) -> usize {
        let base = self.base + offset as u64;
        let mut done = 0;
        loop {
            let rest = &bytes[done..];
            let len = line_len(rest);
            let ended = rest.get(len) == Some(&b'\n');
            let whole = ended || ends;
            let at = base + done as u64;
            if !whole && len <= HOLD_MAX && self.passing.is_none() {
                return done;
            }
            let keep = self.split(&rest[..len], at, ended, whole, each);
            done += keep;
            if !ended {
                return done;
            }
            done += 1;
        }
    }

    /// Hands over a stretch without line feeds, split at zeros. `whole`: nothing more belongs to it. Returns how many
    /// bytes are done with.
    fn split(
        &mut self,
        stretch: &[u8],
        at: u64,
        ended: bool,
        whole: bool,
        each: &mut dyn FnMut(Piece<'_>),
    ) -> usize {
        let mut done = 0;
        while done < stretch.len() {
            let rest = &stretch[done..];
            let here = at + done as u64;
            let zeros = rest.iter().take_while(|&&byte| byte == 0).count();
            if zeros > 0 {
                self.end_passing(here, true, each);
                each(Piece::Zeros {
                    at: here,
                    len: zeros as u64,
                });
                done += zeros;
                continue;
            }
            let len = distance(rest, 0);
            let closed = len < rest.len();
            if !closed && !whole {
                // The beginning of a line whose end is still to come.
                if self.passing.is_none() && len <= HOLD_MAX {
                    return done;
                }
                self.passing.get_or_insert(here);
                return stretch.len();
            }
            if len > HOLD_MAX {
                // As if it had not fitted into one chunk by chance.
                self.passing.get_or_insert(here);
            }
            if self.passing.is_some() {
                self.end_passing(here + len as u64, closed || ended, each);
            } else {
                each(Piece::Line {
                    at: here,
                    bytes: &rest[..len],
                    ended: closed || ended,
                });
            }
            done += len;
        }
        if whole {
            self.end_passing(at + stretch.len() as u64, ended, each);
        }
        stretch.len()
    }

    fn end_passing(&mut self, end: u64, ended: bool, each: &mut dyn FnMut(Piece<'_>)) {
        if let Some(at) = self.passing.take() {
            each(Piece::TooLong {
                at,
                len: end - at,
                ended,
            });
        }
    }
}

fn line_len(bytes: &[u8]) -> usize {
    distance(bytes, b'\n')
}

/// Bytes before the first such byte; all of them if there is none. `skip_until` is the standard library's memchr.
fn distance(bytes: &[u8], stop: u8) -> usize {
    let mut rest = bytes;
    let skipped = rest.skip_until(stop).unwrap_or(bytes.len());
    if skipped > 0 && bytes[skipped - 1] == stop {
        skipped - 1
    } else {
        skipped
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Write;

    fn pieces_from(bytes: &[u8], from: u64) -> Vec<(u64, Vec<u8>, bool)> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let mut lines = Lines::new(file, from);
        let mut found = Vec::new();
        let mut each = |piece: Piece<'_>| match piece {
            Piece::Line { at, bytes, ended } => found.push((at, bytes.to_vec(), ended)),
            Piece::TooLong { at, len, ended } => {
                found.push((at, format!("long {len}").into_bytes(), ended));
            }
            Piece::Zeros { at, len } => found.push((at, format!("zeros {len}").into_bytes(), true)),
        };
        while lines.step(&mut each).unwrap() {}
        found
    }

    fn pieces(bytes: &[u8]) -> Vec<(u64, Vec<u8>, bool)> {
        pieces_from(bytes, 0)
    }

    fn line(at: u64, text: &str, ended: bool) -> (u64, Vec<u8>, bool) {
        (at, text.as_bytes().to_vec(), ended)
    }

    #[test]
    fn lines_come_with_their_places_and_the_last_says_that_it_is_open() {
        assert_eq!(pieces(b""), []);
        assert_eq!(
            pieces(b"a\nbc\n\nd"),
            [line(0, "a", true), line(2, "bc", true), line(6, "d", false)]
        );
        assert_eq!(pieces_from(b"a\nbc\n", 2), [line(2, "bc", true)]);
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_at_the_beginning_only() {
        assert_eq!(
            pieces("\u{feff}a\n\u{feff}b\n".as_bytes()),
            [line(3, "a", true), line(5, "\u{feff}b", true)]
        );
    }

    #[test]
    fn zeros_part_lines_as_line_feeds_do() {
        assert_eq!(
            pieces(b"a\n\0\0b\nc\0d\0"),
            [
                line(0, "a", true),
                line(2, "zeros 2", true),
                line(4, "b", true),
                line(6, "c", true),
                line(7, "zeros 1", true),
                line(8, "d", true),
                line(9, "zeros 1", true),
            ]
        );
    }

    #[test]
    fn lines_across_chunks_are_whole_and_over_long_ones_take_no_neighbour_along() {
        const LONG: usize = 8 * CHUNK;
        let mut bytes = vec![b'x'; LONG - 3];
        bytes.push(b'\n');
        bytes.extend(b"across the chunk\n");
        let at = bytes.len() as u64;
        bytes.extend(vec![b'y'; 3 * LONG]);
        let zeros = bytes.len() as u64;
        bytes.extend(vec![0; 2 * LONG]);
        bytes.extend(b"neighbour\n");
        bytes.extend(vec![b'z'; 2 * LONG]);
        let found = pieces(&bytes);
        assert_eq!(found[0].1, format!("long {}", LONG - 3).into_bytes());
        assert_eq!(found[1].1, b"across the chunk");
        assert_eq!(found[2], line(at, &format!("long {}", 3 * LONG), true));
        assert_eq!(found[3].0, zeros);
        assert!(found[3].1.starts_with(b"zeros"));
        let neighbour = found.iter().find(|(_, text, _)| text == b"neighbour");
        assert!(neighbour.is_some());
        let last = found.last().unwrap();
        assert_eq!(
            (&last.1, last.2),
            (&format!("long {}", 2 * LONG).into_bytes(), false)
        );
    }
}
