//! The voice: an installed program that speaks one cue at a time, in a process of its own.

use std::collections::VecDeque;
use std::process::Child;
use std::time::Duration;

use super::children::{self, Leaving};
use super::find;
use super::player::Remark;
use crate::settings::{Command, Tool};

/// What speaks, in the order in which it is looked for. Of the last part of each, `{text}` is what is said; what
/// follows `--` is no option.
const KNOWN: [(&str, &[&str]); 3] = [
    // Its server goes on when the client is ended. A text takes the place of the text before it there; cancelling (-C)
    // would take away what a screen reader has to say, too.
    ("spd-say", &["-P", "text", "-w", "--", "{text}"]),
    ("espeak-ng", &["--", "{text}"]),
    ("say", &["--", "{text}"]),
];
/// What hushes the server of the one program that has one.
const SPD_SAY: &str = "spd-say";

/// What stands for the text in a command.
pub const TEXT: &str = "{text}";
/// So often in a row may it fail before it is no longer tried.
const FAILURES_MAX: u8 = 3;
/// No voice takes longer for a letter, nor to begin: what does has nothing to sound through, and waits.
const A_LETTER: Duration = Duration::from_millis(150);
const BEGINNING: Duration = Duration::from_secs(5);
/// The name under which it is remembered that a missing voice was told.
const NO_VOICE: &str = "no-voice";

/// The voice.
#[derive(Debug)]
pub struct Voice {
    on: bool,
    set: Option<Command>,
    /// What can speak, best first; `None`: not looked for yet.
    ways: Option<VecDeque<Command>>,
    /// With the monotonic time at which it must have come to its end.
    saying: Option<(Child, Duration)>,
    /// What is said once that has ended.
    next: Option<String>,
    leaving: Leaving,
    failures: u8,
    is_told: bool,
}

impl Voice {
    /// As the settings want it. Nothing is looked for before there is something to say.
    pub fn new(tool: &Tool) -> Self {
        Self {
            on: tool.on,
            set: tool.command.clone(),
            ways: None,
            saying: None,
            next: None,
            leaving: Leaving::default(),
            failures: 0,
            is_told: false,
        }
    }

    /// The command that speaks, where there is one.
    pub fn command(&mut self) -> Option<&Command> {
        let set = &self.set;
        self.ways
            .get_or_insert_with(|| match set {
                Some(command) => VecDeque::from([command.clone()]),
                None => KNOWN.iter().filter_map(find::command).collect(),
            })
            .front()
    }

    /// Says it; what is being said breaks off. One that yields is left out while something is being said.
    pub fn say(&mut self, text: &str, yields: bool, now: Duration) -> Option<Remark> {
        let heard = self.listen(now);
        let text = children::harmless(text);
        if !self.on || self.failures >= FAILURES_MAX || text.is_empty() {
            return heard;
        }
        if yields && self.saying.is_some() {
            return heard;
        }
        self.break_off();
        let Some(command) = self.command().cloned() else {
            return heard.or_else(|| self.tell_missing());
        };
        let (parts, stdin) = filled(&command, &text);
        match children::start(&parts, &[], stdin.then_some(&text)) {
            Ok(child) => {
                let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
                self.saying = Some((child, now + BEGINNING + A_LETTER.saturating_mul(letters)));
                heard
            }
            Err(error) => heard.or(self.failed(&format!("can't be started: {error}"))),
        }
    }

    /// Says it when nothing else is being said, now or later; of several that wait only the last.
    pub fn say_after(&mut self, text: &str, now: Duration) -> Option<Remark> {
        let heard = self.listen(now);
        if self.saying.is_none() {
            return heard.or(self.say(text, false, now));
        }
        self.next = Some(text.to_owned());
        heard
    }

    /// Looks at what has ended, or should have long ago, and says what waited for that.
    pub fn turn(&mut self, now: Duration) -> Option<Remark> {
        let heard = self.listen(now);
        if self.saying.is_some() {
            return heard;
        }
        let next = self.next.take();
        heard.or(next.and_then(|text| self.say(&text, false, now)))
    }

    fn listen(&mut self, now: Duration) -> Option<Remark> {
        self.leaving.reap();
        let (child, until) = self.saying.as_mut()?;
        let status = match child.try_wait() {
            Ok(None) if now < *until => return None,
            Ok(None) => {
                let next = self.next.take();
                self.hush();
                self.next = next;
                return self.failed("comes to no end");
            }
            Ok(Some(status)) => Some(status),
            Err(_) => None,
        };
        self.saying = None;
        match status.and_then(children::failure) {
            None => {
                self.failures = 0;
                None
            }
            Some(why) => self.failed(&why),
        }
    }

    /// Whether something is being said, as of the last look.
    pub fn is_speaking(&self) -> bool {
        self.saying.is_some()
    }

    /// Ends what is being said.
    pub fn hush(&mut self) {
        self.next = None;
        if !self.break_off() {
            return;
        }
        let is_set = self.set.is_some();
        let served = |command: &&Command| !is_set && command[0].ends_with(SPD_SAY);
        if let Some(command) = self.command().filter(served) {
            // It knows no stop for one client alone: this is what the person asked for by muting or leaving, not each cue.
            let stop = [command[0].clone(), "-S".into()];
            if let Ok(child) = children::start(&stop, &[], None) {
                self.leaving.push(child);
            }
        }
    }

    /// Ends the child that speaks; whether there was one.
    fn break_off(&mut self) -> bool {
        let Some((child, _)) = self.saying.take() else {
            return false;
        };
        children::kill(&child);
        self.leaving.push(child);
        true
    }

    /// Lets what is being said come to its end without us.
    pub fn let_go(&mut self) {
        self.saying = None;
    }

    /// Another one that was found takes over; only when there is none the person is told, once.
    fn failed(&mut self, why: &str) -> Option<Remark> {
        let ways = self.ways.as_mut()?;
        if ways.len() > 1 {
            ways.pop_front();
            return None;
        }
        self.failures += 1;
        let name = ways.front().map_or("", |command| name(command)).to_owned();
        if std::mem::replace(&mut self.is_told, true) {
            return None;
        }
        Some(Remark {
            text: format!("The voice does not work: {name} {why}; see 'unkink cues --test'."),
            once: None,
            is_set: self.set.is_some(),
        })
    }

    fn tell_missing(&mut self) -> Option<Remark> {
        let told = std::mem::replace(&mut self.is_told, true);
        (!told).then(|| Remark {
            text: "There is no voice: espeak-ng, once installed, speaks each step.".into(),
            once: Some(NO_VOICE),
            is_set: false,
        })
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.hush();
    }
}

/// The command with the text in it; true: it stands nowhere in it, so the program reads it from standard input.
fn filled(command: &[String], text: &str) -> (Command, bool) {
    let parts = command
        .iter()
        .map(|part| part.replace(TEXT, text))
        .collect();
    (parts, !command.iter().any(|part| part.contains(TEXT)))
}

/// The program's name without its directory.
pub fn name(command: &[String]) -> &str {
    let program = command.first().map_or("", String::as_str);
    program.rsplit('/').next().unwrap_or(program)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn voice(command: &[&str]) -> Voice {
        let command = command.iter().map(|&part| part.to_owned()).collect();
        Voice::new(&Tool {
            on: true,
            command: Some(command),
        })
    }

    const NOW: Duration = Duration::from_secs(100);

    /// The number of the child that speaks.
    fn number(voice: &Voice) -> u32 {
        voice.saying.as_ref().unwrap().0.id()
    }

    /// Says it and waits for its end.
    fn say(voice: &mut Voice, text: &str) -> Option<Remark> {
        let mut remark = voice.say(text, false, NOW);
        while voice.is_speaking() {
            std::thread::yield_now();
            remark = remark.or(voice.turn(NOW));
        }
        remark
    }

    #[test]
    fn the_text_stands_wherever_it_is_wanted_or_comes_by_standard_input() {
        let command = ["x", "a{text}b{text}", "{text}"].map(str::to_owned);
        let (parts, stdin) = filled(&command, "one two");
        assert_eq!(parts, ["x", "aone twobone two", "one two"]);
        assert!(!stdin);
        let (parts, stdin) = filled(&command[..1], "one");
        assert_eq!((parts, stdin), (vec!["x".to_owned()], true));
    }

    #[test]
    fn what_is_said_arrives_whole_and_never_as_a_command() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("said");
        let script = "cat >> \"$1\"";
        let mut voice = voice(&["/bin/sh", "-c", script, "sh", file.to_str().unwrap()]);
        for text in ["Half way.", "$(touch x); `y` \"z\"", "-w out"] {
            assert_eq!(say(&mut voice, text), None);
        }
        let said = std::fs::read_to_string(&file).unwrap();
        assert_eq!(said, "Half way.\n$(touch x); `y` \"z\"\nw out\n");
    }

    #[test]
    fn the_next_ends_the_one_before_and_one_that_yields_is_left_out() {
        let mut voice = voice(&["/bin/sh", "-c", "sleep 1000 & wait", "{text}"]);
        assert_eq!(voice.say("one", false, NOW), None);
        let first = number(&voice);
        assert_eq!(voice.say("in", true, NOW), None);
        assert_eq!(number(&voice), first);
        assert_eq!(voice.say("two", false, NOW), None);
        assert_ne!(number(&voice), first);
        voice.hush();
        assert!(!voice.is_speaking());
        while !voice.leaving.is_empty() {
            std::thread::yield_now();
            assert_eq!(voice.turn(NOW), None, "what we ended did not fail");
        }
    }

    #[test]
    fn what_waits_is_said_after_the_rest_and_not_once_it_is_hushed() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("said");
        let script = "echo \"$2\" >> \"$1\"; [ \"$2\" != long ] || exec sleep 1000";
        let file_name = file.to_str().unwrap();
        let mut voice = voice(&["/bin/sh", "-c", script, "sh", file_name, "{text}"]);
        voice.say("long", false, NOW);
        voice.say_after("done", NOW);
        // What breaks the other off is said first.
        assert_eq!(say(&mut voice, "step"), None);
        let said = || std::fs::read_to_string(&file).unwrap_or_default();
        assert!(said().ends_with("step\ndone\n"), "{}", said());
        voice.say("long", false, NOW);
        voice.say_after("done", NOW);
        voice.hush();
        assert_eq!(say(&mut voice, "after"), None);
        assert_eq!(said().matches("done").count(), 1, "{}", said());
    }

    #[test]
    fn one_that_fails_is_told_once_and_given_up_after_three_times() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("tries");
        let script = "echo >> \"$1\"; exit 3";
        let mut voice = voice(&["/bin/sh", "-c", script, "sh", file.to_str().unwrap()]);
        let told: Vec<Remark> = (0..5).filter_map(|_| say(&mut voice, "x")).collect();
        assert_eq!(told.len(), 1);
        assert_eq!(
            told[0].text,
            "The voice does not work: sh ended with code 3; see 'unkink cues --test'."
        );
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 3);
    }

    #[test]
    fn one_that_comes_to_no_end_is_ended_and_counts_as_failed() {
        let mut voice = voice(&["/bin/sleep", "1000"]);
        assert_eq!(voice.say("one", false, NOW), None);
        assert_eq!(voice.turn(NOW + BEGINNING), None);
        assert!(voice.is_speaking());
        let told = voice.turn(NOW + Duration::from_secs(60)).unwrap();
        assert!(told.text.contains("sleep comes to no end"), "{told:?}");
        assert!(!voice.is_speaking());
        assert_eq!(voice.failures, 1);
    }

    #[test]
    fn one_that_can_t_be_started_is_told_once() {
        let mut voice = voice(&["/nothing/here"]);
        let told: Vec<Remark> = (0..5).filter_map(|_| say(&mut voice, "x")).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].text.contains("here can't be started"), "{told:?}");
    }

    #[test]
    fn of_those_found_the_next_takes_over_when_one_fails() {
        let mut voice = voice(&[]);
        voice.set = None;
        let ways = ["/bin/false", "/bin/true"].map(|program| vec![program.to_owned()]);
        voice.ways = Some(VecDeque::from(ways));
        assert_eq!(say(&mut voice, "one"), None);
        assert_eq!(voice.command().unwrap(), &["/bin/true"]);
        assert_eq!(say(&mut voice, "two"), None);
        assert_eq!(voice.failures, 0);
    }

    #[test]
    fn with_none_found_it_is_said_once_and_nothing_fails() {
        let mut voice = voice(&[]);
        voice.set = None;
        voice.ways = Some(VecDeque::new());
        assert_eq!(say(&mut voice, "one").unwrap().once, Some(NO_VOICE));
        assert_eq!(say(&mut voice, "two"), None);
    }

    #[test]
    fn switched_off_it_says_nothing() {
        let mut voice = Voice::new(&Tool {
            on: false,
            command: Some(vec!["/nothing/here".into()]),
        });
        assert_eq!(say(&mut voice, "one"), None);
    }
}
