//! How a command ended, as an exit code and in words.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// The exit code where we failed ourselves.
pub const FAILED: u8 = 125;

/// What stands for an end of which nobody knows how it was: our failure.
pub fn unknown() -> ExitStatus {
    ExitStatus::from_raw(i32::from(FAILED) << 8)
}

/// The exit code that tells how it ended, as shells have it: its own, or 128 and the signal's number.
pub fn code(status: ExitStatus) -> u8 {
    let own = status.code().and_then(|code| u8::try_from(code).ok());
    let signal = status.signal().and_then(|n| u8::try_from(n).ok());
    own.or(signal.map(|n| n.saturating_add(128)))
        .unwrap_or(FAILED)
}

/// The same in words: 'exit 0', 'ended by signal 9'.
pub fn how(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit {code}"),
        (None, Some(signal)) => format!("ended by signal {signal}"),
        (None, None) => "it is not known how".into(),
    }
}
