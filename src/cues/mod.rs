//! Effects to the outside that tell a person something without the screen.

pub mod bell;
