//! The new file of an import: made at the first line, given its name when it is whole.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::TEMPORARY;
use crate::domain::storage::Failure;
use crate::journal::append::{Stumble, ensure_dir, failure, sync_dirs_above, write_all};
use crate::journal::disk::{Disk, patiently};
use crate::journal::forget::open_new;

/// So much is gathered for one write.
const BLOCK: usize = 1 << 20;

/// Takes lines. Dropped before its end, it leaves nothing.
pub struct Sink<'a> {
    disk: &'a dyn Disk,
    dir: PathBuf,
    file: Option<File>,
    gathered: Vec<u8>,
    named: bool,
}

impl<'a> Sink<'a> {
    /// Touches nothing yet. The lock of the data directory is held.
    pub fn new(disk: &'a dyn Disk, dir: PathBuf) -> Self {
        Self {
            disk,
            dir,
            file: None,
            gathered: Vec::new(),
            named: false,
        }
    }

    fn temporary(&self) -> PathBuf {
        self.dir.join(TEMPORARY)
    }

    /// Adds bytes.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.file.is_none() {
            ensure_dir(self.disk, &self.dir)?;
            let temporary = self.temporary();
            let opened = open_new(self.disk, &temporary);
            self.file = Some(opened.map_err(|error| failure(&temporary, &error))?);
        }
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= BLOCK {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        if let Some(file) = &self.file {
            let written = write_all(self.disk, file, &self.gathered);
            written.map_err(|error| failure(&self.temporary(), &error))?;
        }
        self.gathered.clear();
        Ok(())
    }

    /// Gives it its name, once all of it is on the medium. `None`: there was nothing to write.
    pub fn finish(mut self) -> Result<Option<PathBuf>, Failure> {
        self.flush()?;
        let Some(file) = &self.file else {
            return Ok(None);
        };
        let temporary = self.temporary();
        let told = |error: std::io::Error| failure(&temporary, &error);
        patiently(|| self.disk.sync(file)).map_err(told)?;
        let name = format!("import-{}.jsonl", crate::journal::unique());
        let path = self.dir.join(name);
        patiently(|| self.disk.rename(&temporary, &path)).map_err(told)?;
        let synced = sync_dirs_above(self.disk, &path).map_err(Stumble::into_failure);
        if synced.is_err() {
            // Not for certain there: then not there.
            self.remove(&path);
        }
        self.named = true;
        synced.map(|()| Some(path))
    }

    fn remove(&self, path: &Path) {
        drop(patiently(|| self.disk.remove(path)));
    }
}

impl Drop for Sink<'_> {
    fn drop(&mut self) {
        if self.file.is_some() && !self.named {
            self.remove(&self.temporary());
        }
    }
}
