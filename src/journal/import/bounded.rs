//! A reader that gives out only so many bytes until it is told that an entry has ended, so that no entry, however it is
//! made, fills the memory.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::rc::Rc;

/// No entry of ours is near as long.
pub const ENTRY_MAX: u64 = 16 << 20;

/// What is counted while reading.
#[derive(Debug, Default)]
pub struct Count {
    since: Cell<u64>,
    quotes: Cell<u64>,
}

impl Count {
    /// An entry has ended.
    pub fn ended(&self) {
        self.since.set(0);
    }

    /// Quotation marks so far.
    pub fn quotes(&self) -> u64 {
        self.quotes.get()
    }
}

/// Reads a file from its beginning, wherever others have come to.
#[derive(Debug)]
pub struct Bounded<'a> {
    file: &'a File,
    at: u64,
    count: Rc<Count>,
}

impl<'a> Bounded<'a> {
    /// Behind a byte-order mark, if there is one.
    pub fn new(file: &'a File) -> io::Result<(Self, Rc<Count>)> {
        let mut head = [0; 3];
        let read = file.read_at(&mut head, 0)?;
        let at = if head[..read] == *b"\xEF\xBB\xBF" {
            3
        } else {
            0
        };
        let count = Rc::new(Count::default());
        Ok((
            Self {
                file,
                at,
                count: Rc::clone(&count),
            },
            count,
        ))
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let since = self.count.since.get();
        if since > ENTRY_MAX {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "one entry of more than 16 MiB",
            ));
        }
        let read = self.file.read_at(bytes, self.at)?;
        self.at += read as u64;
        self.count.since.set(since + read as u64);
        let quotes = bytes[..read].iter().map(|&byte| u64::from(byte == b'"'));
        let quotes = self.count.quotes.get() + quotes.sum::<u64>();
        self.count.quotes.set(quotes);
        Ok(read)
    }
}

/// Numbers of lines, as an editor counts them: going along beside a reader of rows, which does not say how many blank
/// lines it has passed over.
#[derive(Debug)]
pub struct Numbers<'a> {
    reader: BufReader<Bounded<'a>>,
    count: Rc<Count>,
    at: u64,
    line: u64,
}

impl<'a> Numbers<'a> {
    /// From the file's beginning.
    pub fn of(file: &'a File) -> io::Result<Self> {
        let (reader, count) = Bounded::new(file)?;
        Ok(Self {
            reader: BufReader::new(reader),
            count,
            at: 0,
            line: 1,
        })
    }

    /// The line, from 1, of the first byte at or behind `byte` that ends no line. `byte`: behind a byte-order mark, and
    /// never before the one of the last call.
    pub fn line(&mut self, byte: u64) -> io::Result<u64> {
        loop {
            self.count.ended();
            let bytes = self.reader.fill_buf()?;
            let before = usize::try_from(byte.saturating_sub(self.at)).unwrap_or(usize::MAX);
            let before = before.min(bytes.len());
            let ends = bytes[before..]
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let passed = before + ends.count();
            let is_there = passed < bytes.len() || bytes.is_empty();
            let feeds = bytes[..passed].iter().filter(|&&byte| byte == b'\n');
            self.line += feeds.count() as u64;
            self.at += passed as u64;
            self.reader.consume(passed);
            if is_there {
                return Ok(self.line);
            }
        }
    }
}
