//! One reading of the clocks, taken once a turn and handed down as a value.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

/// What the clocks said at the start of this turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Time since some fixed point, standing still while the machine sleeps (`CLOCK_MONOTONIC`).
    /// Deadlines and durations are counted on it.
    pub mono: Duration,
    /// The same, but running on while the machine sleeps (`CLOCK_BOOTTIME`); `None` where there is no such clock.
    /// Running ahead of `mono` is how a suspend is noticed.
    pub boot: Option<Duration>,
    /// The wall clock with the person's offset. It stamps entries and decides nothing else.
    pub wall: DateTime<FixedOffset>,
}

/// `4:09`, or `1:02:03` from an hour up.
pub fn clock_text(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// When the next midnight comes on the monotonic clock; a change of clocks moves it by an hour, which the next look
/// mends.
pub fn next_midnight(now: &Now) -> Duration {
    let gone = chrono::Timelike::num_seconds_from_midnight(&now.wall);
    now.mono + Duration::from_secs(u64::from(86_400_u32.saturating_sub(gone)).max(1))
}
