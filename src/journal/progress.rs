//! The progress of running sessions: one small file each, locked while the session runs, removed when it is settled.
//!
//! A file whose lock is free is a session that was cut off on this machine.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;

use super::append::{LOCK_LOOK, LOCK_WAIT, Stumble, append_bytes, ensure_dir, failure};
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
        let lock = patiently(|| disk.open(&path, How::Lock)).map_err(told)?;
        // Nobody else runs this session, but another window may be looking whether it was cut off.
        let since = Instant::now();
        while !patiently(|| disk.try_lock(&lock)).map_err(told)? {
            if since.elapsed() > LOCK_WAIT {
                return Err(failure(&path, &std::io::ErrorKind::ResourceBusy.into()));
            }
            std::thread::sleep(LOCK_LOOK);
        }
        let progress = Self {
            rec: rec.clone(),
            path: path.clone(),
            lock,
        };
        progress.note(disk, first)?;
        Ok(progress)
    }

    /// Takes over the file of a session that was cut off. `None` when there is none, or another process has it.
    pub fn take_over(places: &Places, rec: &Id) -> Option<(Self, Checkpoint)> {
        let path = path_of(places, rec);
        let (lock, checkpoint) = free_and_read(&path, rec)?;
        let rec = rec.clone();
        Some((Self { rec, path, lock }, checkpoint))
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

/// Sessions that were cut off on this machine, with the last place they were known to be at.
pub fn cut_off(places: &Places) -> Vec<(Id, Checkpoint)> {
    let dir = places.sessions();
    let names = read::names(&dir).unwrap_or_default();
    let recs = names
        .iter()
        .filter_map(|name| Some(Id::new(name.to_str()?.strip_suffix(".jsonl")?)));
    recs.filter_map(|rec| {
        let (_, checkpoint) = free_and_read(&path_of(places, &rec), &rec)?;
        Some((rec, checkpoint))
    })
    .collect()
}

/// The file, locked by us, and its last checkpoint; `None` while another process holds it.
fn free_and_read(path: &Path, rec: &Id) -> Option<(File, Checkpoint)> {
    let (lock, _) = read::open(path).ok()?;
    lock.try_lock().ok()?;
    // Whoever held it may have settled the session and removed the file before letting go.
    let (file, stamp) = read::open(path).ok()?;
    let locked = read::Stamp::of(&lock.metadata().ok()?);
    if stamp.inode != locked.inode {
        return None;
    }
    let mut last = None;
    let mut lines = Lines::new(file, 0);
    let mut each = |piece: Piece<'_>| {
        if let Piece::Line { bytes, .. } = piece
            && let Some(checkpoint) = read_line(bytes, rec)
        {
            last = Some(checkpoint);
        }
    };
    while let Ok(true) = lines.step(&mut each) {}
    Some((lock, last?))
}

#[derive(Deserialize)]
struct Noted {
    rec: String,
    checkpoint: Checkpoint,
}

fn read_line(bytes: &[u8], rec: &Id) -> Option<Checkpoint> {
    let text = std::str::from_utf8(line::trim(bytes)).ok()?;
    if !line::is_right(text) {
        return None;
    }
    let noted: Noted = serde_json::from_str(text).ok()?;
    (Id::new(&noted.rec) == *rec).then_some(noted.checkpoint)
}
