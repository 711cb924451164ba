//! The journal's promises, tried from outside on real files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod damage;
mod export;
mod faults;
mod faulty;
mod forget;
mod format;
mod home;
mod import;
mod laws;
mod lines;
mod recent;
mod returning;
mod store;
mod unsettled;
mod way;
