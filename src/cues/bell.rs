//! The terminal's bell.

use crate::domain::cue::{Cue, Kind};

/// What makes it sound for a cue. The bytes go out together: terminals that ring at most once in a while make one
/// sound of them, so no meaning may rest on the count alone.
pub fn bytes(cue: &Cue) -> Vec<u8> {
    let times = match cue.kind {
        Kind::Start | Kind::Step | Kind::Next => 1,
        Kind::Side => 2,
        Kind::Finish => 3,
        _ => 0,
    };
    vec![0x07; times]
}
