//! The file-system calls that writing is made of, behind one narrow seam so that tests can make any of them fail.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// To append to, if it is there.
    Append,
    /// To write, made anew; an error if it is there.
    New,
    /// To lock, made if it is not there.
    Lock,
}

/// What writing asks of the file system.
pub trait Disk: Send {
    /// Opens a regular file; what it makes is for its owner alone, whatever the umask.
    fn open(&self, path: &Path, how: How) -> io::Result<File>;
    /// Takes the file's lock; `false` while another holds it.
    fn try_lock(&self, file: &File) -> io::Result<bool>;
    /// Writes some of the bytes and says how many.
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<usize>;
    /// Returns once the file's bytes are on the medium.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Returns once the directory's entries are on the medium.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes a directory for its owner alone.
    fn make_dir(&self, path: &Path) -> io::Result<()>;
    /// Puts a file in the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The real one.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn open(&self, path: &Path, how: How) -> io::Result<File> {
        let mut options = OpenOptions::new();
        // Without NONBLOCK, a pipe in the file's place would hold us up.
        options
            .read(true)
            .mode(0o600)
            .custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
        match how {
            How::Append => options.append(true),
            How::New => options.append(true).create_new(true),
            How::Lock => options.write(true).create(true).truncate(false),
        };
        let file = options.open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        // The umask may have taken from a new file what its owner needs; others never need anything.
        if meta.mode() & 0o777 != 0o600 && meta.uid() == rustix::process::geteuid().as_raw() {
            let tightened = file.set_permissions(PermissionsExt::from_mode(0o600));
            // Some file systems know no modes. That is for `doctor` to say, not a reason not to save.
            drop(tightened);
        }
        Ok(file)
    }

    fn try_lock(&self, file: &File) -> io::Result<bool> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            // File systems that know no such thing say so this way.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o700))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }
}

/// Goes on when a signal interrupts.
pub fn patiently<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}
