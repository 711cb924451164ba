//! A session from outside: what is seen from the floor, what is heard, and line by line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod cues;
mod floor;
mod plain;
