//! The journal: the log's files.

pub mod append;
pub mod device;
pub mod disk;
pub mod line;
pub mod merge;
pub mod read;
pub mod small_file;
