//! The file that holds the answers, as hands and faults leave it.

use std::os::unix::fs::PermissionsExt;

use super::*;

#[test]
fn a_profile_with_what_it_does_not_know_is_told_and_works() {
    let home = Home::new();
    add_quick(&home);
    let known = profile_of(&home);
    home.write_profile(&format!(
        "mine = 1\n{known}K222 = {{ answer = \"yes\", on = 2026-01-01 }}\n"
    ));
    let ran = run(&home, &QUICK);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err.contains("profile.toml:1: 'mine' is not known here"),
        "{ran:?}"
    );
    assert!(ran.err.contains("there is no question 'K222'"), "{ran:?}");
    ok(&home, &["safety", "--set", "K2=yes"]);
    assert!(profile_of(&home).contains("mine = 1") && profile_of(&home).contains("K222"));
}

#[test]
fn an_answer_that_cannot_be_read_counts_as_a_yes() {
    let home = Home::new();
    add_quick(&home);
    let known = profile_of(&home);
    for (answer, what) in [
        ("K2 = \"no\"", "K2"),
        ("K2 = { answer = \"nein\", on = 2026-11-01 }", "K2"),
        ("K2 = { answer = \"no\" }", "K2"),
        ("K2 = { answer = \"no\", on = 5 }", "K2"),
    ] {
        home.write_profile(&format!("{known}{answer}\n"));
        let ran = run(
            &home,
            &["start", "cane-hook-hold", "--plain", "--no-rating"],
        );
        assert_eq!(ran.code, 3, "{answer}: {ran:?}");
        assert!(
            ran.err.contains("profile.toml:4: the answer to K2"),
            "{ran:?}"
        );
        let standing = json_of(&home, &["safety", "--json"]);
        assert_eq!(standing["conditions"][0]["id"], what);
    }
    home.write_profile(&format!("{known}E1 = 0\n"));
    assert_refused(&home, &QUICK, "while E1");
    home.write_profile("asked_on = \"today\"\n");
    assert_refused(&home, &QUICK, "--answer none");
}

#[test]
fn an_empty_profile_is_one_that_was_never_answered() {
    let home = Home::empty();
    add_quick(&home);
    for text in ["", "\n\n", "# nothing\n", "[answers]\n"] {
        home.write_profile(text);
        assert_refused(&home, &QUICK, "--answer none");
    }
}

/// Nothing starts until all is answered anew, and only what C.2 leaves is not off.
#[track_caller]
fn assert_only_what_is_left(home: &Home, why: &str) {
    assert_refused(home, &QUICK, "the safety questions come first");
    assert_refused(home, &QUICK, why);
    let rows = json_of(home, &["list", "--allowed", "--json"]);
    let rows = rows.as_array().unwrap().iter();
    let techniques = rows.filter(|row| row["kind"] == "technique");
    let mut left: Vec<&str> = techniques
        .map(|row| row["slug"].as_str().unwrap())
        .collect();
    left.sort_unstable();
    assert_eq!(
        left,
        [
            "count-the-breath",
            "long-exhale",
            "side-lying-pillow",
            "six-breaths"
        ]
    );
    let standing = json_of(home, &["safety", "--json"]);
    assert!(
        standing["unreadable"].as_str().unwrap().contains(why),
        "{standing}"
    );
}

#[test]
fn a_profile_that_cannot_be_read_leaves_only_what_is_calm() {
    let home = Home::new();
    add_quick(&home);
    for text in ["asked_on = = 1\n", "[answers\n", "answers = 5\n", "K2\n"] {
        home.write_profile(text);
        assert_only_what_is_left(&home, "profile.toml:1:");
    }
    let path = home.data().join("profile.toml");
    std::fs::write(&path, b"asked_on = \xff\xfe").unwrap();
    assert_only_what_is_left(&home, "profile.toml");
    // An emergency answer is worth more than a file that says nothing, which is kept beside it.
    home.write_profile("[answers\n");
    ok(&home, &["safety", "--set", "E1=yes"]);
    assert_refused(&home, &QUICK, "while E1");
    let kept = home.data().join("profile.toml.unreadable");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "[answers\n");
}

#[test]
fn a_directory_or_what_may_not_be_read_in_its_place_leaves_only_what_is_calm() {
    let home = Home::empty();
    add_quick(&home);
    let path = home.data().join("profile.toml");
    std::fs::create_dir_all(&path).unwrap();
    assert_only_what_is_left(&home, "profile.toml");
    let ran = run(&home, &["safety", "--answer", "none"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("profile.toml"), "{ran:?}");
    if rustix::process::geteuid().is_root() {
        println!("a profile that may not be read SKIPPED: root may read everything");
        return;
    }
    let home = Home::new();
    add_quick(&home);
    let path = home.data().join("profile.toml");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
    assert_only_what_is_left(&home, "profile.toml");
}
