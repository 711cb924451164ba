//! Effects to the outside that tell a person something without the screen: voice, bell, hooks, a notification, and a
//! machine that stays awake.
//!
//! A [`Player`] never blocks and sleeps for nobody: it is given cues, takes its turn whenever its owner does, and says
//! until when it can wait ([`Player::deadline`]). Children that end need no turn of their own; the next one reaps them.
//! A loop of one's own goes like this:
//!
//! ```ignore
//! let mut player = Player::new(&settings);
//! loop {
//!     wait(until.min(player.deadline()));
//!     for cue in cues { player.give(&cue, side, now); }
//!     player.keep_awake(session_runs);
//!     let played = player.turn(now); // bytes for the terminal, remarks for the person
//! }
//! player.let_finish();
//! ```
//!
//! When a cue is due is the session's to know; who it is played for, the app or a command, is not known here.
#![doc = include_str!("cues.md")]

mod awake;
pub mod bell;
mod children;
pub mod find;
mod hook;
pub mod notify;
mod player;
mod speech;

pub use player::{Found, Mood, Played, Player, Remark};
