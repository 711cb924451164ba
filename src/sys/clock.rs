//! Reads the clocks, once a turn.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::Now;

/// What all clocks say.
pub fn now() -> Now {
    Now {
        mono: mono(),
        boot: boot(),
        wall: chrono::Local::now().fixed_offset(),
    }
}

/// The monotonic clock alone.
pub fn mono() -> Duration {
    read(ClockId::Monotonic)
}

#[cfg(target_os = "linux")]
#[allow(clippy::unnecessary_wraps)] // other systems have none
fn boot() -> Option<Duration> {
    Some(read(ClockId::Boottime))
}

#[cfg(not(target_os = "linux"))]
fn boot() -> Option<Duration> {
    None
}

fn read(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    // Both clocks count up from boot: never negative, nanoseconds below a thousand million.
    Duration::new(
        time.tv_sec.try_into().unwrap_or(0),
        time.tv_nsec.try_into().unwrap_or(0),
    )
}
