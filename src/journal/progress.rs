//! The progress of running sessions: one small file each, locked while the session runs, removed when it is settled.
//!
//! A file whose lock is free is a session that was cut off on this machine, or one that was settled by a process that
//! did not live to remove it.

use std::fs::File;
use std::path::PathBuf;
use std::time::Instant;

use serde::Deserialize;

use super::append::{
    LOCK_LOOK, LOCK_WAIT, Stumble, append_bytes, ensure_dir, failure, still_names,
};
use super::disk::{Disk, How, patiently};
use super::draft;
use super::line;
use super::read::{self, Lines, Piece};
use crate::domain::id::Id;
use crate::domain::session::Checkpoint;
use crate::domain::storage::Failure;
use crate::paths::Places;

/// A progress file that this process holds.
#[derive(Debug)]
pub struct Progress {
    rec: Id,
    path: PathBuf,
    /// Its lock; free again when dropped.
    #[allow(dead_code)] // held, not read
    lock: File,
}

fn path_of(places: &Places, rec: &Id) -> PathBuf {
    places.sessions().join(format!("{rec}.jsonl"))
}

impl Progress {
    /// Begins the file of a session.
    pub fn begin(
        disk: &dyn Disk,
        places: &Places,
        rec: &Id,
        first: &Checkpoint,
    ) -> Result<Self, Failure> {
        let dir = places.sessions();
        ensure_dir(disk, &dir)?;
        let path = path_of(places, rec);
        let told = |error: std::io::Error| failure(&path, &error);
        // Nobody else runs this session, but another window may be looking whether it was cut off, and may remove the
        // file while it is empty.
        let since = Instant::now();
        let lock = loop {
            let lock = patiently(|| disk.open(&path, How::Lock)).map_err(told)?;
            let ours = patiently(|| disk.try_lock(&lock)).map_err(told)?;
            if ours && still_names(&path, &lock).map_err(told)? {
                break lock;
            }
            if since.elapsed() > LOCK_WAIT {
                return Err(failure(&path, &std::io::ErrorKind::ResourceBusy.into()));
            }
            std::thread::sleep(LOCK_LOOK);
        };
        let rec = rec.clone();
        let progress = Self { rec, path, lock };
        let begun = progress.note(disk, first);
        if begun.is_err() {
            // Nothing in it, or a part of a line: no trace is better than one that leads nowhere.
            drop(disk.remove(&progress.path));
        }
        begun.map(|()| progress)
    }

    /// Takes over the file of a session that was cut off. `None` when there is none, or another process has it.
    pub fn take_over(places: &Places, rec: &Id) -> Option<(Self, Checkpoint)> {
        let path = path_of(places, rec);
        let left = Left::at(path, rec.clone())?;
        let checkpoint = left.last?;
        Some((left.progress, checkpoint))
    }

    /// Appends where the session stands.
    pub fn note(&self, disk: &dyn Disk, checkpoint: &Checkpoint) -> Result<(), Failure> {
        let payload = serde_json::to_string(checkpoint).unwrap_or_default();
        let rec = serde_json::to_string(&self.rec.to_string()).unwrap_or_default();
        let mut text = draft::close(format!("{{\"v\":1,\"rec\":{rec},\"checkpoint\":{payload}"));
        text.push('\n');
        append_bytes(disk, &self.path, text.as_bytes()).map_err(Stumble::into_failure)
    }

    /// Removes the file: the session is settled.
    pub fn remove(self, disk: &dyn Disk) -> Result<(), Failure> {
        patiently(|| disk.remove(&self.path)).map_err(|error| failure(&self.path, &error))
    }
}

/// Whether there is any such file.
pub fn is_any(places: &Places) -> bool {
    read::names(&places.sessions()).is_ok_and(|names| !names.is_empty())
}

/// A progress file that nobody held, held by us now.
#[derive(Debug)]
pub struct Left {
    progress: Progress,
    empty: bool,
    /// The last place where the session is known to have been.
    pub last: Option<Checkpoint>,
}

impl Left {
    /// `None` where there is none, or while another process holds it.
    fn at(path: PathBuf, rec: Id) -> Option<Self> {
        let (lock, _) = read::open(&path).ok()?;
        lock.try_lock().ok()?;
        // Whoever held it may have settled the session and removed the file before letting go.
        let (file, stamp) = read::open(&path).ok()?;
        let locked = read::Stamp::of(&lock.metadata().ok()?);
        if stamp.inode != locked.inode {
            return None;
        }
        let mut last = None;
        let mut lines = Lines::new(file, 0);
        let mut each = |piece: Piece<'_>| {
            if let Piece::Line { bytes, .. } = piece
                && let Some(checkpoint) = read_line(bytes, &rec)
            {
                last = Some(checkpoint);
            }
        };
        while let Ok(true) = lines.step(&mut each) {}
        Some(Self {
            progress: Progress { rec, path, lock },
            empty: stamp.size == 0,
            last,
        })
    }

    /// The session's record.
    pub fn rec(&self) -> &Id {
        &self.progress.rec
    }

    /// Whether nothing at all is in it.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Removes the file.
    pub fn remove(self, disk: &dyn Disk) -> Result<(), Failure> {
        self.progress.remove(disk)
    }
}

/// The progress files that nobody holds, one after the other.
pub fn left_behind(places: &Places) -> impl Iterator<Item = Left> {
    let dir = places.sessions();
    let names = read::names(&dir).unwrap_or_default().into_iter();
    names.filter_map(move |name| {
        let rec = Id::new(name.to_str()?.strip_suffix(".jsonl")?);
        Left::at(dir.join(&name), rec)
    })
}

#[derive(Deserialize)]
struct Noted {
    rec: String,
    checkpoint: Checkpoint,
}

pub(super) fn read_line(bytes: &[u8], rec: &Id) -> Option<Checkpoint> {
    let text = std::str::from_utf8(line::trim(bytes)).ok()?;
    if !line::is_right(text) {
        return None;
    }
    let noted: Noted = serde_json::from_str(text).ok()?;
    (Id::new(&noted.rec) == *rec).then_some(noted.checkpoint)
}
