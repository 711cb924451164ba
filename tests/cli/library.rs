//! The library by command: listed, shown, marked, and what a file of one's own does to it.

use std::path::Path;

use serde_json::Value;

use crate::home::{Home, SHORT};

#[test]
fn list_and_show_answer_for_people_and_programs() {
    let home = Home::new();
    let list = home.ok(&["list"]);
    assert!(
        list.contains("calf-sweep                   1:53  C  Calf sweep"),
        "{list}"
    );
    let rows: Vec<Value> = serde_json::from_str(&home.ok(&["list", "--json"])).unwrap();
    let count = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    let library = unkink::content::built_in_library();
    let all = (library.techniques.len(), library.routines.len());
    assert_eq!((count("technique"), count("routine")), all);
    let row = rows.iter().find(|row| row["slug"] == "desk-reset").unwrap();
    assert_eq!(row["real_s"], 4 * 60 + 9 + 5);
    let balls: Vec<Value> = serde_json::from_str(&home.ok(&[
        "list",
        "--tool",
        "none,ball",
        "--minutes",
        "3",
        "--json",
    ]))
    .unwrap();
    assert!(balls.iter().any(|row| row["slug"] == "wall-ball-side-hip"));
    assert!(
        balls
            .iter()
            .all(|row| row["real_s"].as_u64().unwrap() <= 180)
    );
    let shown: Value = serde_json::from_str(&home.ok(&["show", "calf-sweep", "--json"])).unwrap();
    assert_eq!(shown["steps"][0]["each_side"], true);
    assert!(home.ok(&["show", "calf-sweep"]).contains("Stop if"));
    assert!(home.ok(&["show", "desk-reset"]).contains("4:14"));
    assert_eq!(
        home.run(&["list", "qqqqqqqq"]).code,
        0,
        "nothing found is an answer"
    );
}

#[test]
fn shown_toml_is_what_own_files_are_written_in() {
    let home = Home::new();
    let toml = home.ok(&["show", "calf-sweep", "--toml"]);
    let own = toml
        .replace("\"calf-sweep\"", "\"my-calf\"")
        .replace("Calf sweep", "My calf");
    home.write("config/unkink/techniques/my-calf.toml", &own);
    let shown: Value = serde_json::from_str(&home.ok(&["show", "my-calf", "--json"])).unwrap();
    assert_eq!(
        (shown["own"].as_bool(), shown["total_s"].as_u64()),
        (Some(true), Some(100))
    );
}

#[test]
fn an_own_technique_with_a_mistake_is_named_and_the_rest_loads() {
    let home = Home::new();
    home.add_short_technique();
    let broken = SHORT
        .replace("\"short\"", "\"broken\"")
        .replace("sides = ", "sidez = ");
    home.write("config/unkink/techniques/broken.toml", &broken);
    let ran = home.run(&["list", "--json"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("\"short\"") && ran.out.contains("\"calf-sweep\""));
    let line = ran
        .err
        .lines()
        .find(|line| line.contains("broken.toml"))
        .unwrap();
    assert!(
        line.contains('8') && line.contains("sidez"),
        "file, line and reason: {line}"
    );
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("broken.toml"), "{doctor:?}");
}

#[test]
fn favourites_come_first_and_can_be_taken_back() {
    let home = Home::new();
    home.ok(&["favourite", "loose-fist-tapping"]);
    let list = home.ok(&["list"]);
    let tapping = list.find("* loose-fist-tapping").unwrap();
    assert!(tapping < list.find("hand-warm-sweep").unwrap());
    home.ok(&["favourite", "loose-fist-tapping", "--off"]);
    assert!(!home.ok(&["list"]).contains('*'));
}

#[test]
fn paths_are_told_and_data_dir_moves_the_log() {
    let home = Home::new();
    let told = home.ok(&["paths"]);
    assert!(told.contains(home.data().to_str().unwrap()), "{told}");
    let other = home.path("elsewhere");
    let other = other.to_str().unwrap();
    home.ok(&["--data-dir", other, "log", "4"]);
    assert!(Path::new(other).join("journal").is_dir());
    assert!(home.history().is_empty());
    assert!(
        home.ok(&["history", "--data-dir", other])
            .contains("pain 4")
    );
}
