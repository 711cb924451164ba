//! The log through a real terminal, and what is typed there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod conflict;
mod find;
mod pane;
