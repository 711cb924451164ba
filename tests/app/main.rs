//! The app and a session from outside, through a real pseudo-terminal. One program, so that what waits for a clock waits
//! side by side.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod beside;
mod choosing;
mod cues;
mod demo;
mod floor;
mod insight;
mod journey;
mod leaving;
mod own;
mod panics;
mod plain;
mod pty;
mod remind;
mod safety;
mod settings;
