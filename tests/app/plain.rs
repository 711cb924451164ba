//! A session line by line: what is written and what is said, event by event.
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support::home::Home;
use crate::support::pty::{PROGRAM, poll_until};

/// Long enough to be counted down, though the first week halves it; and a change of sides.
const STEPS: [(u32, bool, &str); 2] =
    [(12, false, "Hold still, 2-4 breaths."), (1, true, "Press.")];

struct Talk {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    heard: String,
}

impl Talk {
    fn begin(home: &Home, args: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(args)
            .env_clear()
            .envs(home.env())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self {
            child,
            lines,
            heard: String::new(),
        }
    }

    fn hear(&mut self, part: &str) {
        for line in self.lines.by_ref() {
            let line = line.unwrap();
            self.heard += &line;
            self.heard.push('\n');
            if line.contains(part) {
                return;
            }
        }
        panic!("no '{part}' in {}", self.heard);
    }

    fn say(&mut self, line: &str) {
        let to = self.child.stdin.as_mut().unwrap();
        writeln!(to, "{line}").unwrap();
    }

    fn end(mut self) -> (String, i32) {
        drop(self.child.stdin.take());
        for line in self.lines.by_ref() {
            self.heard += &line.unwrap();
            self.heard.push('\n');
        }
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        (self.heard, code)
    }
}

fn home(config: &str) -> Home {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &STEPS);
    home.write_config(config);
    home
}

/// A voice that writes down what it says.
const VOICE: &str = "awake.on = false\nspeech.command = ['/bin/sh', '-c', 'echo \"$1\" >> ~/said', 'sh', '{text}']\n\
    hooks.finish = ['/bin/sh', '-c', 'echo {event} >> ~/hooked']\n";

fn read(home: &Home, name: &str) -> String {
    std::fs::read_to_string(home.path().join(name)).unwrap_or_default()
}

#[test]
fn every_event_is_a_line_and_is_said() {
    let home = home(VOICE);
    let mut talk = Talk::begin(
        &home,
        &["start", "aa-palm", "--plain", "--speak", "--no-rating"],
    );
    talk.hear("Step 1");
    poll_until("the step", || read(&home, "said").contains("Hold still"));
    talk.say("p");
    talk.hear("Paused");
    poll_until("the pause", || read(&home, "said").contains("Paused."));
    talk.say("p");
    talk.hear("The end.");
    let (written, code) = talk.end();
    assert_eq!(code, 0);
    poll_until("the last word", || {
        read(&home, "said").contains("Finished.")
    });
    let said = read(&home, "said");
    // What was left of the ten seconds at the pause is chance.
    let written = written.replace("Going on, 0:09 left", "Going on, 0:10 left");
    let written = written.replace("Going on, 0:08 left", "Going on, 0:10 left");
    insta::assert_snapshot!(format!(
        "{written}\n== said\n{said}\n== hooked\n{}",
        read(&home, "hooked")
    ));
}

#[test]
fn without_the_option_nothing_is_said_and_m_makes_it_speak() {
    let home = home(VOICE);
    let mut talk = Talk::begin(&home, &["start", "aa-palm", "--plain", "--no-rating"]);
    talk.hear("Get ready");
    talk.say("n");
    talk.hear("Step 1");
    talk.say("m");
    talk.hear("The voice is on.");
    talk.say("s");
    let (_, code) = talk.end();
    assert_eq!(code, 0);
    poll_until("the last word", || !read(&home, "said").is_empty());
    assert_eq!(read(&home, "said"), "Stopped.\n");
}

#[test]
fn the_urgent_signs_come_by_either_letter_while_it_runs() {
    for letter in ["e", "E"] {
        let home = home(Home::QUIET);
        let mut talk = Talk::begin(&home, &["start", "aa-palm", "--plain", "--no-rating"]);
        talk.hear("Get ready");
        talk.say("n");
        talk.hear("Step 1");
        talk.say(letter);
        talk.hear("112");
        talk.hear("Paused");
        talk.say("s");
        let (_, code) = talk.end();
        assert_eq!(code, 0);
    }
}

#[test]
fn without_the_option_no_voice_is_started() {
    let home = home(VOICE);
    home.write_technique("aa-palm", "Aa palm press", &[(1, false, "Press.")]);
    let mut talk = Talk::begin(&home, &["start", "aa-palm", "--plain", "--no-rating"]);
    talk.hear("The end.");
    let (_, code) = talk.end();
    assert_eq!(code, 0);
    poll_until("the hook at the end", || !read(&home, "hooked").is_empty());
    assert_eq!(read(&home, "said"), "");
}
