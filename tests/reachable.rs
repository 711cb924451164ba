//! Everything that the app does can be done on the command line or line by line: each action with its way.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::process::Command;

use support::pty::PROGRAM;
use unkink::app::insight::Tab;
use unkink::app::message::Action;
use unkink::keys::actions;

/// The way to do the same without the app's screen.
enum Way {
    /// A command, and an option that its help must name; none where the command alone does it.
    Cli(&'static str, &'static str),
    /// A letter typed in `start --plain`.
    Typed(&'static str),
    /// It moves about in what the screen shows; there is nothing to do without one.
    OfTheScreen,
}

/// No `_`: whoever adds an action says here how it is reached without the screen.
#[rustfmt::skip] // a table, read down
fn way(action: Action) -> Way {
    use Action as A;
    use Way::{Cli, OfTheScreen, Typed};
    match action {
        A::Help => Cli("", "Commands"),
        A::Emergency | A::WhenToStop | A::Answers | A::Mark => Cli("safety", "--answer"),
        A::Search | A::Filter => Cli("list", "--position"),
        A::Suggest => Cli("suggest", "--minutes"),
        A::Favourite => Cli("favourite", "--off"),
        A::NewTechnique => Cli("validate", "--template"),
        // A queue is several names; what was done last is in the history.
        A::Enqueue | A::Start | A::Enter | A::Repeat => Cli("start", "--plain"),
        A::OtherSide => Cli("start", "--side"),
        A::Mute | A::BreathCues => Cli("start", "--speak"),
        A::PauseOrGoOn => Typed("p"),
        A::NextStep => Typed("n"),
        A::PreviousStep | A::RestartStep => Typed("b"),
        A::Stop | A::Quit | A::QuitNow => Typed("s"),
        A::CheckIn | A::Note | A::Both | A::Save | A::SaveAsNew => Cli("log", "--note"),
        A::Rate(_) => Cli("start", "--pain"),
        A::EditEntry | A::Clear => Cli("edit", "--unset"),
        A::Delete => Cli("delete", ""),
        A::Undo | A::Retry => Cli("undo", ""),
        A::Redo => Cli("redo", ""),
        A::Jump | A::OlderDay | A::NewerDay | A::OlderWeek | A::NewerWeek => {
            Cli("history", "--since")
        }
        A::Insight | A::Span(_) | A::Measure => Cli("stats", "--since"),
        A::Peg => Cli("ask", "peg"),
        // Of two versions an edit writes the one that is to stand: any field, a note among them.
        A::Settle => Cli("edit last", "--note"),
        A::Suspend | A::Repaint | A::Back
        | A::Up | A::Down | A::Left | A::Right | A::Top | A::Bottom | A::PageUp | A::PageDown
        | A::NextPane | A::PreviousPane | A::Pane(_) | A::Zoom
        // Plain output is read at the pace of who reads it: there is no screen to be seen from the floor.
        | A::Floor | A::AnyKey
        // A step's time is that of the technique there; 'p' gives as much more as is wanted.
        | A::Longer | A::Shorter
        | A::Numbers | A::Earlier | A::Later | A::MuchEarlier | A::MuchLater
        | A::NextField | A::PreviousField | A::Edit(_) => OfTheScreen,
    }
}

fn help(command: &str) -> String {
    let words = command.split_whitespace().chain(["--help"]);
    let ran = Command::new(PROGRAM).args(words).output().unwrap();
    assert!(ran.status.success(), "unkink {command} --help");
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn everything_in_the_app_is_reached_without_its_screen() {
    let typed = help("start");
    for (action, _) in actions() {
        match way(action) {
            Way::Cli(command, option) => {
                let help = help(command);
                assert!(
                    help.contains(option),
                    "{}: {command} {option}",
                    action.name()
                );
            }
            Way::Typed(letter) => {
                let said = typed.contains(&format!("'{letter}'"))
                    || typed.contains(&format!(" {letter} "));
                assert!(
                    said,
                    "{}: {letter} is not told by 'start --help'",
                    action.name()
                );
            }
            Way::OfTheScreen => {}
        }
    }
}

/// The member of `stats --json` that has the numbers of a tab. No `_`: whoever adds one says here where they are.
fn member(tab: Tab) -> Option<&'static str> {
    match tab {
        // The entries, which are in `history --json`.
        Tab::Log => None,
        Tab::Trends => Some("by_week"),
        Tab::Year => Some("by_day"),
        Tab::Day => Some("by_time"),
        Tab::Places => Some("places"),
        Tab::Helps => Some("helped"),
        Tab::Peg => Some("peg"),
    }
}

#[test]
fn every_tab_has_its_numbers_in_stats_too() {
    let home = tempfile::tempdir().unwrap();
    let mut stats = Command::new(PROGRAM);
    let stats = stats.args(["stats", "--demo", "--json", "--data-dir"]);
    let ran = stats.arg(home.path()).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    for member in Tab::ALL.into_iter().filter_map(member) {
        let has_some = match &told[member] {
            serde_json::Value::Array(rows) => !rows.is_empty(),
            serde_json::Value::Object(members) => !members.is_empty(),
            _ => false,
        };
        assert!(has_some, "nothing in '{member}': {}", told[member]);
    }
}

/// The keys in the tables of a page, each with its row.
fn keys_told(page: &str) -> Vec<(String, String)> {
    let table = page.split_once("| key | what it does |").unwrap().1;
    let table = table.split_once("\n\n").unwrap().0;
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    rows.flat_map(|row| {
        let cell = row.split(" | ").next().unwrap();
        let keys = cell.split('`').skip(1).step_by(2);
        keys.map(move |key| (key.to_owned(), row.to_owned()))
    })
    .collect()
}

const ALL_KEYS: &str = include_str!("../src/keys/keys.md");

#[test]
fn the_keys_that_pages_tell_are_those_of_the_table() {
    let known: Vec<String> = actions()
        .iter()
        .flat_map(|(_, keys)| keys)
        .map(ToString::to_string)
        .collect();
    for (page, least) in [(include_str!("../README.md"), 30), (ALL_KEYS, 60)] {
        let told = keys_told(page);
        for (key, row) in &told {
            assert!(known.contains(key), "{key} in {row}");
        }
        assert!(told.len() > least, "the table is read: {}", told.len());
    }
}

#[test]
fn every_action_has_a_key_on_the_page_of_all_keys() {
    let told: Vec<String> = (keys_told(ALL_KEYS).into_iter())
        .map(|(key, _)| key)
        .collect();
    let missing = actions().into_iter().filter(|(action, keys)| {
        // What people know from every text field, and the ten digits.
        let is_known = matches!(action, Action::Edit(_) | Action::Rate(_));
        !is_known && !keys.iter().any(|key| told.contains(&key.to_string()))
    });
    let missing: Vec<&str> = missing.map(|(action, _)| action.name()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
