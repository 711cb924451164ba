//! Reads the clocks, once a turn.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, FixedOffset, Local, Utc};
use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::Now;

/// What all clocks say.
pub fn now() -> Now {
    Now {
        mono: mono(),
        boot: boot(),
        wall: wall(),
    }
}

/// The wall clock, whatever it says: chrono's own `now` panics where it stands before 1970.
fn wall() -> DateTime<FixedOffset> {
    let utc = DateTime::<Utc>::from(SystemTime::now());
    utc.with_timezone(&Local).fixed_offset()
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
