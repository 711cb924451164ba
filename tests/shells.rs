//! Completion in real shells, and the manual as `man` sets it.
//! Run with `cargo test --test shells -- --ignored`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::os::unix::fs::symlink;
use std::process::Command;

use support::home::Home;
use support::pty::{PROGRAM, Pty};

/// A shell that has loaded what `unkink completions` printed, with the program on its path.
fn shell(home: &Home, name: &str, start: &str) -> Pty {
    let bin = home.path().join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    symlink(PROGRAM, bin.join("unkink")).unwrap();
    let script = home.command(&["completions", name]);
    assert_eq!(script.status.code(), Some(0));
    std::fs::write(home.path().join("_unkink"), script.stdout).unwrap();
    std::fs::create_dir(home.path().join("packs")).unwrap();
    std::fs::write(home.path().join("packs/anna.toml"), "").unwrap();
    let start = format!("cd \"$HOME\"; PATH=\"$HOME/bin:$PATH\" {start}");
    let mut pty = Pty::shell(home, (110, 40), &start);
    pty.wait_for("ready>");
    pty
}

/// Types the rows' beginnings one after the other; each must become the whole after a tab.
fn completes(pty: &mut Pty, rows: &[(&str, &str)]) {
    for (typed, whole) in rows {
        pty.send(format!("{typed}\t"));
        pty.wait_until(&format!("'{whole}' after '{typed}'"), |screen| {
            screen.contents().contains(&format!("ready>{whole}"))
        });
        // Not run: the line is taken away, and the screen is empty again.
        pty.send("\x15\x0c");
        pty.wait_until("an empty line", |screen| !screen.contents().contains(whole));
    }
    pty.send("exit\r");
    assert_eq!(pty.wait_exit(), 0);
}

const ROWS: &[(&str, &str)] = &[
    ("unkink compl", "unkink completions "),
    ("unkink show knuck", "unkink show knuckle-beside-spine "),
    (
        "unkink start desk-reset my-own",
        "unkink start desk-reset my-own-press ",
    ),
    (
        "unkink list --tool none,foam",
        "unkink list --tool none,foam-roller",
    ),
    (
        "unkink log 4 --where belt-l",
        "unkink log 4 --where belt-line:",
    ),
    (
        "unkink log 4 --where belt-line:l",
        "unkink log 4 --where belt-line:left ",
    ),
    (
        "unkink log 4 --where sacrum,waist-beside-spine:r",
        "unkink log 4 --where sacrum,waist-beside-spine:right ",
    ),
    (
        "unkink history --kind check",
        "unkink history --kind check-in ",
    ),
    ("unkink --color=nev", "unkink --color=never"),
    (
        "unkink validate packs/an",
        "unkink validate packs/anna.toml",
    ),
    (
        "unkink while --routine knuck",
        "unkink while --routine knuckle-beside-spine ",
    ),
    (
        "unkink while make packs/an",
        "unkink while make packs/anna.toml",
    ),
    (
        "unkink edit last --unset rol",
        "unkink edit last --unset roland_morris",
    ),
];

fn home() -> Home {
    let home = Home::new();
    home.write_technique("my-own-press", "My own press", &[(5, false, "Press.")]);
    home
}

#[test]
#[ignore = "needs bash"]
fn bash_completes_commands_names_words_and_files() {
    let home = home();
    let start = "PS1='ready>' exec bash --norc --noprofile -i";
    let mut pty = shell(&home, "bash", start);
    pty.send(". ./_unkink\r\x0c");
    completes(&mut pty, ROWS);
}

#[test]
#[ignore = "needs zsh"]
fn zsh_completes_commands_names_words_and_files() {
    let home = home();
    let rc = "PS1='ready>'\nfpath=($HOME $fpath)\nautoload -Uz compinit\ncompinit -u\nbindkey -e\n";
    std::fs::write(home.path().join(".zshrc"), rc).unwrap();
    let mut pty = shell(&home, "zsh", "exec zsh -i");
    completes(&mut pty, ROWS);
}

#[test]
#[ignore = "needs fish"]
fn fish_completes_commands_names_words_and_files() {
    let home = home();
    // It asks the terminal what it is, and nobody answers.
    let start = "fish_features=no-query-term exec fish --no-config -i -C 'function fish_prompt; echo -n \"ready>\"; end; source _unkink'";
    let mut pty = shell(&home, "fish", start);
    completes(&mut pty, ROWS);
}

#[test]
#[ignore = "needs man"]
fn man_sets_the_manual_without_a_warning() {
    let home = Home::new();
    let page = home.command(&["man"]);
    assert_eq!(page.status.code(), Some(0));
    let path = home.path().join("unkink.1");
    std::fs::write(&path, page.stdout).unwrap();
    for width in ["60", "80", "120"] {
        let set = Command::new("man")
            .args(["--warnings", "-E", "UTF-8", "-l"])
            .arg(&path)
            .env("MANWIDTH", width)
            .env("MAN_KEEP_FORMATTING", "")
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let warned = String::from_utf8_lossy(&set.stderr);
        assert!(set.status.success(), "{warned}");
        assert_eq!(warned, "", "at {width} columns");
        let text = String::from_utf8_lossy(&set.stdout);
        let room: usize = width.parse().unwrap();
        // Only what is to be copied may be wider.
        let is_copied = |line: &str| line.contains("unkink ") || line.contains("mkdir ");
        let wide = |line: &&str| line.chars().count() > room && !is_copied(line);
        assert_eq!(text.lines().find(wide), None, "at {width} columns");
        for part in [
            "NAME",
            "COMMANDS",
            "ENVIRONMENT",
            "FILES",
            "EXIT STATUS",
            "unkink suggest",
        ] {
            assert!(text.contains(part), "{part} is missing at {width} columns");
        }
    }
}
