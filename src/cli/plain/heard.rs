//! What is heard of a session that goes line by line: the voice, if it is wanted; hooks, and a machine that stays awake.

use super::Plain;
use crate::cli::out::{self, Fail};
use crate::cues::{Mood, Player};
use crate::domain::cue::{self, Cue};
use crate::domain::session::{Event, Session};
use crate::journal::Journal;
use crate::paths::Places;
use crate::settings::{BreathCues, Settings};
use crate::sys::clock;

/// The player as this way of a session uses it.
#[derive(Debug)]
pub struct Heard {
    player: Player,
    mood: Mood,
    places: Places,
}

impl Heard {
    /// `speak`: with the voice. The terminal, if there is one, gets nothing but the lines.
    pub fn new(mut settings: Settings, speak: bool, places: &Places) -> Self {
        settings.bell = false;
        settings.notify = false;
        let breath = match settings.breath_cues {
            BreathCues::Bell => BreathCues::Off,
            other => other,
        };
        let mood = Mood {
            muted: !speak,
            breath,
        };
        let mut player = Player::new(&settings);
        player.follow(mood);
        Self {
            player,
            mood,
            places: places.clone(),
        }
    }

    /// The voice off, or on; says which.
    pub fn toggle(&mut self) -> &'static str {
        self.mood.muted = !self.mood.muted;
        self.player.follow(self.mood);
        if self.mood.muted {
            "The voice is off."
        } else {
            "The voice is on."
        }
    }

    fn give(&mut self, cue: &Cue, session: &Session) {
        let side = session.current().and_then(|segment| segment.side);
        self.player.give(cue, side, clock::mono());
    }

    /// Takes a turn, and says what there is to say about the ways themselves.
    pub fn turn(&mut self, session: &Session) {
        self.player.follow(self.mood);
        self.player.keep_awake(session.next_change().is_some());
        for remark in self.player.turn(clock::mono()).remarks {
            let journal = Journal::open(&self.places);
            let is_new = remark.once.is_none_or(|name| {
                !journal.seen().contains(name) && journal.add_seen(name).is_ok()
            });
            if is_new {
                out::say(&remark.text);
            }
        }
    }

    /// We are about to be stopped: nobody would end what keeps the machine awake.
    pub fn rest(&mut self) {
        self.player.keep_awake(false);
    }

    /// The last sentence may come to its end without us.
    pub fn let_finish(self) {
        self.player.let_finish();
    }
}

impl Plain<'_> {
    /// Lets what happened be heard, and writes it.
    pub(super) fn sound_and_tell(
        &mut self,
        session: &Session,
        events: &[Event],
    ) -> Result<(), Fail> {
        for cue in cue::of(session, events) {
            self.heard.give(&cue, session);
        }
        self.heard.turn(session);
        self.tell(session, events)
    }

    /// It was ended early.
    pub(super) fn sound_stop(&mut self, session: &Session) {
        self.heard.give(&Cue::stopped(), session);
        self.heard.turn(session);
    }
}
