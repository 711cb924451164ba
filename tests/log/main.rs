//! The log from outside, through a real terminal: entries made, changed and dated back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod form;
