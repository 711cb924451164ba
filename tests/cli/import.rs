//! Exports as tables, and imports, from outside.

use std::fs;
use std::process::Command;

use crate::home::Home;

/// A home with one entry of each sort.
fn filled() -> Home {
    let home = Home::new();
    home.ok(&[
        "log",
        "4",
        "2",
        "--at",
        "2026-11-01 21:30",
        "--note",
        "=1+1,\n\"two\"",
        "--tag",
        "a;b,-c",
    ]);
    home.ok(&[
        "log",
        "7",
        "--at",
        "2026-11-02 07:00",
        "--where",
        "belt-line:left,sacrum",
    ]);
    home
}

const FORMATS: [&str; 3] = ["jsonl", "json", "csv"];

#[test]
fn what_goes_out_comes_in_again_byte_for_byte_by_file_and_by_pipe() {
    let from = filled();
    for format in FORMATS {
        let out = from.ok(&["export", "--format", format]);
        // The name says nothing: how it begins does.
        let path = from.write("backup", &out);
        let path = path.to_str().unwrap();
        let to = Home::new();
        let told = to.ok(&["import", path, "--dry-run"]);
        assert!(told.contains("Would import: 2"), "{told}");
        assert!(!to.data().exists(), "a dry run writes nothing");
        let told = to.ok(&["import", path]);
        assert!(
            told.contains("Imported: 2") && told.contains("import-"),
            "{told}"
        );
        assert_eq!(to.ok(&["export", "--format", format]), out, "{format}");
        let before = to.journal();
        let told = to.ok(&["import", path]);
        assert!(
            told.contains("Imported: 0") && told.contains("Here already: 2"),
            "{told}"
        );
        assert_eq!(to.journal(), before);
        let piped = Home::new();
        let ran = piped.pipe(&["import", "-"], out.as_bytes());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(piped.ok(&["export", "--format", format]), out, "{format}");
    }
}

#[test]
fn a_table_neutralises_formulas_and_quotes_what_needs_it() {
    let home = filled();
    let table = home.ok(&["export", "--format", "csv"]);
    let header = table.lines().next().unwrap();
    assert!(
        header.starts_with("rec,kind,started_at,") && header.ends_with(",plan,more"),
        "{header}"
    );
    assert!(table.contains(",\"'=1+1,\n\"\"two\"\"\","), "{table}");
    assert!(
        table.contains(",\"a\\;b; -c\","),
        "where a semicolon parts cells, too: {table}"
    );
    assert_eq!(home.run(&["export", "--format", "tsv"]).code, 2);
    let path = home.path("log.csv");
    let args = [
        "export",
        "--format",
        "csv",
        "--output",
        path.to_str().unwrap(),
    ];
    home.ok(&args);
    assert_eq!(fs::read_to_string(&path).unwrap(), table);
}

#[test]
fn a_diary_is_read_by_its_header_and_columns_that_mean_nothing_are_named() {
    let home = Home::new();
    let diary =
        "Day,Date,Time,Pain level,Notes\nSun,2026-10-25,02:30,4,twice\nSun,2026-10-25,,5,\n";
    let path = home.write("diary.csv", diary);
    let path = path.to_str().unwrap();
    let args = [
        "import",
        path,
        "--column",
        "Day=plan",
        "--column",
        "Pain level=pain",
    ];
    let ran = home.run(&args);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("line 2, column 'Day'"), "{ran:?}");
    let ran = home.run(&["import", path, "--column", "Pain level=pain"]);
    assert_eq!(ran.code, 2, "a day is flare, rest, travel or ill: {ran:?}");
    let args = [
        "import",
        path,
        "--column",
        "Pain level=pain",
        "--column",
        "Day=",
        "--dry-run",
    ];
    assert_eq!(home.run(&args).code, 0);
    let diary = diary.replace("Day,", "Weather,").replace("Sun", "rain");
    home.write("diary.csv", &diary);
    let ran = home.run(&["import", path, "--column", "Pain level=pain"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err.contains("'Weather'") && ran.err.contains("kept out"),
        "{ran:?}"
    );
    assert!(
        ran.err.contains("line 2") && ran.err.contains("came twice"),
        "{ran:?}"
    );
    let entries = home.history();
    assert_eq!(entries[0]["started_at"], "2026-10-25T02:30:00+02:00");
    assert_eq!(
        (&entries[0]["pain"], &entries[0]["note"]),
        (&4.into(), &"twice".into())
    );
    assert_eq!(entries[1]["started_at"], "2026-10-25T12:00:00+01:00");
    let again = home.ok(&["import", path, "--column", "Pain level=pain"]);
    assert!(again.contains("Imported: 0"), "{again}");
    for (args, said) in [
        (["--column", "Pain=pain"], "no column 'Pain'"),
        (["--column", "Pain level=payn"], "did you mean 'pain'"),
        (["--column", "Pain level"], "NAME=FIELD"),
    ] {
        let why = home.refused(&[&["import", path], &args[..]].concat());
        assert!(why.contains(said), "{why}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_nothing_is_imported() {
    let home = Home::new();
    let full = filled().ok(&["export"]);
    for (name, text, said) in [
        (
            "a.csv",
            "date,pain,stress\n2026-11-01,4,3\n2026-11-02,11,3\n2026-03-29 02:30,4,\n",
            "column 'pain'",
        ),
        ("b.csv", "date,pain\n2026-03-29 02:30,4\n", "skipped"),
        ("c.csv", "just words\n", "no column"),
        ("d.json", &full[..full.len() - 5], "line 3, column"),
        ("e.jsonl", "{\"v\":1,\"op\":\"ad", "cut off"),
        ("f.jsonl", "garbage\n", "no line of it"),
        ("g.bin", "\0\0\0", "not text"),
    ] {
        let path = home.write(name, text);
        let why = home.refused(&["import", path.to_str().unwrap()]);
        assert!(
            why.contains(said) && why.contains("nothing was imported"),
            "{name}: {why}"
        );
    }
    let path = home.path("h.csv");
    fs::write(&path, b"\xFF\xFEd\0a\0").unwrap();
    let why = home.refused(&["import", path.to_str().unwrap()]);
    assert!(why.contains("UTF-16"), "{why}");
    assert!(!home.data().exists());
    let why = home.refused(&["import", home.path("nosuch").to_str().unwrap()]);
    assert!(why.contains("no such file"), "{why}");
    let why = home.refused(&["import", home.0.path().to_str().unwrap()]);
    assert!(why.contains("directory"), "{why}");
}

#[test]
fn a_named_pipe_is_read_as_a_stream() {
    let from = filled();
    let out = from.ok(&["export", "--format", "jsonl"]);
    let home = Home::new();
    let pipe = home.path("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let writer = std::thread::spawn({
        let (pipe, out) = (pipe.clone(), out.clone());
        move || fs::write(pipe, out).unwrap()
    });
    home.ok(&["import", pipe.to_str().unwrap()]);
    writer.join().unwrap();
    assert_eq!(home.ok(&["export", "--format", "jsonl"]), out);
}

#[test]
fn a_journal_that_cannot_be_written_is_named_and_nothing_is_there() {
    let out = filled().ok(&["export"]);
    let home = Home::new();
    let path = home.write("backup.json", &out);
    home.write("data/unkink/journal", "a file in the directory's place");
    let ran = home.run(&["import", path.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("nothing was imported"), "{ran:?}");
}

#[test]
fn an_import_says_how_it_is_taken_back_and_that_way_leads_back() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    let before = (home.journal(), home.history());
    let table = "date,pain\n2026-11-01,4\n2026-11-02,5\n";
    let path = home.write("diary.csv", table);
    let path = path.to_str().unwrap();
    let told = home.ok(&["import", path, "--dry-run"]);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("import-ID.jsonl") && told.contains("'unkink undo' does not"),
        "{told}"
    );
    assert_eq!(home.journal(), before.0);
    let told = home.ok(&["import", path]);
    assert!(
        told.contains("delete that file") && told.contains("'unkink undo' does not"),
        "{told}"
    );
    assert_eq!(home.history().len(), 3);
    let named = told
        .lines()
        .find_map(|line| line.strip_prefix("All of it is in "));
    fs::remove_file(named.unwrap()).unwrap();
    assert_eq!((home.journal(), home.history()), before);
    assert_eq!(home.run(&["doctor"]).code, 0);
    home.ok(&["import", path]);
    home.ok(&["undo"]);
    assert_eq!(home.history().len(), 2, "undo took back the entry alone");
    let again = home.ok(&["import", path, "--dry-run"]);
    assert!(!again.contains("new file"), "there is nothing new: {again}");
    let help = home.ok(&["import", "--help"]);
    assert!(help.contains("journal/import-ID.jsonl"), "{help}");
}

#[test]
fn a_mistake_in_a_table_is_told_with_the_line_that_an_editor_counts() {
    let long = "note ".repeat(4000);
    let quoted =
        format!("date,note,pain\r\n2026-10-24,\"{long}\r\n{long}\",3\r\n\r\n2026-10-25,,x\r\n");
    let cases = [
        ("date,pain\n2026-10-24,3\n2026-10-25,x\n", 3),
        ("date,pain\r\n2026-10-24,3\r\n2026-10-25,x\r\n", 3),
        ("date,pain\n\n\n2026-10-25,x\n", 4),
        ("date,pain\r\n\r\n2026-10-25,x\r\n", 3),
        ("\n\r\n\ndate,pain\n2026-10-25,x", 5),
        ("\u{feff}date;pain\r\n\r\n2026-10-24;3\r\n2026-10-25;x", 4),
        ("\n\r\ndate;pain\n2026-10-25;x\n", 4),
        (
            "date,note,pain\r\n2026-10-24,\"a\r\nb\",3\r\n2026-10-25,,x\r\n",
            4,
        ),
        (
            "date,note,pain\n2026-10-24,\"a\n\n\nb\",3\n\n2026-10-25,,x\n",
            7,
        ),
        ("\n\npain,stress\n3,4\n", 3),
        (&*quoted, 5),
    ];
    let home = Home::new();
    for (table, line) in cases {
        let path = home.write("diary.csv", table);
        let ran = home.run(&["import", path.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{table:?}: {ran:?}");
        let place = format!("diary.csv: line {line}");
        assert!(ran.err.contains(&place), "{table:.60?}: {place}: {ran:?}");
    }
}

#[test]
fn a_list_may_be_parted_by_commas_where_every_word_is_known_and_else_the_semicolon_is_named() {
    let home = Home::new();
    let table = |cell: &str| {
        let text = format!("date,regions,pain\n2026-10-24,\"{cell}\",3\n");
        home.write("diary.csv", &text).to_str().unwrap().to_owned()
    };
    let why = home.refused(&["import", &table("sacrum, nowhere")]);
    assert!(
        why.contains("'nowhere'") && why.contains("parted by ';'"),
        "{why}"
    );
    let why = home.refused(&["import", &table("nowhere")]);
    assert!(
        why.contains("'nowhere'") && !why.contains("parted by"),
        "{why}"
    );
    home.ok(&["import", &table("sacrum, calf:both")]);
    assert_eq!(
        home.history()[0]["regions"],
        serde_json::json!(["sacrum", "calf:both"])
    );
}

#[test]
fn a_table_without_times_and_one_of_times_to_come_are_told_once_each() {
    let home = Home::new();
    let text =
        "date,time,pain\n2026-10-24,,3\n2026-10-25,21:30,4\n2199-10-26,21:30,5\n2199-10-27,,5\n";
    let path = home.write("diary.csv", text);
    let ran = home.run(&["import", path.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for said in [
        "line 2 and 1 more: a date without a time is taken as 12:00",
        "line 4 and 1 more: 2199-10-26 21:30 is still ahead, and is kept so",
    ] {
        assert!(ran.err.contains(said), "{ran:?}");
    }
    let table = home.ok(&["export", "--format", "csv"]);
    let path = home.write("own.csv", &table);
    let ran = Home::new().run(&["import", path.to_str().unwrap()]);
    assert_eq!(
        (ran.code, &*ran.err),
        (0, ""),
        "what this program wrote is no surprise: {ran:?}"
    );
}

#[test]
fn a_dry_run_shows_an_entry_as_it_is_understood_and_names_each_column_that_is_kept_out() {
    let home = Home::new();
    let text = "date,time,pain,a1,a2,a3,a4,a5,a6\n2026-10-24,21:30,3,,,,,,\n";
    let path = home.write("diary.csv", text);
    let path = path.to_str().unwrap();
    let told = home.ok(&["import", path, "--dry-run"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines[0],
        "Kept out: the columns 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'"
    );
    assert_eq!(lines[1], "For example: 2026-10-24 21:30  pain 3");
    assert_eq!(lines[2], "Would import: 1 entry");
    let told = home.ok(&["import", path]);
    assert!(
        told.contains("Kept out") && !told.contains("For example"),
        "{told}"
    );
}

#[test]
fn an_empty_input_and_a_single_object_are_called_so() {
    let home = Home::new();
    for (name, text) in [("a.csv", ""), ("b.json", "\n \n"), ("c.jsonl", "\u{feff}")] {
        let path = home.write(name, text);
        let ran = home.run(&["import", path.to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.err.contains("there is nothing in it"), "{ran:?}");
        assert!(ran.out.contains("Imported: 0"), "{ran:?}");
    }
    assert!(!home.data().exists());
    for text in ["{\"rec\": \"a\"}", "{\n  \"entries\": []\n}\n"] {
        let path = home.write("one.json", text);
        let why = home.refused(&["import", path.to_str().unwrap()]);
        assert!(
            why.contains("a JSON object") && why.contains("an array of entries"),
            "{why}"
        );
    }
}

#[test]
fn a_file_may_have_any_name_and_an_argument_that_is_no_text_is_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use crate::home::Ran;

    let home = filled();
    let path = home
        .path("x")
        .with_file_name(OsStr::from_bytes(b"log-\xFF.csv"));
    let run = |home: &Home, args: &[&str], last: &OsStr| {
        Ran::of(&home.command(args).arg(last).output().unwrap())
    };
    let ran = run(
        &home,
        &["export", "--format", "csv", "--output"],
        path.as_os_str(),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let other = Home::new();
    let ran = run(&other, &["import"], path.as_os_str());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(other.history().len(), 2);
    let page = home
        .path("x")
        .with_file_name(OsStr::from_bytes(b"page-\xFF.md"));
    let ran = run(&home, &["report", "--output"], page.as_os_str());
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = run(
        &home,
        &["log", "3", "--note"],
        OsStr::from_bytes(b"caf\xE9"),
    );
    assert_eq!((ran.code, &*ran.out), (2, ""), "{ran:?}");
    assert!(ran.err.contains("'caf\u{fffd}': not UTF-8 text"), "{ran:?}");
}
