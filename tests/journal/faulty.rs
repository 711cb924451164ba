//! A disk on which the n-th call fails, or after which the power is gone.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustix::io::Errno;
use unkink::journal::disk::{Disk, How, RealDisk};

/// What happens at the chosen call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call fails so, and does nothing.
    Error(Errno),
    /// Half of the bytes are written, and that is said.
    Short,
    /// Half of the bytes are written, then the disk is full.
    Torn,
    /// The process ends here; half of the bytes of a write remain.
    Kill,
    /// The same, and what was not synced is gone.
    PowerLoss,
}

#[derive(Debug, Default)]
struct State {
    calls: u64,
    fault: Option<(u64, Fault)>,
    dead: bool,
    paths: HashMap<u64, PathBuf>,
    /// Bytes on the medium, for files written to.
    synced: HashMap<PathBuf, u64>,
    /// Files and directories whose entry is not on the medium yet.
    loose: Vec<PathBuf>,
    /// Files whose place another one took, with what they held, while that is not on the medium yet.
    replaced: Vec<(PathBuf, Vec<u8>)>,
}

#[derive(Debug, Clone, Default)]
pub struct Faulty(Arc<Mutex<State>>);

enum Go {
    On,
    Half,
    HalfThen(io::Error),
    Fail(io::Error),
}

fn gone() -> io::Error {
    io::Error::other("the process is gone")
}

impl Faulty {
    pub fn at(call: u64, fault: Fault) -> Self {
        let disk = Self::default();
        disk.0.lock().unwrap().fault = Some((call, fault));
        disk
    }

    pub fn calls(&self) -> u64 {
        self.0.lock().unwrap().calls
    }

    pub fn is_dead(&self) -> bool {
        self.0.lock().unwrap().dead
    }

    /// Another process on the same medium.
    pub fn reborn(&self) -> Self {
        let mut state = self.0.lock().unwrap();
        state.dead = false;
        state.fault = None;
        drop(state);
        self.clone()
    }

    fn step(&self) -> Go {
        let mut state = self.0.lock().unwrap();
        if state.dead {
            return Go::Fail(gone());
        }
        state.calls += 1;
        match state.fault {
            Some((call, fault)) if call == state.calls => match fault {
                Fault::Error(errno) => Go::Fail(errno.into()),
                Fault::Short => Go::Half,
                Fault::Torn => Go::HalfThen(Errno::NOSPC.into()),
                Fault::Kill | Fault::PowerLoss => {
                    state.dead = true;
                    Go::HalfThen(gone())
                }
            },
            _ => Go::On,
        }
    }

    /// A call that is no write: it happens whole or not at all.
    fn whole<T>(&self, call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.step() {
            Go::On | Go::Half => call(),
            Go::HalfThen(error) if !self.is_dead() => {
                drop(error);
                call()
            }
            Go::HalfThen(error) | Go::Fail(error) => Err(error),
        }
    }

    /// What the medium holds after the power is gone: nothing that was not synced.
    pub fn lose_power(&self) {
        let state = self.0.lock().unwrap();
        for (path, bytes) in &state.replaced {
            std::fs::write(path, bytes).unwrap();
        }
        let there = |path: &&PathBuf| state.replaced.iter().all(|(known, _)| known != *path);
        for path in state.loose.iter().rev().filter(there) {
            drop(std::fs::remove_file(path));
            drop(std::fs::remove_dir_all(path));
        }
        for (path, &synced) in state.synced.iter().filter(|(path, _)| there(path)) {
            if let Ok(file) = File::options().write(true).open(path) {
                let len = file.metadata().unwrap().len();
                file.set_len(synced.min(len)).unwrap();
            }
        }
    }
}

impl Disk for Faulty {
    fn open(&self, path: &Path, how: How) -> io::Result<File> {
        let there = path.exists();
        let file = self.whole(|| RealDisk.open(path, how))?;
        let mut state = self.0.lock().unwrap();
        let meta = file.metadata()?;
        state.paths.insert(meta.ino(), path.to_owned());
        state.synced.entry(path.to_owned()).or_insert(meta.len());
        if !there {
            state.loose.push(path.to_owned());
        }
        Ok(file)
    }

    fn try_lock(&self, file: &File) -> io::Result<bool> {
        let taken = self.whole(|| RealDisk.try_lock(file));
        // A child that another test starts holds the lock for a moment, until it is its own program: how often one has
        // to ask is chance and must not count.
        if matches!(taken, Ok(false)) {
            self.0.lock().unwrap().calls -= 1;
        }
        taken
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<usize> {
        let half = || RealDisk.write(file, &bytes[..bytes.len().div_ceil(2)]);
        match self.step() {
            Go::On => RealDisk.write(file, bytes),
            Go::Half => half(),
            Go::HalfThen(error) => half().and(Err(error)),
            Go::Fail(error) => Err(error),
        }
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.whole(|| RealDisk.sync(file))?;
        let mut state = self.0.lock().unwrap();
        let meta = file.metadata()?;
        if let Some(path) = state.paths.get(&meta.ino()).cloned() {
            state.synced.insert(path, meta.len());
        }
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.whole(|| RealDisk.sync_dir(path))?;
        let mut state = self.0.lock().unwrap();
        state.loose.retain(|loose| loose.parent() != Some(path));
        state
            .replaced
            .retain(|(replaced, _)| replaced.parent() != Some(path));
        Ok(())
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.whole(|| RealDisk.make_dir(path))?;
        self.0.lock().unwrap().loose.push(path.to_owned());
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let old = std::fs::read(to);
        self.whole(|| RealDisk.rename(from, to))?;
        let mut state = self.0.lock().unwrap();
        if let Some(synced) = state.synced.remove(from) {
            state.synced.insert(to.to_owned(), synced);
        }
        if let Ok(old) = old
            && state.replaced.iter().all(|(known, _)| known != to)
        {
            state.replaced.push((to.to_owned(), old));
        }
        for loose in &mut state.loose {
            if loose == from {
                to.clone_into(loose);
            }
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.whole(|| RealDisk.remove(path))
    }
}
