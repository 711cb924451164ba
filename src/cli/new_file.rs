//! A file that a command makes: only this person can read it, it is there whole or not at all, and nothing that is there
//! already is overwritten unasked.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use super::out::Fail;
use crate::journal::disk::{Disk, RealDisk};

/// What went wrong: the reading or the writing.
pub enum Trouble {
    /// What was to be written could not be read.
    Source(io::Error),
    /// It could not be written.
    Output(Fail),
}

impl From<Fail> for Trouble {
    fn from(fail: Fail) -> Self {
        Self::Output(fail)
    }
}

/// Fills the output and flushes it, and tells its failures from those of what fills it.
pub fn filled<W: Write, T>(
    to: W,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    failed: impl FnOnce(io::Error) -> Fail,
) -> Result<(W, T), Trouble> {
    let mut watched = Watched { to, failed: None };
    let mut buffered = BufWriter::with_capacity(1 << 16, &mut watched);
    let done = fill(&mut buffered);
    let flushed = buffered.flush();
    drop(buffered);
    if let Some(error) = watched.failed.or(flushed.err()) {
        return Err(failed(error).into());
    }
    let told = done.map_err(Trouble::Source)?;
    Ok((watched.to, told))
}

/// Keeps the failure of a write apart.
struct Watched<W> {
    to: W,
    failed: Option<io::Error>,
}

impl<W: Write> Watched<W> {
    fn keep<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.failed = Some(error);
            }
            kind.into()
        })
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes);
        self.keep(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.keep(flushed)
    }
}

/// All or nothing: beside the file first, then into its place.
pub fn to_file<T>(
    path: &Path,
    force: bool,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> Result<T, Trouble> {
    let failed = |error: io::Error| Fail::Failed(format!("{}: {error}", path.display()));
    let there = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Fail::Failed(format!(
            "{} is there already; --force replaces it",
            path.display()
        )),
        _ => failed(error),
    };
    match path.metadata() {
        Ok(_) if !force => return Err(there(io::ErrorKind::AlreadyExists.into()).into()),
        Ok(meta) if !meta.is_file() => {
            return Err(failed(io::Error::other("not a regular file")).into());
        }
        _ => {}
    }
    let (beside, file) = beside(path).map_err(failed)?;
    let put = || -> Result<T, Trouble> {
        let (file, told) = filled(file, fill, failed)?;
        file.sync_all().map_err(failed)?;
        if force {
            fs::rename(&beside, path).map_err(failed)?;
        } else {
            place(&beside, path, &WAYS).map_err(there)?;
        }
        RealDisk.sync_dir(directory(path)).map_err(failed)?;
        Ok(told)
    };
    let written = put();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// The directory that a file is in.
fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A new file in the same directory, under a name that nobody has.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    if path.file_name().is_none() {
        return Err(io::Error::other("not a file's name"));
    }
    for number in 0.. {
        let name = OsString::from(format!(".unkink-{}-{number}.tmp", std::process::id()));
        let beside = directory(path).join(name);
        let mut options = OpenOptions::new();
        match options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&beside)
        {
            // Left by a dead process that had our number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {}
            opened => return Ok((beside, opened?)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A way to give a finished file its name where nothing has that name yet.
type Way = fn(&Path, &Path) -> io::Result<()>;

/// Unlike a plain rename, none of these takes the place of a file that came meanwhile. Some file systems know no
/// links (FAT), others not that kind of rename.
const WAYS: [Way; 3] = [link, rename_new, copy_new];

/// The first way that the file system knows.
fn place(beside: &Path, path: &Path, ways: &[Way]) -> io::Result<()> {
    let mut unknown = io::Error::from(io::ErrorKind::Unsupported);
    for way in ways {
        match way(beside, path) {
            Err(error) if is_unknown(&error) => unknown = error,
            done => return done,
        }
    }
    Err(unknown)
}

fn is_unknown(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::PERM | Errno::INVAL)
    ) || error.kind() == io::ErrorKind::Unsupported
}

fn link(beside: &Path, path: &Path) -> io::Result<()> {
    fs::hard_link(beside, path)?;
    // It is in its place; a second name that stays does no harm.
    let _ = fs::remove_file(beside);
    Ok(())
}

fn rename_new(beside: &Path, path: &Path) -> io::Result<()> {
    let flags = RenameFlags::NOREPLACE;
    Ok(rustix::fs::renameat_with(CWD, beside, CWD, path, flags)?)
}

/// Not all or nothing, but a failure is told and what was begun is taken away.
fn copy_new(beside: &Path, path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut to = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let copied = File::open(beside)
        .and_then(|mut from| io::copy(&mut from, &mut to))
        .and_then(|_| to.sync_all())
        .and_then(|()| fs::remove_file(beside));
    if copied.is_err() {
        let _ = fs::remove_file(path);
    }
    copied
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn no_links(_: &Path, _: &Path) -> io::Result<()> {
        Err(Errno::PERM.into())
    }

    fn no_such_rename(_: &Path, _: &Path) -> io::Result<()> {
        Err(Errno::INVAL.into())
    }

    fn no_room(_: &Path, _: &Path) -> io::Result<()> {
        Err(Errno::NOSPC.into())
    }

    #[test]
    fn a_file_takes_its_place_by_whatever_way_the_file_system_knows_and_never_another_ones() {
        let ways: [&[Way]; 4] = [
            &WAYS,
            &[no_links, rename_new, no_room],
            &[no_links, no_such_rename, copy_new],
            &[copy_new],
        ];
        for ways in ways {
            let dir = tempfile::tempdir().unwrap();
            let (from, to) = (dir.path().join("from"), dir.path().join("to"));
            fs::write(&from, "whole").unwrap();
            fs::write(&to, "another").unwrap();
            let error = place(&from, &to, ways).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(fs::read_to_string(&to).unwrap(), "another");
            fs::remove_file(&to).unwrap();
            place(&from, &to, ways).unwrap();
            assert_eq!(fs::read_to_string(&to).unwrap(), "whole");
            assert!(!from.exists());
        }
    }

    #[test]
    fn another_failure_ends_the_search_for_a_way() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&from, "whole").unwrap();
        let error = place(&from, &to, &[no_links, no_room, copy_new]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(from.exists() && !to.exists());
    }

    #[test]
    fn what_a_dead_process_left_beside_is_in_nobodys_way() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("to");
        let (first, _) = beside(&path).unwrap();
        let (second, _) = beside(&path).unwrap();
        assert_ne!(first, second);
    }
}
