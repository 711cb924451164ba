//! A mistake of ours ends the process in good order: the terminal is given back, the message follows, what was to be
//! saved is brought to its end, and the exit code is 101.
//!
//! All of that is done where the panic was raised. Nothing unwinds, so that the release can leave out the code for it,
//! which is a tenth of the program, and so that a panic ends no differently there than in a test.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The exit code of a panic, as Rust's runtime has it.
pub const PANICKED: u8 = 101;

type GiveBack = Box<dyn Fn() + Send>;
type Finish = Box<dyn FnOnce() + Send>;
type Owner = Box<dyn FnOnce(String)>;

static GIVE_BACK: Mutex<Option<GiveBack>> = Mutex::new(None);
static FINISH: Mutex<Option<Finish>> = Mutex::new(None);
/// Whether some thread is about to end the process.
static ENDS: AtomicBool = AtomicBool::new(false);

thread_local! {
    static OWNER: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// From here on, and for all threads. To be called once, before anything else.
pub fn watch() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if let Ok(Some(owner)) = OWNER.try_with(RefCell::take) {
            owner(info.to_string());
            stand_still();
        }
        end(info, &tell);
    }));
}

/// Whoever takes the terminal says how it is given back; it is asked whether or not it has it still.
pub fn give_back_by(how: impl Fn() + Send + 'static) {
    *GIVE_BACK.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(how));
}

/// What is still to be done once the message is out. It must end by itself, and soon.
pub fn finish_by(how: impl FnOnce() + Send + 'static) {
    *FINISH.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(how));
}

/// A panic of this thread is its owner's business, who is told what it says: the process does not end by it, and the
/// thread never goes on. What it has locked stays so.
pub fn tell_owner_by(how: impl FnOnce(String) + 'static) {
    OWNER.set(Some(Box::new(how)));
}

fn end(info: &PanicHookInfo<'_>, tell: &dyn Fn(&PanicHookInfo<'_>)) -> ! {
    // Two at once: one of them does it all.
    if ENDS.swap(true, Ordering::SeqCst) {
        stand_still();
    }
    // Never wait for a lock: it may be this thread that holds it.
    if let Some(give_back) = GIVE_BACK.try_lock().ok().and_then(|mut how| how.take()) {
        give_back();
    }
    tell(info);
    if let Some(finish) = FINISH.try_lock().ok().and_then(|mut how| how.take()) {
        finish();
    }
    std::process::exit(i32::from(PANICKED))
}

fn stand_still() -> ! {
    loop {
        std::thread::park();
    }
}

/// Lets a test see what a panic does: panics when `UNKINK_TEST_PANIC` asks for it here.
///
/// # Panics
///
/// Where that is so.
#[cfg(debug_assertions)]
pub fn test_panic(here: &str) {
    let asked = std::env::var_os("UNKINK_TEST_PANIC").is_some_and(|place| place == here);
    assert!(!asked, "asked for by UNKINK_TEST_PANIC");
}

/// Only tests ask for it.
#[cfg(not(debug_assertions))]
pub fn test_panic(_: &str) {}
