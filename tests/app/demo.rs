//! `--demo` through a real terminal: marked on every screen, and nothing of it on the disk.

use crate::support::home::Home;
use crate::support::pty::Pty;

fn files(home: &Home) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![home.path()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_demo_is_marked_takes_entries_and_takes_them_back_and_saves_nothing() {
    let home = Home::new();
    let before = files(&home);
    let mut pty = Pty::start(&home, (120, 36), &["--demo"]);
    pty.wait_for("DEMO");
    pty.wait_for("Nothing here is saved");
    pty.send("l72\r");
    pty.wait_for("Saved");
    pty.wait_for("pain 7 · stress 2");
    pty.send("u");
    pty.wait_until("the entry is gone", |screen| {
        !screen.contents().contains("pain 7 · stress 2")
    });
    pty.send("\x12");
    pty.wait_for("pain 7 · stress 2");
    pty.send("?");
    pty.wait_for("DEMO");
    pty.send("\rq");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(files(&home), before);
}

#[test]
fn the_persons_own_entries_are_not_shown_in_the_demo() {
    let home = Home::new();
    let logged = home.command(&["log", "3", "--note", "zanzibar"]);
    assert!(logged.status.success());
    let before = files(&home);
    let mut pty = Pty::start(&home, (120, 36), &["--demo"]);
    // Weeks are summed up once the log is whole.
    pty.wait_for("Week of");
    assert!(!pty.screen().contents().contains("zanzibar"));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(files(&home), before);
}
