//! Notices that something outside changed the journal directory.
//!
//! Where the directory is not there yet, the nearest one above it is watched until it is.

use std::os::fd::BorrowedFd;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;

#[cfg(target_os = "linux")]
use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

/// The watch; on systems without inotify it never sees anything.
#[derive(Debug)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
pub struct Watch {
    #[cfg(target_os = "linux")]
    events: Option<std::os::fd::OwnedFd>,
    journal: PathBuf,
    /// What is watched: the journal, or the nearest directory above it.
    watched: Option<(PathBuf, i32)>,
}

impl Watch {
    /// Begins to watch, as far as the system lets us.
    pub fn new(journal: PathBuf) -> Self {
        let mut watch = Self {
            #[cfg(target_os = "linux")]
            events: inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok(),
            journal,
            watched: None,
        };
        watch.settle();
        watch
    }
}

#[cfg(target_os = "linux")]
impl Watch {
    /// To wait on.
    pub fn fd(&self) -> Option<BorrowedFd<'_>> {
        use std::os::fd::AsFd;
        self.events.as_ref().map(AsFd::as_fd)
    }

    /// Reads what was noted; true when the journal may have changed.
    pub fn changed(&mut self) -> bool {
        let (mut any, mut lost) = (false, false);
        if let Some(events) = &self.events {
            let mut room = [std::mem::MaybeUninit::uninit(); 4096];
            let mut reader = inotify::Reader::new(events, &mut room);
            while let Ok(event) = reader.next() {
                any = true;
                let ended = inotify::ReadFlags::IGNORED | inotify::ReadFlags::MOVE_SELF;
                let current = self
                    .watched
                    .as_ref()
                    .is_some_and(|(_, id)| *id == event.wd());
                lost |= current && event.events().intersects(ended);
            }
        }
        if lost {
            self.watched = None;
        }
        let was_there = self.sees_journal();
        self.settle();
        any && (was_there || self.sees_journal())
    }

    /// Whether it is the journal itself that is watched.
    fn sees_journal(&self) -> bool {
        matches!(&self.watched, Some((path, _)) if *path == self.journal)
    }

    /// Watches the journal, or the nearest directory above it that is there.
    fn settle(&mut self) {
        let Some(events) = &self.events else {
            return;
        };
        if self.sees_journal() {
            return;
        }
        // Again if a directory came up between looking and watching.
        for _ in 0..8 {
            let found = self.journal.ancestors().find_map(|path| {
                let id = inotify::add_watch(events, path, interest(path, &self.journal)).ok()?;
                Some((path.to_path_buf(), id))
            });
            let same = found == self.watched;
            if let (Some((_, old)), false) = (&self.watched, same) {
                let _ = inotify::remove_watch(events, *old);
            }
            self.watched = found;
            if same || self.sees_journal() {
                return;
            }
        }
    }
}

/// Files that come, go or are closed after writing; above the journal only directories on the way to it.
#[cfg(target_os = "linux")]
fn interest(path: &Path, journal: &Path) -> WatchFlags {
    let gone = WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF | WatchFlags::ONLYDIR;
    let came = WatchFlags::MOVED_TO;
    if path == journal {
        gone | came | WatchFlags::CLOSE_WRITE | WatchFlags::MOVED_FROM | WatchFlags::DELETE
    } else {
        gone | came | WatchFlags::CREATE
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
