//! The system's calls that the app's loop and the command line share: clocks, signals and standard error.

pub mod clock;
pub mod say;
pub mod signals;
