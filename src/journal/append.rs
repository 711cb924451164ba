//! Putting lines on the disk so that 'saved' is true: lock, open anew, one write, sync, look again.
//!
//! It knows bytes and files, not what a line means.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use rustix::io::Errno;

use super::device;
use super::disk::{Disk, How, patiently};
use crate::domain::storage::Failure;
use crate::paths::Places;

/// How long a write waits for another process's lock.
pub(super) const LOCK_WAIT: Duration = Duration::from_secs(5);
pub(super) const LOCK_LOOK: Duration = Duration::from_millis(2);
/// How often a file may be replaced under our hands before we give up.
const REPLACED_MAX: u32 = 5;

/// Says what stood in the way, and whether trying again may help.
pub fn failure(path: &Path, error: &io::Error) -> Failure {
    let raw = error.raw_os_error();
    let is = |errno: Errno| raw == Some(errno.raw_os_error());
    let (why, retry) = match error.kind() {
        io::ErrorKind::StorageFull => (
            "the disk is full; free some space and try again".into(),
            true,
        ),
        io::ErrorKind::QuotaExceeded => ("the disk quota is used up".into(), true),
        io::ErrorKind::FileTooLarge => (
            "the file may not grow further (a limit on file size)".into(),
            true,
        ),
        io::ErrorKind::ReadOnlyFilesystem => ("the file system is read-only".into(), true),
        io::ErrorKind::PermissionDenied => (format!("no permission ({error})"), true),
        io::ErrorKind::NotADirectory => ("a part of this path is not a directory".into(), false),
        io::ErrorKind::IsADirectory => ("a directory stands in the file's place".into(), false),
        io::ErrorKind::AlreadyExists => ("something else stands in its place".into(), false),
        _ if is(Errno::IO) => ("the disk reports an input/output error".into(), true),
        _ if is(Errno::LOOP) => ("a loop of links".into(), false),
        _ => (error.to_string(), true),
    };
    Failure {
        path: path.to_owned(),
        why,
        retry,
    }
}

/// A directory's lock; free again when dropped, or when the process ends in whatever way.
#[derive(Debug)]
pub struct Held {
    _file: File,
}

/// Takes the lock of a directory, which is made if need be. Who needs both takes that of the data directory first, then
/// that of the state directory: several data directories share the one.
pub fn lock(disk: &dyn Disk, dir: &Path) -> Result<Held, Failure> {
    let path = dir.join(".lock");
    ensure_dir(disk, dir)?;
    let told = |error: io::Error| failure(&path, &error);
    let file = patiently(|| disk.open(&path, How::Lock)).map_err(told)?;
    let since = Instant::now();
    loop {
        if patiently(|| disk.try_lock(&file)).map_err(told)? {
            return Ok(Held { _file: file });
        }
        if since.elapsed() > LOCK_WAIT {
            return Err(Failure {
                path,
                why: "another unkink has held this lock for 5 seconds; try again".into(),
                retry: true,
            });
        }
        std::thread::sleep(LOCK_LOOK);
    }
}

/// Writes to this machine's file.
pub struct Writer {
    disk: Box<dyn Disk>,
    places: Places,
    device: Option<String>,
    /// Numbers of own files whose sync failed: this process trusts them no more.
    distrusted: BTreeSet<u32>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}

impl Writer {
    /// Touches nothing yet.
    pub fn new(places: Places, disk: Box<dyn Disk>) -> Self {
        survive_size_limit();
        Self {
            disk,
            places,
            device: None,
            distrusted: BTreeSet::new(),
        }
    }

    /// The file system.
    pub fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// Where everything lives.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Takes the lock of the journal and what else is in the data directory, which is made if need be.
    pub fn lock(&self) -> Result<Held, Failure> {
        lock(&*self.disk, &self.places.data)
    }

    /// This machine's id, minted at its first write.
    fn device(&mut self) -> String {
        if let Some(device) = &self.device {
            return device.clone();
        }
        let device = device::find_or_mint(&self.places, &*self.disk);
        self.device.insert(device).clone()
    }

    /// Appends lines (without line feeds) to this machine's file, in one write. When this returns without an error
    /// they are on the medium. After a failed sync the next file is taken and the lines are appended there again.
    pub fn append(&mut self, _held: &Held, lines: &[&str]) -> Result<(), Failure> {
        let dir = self.places.journal();
        ensure_dir(&*self.disk, &dir)?;
        let device = self.device();
        let mut bytes = Vec::new();
        for line in lines {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        let first = self.own_number(&dir, &device);
        match append_bytes(&*self.disk, &dir.join(own_name(&device, first)), &bytes) {
            Err(Stumble::Distrust(_)) => {
                self.distrusted.insert(first);
                let next = self.own_number(&dir, &device);
                append_bytes(&*self.disk, &dir.join(own_name(&device, next)), &bytes).map_err(
                    |stumble| {
                        self.distrusted.insert(next);
                        stumble.into_failure()
                    },
                )
            }
            done => done.map_err(Stumble::into_failure),
        }
    }

    /// The number of the own file to append to: the highest there is, so that own lines stand in the order in which
    /// they were written.
    fn own_number(&self, dir: &Path, device: &str) -> u32 {
        let mut number = 1;
        while self.distrusted.contains(&number)
            || std::fs::symlink_metadata(dir.join(own_name(device, number + 1))).is_ok()
        {
            number += 1;
        }
        number
    }
}

/// `<device>.jsonl`, `<device>-2.jsonl`, and so on.
pub fn own_name(device: &str, number: u32) -> String {
    if number == 1 {
        format!("{device}.jsonl")
    } else {
        format!("{device}-{number}.jsonl")
    }
}

/// Why lines were not appended.
#[derive(Debug)]
pub enum Stumble {
    /// They were not written, or it is not known whether they were.
    Failed(Failure),
    /// The file's sync failed: what it holds may or may not reach the medium.
    Distrust(Failure),
}

impl Stumble {
    /// Either way it is not saved.
    pub fn into_failure(self) -> Failure {
        match self {
            Self::Failed(failure) | Self::Distrust(failure) => failure,
        }
    }
}

/// Appends whole lines to a file, which is made if it is not there, and returns once they are on the medium. A piece
/// of a line that something left at the end of the file is closed first, so that it swallows nothing.
pub fn append_bytes(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Stumble> {
    let failed = |error: io::Error| Stumble::Failed(failure(path, &error));
    for _ in 0..REPLACED_MAX {
        let file = open_or_make(disk, path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.size();
        if size == 0 {
            // Made just now, or by a process that did not live to go on.
            sync_dirs_above(disk, path)?;
        }
        let mut text = Vec::with_capacity(bytes.len() + 1);
        if !ends_a_line(&file, size).map_err(failed)? {
            text.push(b'\n');
        }
        text.extend_from_slice(bytes);
        write_all(disk, &file, &text).map_err(failed)?;
        patiently(|| disk.sync(&file)).map_err(|error| Stumble::Distrust(failure(path, &error)))?;
        // A sync tool may have put another file in its place meanwhile: then ours is no longer the one that counts.
        if still_names(path, &file).map_err(failed)? {
            return Ok(());
        }
    }
    Err(Stumble::Failed(Failure {
        path: path.to_owned(),
        why: "another program keeps replacing the file; try again".into(),
        retry: true,
    }))
}

fn open_or_make(disk: &dyn Disk, path: &Path) -> io::Result<File> {
    match patiently(|| disk.open(path, How::Append)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            match patiently(|| disk.open(path, How::New)) {
                // A link that leads nowhere, or a file that came this moment.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    patiently(|| disk.open(path, How::Append))
                }
                made => made,
            }
        }
        opened => opened,
    }
}

fn ends_a_line(file: &File, size: u64) -> io::Result<bool> {
    if size == 0 {
        return Ok(true);
    }
    let mut last = [0];
    patiently(|| file.read_exact_at(&mut last, size - 1))?;
    Ok(last == *b"\n")
}

/// Writes all of these bytes.
pub(super) fn write_all(disk: &dyn Disk, file: &File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = patiently(|| disk.write(file, bytes))?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
    }
    Ok(())
}

/// Whether the path leads to this very file.
pub(super) fn still_names(path: &Path, file: &File) -> io::Result<bool> {
    let ours = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(named) => Ok((named.dev(), named.ino()) == (ours.dev(), ours.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// A new file is only there for good when its directory's entry is, and that of all directories above: those may have
/// been made a moment ago by a process that did not live to sync them.
pub(super) fn sync_dirs_above(disk: &dyn Disk, path: &Path) -> Result<(), Stumble> {
    for (steps, dir) in path.ancestors().skip(1).enumerate() {
        match patiently(|| disk.sync_dir(dir)) {
            Ok(()) => {}
            Err(error) if steps > 1 && error.raw_os_error() != Some(Errno::IO.raw_os_error()) => {
                // Not ours to open, or of a file system that is not ours to sync.
            }
            Err(error) => return Err(Stumble::Distrust(failure(dir, &error))),
        }
    }
    Ok(())
}

/// Makes a directory and those above it, for their owner alone.
pub fn ensure_dir(disk: &dyn Disk, dir: &Path) -> Result<(), Failure> {
    let mut missing: Vec<&Path> = Vec::new();
    for dir in dir.ancestors() {
        match std::fs::metadata(dir) {
            Ok(meta) if meta.is_dir() => break,
            Ok(_) => {
                return Err(failure(dir, &io::ErrorKind::NotADirectory.into()));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push(dir),
            // Further up there is something that is no directory: go on until it is found, to name it.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(failure(dir, &error)),
        }
    }
    for dir in missing.into_iter().rev() {
        match patiently(|| disk.make_dir(dir)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failure(dir, &error));
            }
            Ok(()) | Err(_) => {}
        }
        if let Some(parent) = dir.parent() {
            match patiently(|| disk.sync_dir(parent)) {
                Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                    return Err(failure(parent, &error));
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
    Ok(())
}

/// A write beyond a limit on file sizes is an error to tell, not a reason to die.
fn survive_size_limit() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let flag = std::sync::Arc::new(AtomicBool::new(false));
        // If this fails, such a write ends the program, and what was saved before it stays.
        drop(signal_hook::flag::register(
            signal_hook::consts::SIGXFSZ,
            flag,
        ));
    });
}

/// The own files of a device in the order of their lines, as far as they are there.
pub fn own_files(dir: &Path, device: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for number in 1.. {
        let path = dir.join(own_name(device, number));
        let there = std::fs::symlink_metadata(&path).is_ok();
        if there {
            files.push(path);
        } else if number > 1 {
            break;
        }
    }
    files
}
