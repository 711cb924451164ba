//! The log from outside, through a real terminal: entries made, changed, dated back, found and settled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod conflict;
mod elsewhere;
mod find;
mod form;
mod pane;
mod session;
