//! What a command has said, in the order in which it came, in a file instead of in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// The longest piece, in bytes.
pub const PIECE: usize = 64 * 1024;
/// A disk is for other things as well: so many bytes are kept.
const MOST: u64 = 1 << 30;
/// The stream and the length stand before each piece.
const HEAD: usize = 5;

/// Pieces of two streams.
#[derive(Debug)]
pub struct Spool {
    file: File,
    /// Bytes that it may have.
    most: u64,
}

impl Spool {
    /// A new file without a name: nobody else can open it, and it is gone when we are, however that comes.
    pub fn make(directory: &Path) -> io::Result<Self> {
        let mut make = std::fs::DirBuilder::new();
        make.recursive(true).mode(0o700).create(directory)?;
        let path = directory.join(format!("output-{}", uuid::Uuid::now_v7()));
        let mut options = File::options();
        options.read(true).write(true).create_new(true).mode(0o600);
        let file = options.open(&path)?;
        std::fs::remove_file(&path)?;
        Ok(Self { file, most: MOST })
    }

    /// Appends a piece of a stream, whole or not at all.
    pub fn keep(&mut self, stream: usize, piece: &[u8]) -> io::Result<()> {
        let begun = self.file.seek(SeekFrom::End(0))?;
        if begun + (HEAD + piece.len()) as u64 > self.most {
            return Err(ErrorKind::QuotaExceeded.into());
        }
        let mut head = [0; HEAD];
        head[0] = stream as u8;
        head[1..].copy_from_slice(&(piece.len() as u32).to_le_bytes());
        let written = self.file.write_all(&head);
        let written = written.and_then(|()| self.file.write_all(piece));
        if written.is_err() {
            // A torn piece must not be read again.
            let _ = self.file.set_len(begun);
        }
        written
    }

    /// Everything from the first piece on.
    pub fn pieces(&mut self) -> io::Result<Pieces> {
        self.file.seek(SeekFrom::Start(0))?;
        let kept = BufReader::with_capacity(PIECE, self.file.try_clone()?);
        let room = Vec::new();
        Ok(Pieces { kept, room })
    }

    /// Gives the disk everything back.
    pub fn empty(&mut self) {
        let _ = self.file.set_len(0);
    }
}

/// Reads pieces, one after the other.
pub struct Pieces {
    kept: BufReader<File>,
    room: Vec<u8>,
}

impl Pieces {
    /// The next piece and its stream; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<(usize, &[u8])>> {
        if self.kept.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let mut head = [0; HEAD];
        self.kept.read_exact(&mut head)?;
        let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
        self.room.resize(length.min(PIECE), 0);
        self.kept.read_exact(&mut self.room)?;
        Ok(Some((usize::from(head[0]).min(1), &self.room)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::MetadataExt;

    use super::*;

    fn all(spool: &mut Spool) -> Vec<(usize, Vec<u8>)> {
        let mut all = Vec::new();
        let mut pieces = spool.pieces().unwrap();
        while let Some((stream, piece)) = pieces.next().unwrap() {
            all.push((stream, piece.to_vec()));
        }
        all
    }

    #[test]
    fn pieces_come_back_in_their_order_with_their_stream() {
        let home = tempfile::tempdir().unwrap();
        let mut spool = Spool::make(&home.path().join("state")).unwrap();
        let pieces = [
            (0, b"one\n".to_vec()),
            (1, b"\x1b[31mtwo".to_vec()),
            (0, vec![0xff; PIECE]),
            (1, vec![b'x']),
        ];
        for (stream, piece) in &pieces {
            spool.keep(*stream, piece).unwrap();
        }
        assert_eq!(all(&mut spool), pieces);
        spool.empty();
        assert_eq!(all(&mut spool), []);
    }

    #[test]
    fn what_has_no_room_is_not_kept_not_even_in_part() {
        let home = tempfile::tempdir().unwrap();
        let mut spool = Spool::make(home.path()).unwrap();
        spool.most = 20;
        spool.keep(0, b"0123456789").unwrap();
        spool.keep(1, b"x").unwrap_err();
        assert_eq!(all(&mut spool), [(0, b"0123456789".to_vec())]);
        spool.empty();
        spool.keep(1, b"x").unwrap();
    }

    #[test]
    fn the_file_is_ours_alone_and_has_no_name() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("state/unkink");
        let spool = Spool::make(&state).unwrap();
        let meta = spool.file.metadata().unwrap();
        assert_eq!((meta.mode() & 0o777, meta.nlink()), (0o600, 0));
        assert_eq!(state.metadata().unwrap().mode() & 0o777, 0o700);
        assert_eq!(std::fs::read_dir(&state).unwrap().count(), 0);
    }
}
