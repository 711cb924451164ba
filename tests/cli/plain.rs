//! Sessions line by line: typed answers, signals, and what is left in the log.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::home::Home;

/// A session under way, line by line.
struct Talk {
    child: Child,
    to: Option<ChildStdin>,
    from: std::io::Lines<BufReader<ChildStdout>>,
    heard: Vec<String>,
}

impl Talk {
    fn begin(home: &Home, args: &[&str]) -> Self {
        let mut command = home.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        Self {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
            heard: Vec::new(),
        }
    }

    /// Reads until a line that holds this.
    fn hear(&mut self, part: &str) {
        loop {
            let line = self.from.next();
            let line = line
                .unwrap_or_else(|| panic!("no '{part}' in {:#?}", self.heard))
                .unwrap();
            let found = line.contains(part);
            self.heard.push(line);
            if found {
                return;
            }
        }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.to.as_mut().unwrap(), "{line}").unwrap();
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// The rest of what it says, and its exit code.
    fn end(mut self) -> (Vec<String>, i32) {
        drop(self.to.take());
        for line in self.from.by_ref() {
            self.heard.push(line.unwrap());
        }
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        (self.heard, code)
    }
}

#[test]
fn a_session_goes_line_by_line_with_typed_answers() {
    let home = Home::answered();
    home.add_short_technique();
    let mut talk = Talk::begin(&home, &["start", "short", "--plain"]);
    talk.hear("Pain now");
    talk.say("eleven");
    talk.hear("0 to 10");
    talk.say("6");
    talk.hear("Stress now");
    talk.say("");
    // In its longest part: a step of a second may be over before the pause comes.
    talk.hear("Get ready");
    talk.say("p");
    talk.hear("Paused");
    talk.say("p");
    talk.hear("Going on,");
    talk.say("n");
    talk.hear("Change over");
    talk.say("n");
    talk.hear("The end");
    talk.hear("Pain after");
    talk.say("4");
    talk.hear("Stress after");
    talk.say("3");
    let (mut heard, code) = talk.end();
    assert_eq!(code, 0, "{heard:#?}");
    for line in &mut heard {
        // What was left of it at the pause is chance.
        if line.starts_with("Going on, 0:0") {
            "Going on, 0:05 left.".clone_into(line);
        }
    }
    assert_eq!(
        heard,
        [
            "Gentle self-care for ordinary back tension in adults. Not medical advice; it cannot examine you. If \
             something here does not fit you, or hurts in a bad way, stop. Press E at any time for the signs that \
             need urgent help.",
            "If yes, do not go on: Is the skin on back, buttock or leg broken, infected or burnt?",
            "Short one, 0:16.",
            "Your first week: times are halved, pressure stays at 4 of 10 or less.",
            "Stop if: it hurts.",
            "p pauses or goes on, n next step, b step before, s stops, m voice off or on, e urgent signs; each with Enter.",
            "Anything new since last time: numb between the legs; bladder, bowel or sexual change; weak, numb or \
             painful legs; one swollen sore leg; chest pain; fever; a fall? Then type e.",
            "Pain now, 0 to 10? Enter skips.",
            "'eleven' is not on the scale: give a whole number from 0 to 10",
            "Stress now, 0 to 10? Enter skips.",
            "0:05: Get ready: sitting.",
            "Paused. p goes on.",
            "Going on in 3 seconds.",
            "Going on, 0:05 left.",
            "Step 1 of 3, 0:01: Settle.",
            "Step 2 of 3, left, 0:01: Rub.",
            "0:08: Change over to the right side.",
            "Step 3 of 3, right, 0:01: Rub.",
            "The end.",
            "Pain after it, 0 to 10? Enter skips.",
            "Stress after it, 0 to 10? Enter skips.",
            "Done: 0:03 of 0:03, pain 2 lower.",
            "Saved.",
        ]
    );
    let entry = &home.history()[0];
    assert_eq!(entry["status"], "finished");
    assert_eq!(
        (&entry["technique"], &entry["steps_done"]),
        (&"short".into(), &3.into())
    );
    assert_eq!(
        (&entry["pain_before"], &entry["pain_after"]),
        (&6.into(), &4.into())
    );
    assert_eq!(
        (entry.get("stress_before"), &entry["stress_after"]),
        (None, &3.into())
    );
    assert_eq!(entry["active_s"], 3);
    assert!(entry["rated_after_at"].is_string());
    assert!(
        home.ok(&["history"])
            .contains("Short one, 0:03, pain 2 lower (6 to 4)")
    );
}

#[test]
fn answers_piped_in_at_once_reach_their_questions() {
    let home = Home::answered();
    home.add_short_technique();
    let mut talk = Talk::begin(&home, &["start", "short", "--plain"]);
    for line in ["5", "4", "n", "n", "n", "n", "2", "1"] {
        talk.say(line);
    }
    let (heard, code) = talk.end();
    assert_eq!(code, 0, "{heard:#?}");
    let entry = &home.history()[0];
    let ratings =
        ["pain_before", "stress_before", "pain_after", "stress_after"].map(|name| &entry[name]);
    assert_eq!(ratings, [5, 4, 2, 1]);
    assert_eq!(
        (&entry["status"], &entry["steps_done"]),
        (&"stopped".into(), &0.into())
    );
}

#[test]
fn ctrl_c_keeps_the_part_done() {
    let home = Home::answered();
    home.add_short_technique();
    let signals = [
        (rustix::process::Signal::INT, 130),
        (rustix::process::Signal::TERM, 143),
        (rustix::process::Signal::HUP, 129),
    ];
    for (at, (signal, expected)) in signals.into_iter().enumerate() {
        let mut talk = Talk::begin(&home, &["start", "short", "--plain", "--no-rating"]);
        talk.hear("Get ready");
        talk.say("n");
        talk.hear("left");
        talk.signal(signal);
        let (heard, code) = talk.end();
        assert_eq!(code, expected, "{heard:#?}");
        let entry = &home.history()[at];
        assert_eq!(
            (&entry["status"], &entry["steps_done"]),
            (&"stopped".into(), &1.into())
        );
        assert!(entry["stopped_because"].is_string());
    }
    assert!(
        fs::read_dir(home.path("state/unkink/sessions")).is_ok_and(|files| files.count() == 0),
        "no progress file is left behind"
    );
}

#[test]
fn a_session_runs_without_anybody_to_answer() {
    let home = Home::answered();
    home.add_quick_technique();
    let asked = home.run(&["start", "quick", "--plain", "--no-input"]);
    assert_eq!(asked.code, 2);
    assert!(asked.err.contains("--no-rating"), "{asked:?}");
    let args = [
        "start",
        "quick",
        "--plain",
        "--pain",
        "6",
        "--stress",
        "2",
        "--no-input",
    ];
    let ran = home.run(&args);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        !ran.out.contains("Enter skips") && ran.out.contains("The end."),
        "{ran:?}"
    );
    let entry = &home.history()[0];
    assert_eq!(
        (&entry["pain_before"], &entry["status"]),
        (&6.into(), &"finished".into())
    );
}

#[test]
fn a_session_that_cannot_be_saved_runs_and_shows_what_was_to_be_kept() {
    let home = Home::answered();
    home.add_quick_technique();
    let file = home.write("data/unkink/journal", "in the way");
    let ran = home.run(&["start", "quick", "--plain", "--no-rating"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("The end."));
    assert!(
        ran.err.contains(file.to_str().unwrap()) && ran.err.contains("\"active_s\":1"),
        "{ran:?}"
    );
}
