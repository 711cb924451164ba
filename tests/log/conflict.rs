//! Two machines that had not seen each other changed one entry: it shows both, a person chooses, and both agree again.

use serde_json::Value;

use crate::support::home::Home;
use crate::support::pty::Pty;

/// Another machine, with the state of its own and whatever was carried over.
struct Machines {
    home: Home,
    other: Home,
}

impl Machines {
    /// Both know one entry of pain 4, which the first has written.
    fn new() -> Self {
        let machines = Self {
            home: Home::new(),
            other: Home::new(),
        };
        for home in [&machines.home, &machines.other] {
            std::fs::create_dir_all(home.state()).unwrap();
            std::fs::write(home.state().join("seen.json"), "[\"disclaimer\"]\n").unwrap();
        }
        let logged = machines.home.command(&["log", "4", "--note", "stiff"]);
        assert!(logged.status.success(), "{logged:?}");
        machines.carry();
        machines
    }

    /// Each gets the files that the other has written.
    fn carry(&self) {
        for (from, to) in [(&self.home, &self.other), (&self.other, &self.home)] {
            let to = to.data().join("journal");
            std::fs::create_dir_all(&to).unwrap();
            let Ok(listing) = std::fs::read_dir(from.data().join("journal")) else {
                continue;
            };
            for file in listing {
                let file = file.unwrap();
                // One's own file is always the longer one.
                let there = to.join(file.file_name());
                let known = std::fs::metadata(&there).map_or(0, |stat| stat.len());
                if file.metadata().unwrap().len() > known {
                    std::fs::copy(file.path(), there).unwrap();
                }
            }
        }
    }
}

/// Changes the only entry as this machine, which has seen only its first line.
fn change(home: &Home, id: &str, op: &str, rest: &str) {
    let own = own_file(home);
    let text = std::fs::read_to_string(home.data().join("journal").join(first_file(home))).unwrap();
    let add: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let line = format!(
        "{{\"v\":1,\"op\":\"{op}\",\"id\":\"00000000-0000-7000-8000-{id:0>12}\",\"rec\":{},\"at\":\"2026-11-22T10:00:00+01:00\",\"seen\":[{}]{rest}}}\n",
        add["rec"], add["id"]
    );
    let path = home.data().join("journal").join(own);
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(&path, known + &line).unwrap();
}

/// The file with the first line.
fn first_file(home: &Home) -> String {
    let listing = std::fs::read_dir(home.data().join("journal")).unwrap();
    let mut files: Vec<_> = listing.map(|file| file.unwrap()).collect();
    files.retain(|file| {
        let text = std::fs::read_to_string(file.path()).unwrap();
        text.contains("\"op\":\"add\"") && text.contains("stiff")
    });
    files[0].file_name().into_string().unwrap()
}

/// Its device's file, which a first line of its own makes known.
fn own_file(home: &Home) -> String {
    let before: Vec<String> = names(home);
    let known = home.state().join("device.json");
    if !known.exists() {
        let added = home.command(&["log", "1"]);
        assert!(added.status.success(), "{added:?}");
        let undone = home.command(&["undo"]);
        assert!(undone.status.success(), "{undone:?}");
        return names(home)
            .into_iter()
            .find(|name| !before.contains(name))
            .unwrap();
    }
    let text = std::fs::read_to_string(known).unwrap();
    before
        .into_iter()
        .find(|name| text.contains(name.trim_end_matches(".jsonl")))
        .unwrap()
}

fn names(home: &Home) -> Vec<String> {
    let listing = std::fs::read_dir(home.data().join("journal")).unwrap();
    listing
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn in_the_log(home: &Home) -> Pty {
    let mut pty = Pty::start(home, (80, 24), &[]);
    pty.wait_for("Library");
    pty.send("3");
    pty.wait_for("c settles");
    pty
}

fn leaves(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

fn exported(home: &Home) -> Value {
    serde_json::from_slice(&home.command(&["export", "--format", "json"]).stdout).unwrap()
}

#[test]
fn a_field_that_two_machines_changed_is_settled_by_one_key_and_both_agree() {
    let machines = Machines::new();
    change(&machines.home, "a", "edit", ",\"set\":{\"pain\":6}");
    change(&machines.other, "b", "edit", ",\"set\":{\"pain\":2}");
    machines.carry();

    let mut pty = in_the_log(&machines.home);
    pty.send("c");
    pty.wait_for("Two machines wrote this");
    // The greatest id shows: the other machine's.
    pty.wait_for("elsewhere, shown now");
    pty.wait_for("on this machine");
    pty.send("2");
    pty.wait_for("Settled.");
    pty.wait_until("the mark is gone", |screen| {
        let text = screen.contents();
        text.contains("pain 6") && !text.contains("c settles")
    });
    leaves(pty);

    machines.carry();
    for home in [&machines.home, &machines.other] {
        assert_eq!(exported(home)[0]["pain"], 6);
        let said = home.command(&["show", "last"]);
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(!said.contains("two places"), "{said}");
    }
    assert_eq!(exported(&machines.home), exported(&machines.other));
}

#[test]
fn an_entry_deleted_here_and_changed_there_is_kept_and_is_an_entry_like_any_other() {
    let machines = Machines::new();
    change(&machines.home, "a", "delete", "");
    change(
        &machines.other,
        "b",
        "edit",
        ",\"set\":{\"note\":\"stiff, then better\"}",
    );
    machines.carry();

    let mut pty = in_the_log(&machines.home);
    // By way of reading it.
    pty.send("\r");
    pty.wait_for("Entry");
    pty.send("c");
    pty.wait_for("deleted on one machine, changed on another");
    pty.wait_for("keep it");
    pty.send("\r");
    pty.wait_for("Settled. It stays");
    pty.wait_until("the mark is gone", |screen| {
        !screen.contents().contains("c settles")
    });
    pty.send("\x1b");
    pty.wait_until("the entry is closed", |screen| {
        screen.contents().contains("Week of")
    });
    leaves(pty);

    machines.carry();
    assert_eq!(exported(&machines.other)[0]["note"], "stiff, then better");
    // A delete that has seen it all hides it on both.
    let mut pty = Pty::start(&machines.other, (80, 24), &[]);
    pty.wait_for("Library");
    pty.send("3");
    pty.wait_for("Week of");
    pty.wait_for("stiff, then better");
    assert!(!pty.screen().contents().contains("c settles"));
    pty.send("d");
    pty.wait_for("Delete this entry?");
    pty.send("d");
    pty.wait_for("u takes it back");
    leaves(pty);
    machines.carry();
    for home in [&machines.home, &machines.other] {
        assert_eq!(exported(home).as_array().map(Vec::len), Some(0));
    }
}

#[test]
fn an_entry_deleted_here_and_changed_there_can_go_for_good_measure() {
    let machines = Machines::new();
    change(&machines.home, "a", "delete", "");
    change(
        &machines.other,
        "b",
        "edit",
        ",\"set\":{\"note\":\"stiff, then better\"}",
    );
    machines.carry();
    let mut pty = in_the_log(&machines.home);
    pty.send("c");
    pty.wait_for("keep it");
    pty.send("2");
    pty.wait_for("u takes it back");
    leaves(pty);
    machines.carry();
    for home in [&machines.home, &machines.other] {
        assert_eq!(exported(home).as_array().map(Vec::len), Some(0));
    }
}
