//! Small files that are replaced whole: the favourites, and what was shown once.
//!
//! A reader sees the old file or the new one, never a part.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

use super::append::{Writer, failure, lock};
use super::disk::{Disk, How, patiently};
use super::read;
use crate::domain::order;
use crate::domain::storage::Failure;
use crate::paths::Places;

/// More than any of these files needs; a larger one is not ours.
const SIZE_MAX: u64 = 4 << 20;

/// A file's text; `None` when it is not there.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    let (file, stamp) = match read::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    if stamp.size > SIZE_MAX {
        return Err(io::Error::other("larger than 4 MiB"));
    }
    let mut text = String::new();
    file.take(SIZE_MAX).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Puts a new file in the place of the old: temporary file, sync, rename, sync of the directory. Where the path is a
/// link, what it leads to is replaced. Called under the lock of the file's directory.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (Some(dir), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(failure(path, &io::ErrorKind::InvalidInput.into()));
    };
    let temporary = dir.join(format!(".{}.tmp", name.to_string_lossy()));
    let put = || -> io::Result<()> {
        let file = match patiently(|| disk.open(&temporary, How::New)) {
            // Left by a process that died: we hold the lock, so nobody is writing it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                patiently(|| disk.remove(&temporary))?;
                patiently(|| disk.open(&temporary, How::New))
            }
            opened => opened,
        }?;
        let mut rest = bytes;
        while !rest.is_empty() {
            let written = patiently(|| disk.write(&file, rest))?;
            if written == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            rest = &rest[written..];
        }
        patiently(|| disk.sync(&file))?;
        patiently(|| disk.rename(&temporary, path))?;
        patiently(|| disk.sync_dir(dir))
    };
    put().map_err(|error| {
        // It may be gone already, by the rename.
        drop(disk.remove(&temporary));
        failure(path, &error)
    })
}

const FAVOURITES: &str = "favourites.txt";
const SEEN: &str = "seen.json";

/// The slugs marked as favourites, one a line.
pub fn favourites(places: &Places) -> Result<BTreeSet<String>, Failure> {
    let path = places.data.join(FAVOURITES);
    let text = read(&path).map_err(|error| failure(&path, &error))?;
    let lines = text.as_deref().unwrap_or_default().lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    Ok(order::set(lines.map(str::to_owned)))
}

/// Marks a slug as a favourite, or not, and returns what stands now.
pub fn set_favourite(writer: &Writer, slug: &str, on: bool) -> Result<BTreeSet<String>, Failure> {
    let _held = writer.lock()?;
    let mut slugs = favourites(writer.places())?;
    let changed = if on {
        slugs.insert(slug.to_owned())
    } else {
        slugs.remove(slug)
    };
    if changed {
        let text: String = slugs.iter().flat_map(|slug| [slug, "\n"]).collect();
        let path = writer.places().data.join(FAVOURITES);
        replace(writer.disk(), &path, text.as_bytes())?;
    }
    Ok(slugs)
}

/// What was shown once on this machine. A file that can't be read counts as empty: at worst something shows twice.
pub fn seen(places: &Places) -> BTreeSet<String> {
    let text = read(&places.state.join(SEEN)).ok().flatten();
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Remembers that something was shown, or no longer.
pub fn set_seen(writer: &Writer, what: &str, on: bool) -> Result<BTreeSet<String>, Failure> {
    let places = writer.places();
    // Processes at work on other data directories write this file, too.
    let _held = lock(writer.disk(), &places.state)?;
    let mut known = seen(places);
    let changed = if on {
        known.insert(what.to_owned())
    } else {
        known.remove(what)
    };
    if changed {
        let text = serde_json::to_string(&known).unwrap_or_default() + "\n";
        replace(writer.disk(), &places.state.join(SEEN), text.as_bytes())?;
    }
    Ok(known)
}
