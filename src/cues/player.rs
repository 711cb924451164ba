//! Plays cues in every way that the settings want. Its owner gives it cues and turns; it never waits.

use std::time::Duration;

use super::awake::Awake;
use super::bell::{self, Bell};
use super::hook::Hooks;
use super::notify;
use super::speech::Voice;
use crate::domain::cue::Cue;
use crate::domain::plan::Side;
use crate::settings::{BreathCues, Command, Settings};

/// Something the person should be told about the ways themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// One line.
    pub text: String,
    /// To be told once ever, and remembered under this name.
    pub once: Option<&'static str>,
    /// It is about a command that the person set.
    pub is_set: bool,
}

/// What the person wants to hear just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mood {
    /// Neither voice nor bell.
    pub muted: bool,
    /// Breathing in and out.
    pub breath: BreathCues,
}

/// What came of a turn.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// For the terminal: strokes of its bell, a notification.
    pub bytes: Vec<u8>,
    /// For the person.
    pub remarks: Vec<Remark>,
}

/// What is used for what; the paths are whole where it was found by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What speaks.
    pub voice: Option<Command>,
    /// What keeps the machine awake.
    pub awake: Option<Command>,
}

/// All ways to tell a person who does not look. Dropping it ends what is being said and lets the machine sleep.
#[derive(Debug)]
pub struct Player {
    voice: Voice,
    bell_on: bool,
    bell: Bell,
    hooks: Hooks,
    notify_on: bool,
    way: notify::Way,
    /// The terminal said that nobody looks at it.
    unseen: bool,
    awake: Awake,
    mood: Mood,
    next: Played,
}

impl Player {
    /// As the settings want it. Nothing is looked for and nothing started yet.
    pub fn new(settings: &Settings) -> Self {
        Self {
            voice: Voice::new(&settings.speech),
            bell_on: settings.bell,
            bell: Bell::default(),
            hooks: Hooks::new(&settings.hooks),
            notify_on: settings.notify,
            way: notify::Way::ours(),
            unseen: false,
            awake: Awake::new(&settings.awake),
            mood: Mood {
                muted: false,
                breath: settings.breath_cues,
            },
            next: Played::default(),
        }
    }

    /// What it uses; looked for now.
    pub fn found(&mut self) -> Found {
        Found {
            voice: self.voice.command().cloned(),
            awake: self.awake.command(),
        }
    }

    /// From here on the person wants to hear this. Muting ends what is being said and rung.
    pub fn follow(&mut self, mood: Mood) {
        if mood.muted && !self.mood.muted {
            self.voice.hush();
            self.bell.hush();
        }
        self.mood = mood;
    }

    /// Whether the terminal is looked at, as it says itself.
    pub fn looked_at(&mut self, seen: bool) {
        self.unseen = !seen;
    }

    /// The machine is to stay awake from here on, or no longer.
    pub fn keep_awake(&mut self, wanted: bool) {
        self.next.remarks.extend(self.awake.keep(wanted));
    }

    /// Plays a cue; `side` is the one worked on. The next [`Player::turn`], due at once, has what comes of it.
    pub fn give(&mut self, cue: &Cue, side: Option<Side>, now: Duration) {
        let breath = cue.kind.is_breath().then_some(self.mood.breath);
        let unwanted = breath == Some(BreathCues::Off);
        let remarks = self.hooks.start(cue, side, unwanted);
        self.next.remarks.extend(remarks);
        if self.notify_on && self.unseen {
            self.next
                .bytes
                .extend(notify::bytes(cue, self.way).unwrap_or_default());
        }
        if self.mood.muted || unwanted {
            return;
        }
        if breath != Some(BreathCues::Bell) {
            let remark = if cue.kind.waits() {
                self.voice.say_after(&cue.spoken, now)
            } else {
                self.voice.say(&cue.spoken, cue.kind.yields(), now)
            };
            self.next.remarks.extend(remark);
        }
        if self.bell_on && breath != Some(BreathCues::Voice) {
            self.bell.ring(cue.kind, now);
        }
    }

    /// What is due now. To be called after each wake-up of its owner, whatever it was for.
    pub fn turn(&mut self, now: Duration) -> Played {
        let mut played = std::mem::take(&mut self.next);
        played.remarks.extend(self.voice.turn(now));
        played.remarks.extend(self.hooks.turn());
        played.remarks.extend(self.awake.turn());
        if self.bell.is_due(now) {
            played.bytes.push(bell::STROKE);
        }
        played
    }

    /// When it wants its turn at the latest, on the monotonic clock; `None`: whenever there is one.
    pub fn deadline(&self) -> Option<Duration> {
        self.bell.deadline()
    }

    /// Whether a program keeps the machine awake, as of the last turn.
    pub fn is_kept_awake(&self) -> bool {
        self.awake.is_kept()
    }

    /// Whether something is being said or a hook runs, as of the last turn.
    pub fn is_at_it(&self) -> bool {
        self.voice.is_speaking() || self.hooks.is_running() || self.bell.deadline().is_some()
    }

    /// Ends it without cutting the last sentence off: that comes to its end without us.
    pub fn let_finish(mut self) {
        self.voice.let_go();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::cue::Kind;

    const NOW: Duration = Duration::from_secs(10);

    fn cue(kind: Kind) -> Cue {
        Cue {
            kind,
            spoken: kind.name().into(),
        }
    }

    /// Speaks into a file; with no hooks.
    fn settings(dir: &tempfile::TempDir) -> Settings {
        let file = dir.path().join("said");
        let command = [
            "/bin/sh",
            "-c",
            "echo \"$2\" >> \"$1\"",
            "sh",
            file.to_str().unwrap(),
            "{text}",
        ];
        let mut settings = Settings::default();
        settings.speech.command = Some(command.map(str::to_owned).to_vec());
        settings.awake.on = false;
        settings
    }

    /// Gives one cue after the other, each to its end; what was said, and the strokes for each.
    fn played(
        dir: &tempfile::TempDir,
        player: &mut Player,
        kinds: &[Kind],
    ) -> (String, Vec<usize>) {
        let mut now = NOW;
        let mut strokes = Vec::new();
        for kind in kinds {
            player.give(&cue(*kind), None, now);
            let mut bytes = Vec::new();
            loop {
                let played = player.turn(now);
                assert_eq!(played.remarks, []);
                bytes.extend(played.bytes);
                now = player.deadline().unwrap_or(now);
                if !player.is_at_it() {
                    break;
                }
                std::thread::yield_now();
            }
            strokes.push(bytes.len());
        }
        let said = std::fs::read_to_string(dir.path().join("said")).unwrap_or_default();
        (said.replace('\n', " "), strokes)
    }

    #[test]
    fn every_cue_is_said_and_rung_and_the_breath_as_it_is_wanted() {
        let kinds = [Kind::Step, Kind::In, Kind::Out, Kind::Ten, Kind::Side];
        for (breath, said, strokes) in [
            (BreathCues::Off, "step ten side ", [1, 0, 0, 0, 2]),
            (BreathCues::Voice, "step in out ten side ", [1, 0, 0, 0, 2]),
            (BreathCues::Bell, "step ten side ", [1, 2, 3, 0, 2]),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let mut settings = settings(&dir);
            settings.breath_cues = breath;
            let mut player = Player::new(&settings);
            let told = played(&dir, &mut player, &kinds);
            assert_eq!(told, (said.to_owned(), strokes.to_vec()), "{breath:?}");
        }
    }

    #[test]
    fn muted_nothing_sounds_and_hooks_still_run() {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = settings(&dir);
        let hook = settings.speech.command.clone().unwrap();
        let hook = hook
            .iter()
            .map(|part| part.replace("{text}", "hook:{event}"))
            .collect();
        settings.hooks.insert("side".into(), hook);
        let mut player = Player::new(&settings);
        player.follow(Mood {
            muted: true,
            ..Mood::default()
        });
        let told = played(&dir, &mut player, &[Kind::Step, Kind::Side]);
        assert_eq!(told, ("hook:side ".to_owned(), vec![0, 0]));
    }

    #[test]
    fn muting_ends_what_is_being_said_and_rung() {
        let mut settings = Settings::default();
        settings.speech.command = Some(["/bin/sleep", "1000"].map(str::to_owned).to_vec());
        let mut player = Player::new(&settings);
        player.give(&cue(Kind::Finish), None, NOW);
        assert_eq!(player.turn(NOW).bytes, [bell::STROKE]);
        assert!(player.is_at_it());
        player.follow(Mood {
            muted: true,
            ..Mood::default()
        });
        assert!(!player.is_at_it());
        assert_eq!(player.deadline(), None);
    }

    #[test]
    fn a_notification_comes_only_after_the_terminal_said_that_nobody_looks() {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = settings(&dir);
        settings.speech.on = false;
        settings.bell = false;
        let mut player = Player::new(&settings);
        let sent = |player: &mut Player| {
            player.give(&cue(Kind::Finish), None, NOW);
            !player.turn(NOW).bytes.is_empty()
        };
        assert!(!sent(&mut player), "never said so");
        player.looked_at(false);
        assert!(sent(&mut player));
        player.looked_at(true);
        assert!(!sent(&mut player));
        player.looked_at(false);
        player.notify_on = false;
        assert!(!sent(&mut player), "switched off");
    }
}
