//! The mouse in a real tmux.

use std::process::Command;
use std::time::Duration;

use crate::support::home::Home;
use crate::support::pty::{PROGRAM, let_pass, poll_until};

/// A terminal of its own inside tmux, ended with this value.
struct Tmux {
    home: Home,
}

impl Tmux {
    fn run(&self, args: &[&str]) -> String {
        let socket = self.home.path().join("tmux");
        let mut command = Command::new("tmux");
        command
            .args(["-f", "/dev/null", "-S"])
            .arg(socket)
            .args(args);
        command.env_remove("TMUX").envs([
            ("LANG", "C.UTF-8"),
            ("HOME", self.home.path().to_str().unwrap()),
        ]);
        let ran = command.output().expect("tmux runs");
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    fn shows(&self) -> String {
        self.run(&["capture-pane", "-p", "-t", "s"])
    }

    /// As a terminal tells a press or the wheel, at the words. A press so soon after something came up would be the second
    /// one of a double click.
    fn points(&self, button: u8, words: &str) {
        let_pass(Duration::from_millis(400));
        let shown = self.shows();
        let found = shown.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(words)?;
            Some((line[..at].chars().count() + 1, y + 1))
        });
        let (x, y) = found.unwrap_or_else(|| panic!("no '{words}' in\n{shown}"));
        self.run(&[
            "send-keys",
            "-t",
            "s",
            "-l",
            &format!("\x1b[<{button};{x};{y}M"),
        ]);
    }

    fn waits(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        poll_until(what, || is_so(&self.shows()));
    }

    /// Whether the program asked for presses, in numbers of any size, and not for motion.
    fn listens(&self) -> String {
        let flags = "#{mouse_standard_flag}#{mouse_sgr_flag}#{mouse_button_flag}#{mouse_all_flag}";
        self.run(&["display", "-p", "-t", "s", flags])
            .trim()
            .to_owned()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

/// A check-in given, a field of the whole form filled, all of it saved, and a tab of the insight opened: by presses alone.
fn walk_through_form_and_insight(tmux: &Tmux) {
    let press = |words: &str| tmux.points(0, words);
    press("log now");
    tmux.waits("the form", |screen| screen.contains("How is it now?"));
    press(" 4    5 ");
    tmux.waits("the pain", |screen| screen.contains("Pain now: 4"));
    press("Tab more");
    tmux.waits("all fields", |screen| screen.contains("Own tags"));
    press("Stress ");
    tmux.waits("the stress", |screen| {
        screen.contains("completely calm") && !screen.contains("[6]")
    });
    press(" 6    7 ");
    tmux.waits("its value", |screen| screen.contains("[6]"));
    press("Enter save");
    tmux.waits("it to be saved", |screen| {
        screen.contains("pain 4") && !screen.contains("Own tags")
    });
    press("i insight");
    tmux.waits("the trends", |screen| screen.contains("What helps"));
    press("Year");
    tmux.waits("the year", |screen| screen.contains("pain or stress"));
    press("Log");
    tmux.waits("the entries", |screen| screen.contains("log now"));
}

#[test]
#[ignore = "needs tmux"]
fn the_mouse_works_in_tmux_and_is_given_back() {
    let tmux = Tmux { home: Home::new() };
    let data = tmux.home.path().join("data");
    let command = format!(
        "{PROGRAM} --data-dir {} --demo; echo it has ended; sleep 600",
        data.display()
    );
    tmux.run(&[
        "new-session",
        "-d",
        "-s",
        "s",
        "-x",
        "120",
        "-y",
        "36",
        &command,
    ]);
    tmux.waits("the demo", |screen| {
        screen.contains("Library") && screen.contains("? help")
    });
    assert_eq!(tmux.listens(), "1100");

    tmux.points(0, "? help");
    // It begins with the keys of the pane below.
    let first = "start or open what is selected";
    tmux.waits("the help", |screen| screen.contains(first));
    tmux.points(65, first);
    tmux.waits("the help moved", |screen| !screen.contains(first));
    tmux.run(&["send-keys", "-t", "s", "Escape"]);
    tmux.waits("the panes", |screen| {
        screen.contains("? help") && !screen.contains("next step")
    });
    tmux.points(0, "Log");
    tmux.waits("the log's keys", |screen| {
        screen.contains("log now") && screen.contains("insight")
    });

    walk_through_form_and_insight(&tmux);

    tmux.run(&["send-keys", "-t", "s", "q"]);
    tmux.waits("the way out", |screen| screen.contains("it has ended"));
    assert_eq!(tmux.listens(), "0000");
}
