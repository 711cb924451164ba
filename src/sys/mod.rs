//! The system's calls that the app's loop and the command line share: clocks, waiting, signals, the terminal,
//! standard error, panics, and a command that runs beside us. What is done with any of it is not known here.

pub mod clock;
pub mod command;
pub mod panics;
pub mod say;
pub mod signals;
pub mod terminal;
pub mod wait;
pub mod words;
