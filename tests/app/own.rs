//! A technique of one's own, written in an editor that the app opens.

use std::os::unix::fs::PermissionsExt;

use crate::support::home::Home;
use crate::support::pty::Pty;

/// Writes this shell script as an editor; what `VISUAL` is to say.
fn editor(home: &Home, script: &str) -> String {
    let path = home.path().join("editor");
    // Its first argument comes from the variable.
    std::fs::write(&path, format!("#!/bin/sh\nshift\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    format!("{} --wait", path.display())
}

/// The app with this shell script as the editor; the file's path is `$1`.
fn app(home: &Home, script: &str) -> Pty {
    let editor = editor(home, script);
    let env = [("VISUAL", editor.as_str()), ("EDITOR", "false")];
    let mut pty = Pty::start_with(home, (120, 36), &[], &env);
    close_the_first_text(&mut pty);
    pty
}

fn close_the_first_text(pty: &mut Pty) {
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_until("the first text is closed", |screen| {
        !screen.contents().contains("Before you start")
    });
}

fn files(home: &Home) -> Vec<String> {
    let dir = home.config().join("techniques");
    let entries = std::fs::read_dir(dir).into_iter().flatten();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn leave(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn a_new_technique_is_in_the_library_once_the_editor_is_left() {
    let home = Home::new();
    let mut pty = app(
        &home,
        "stty -a > \"$HOME/modes\"; sed -i 's/my-press/hip-roll/; s/My press/A roll of mine/' \"$1\"",
    );
    pty.send("N");
    pty.wait_for("A roll of mine is in the library");
    assert_eq!(files(&home), ["my-technique.toml"]);
    let modes = std::fs::read_to_string(home.path().join("modes")).unwrap();
    assert!(
        modes.contains(" icanon") && modes.contains(" echo "),
        "{modes}"
    );
    // It is selected, and searched for like any other.
    pty.send("/roll of mine\r");
    pty.wait_for("Press the thumb slowly");
    leave(pty);
}

#[test]
fn a_mistake_is_told_with_its_line_and_the_file_is_kept() {
    let home = Home::new();
    let mut pty = app(&home, "sed -i 's/total_s = 90/total_s = 91/' \"$1\"");
    pty.send("N");
    pty.wait_for("total_s says 91");
    assert_eq!(files(&home), ["my-technique.toml"]);
    leave(pty);
}

#[test]
fn an_editor_that_changes_nothing_or_is_not_there_leaves_no_file() {
    let home = Home::new();
    let mut pty = app(&home, "true");
    pty.send("N");
    pty.wait_for("Nothing was changed");
    assert_eq!(files(&home), [""; 0]);
    std::fs::remove_file(home.path().join("editor")).unwrap();
    pty.send("N");
    pty.wait_for("set EDITOR");
    assert_eq!(files(&home), [""; 0]);
    leave(pty);
}

#[test]
fn keys_that_send_signals_to_the_editor_are_not_meant_for_the_app() {
    let home = Home::new();
    // As a terminal does it: to the whole group, and the editor lives on.
    let script = "trap '' INT QUIT TSTP; for s in INT QUIT TSTP CONT; do kill -$s 0; done";
    let editor = editor(&home, script);
    // A shell with jobs, so that the app could stop.
    let script =
        format!("set -m; VISUAL='{editor}' \"$unkink\"; echo \"[code $?]\"; kill -9 %1 2>&-");
    let mut pty = Pty::shell(&home, (120, 36), &script);
    close_the_first_text(&mut pty);
    pty.send("N");
    pty.wait_for("Nothing was changed");
    pty.send("q");
    pty.wait_exit();
    assert!(
        pty.written().contains("[code 0]"),
        "{}",
        pty.written_tail(200)
    );
}

#[test]
fn who_is_told_to_leave_while_the_editor_is_open_leaves_after_it() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let home = Home::new();
        let mut pty = app(&home, &format!("kill -{signal} $PPID"));
        pty.send("N");
        assert_eq!(pty.wait_exit(), code, "{signal}");
        pty.assert_given_back();
        assert_eq!(files(&home), [""; 0]);
    }
}
