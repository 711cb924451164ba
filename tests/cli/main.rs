//! The command line from outside: answers, exit codes, and what is left on the disk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod complete;
mod config;
mod edit;
mod edit_session;
mod examples;
mod history;
mod home;
mod import;
mod library;
mod log;
mod plain;
mod refusals;
mod report;
mod shapes;
mod stats;
mod status;
mod trouble;
mod validate;

use home::Home;

#[test]
fn an_unknown_slug_names_the_nearest_and_exits_2() {
    let home = Home::new();
    for args in [
        &["show", "calf-swep"][..],
        &["start", "calf-swep", "--plain"],
        &["start", "calf-swep"],
        &["favourite", "calf-swep"],
    ] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(
            ran.err.contains("'calf-swep'") && ran.err.contains("'calf-sweep'"),
            "{ran:?}"
        );
    }
    let far = home.run(&["show", "zzzzzzzzzz"]);
    assert_eq!(far.code, 2);
    assert!(far.err.contains("unkink list"), "{far:?}");
}

#[test]
fn a_rating_off_the_scale_says_0_to_10_and_writes_nothing() {
    let home = Home::new();
    for typed in ["11", "-1", "5.5", "five", "256", "1e1", "５", ""] {
        for args in [
            vec!["log", typed],
            vec!["log", "4", typed],
            vec!["log", "--tightness", typed],
            vec!["start", "calf-sweep", "--plain", "--pain", typed],
        ] {
            let ran = home.run(&args);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
            assert!(ran.err.contains("0 to 10"), "{args:?}: {ran:?}");
        }
    }
    assert!(!home.data().exists(), "nothing was written");
}

#[test]
fn wrong_usage_exits_2_and_help_and_version_exit_0() {
    let home = Home::new();
    assert_eq!(home.run(&["frobnicate"]).code, 2);
    assert_eq!(home.run(&["log"]).code, 2, "nothing to log");
    assert_eq!(home.run(&["log", "-", "-"]).code, 2, "nothing to log");
    assert_eq!(home.run(&["log", "4", "--at", "noon"]).code, 2);
    assert_eq!(home.run(&["history", "--since", "soon"]).code, 2);
    assert_eq!(home.run(&["export", "--format", "xml"]).code, 2);
    assert_eq!(home.run(&["start", "--plain", "--no-input"]).code, 2);
    assert_eq!(home.run(&["list", "--tool", "bal"]).code, 2);
    assert!(home.ok(&["--help"]).contains("history"));
    assert!(home.ok(&["--version"]).starts_with("unkink "));
    assert!(home.ok(&["log", "--help"]).contains("yesterday 21:30"));
    assert!(!home.data().exists());
}

#[test]
fn the_app_without_a_terminal_is_one_line_and_exit_2() {
    let home = Home::answered();
    for args in [&[][..], &["start", "calf-sweep"], &["--no-input"]] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
}
