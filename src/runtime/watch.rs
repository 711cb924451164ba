//! Notices that something outside changed the journal or the favourites.
//!
//! The journal and the data directory are watched, and so is the way there: a directory that is moved takes the watches
//! on those below it along. Where one is not there yet, the nearest one above it is watched until it is.
//!
//! inotify itself: the crate over it waits on a thread of its own, and here its descriptor stands in the one wait.

#[cfg(target_os = "linux")]
mod let_go;

use std::os::fd::BorrowedFd;
use std::path::PathBuf;
#[cfg(target_os = "linux")]
use std::{os::unix::fs::MetadataExt, path::Path};

#[cfg(target_os = "linux")]
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};

/// The watch; on systems without inotify it never sees anything.
#[derive(Debug)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
pub struct Watch {
    #[cfg(target_os = "linux")]
    events: Option<std::os::fd::OwnedFd>,
    journal: PathBuf,
    /// From the root down to the journal, as far as it is there.
    way: Vec<Watched>,
}

/// A directory on the way to the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
struct Watched {
    path: PathBuf,
    /// Device and inode.
    inode: (u64, u64),
    /// The last one there is.
    last: bool,
    /// `None` where it may not be watched.
    id: Option<i32>,
}

impl Watch {
    /// Begins to watch, as far as the system lets us. `journal`: the directory within the data directory.
    pub fn new(journal: PathBuf) -> Self {
        let mut watch = Self {
            #[cfg(target_os = "linux")]
            events: inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok(),
            journal,
            way: Vec::new(),
        };
        watch.settle();
        watch
    }

    /// Sees nothing, for where no file is read.
    pub fn nothing() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            events: None,
            journal: PathBuf::new(),
            way: Vec::new(),
        }
    }
}

/// What of the data directory's files is shown; the rest is none of the app's business.
#[cfg(target_os = "linux")]
const SMALL_FILES: [&[u8]; 2] = [b"favourites.txt", b"profile.toml"];

#[cfg(target_os = "linux")]
impl Watch {
    /// To wait on.
    pub fn fd(&self) -> Option<BorrowedFd<'_>> {
        use std::os::fd::AsFd;
        self.events.as_ref().map(AsFd::as_fd)
    }

    /// Reads what was noted; true when the journal or the favourites may have changed.
    pub fn changed(&mut self) -> bool {
        let before = self.inode_of_journal();
        let mut changed = false;
        if let Some(events) = &self.events {
            let mut room = [std::mem::MaybeUninit::uninit(); 4096];
            let mut reader = inotify::Reader::new(events, &mut room);
            while let Ok(event) = reader.next() {
                let name = event.file_name().map(std::ffi::CStr::to_bytes);
                // More happened than could be noted.
                changed |= event.events().contains(ReadFlags::QUEUE_OVERFLOW);
                let at = |dir: &Watched| dir.id == Some(event.wd());
                if let Some(at) = self.way.iter().position(at) {
                    let path = &self.way[at].path;
                    changed |= *path == self.journal;
                    let is_ours = name.is_some_and(|name| SMALL_FILES.contains(&name));
                    changed |= self.journal.parent() == Some(path) && is_ours;
                    if event.events().contains(ReadFlags::IGNORED) {
                        // It was removed; another one may have got its place, and even its inode's number.
                        self.way.remove(at);
                    }
                }
            }
        }
        self.settle();
        changed || before != self.inode_of_journal()
    }

    fn inode_of_journal(&self) -> Option<(u64, u64)> {
        let last = self.way.last()?;
        (last.path == self.journal).then_some(last.inode)
    }

    /// Watches what is there by now.
    fn settle(&mut self) {
        let Some(events) = &self.events else {
            return;
        };
        // Again if one came up or was replaced between looking and watching.
        for _ in 0..8 {
            let mut way = self.look();
            let known = |dir: &Watched| {
                let same = |old: &&Watched| {
                    (&old.path, old.inode, old.last) == (&dir.path, dir.inode, dir.last)
                };
                self.way.iter().find(same).map(|old| old.id)
            };
            let ids: Vec<_> = way.iter().map(known).collect();
            if way.len() == self.way.len() && ids.iter().all(Option::is_some) {
                return;
            }
            for (dir, known) in way.iter_mut().zip(ids) {
                dir.id = known.unwrap_or_else(|| {
                    inotify::add_watch(events, &dir.path, self.interest(dir)).ok()
                });
            }
            for old in self.way.iter().filter_map(|old| old.id) {
                if way.iter().all(|dir| dir.id != Some(old)) {
                    let _ = inotify::remove_watch(events, old);
                }
            }
            self.way = way;
        }
    }

    /// The directories on the way to the journal that are there, not watched yet.
    fn look(&self) -> Vec<Watched> {
        let mut paths: Vec<&Path> = self.journal.ancestors().collect();
        paths.reverse();
        let there = paths.into_iter().map_while(|path| {
            let meta = path.metadata().ok().filter(std::fs::Metadata::is_dir)?;
            Some(Watched {
                path: path.to_owned(),
                inode: (meta.dev(), meta.ino()),
                last: false,
                id: None,
            })
        });
        let mut way: Vec<Watched> = there.collect();
        if let Some(last) = way.last_mut() {
            last.last = true;
        }
        way
    }

    /// In the journal and the data directory, files that come, go or are closed after writing; at the end of the way
    /// what comes; everywhere that the directory itself goes.
    fn interest(&self, dir: &Watched) -> WatchFlags {
        let gone = WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF | WatchFlags::ONLYDIR;
        let files = WatchFlags::MOVED_TO
            | WatchFlags::CLOSE_WRITE
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE;
        if dir.path == self.journal {
            gone | files
        } else if self.journal.parent() == Some(&dir.path) {
            gone | files | WatchFlags::CREATE
        } else if dir.last {
            gone | WatchFlags::CREATE | WatchFlags::MOVED_TO
        } else {
            gone
        }
    }
}

#[cfg(target_os = "linux")]
impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(events) = self.events.take() {
            let_go::close_later(events);
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl Watch {
    /// To wait on.
    pub fn fd(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    /// Never.
    pub fn changed(&mut self) -> bool {
        false
    }

    fn settle(&mut self) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    fn watched() -> (tempfile::TempDir, PathBuf, Watch) {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("share/unkink");
        fs::create_dir_all(data.join("journal")).unwrap();
        fs::write(data.join("journal/a.jsonl"), "a").unwrap();
        let watch = Watch::new(data.join("journal"));
        (home, data, watch)
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to.join("journal")).unwrap();
        fs::copy(from.join("journal/a.jsonl"), to.join("journal/a.jsonl")).unwrap();
    }

    fn sees_writes(watch: &mut Watch, data: &Path) {
        assert!(!watch.changed());
        fs::write(data.join("journal/a.jsonl"), "more").unwrap();
        assert!(watch.changed());
        assert!(!watch.changed());
    }

    #[test]
    fn a_data_directory_that_was_replaced_is_seen_and_watched_on() {
        for looks_between in [false, true] {
            let (home, data, mut watch) = watched();
            sees_writes(&mut watch, &data);
            let old = home.path().join("old");
            fs::rename(&data, &old).unwrap();
            if looks_between {
                assert!(watch.changed());
                fs::create_dir(&data).unwrap();
                assert!(!watch.changed());
            }
            copy(&old, &data);
            assert!(watch.changed());
            sees_writes(&mut watch, &data);
            fs::write(old.join("journal/a.jsonl"), "no longer ours").unwrap();
            assert!(!watch.changed());
        }
    }

    #[test]
    fn a_directory_above_that_was_moved_or_removed_takes_the_watch_nowhere() {
        let (home, data, mut watch) = watched();
        fs::rename(home.path().join("share"), home.path().join("moved")).unwrap();
        assert!(watch.changed());
        copy(&home.path().join("moved/unkink"), &data);
        assert!(watch.changed());
        sees_writes(&mut watch, &data);
        fs::remove_dir_all(home.path().join("share")).unwrap();
        copy(&home.path().join("moved/unkink"), &data);
        assert!(watch.changed());
        sees_writes(&mut watch, &data);
    }

    #[test]
    fn directories_that_come_one_by_one_are_followed_down_to_the_journal() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("share/unkink");
        let mut watch = Watch::new(data.join("journal"));
        fs::create_dir(home.path().join("share")).unwrap();
        assert!(!watch.changed());
        fs::create_dir(&data).unwrap();
        assert!(!watch.changed());
        fs::create_dir(data.join("journal")).unwrap();
        assert!(watch.changed());
        sees_writes(&mut watch, &data);
    }

    #[test]
    fn favourites_are_seen_and_what_else_lies_beside_them_is_not() {
        let (_home, data, mut watch) = watched();
        fs::write(data.join(".lock"), "").unwrap();
        fs::write(data.join(".favourites.txt.tmp"), "x").unwrap();
        assert!(!watch.changed());
        fs::rename(
            data.join(".favourites.txt.tmp"),
            data.join("favourites.txt"),
        )
        .unwrap();
        assert!(watch.changed());
        fs::write(data.join("favourites.txt"), "y").unwrap();
        assert!(watch.changed());
        fs::remove_file(data.join("favourites.txt")).unwrap();
        assert!(watch.changed());
        assert!(!watch.changed());
    }
}
