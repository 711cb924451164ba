//! Lets the player follow the app: its cues, whether it is muted, whether a session runs.
//!
//! Everything is worked out anew each turn from the app as it stands, so nothing can get out of step.

use std::time::Duration;

use crate::app::App;
use crate::app::message::Msg;
use crate::cues::{Mood, Player};
use crate::domain::cue::Cue;
use crate::domain::time::Now;

/// The player as the loop uses it.
#[derive(Debug)]
pub struct Cues(Player);

impl Cues {
    /// As the app's settings want it.
    pub fn new(app: &App) -> Self {
        Self(Player::new(&app.settings))
    }

    /// The app wants this cue played.
    pub fn give(&mut self, cue: &Cue, app: &App, now: &Now) {
        self.0.follow(mood(app));
        let segment = app.run().and_then(|run| run.session.current());
        let side = segment.and_then(|segment| segment.side);
        self.0.give(cue, side, now.mono);
    }

    /// The terminal says whether it is looked at.
    pub fn looked_at(&mut self, seen: bool) {
        self.0.looked_at(seen);
    }

    /// Takes a turn: bytes for the terminal, and what the app is to say.
    pub fn turn(&mut self, app: &App, now: &Now) -> (Vec<u8>, Option<Msg>) {
        self.0.follow(mood(app));
        self.0.keep_awake(app.keeps_awake());
        let played = self.0.turn(now.mono);
        let remarks = played.remarks.into_iter();
        let remarks: Vec<_> = remarks.map(|remark| (remark.text, remark.once)).collect();
        let msg = (!remarks.is_empty()).then_some(Msg::Remarks(remarks));
        (played.bytes, msg)
    }

    /// We are about to be stopped: what needs us to end it may have to wait long.
    pub fn rest(&mut self) {
        self.0.keep_awake(false);
    }

    /// When the next turn is due, on the monotonic clock.
    pub fn deadline(&self) -> Option<Duration> {
        self.0.deadline()
    }
}

fn mood(app: &App) -> Mood {
    Mood {
        muted: app.muted,
        breath: app.breath_cues,
    }
}
