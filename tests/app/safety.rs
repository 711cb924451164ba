//! The safety questions from outside: what starts with which answers, by which command, and what is said.

use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use crate::support::pty::{Home, Pty};
use rustix::process::Signal;
use serde_json::{Value, json};

const SIZE: (u16, u16) = (120, 50);

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(home: &Home, args: &[&str]) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = home.command(args);
    let ran = Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    };
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    ran
}

#[track_caller]
fn ok(home: &Home, args: &[&str]) -> String {
    let ran = run(home, args);
    assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
    ran.out
}

fn json_of(home: &Home, args: &[&str]) -> Value {
    serde_json::from_str(&ok(home, args)).unwrap()
}

/// Refused for safety, with these words on standard error and nothing on standard output.
#[track_caller]
fn assert_refused(home: &Home, args: &[&str], words: &str) {
    let ran = run(home, args);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{args:?}: {ran:?}");
    assert!(ran.err.contains(words), "{words} in {args:?}: {ran:?}");
}

fn sessions(home: &Home) -> usize {
    let history = json_of(home, &["history", "--json"]);
    let entries = history.as_array().unwrap().iter();
    entries.filter(|entry| entry["kind"] == "session").count()
}

/// An own technique of one second that touches nothing, so that nothing but the questions stands against it.
fn add_quick(home: &Home) {
    home.write_technique("quick", "Quick one", &[(1, false, "Sit.")]);
}

const QUICK: [&str; 4] = ["start", "quick", "--plain", "--no-rating"];

fn profile(home: &Home) -> String {
    std::fs::read_to_string(home.data().join("profile.toml")).unwrap()
}

fn today() -> String {
    // As the program sees it: both stand in one zone.
    let due = Home::empty();
    ok(&due, &["safety", "--answer", "none"]);
    let standing = json_of(&due, &["safety", "--json"]);
    standing["asked_on"].as_str().unwrap().to_owned()
}

// Nothing starts -----------------------------------------------------------------------------------------------------

const STARTS: [&[&str]; 12] = [
    &["start"],
    &["start", "six-breaths"],
    &["start", "desk-reset"],
    &["start", "six-breaths", "long-exhale"],
    &["start", "--plain"],
    &["start", "six-breaths", "--plain"],
    &["start", "desk-reset", "--plain", "--no-rating"],
    &[
        "start",
        "six-breaths",
        "quick",
        "--plain",
        "--pain",
        "3",
        "--stress",
        "2",
    ],
    &["start", "quick", "--plain", "--no-rating", "--no-input"],
    &["start", "quick", "--plain", "--no-input"],
    &[
        "start",
        "quick",
        "--plain",
        "--no-rating",
        "--today",
        "none",
    ],
    &[
        "start",
        "side-lying-pillow",
        "--no-input",
        "--color",
        "never",
    ],
];

#[test]
fn nothing_starts_after_any_emergency_answer_whatever_the_command() {
    for number in 1..=12 {
        let home = Home::new();
        add_quick(&home);
        let id = format!("E{number}");
        ok(&home, &["safety", "--set", &format!("{id}=yes")]);
        // Each sign with one command, the first with all.
        let starts = if number == 1 {
            &STARTS[..]
        } else {
            &STARTS[8..9]
        };
        for args in starts {
            assert_refused(&home, args, &format!("while {id} is answered with yes"));
            let said = run(&home, args).err;
            assert!(said.contains("Do not drive yourself"), "{said}");
        }
        assert_eq!(sessions(&home), 0);
        assert!(!home.state().join("sessions").exists());
        // Reading, logging and taking along go on.
        for args in [
            &["list"][..],
            &["show", "six-breaths"],
            &["log", "4"],
            &["export"],
        ] {
            ok(&home, args);
        }
    }
}

#[test]
fn an_emergency_answer_bars_the_app_and_the_plain_way_at_a_terminal() {
    let home = Home::new();
    ok(&home, &["safety", "--answer", "E6"]);
    for args in [
        &["start", "six-breaths"][..],
        &["start", "six-breaths", "--plain"],
    ] {
        let mut pty = Pty::start(&home, SIZE, args);
        assert_eq!(pty.wait_exit(), 3);
        assert!(pty.written().contains("while E6 is answered with yes"));
        assert!(!pty.written().contains("Pain now"), "{}", pty.written());
    }
}

#[test]
fn a_session_that_was_cut_off_does_not_go_on_after_an_emergency_answer() {
    let home = Home::new();
    home.write_technique("long", "Long one", &[(60, false, "Hold still.")]);
    let plain = ["start", "long", "--plain", "--no-rating"];
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("Hold still.");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    ok(&home, &["safety", "--set", "E2=yes"]);
    let mut pty = Pty::start(&home, SIZE, &plain);
    assert_eq!(pty.wait_exit(), 3);
    assert!(!pty.written().contains("cut off"), "{}", pty.written());
    // A clinician has looked: it goes on as before.
    ok(&home, &["safety", "--seen-by-clinician", "E2", &today()]);
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("A session was cut off");
    pty.send("g\r");
    pty.wait_for("p goes on");
    pty.send("s\r");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn what_was_cut_off_does_not_go_on_with_what_is_off_by_now() {
    let home = Home::new();
    let plain = [
        "start",
        "cane-hook-hold",
        "--plain",
        "--no-rating",
        "--today",
        "none",
    ];
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("Get ready");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    ok(&home, &["safety", "--set", "K2=yes"]);
    let quick = [
        "start",
        "six-breaths",
        "--plain",
        "--no-rating",
        "--today",
        "none",
    ];
    let mut pty = Pty::start(&home, SIZE, &quick);
    pty.wait_for("A session was cut off");
    pty.send("g\r");
    pty.wait_for("is off: blood thinners or bleeding");
    pty.wait_for("Left as it is.");
    pty.wait_for("Six breaths a minute");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

// The way to answer --------------------------------------------------------------------------------------------------

#[test]
fn without_answers_it_is_refused_with_the_way_to_answer_and_then_starts() {
    let home = Home::empty();
    add_quick(&home);
    for args in STARTS {
        assert_refused(&home, args, "'unkink safety --answer none'");
    }
    assert_eq!(run(&home, &["start", "qick", "--plain"]).code, 2);
    ok(&home, &["safety", "--answer", "none"]);
    assert!(ok(&home, &QUICK).contains("The end."));
    assert_eq!(sessions(&home), 1);
}

#[test]
fn answers_of_28_days_ago_or_of_tomorrow_are_asked_again() {
    let now = chrono::Utc::now().date_naive();
    for (day, due) in [
        (now - chrono::Days::new(26), false),
        (now - chrono::Days::new(30), true),
        (now + chrono::Days::new(2), true),
    ] {
        let home = Home::empty();
        add_quick(&home);
        home.write_profile(&format!("asked_on = {day}\n"));
        assert_eq!(run(&home, &QUICK).code, if due { 3 } else { 0 }, "{day}");
    }
}

#[test]
fn what_is_off_is_refused_with_every_reason_and_a_routine_with_its_gaps() {
    let home = Home::new();
    ok(&home, &["safety", "--set", "K2=yes,K6=yes"]);
    let off = ["start", "cane-hook-hold", "--plain", "--no-rating"];
    assert_refused(
        &home,
        &off,
        "blood thinners or bleeding: no strong pressure",
    );
    assert_refused(&home, &off, "; thin bones: no strong pressure");
    let too_little = ["start", "ball-on-wall", "--plain", "--no-rating"];
    assert_refused(&home, &too_little, "too little of Ball on the wall is left");
    let queue = [
        "start",
        "six-breaths",
        "cane-hook-hold",
        "--plain",
        "--no-rating",
    ];
    assert_refused(&home, &queue, "Hook-cane hold is off");
    assert_eq!(sessions(&home), 0);
    ok(&home, &["safety", "--set", "U8=yes"]);
    let walk = ["start", "easy-walk", "--plain", "--no-rating"];
    assert_refused(&home, &walk, "a clinician first (same day");
    // The app is not even opened for it.
    let mut pty = Pty::start(&home, SIZE, &["start", "easy-walk"]);
    assert_eq!(pty.wait_exit(), 3);
}

#[test]
fn what_the_log_raised_is_refused_until_it_is_answered_anew() {
    let home = Home::new();
    add_quick(&home);
    ok(&home, &["safety", "--answer", "none"]);
    ok(&home, &QUICK);
    // Answered a moment ago, and yet not about this.
    ok(
        &home,
        &["log", "4", "--quality", "numb", "--where", "sacrum"],
    );
    let way = "'unkink safety --set E1=no,E5=no,U8=no,K11=no'";
    assert_refused(&home, &QUICK, way);
    assert_refused(&home, &QUICK, "numb, sacrum");
    ok(&home, &["safety", "--set", "E1=no,E5=no"]);
    assert_refused(&home, &QUICK, "'unkink safety --set U8=no,K11=no'");
    ok(&home, &["safety", "--set", "U8=no", "--set", "K11=no"]);
    ok(&home, &QUICK);
    ok(
        &home,
        &["log", "--trigger", "slipped or tripped", "--at", "-3h"],
    );
    assert_refused(&home, &QUICK, "E8=no,U1=no");
    ok(&home, &["undo"]);
    ok(&home, &QUICK);
}

// Line by line at a terminal -----------------------------------------------------------------------------------------

const PROMPT: &str = "or Enter for none.";

/// Waits for the next list of questions, and answers it.
fn answer(pty: &mut Pty, heading: &str, line: &str) {
    pty.wait_for_output(heading, |pty| {
        let written = pty.written();
        let at = written.find(heading);
        at.is_some_and(|at| written[at..].contains(PROMPT))
    });
    pty.forget_written();
    pty.send(format!("{line}\r"));
}

const EMERGENCY: &str = "Any of these: stop, no session";
const CLINICIAN: &str = "See a clinician before self-massage";
const CONDITIONS: &str = "Conditions:";

#[test]
fn the_questions_are_walked_line_by_line_and_then_it_starts() {
    let home = Home::empty();
    let plain = ["start", "hand-warm-sweep", "--plain", "--no-rating"];
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("A few questions come first");
    assert!(pty.written().contains("Gentle self-care"));
    answer(&mut pty, EMERGENCY, "");
    answer(&mut pty, CLINICIAN, "U77");
    pty.wait_for("'U77' is none of these.");
    pty.send("u15\r");
    pty.wait_for("U15  Not better after a few weeks");
    answer(&mut pty, CONDITIONS, "2, k6");
    // What changes from day to day was among them.
    pty.wait_for("Get ready");
    assert!(!pty.written().contains("Just now"), "{}", pty.written());
    pty.send("s\r");
    assert_eq!(pty.wait_exit(), 0);
    let standing = json_of(&home, &["safety", "--json"]);
    let ids = |name: &str| -> Vec<String> {
        let rows = standing[name].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(standing["bar"], Value::Null);
    assert_eq!(
        (ids("clinician"), ids("conditions")),
        (vec!["U15".into()], vec!["K2".into(), "K6".into()])
    );
    // Not asked again.
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("Get ready");
    assert!(!pty.written().contains(PROMPT), "{}", pty.written());
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn an_emergency_answer_in_the_walk_shows_the_text_and_stays() {
    let home = Home::empty();
    let plain = ["start", "six-breaths", "--plain", "--no-rating"];
    let mut pty = Pty::start(&home, SIZE, &plain);
    answer(&mut pty, EMERGENCY, "2 E6");
    assert_eq!(pty.wait_exit(), 3);
    let written = pty.written();
    assert!(
        written.contains("Do not drive yourself") && written.contains("E2, E6"),
        "{written}"
    );
    assert_refused(&home, &plain, "while E2, E6 is answered with yes");
    assert_eq!(sessions(&home), 0);
}

#[test]
fn a_walk_that_is_left_in_the_middle_starts_nothing_and_is_asked_again() {
    for (key, code) in [("\x04", 3), ("\x03", 130)] {
        let home = Home::empty();
        let plain = ["start", "six-breaths", "--plain", "--no-rating"];
        let mut pty = Pty::start(&home, SIZE, &plain);
        answer(&mut pty, EMERGENCY, "");
        pty.wait_for_output("the second list", |pty| pty.written().contains(PROMPT));
        pty.send(key);
        assert_eq!(pty.wait_exit(), code);
        assert_refused(&home, &plain, "--answer none");
        assert_eq!(sessions(&home), 0);
    }
}

#[test]
fn what_the_log_raised_is_asked_one_by_one_before_the_next_session() {
    let home = Home::new();
    add_quick(&home);
    ok(
        &home,
        &["log", "4", "--quality", "tingling", "--where", "calf:left"],
    );
    let mut pty = Pty::start(&home, SIZE, &QUICK);
    pty.wait_for("From your log: tingling.");
    pty.wait_for("U8  Weakness or numbness in one leg");
    pty.send("\r");
    pty.send("maybe\r");
    pty.send("n\r");
    pty.wait_for("K11  Does pain, tingling or numbness");
    pty.send("y\r");
    pty.wait_for("The end.");
    assert_eq!(pty.wait_exit(), 0);
    let standing = json_of(&home, &["safety", "--json"]);
    assert_eq!(standing["conditions"][0]["id"], "K11");
    assert_eq!(standing["clinician"], json!([]));
    ok(&home, &QUICK);

    ok(
        &home,
        &["log", "4", "--quality", "numb", "--where", "groin:left"],
    );
    let mut pty = Pty::start(&home, SIZE, &QUICK);
    pty.wait_for("E1  Numb, tingling or odd feeling");
    pty.send("y\r");
    assert_eq!(pty.wait_exit(), 3);
    assert_refused(&home, &QUICK, "while E1 is answered with yes");
}

#[test]
fn a_question_that_is_new_is_asked_by_itself_or_refused_with_the_way_to_answer() {
    let home = Home::empty();
    add_quick(&home);
    ok(&home, &["safety", "--answer", "none"]);
    ok(&home, &QUICK);
    let now = profile(&home);
    let older = now.lines().filter(|line| !line.starts_with("K9 ="));
    let older = older.collect::<Vec<_>>().join("\n");
    home.write_profile(&older);
    assert_refused(&home, &QUICK, "'unkink safety --set K9=no'");
    assert_eq!(json_of(&home, &["safety", "--json"])["bar"], "due");
    let said = ok(&home, &["safety"]);
    assert!(said.contains("New among the questions"), "{said}");
    let mut pty = Pty::start(&home, SIZE, &QUICK);
    pty.wait_for("K9  Do you have an implanted");
    pty.send("n\r");
    pty.wait_for("The end.");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(json_of(&home, &["safety", "--json"])["bar"], Value::Null);
    home.write_profile(&older);
    ok(&home, &["safety", "--set", "K9=yes"]);
    ok(&home, &QUICK);
}

#[test]
fn what_changes_from_day_to_day_is_asked_where_it_matters_and_then_not_for_hours() {
    let home = Home::new();
    let warm = ["start", "heat-pad-sit", "--plain", "--no-rating"];
    let mut pty = Pty::start(&home, SIZE, &warm);
    answer(&mut pty, "Just now:", "k25");
    assert_eq!(pty.wait_exit(), 3);
    let written = pty.written();
    assert!(
        written.contains("Heating pad on the low back is off:"),
        "{written}"
    );
    assert_refused(&home, &warm, "is off: ");
    // The same answers do for another technique, which K25 does not concern.
    let sweep = ["start", "hand-warm-sweep", "--plain", "--no-rating"];
    let mut pty = Pty::start(&home, SIZE, &sweep);
    pty.wait_for("Get ready");
    assert!(!pty.written().contains("Just now"), "{}", pty.written());
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    // One answer may be changed, and counts at once.
    ok(&home, &["safety", "--set", "K25=no"]);
    let mut pty = Pty::start(&home, SIZE, &warm);
    pty.wait_for("Get ready");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn where_nobody_can_be_asked_what_changes_from_day_to_day_is_said_or_given() {
    let home = Home::new();
    home.write_technique("quick", "Quick one", &[(1, false, "Sit.")]);
    let file = home.config().join("techniques/quick.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("traits = []", "traits = [\"bare-skin\"]"),
    )
    .unwrap();
    let said = ok(&home, &QUICK);
    assert!(
        said.contains("If yes, do not go on: Is the skin on back"),
        "{said}"
    );
    let given = [&QUICK[..], &["--today", "none"]].concat();
    let said = ok(&home, &given);
    assert!(!said.contains("do not go on"), "{said}");
    assert!(
        !ok(&home, &QUICK).contains("do not go on"),
        "it counts for hours"
    );
    assert_refused(&home, &[&QUICK[..], &["--today", "k5"]].concat(), "is off");
    let wrong = run(&home, &[&QUICK[..], &["--today", "K2"]].concat());
    assert!(
        wrong.code == 2 && wrong.err.contains("K10, K19"),
        "{wrong:?}"
    );
}

#[test]
fn much_pain_leaves_less_and_pain_that_rose_says_stop() {
    let home = Home::new();
    add_quick(&home);
    let cane = ["start", "cane-hook-hold", "--plain", "--today", "none"];
    let words = "pain at 7 or more: no pressure, tool or device";
    assert_refused(&home, &[&cane[..], &["--pain", "7"]].concat(), words);
    let mut pty = Pty::start(&home, SIZE, &cane);
    pty.wait_for("Pain now");
    pty.send("8\r\r");
    assert_eq!(pty.wait_exit(), 3);
    assert!(pty.written().contains(words), "{}", pty.written());
    assert_eq!(sessions(&home), 0);
    let mut pty = Pty::start(&home, SIZE, &["start", "quick", "--plain"]);
    pty.wait_for("Pain now");
    pty.send("3\r\r");
    pty.wait_for("Pain after it");
    pty.send("5\r\r");
    pty.wait_for("Stop here for today.");
    assert_eq!(pty.wait_exit(), 0);
    let history = json_of(&home, &["history", "--json"]);
    assert_eq!(history[0]["stopped_because"], "pain rose");
}

// unkink safety ------------------------------------------------------------------------------------------------------

#[test]
fn safety_tells_programs_what_is_in_force() {
    let home = Home::empty();
    assert_eq!(
        json_of(&home, &["safety", "--json"]),
        json!({
            "bar": "due", "emergency": [], "clinician": [], "conditions": [],
            "asked_on": null, "due_on": null, "unreadable": null,
        })
    );
    let day = today();
    let due: chrono::NaiveDate = day.parse().unwrap();
    let due = (due + chrono::Days::new(28)).to_string();
    let answered = json_of(
        &home,
        &["safety", "--answer", "k18,u7", "--answer", "E11", "--json"],
    );
    assert_eq!(
        answered,
        json!({
            "bar": "emergency",
            "emergency": [{
                "id": "E11",
                "words": "Thinking of ending your life, or afraid that you might act on it (crisis line or emergency \
                          number now; do not stay alone)",
                "on": day,
            }],
            "clinician": [{"id": "U7", "words": "First back pain under 20 or over 50-55", "on": day}],
            "conditions": [{"id": "K18", "words": "Sore or artificial knee", "on": day}],
            "asked_on": day, "due_on": due, "unreadable": null,
        })
    );
    let text = ok(&home, &["safety"]);
    for part in ["In force", "E11", "K26", "Do your knees dislike kneeling?"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn what_is_typed_wrong_changes_nothing() {
    let home = Home::new();
    ok(&home, &["safety", "--set", "U8=yes"]);
    let before = profile(&home);
    for (args, part) in [
        (&["--answer", "K77"][..], "there is no question 'K77'"),
        (&["--answer", "none,K2x"], "did you mean K2"),
        (&["--set", "K2"], "ID=yes or ID=no"),
        (&["--set", "K2=maybe"], "ID=yes or ID=no"),
        (&["--set", "=yes"], "there is no question"),
        (&["--set", "K2=yes,U99=no"], "'U99'"),
        (&["--seen-by-clinician", "U8"], "--seen-by-clinician"),
        (
            &["--seen-by-clinician", "U8", "yesterday"],
            "is no day up to today",
        ),
        (
            &["--seen-by-clinician", "U8", "2026-02-30"],
            "is no day up to today",
        ),
        (
            &["--seen-by-clinician", "U8", "2999-01-01"],
            "is no day up to today",
        ),
        (
            &["--seen-by-clinician", "U8", "2020-01-01"],
            "says nothing about it",
        ),
        (
            &["--seen-by-clinician", "U9", "2026-01-01"],
            "was not answered with yes",
        ),
        (&["--by-mistake"], "--answer"),
    ] {
        let ran = run(&home, &[&["safety"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
        assert!(ran.err.contains(part), "{part} in {args:?}: {ran:?}");
        assert_eq!(profile(&home), before, "{args:?}");
    }
}

#[test]
fn an_emergency_answer_is_left_only_by_mistake_with_all_anew_or_by_a_clinician() {
    let home = Home::new();
    add_quick(&home);
    ok(&home, &["safety", "--set", "E3=yes"]);
    for args in [
        &["safety", "--set", "E3=no"][..],
        &["safety", "--answer", "none"],
        &["safety", "--answer", "K2"],
    ] {
        assert_refused(&home, args, "E3");
        assert_refused(&home, &QUICK, "while E3");
    }
    ok(&home, &["safety", "--answer", "none", "--by-mistake"]);
    ok(&home, &QUICK);
    ok(&home, &["safety", "--set", "E3=yes"]);
    ok(&home, &["safety", "--seen-by-clinician", "e3", &today()]);
    ok(&home, &QUICK);
    assert!(profile(&home).contains("seen_by_clinician"));
    // The day before does not count for an answer given anew.
    let yesterday = today().parse::<chrono::NaiveDate>().unwrap() - chrono::Days::new(1);
    ok(&home, &["safety", "--set", "E4=yes"]);
    let ran = run(
        &home,
        &[
            "safety",
            "--seen-by-clinician",
            "E4",
            &yesterday.to_string(),
        ],
    );
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_refused(&home, &QUICK, "while E4");
}

// The profile --------------------------------------------------------------------------------------------------------

#[test]
fn a_profile_with_what_it_does_not_know_is_told_and_works() {
    let home = Home::new();
    add_quick(&home);
    let known = profile(&home);
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
    assert!(profile(&home).contains("mine = 1") && profile(&home).contains("K222"));
}

#[test]
fn an_answer_that_cannot_be_read_counts_as_a_yes() {
    let home = Home::new();
    add_quick(&home);
    let known = profile(&home);
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

// What is off, and the log -------------------------------------------------------------------------------------------

fn row<'a>(rows: &'a Value, slug: &str) -> &'a Value {
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["slug"] == slug).unwrap()
}

#[test]
fn list_and_show_say_what_is_off_and_why() {
    let home = Home::new();
    let rows = json_of(&home, &["list", "--json"]);
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .all(|row| row["off"] == json!([]))
    );
    ok(&home, &["safety", "--set", "K2=yes"]);
    let rows = json_of(&home, &["list", "--json"]);
    let reason = json!([{"id": "K2", "words": "blood thinners or bleeding: no strong pressure, no hard tools"}]);
    assert_eq!(row(&rows, "cane-hook-hold")["off"], reason);
    assert_eq!(row(&rows, "six-breaths")["off"], json!([]));
    assert_eq!(row(&rows, "desk-reset")["off"], json!([]));
    assert_eq!(
        row(&rows, "desk-reset")["left_out"],
        json!(["Knuckle rub beside the spine"])
    );
    assert_eq!(row(&rows, "ball-on-wall")["off"][0]["id"], "K2");
    assert_eq!(row(&rows, "evidence-letters")["off"], json!([]));

    let text = ok(&home, &["list", "hook-cane"]);
    let expected = "Hook-cane hold  [off]\n    off: blood thinners or bleeding: no strong pressure, no hard tools\n";
    assert!(text.contains(expected), "{text}");
    let text = ok(&home, &["list", "desk", "reset"]);
    assert!(
        text.contains("    without: Knuckle rub beside the spine"),
        "{text}"
    );
    let allowed = json_of(&home, &["list", "--allowed", "--json"]);
    let allowed = allowed.as_array().unwrap();
    assert!(allowed.iter().all(|row| row["off"] == json!([])));
    assert_eq!(
        allowed
            .iter()
            .filter(|row| row["kind"] == "technique")
            .count(),
        28
    );
    assert!(!ok(&home, &["list", "--allowed"]).contains("[off]"));

    let shown = ok(&home, &["show", "cane-hook-hold"]);
    assert!(
        shown.contains("Off        blood thinners or bleeding: no strong pressure"),
        "{shown}"
    );
    let shown = json_of(&home, &["show", "cane-hook-hold", "--json"]);
    assert_eq!(shown["off"], reason);
    let shown = ok(&home, &["show", "desk-reset"]);
    assert!(
        shown.contains("Left out   Knuckle rub beside the spine (blood thinners"),
        "{shown}"
    );
    let shown = json_of(&home, &["show", "desk-reset", "--json"]);
    assert_eq!(
        (&shown["off"], &shown["left_out"]),
        (&json!([]), &json!(["Knuckle rub beside the spine"]))
    );
    // An own file is no place for it.
    assert!(!ok(&home, &["show", "cane-hook-hold", "--toml"]).contains("off"));

    ok(&home, &["safety", "--set", "E1=yes"]);
    let rows = json_of(&home, &["list", "--json"]);
    for slug in ["six-breaths", "desk-reset", "cane-hook-hold"] {
        assert_eq!(row(&rows, slug)["off"][0]["id"], "E1", "{slug}");
    }
}

#[test]
fn log_saves_and_tells_the_card_of_what_it_raises() {
    let home = Home::new();
    let ran = run(
        &home,
        &["log", "4", "--quality", "numb", "--where", "sacrum"],
    );
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("Saved: today"), "{ran:?}");
    for part in [
        "Worth a second look: numb, sacrum.",
        "E1  Numb, tingling or odd feeling between the legs",
        "E5  Weakness, numbness or pain down BOTH legs",
        "Call your local emergency number",
        "U8  Weakness or numbness in one leg",
        "(same day for any new weakness",
        "K11  Does pain",
        "is asked before the next session",
    ] {
        assert!(ran.err.contains(part), "{part} in {ran:?}");
    }
    assert_eq!(
        json_of(&home, &["history", "--json"])
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // An entry for programs is told the same way.
    let ran = run(&home, &["log", "--trigger", "slipped or tripped", "--json"]);
    serde_json::from_str::<Value>(&ran.out).unwrap();
    assert!(ran.err.contains("E8  Back pain straight after"), "{ran:?}");
    // Nothing raised, nothing said; and what is long past raises nothing.
    assert_eq!(run(&home, &["log", "4", "--quality", "aching"]).err, "");
    let old = [
        "log",
        "4",
        "--quality",
        "numb",
        "--where",
        "sacrum",
        "--at",
        "2020-01-01 10:00",
    ];
    assert_eq!(run(&home, &old).err, "");
}

#[test]
fn log_notices_pain_that_jumps_above_the_weeks_middle() {
    let home = Home::new();
    add_quick(&home);
    for at in ["-70h", "-50h", "-30h"] {
        assert_eq!(run(&home, &["log", "3", "--at", at]).err, "");
    }
    assert_eq!(run(&home, &["log", "6"]).err, "");
    let ran = run(&home, &["log", "8"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err
            .contains("pain is 5 above the middle of the week before"),
        "{ran:?}"
    );
    assert!(
        ran.err.contains("U15  Not better after a few weeks"),
        "{ran:?}"
    );
    assert_refused(&home, &QUICK, "'unkink safety --set U1=no,U15=no'");
    ok(&home, &["safety", "--set", "U1=no,U15=no"]);
    ok(&home, &QUICK);
    // One that is about an earlier day is not the newest.
    assert_eq!(run(&home, &["log", "9", "--at", "-40h"]).err, "");
}

#[test]
fn suggest_names_only_what_may_start_and_nothing_after_an_emergency_answer() {
    let home = Home::new();
    ok(&home, &["safety", "--answer", "K2"]);
    let rows = json_of(&home, &["suggest", "--tool", "ball", "--json"]);
    let rows = rows.as_array().unwrap();
    assert!((1..=3).contains(&rows.len()), "{rows:?}");
    for row in rows {
        assert_eq!(row["off"], json!([]), "{row}");
        let listed = json_of(&home, &["list", "--allowed", "--json"]);
        let slugs: Vec<&Value> = listed
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["slug"])
            .collect();
        assert!(slugs.contains(&&row["slug"]));
    }
    let text = ok(&home, &["suggest", "--minutes", "2"]);
    assert!(!text.is_empty());
    assert_eq!(run(&home, &["suggest", "--position", "moon"]).code, 2);
    ok(&home, &["safety", "--set", "E1=yes"]);
    assert_refused(&home, &["suggest"], "nothing can be started");
}

#[test]
fn the_persons_own_emergency_number_stands_in_the_text() {
    let home = Home::new();
    let today = today();
    home.write_profile(&format!(
        "emergency_number = \"the harbour nurse, 5 55\"\nasked_on = {today}\n\n[answers]\nE1 = {{ answer = \"yes\", on = {today} }}\n"
    ));
    let ran = run(&home, &["start", "six-breaths", "--plain"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("Call the harbour nurse, 5 55."), "{ran:?}");
    // A change keeps it.
    ok(&home, &["safety", "--answer", "none", "--by-mistake"]);
    assert!(profile(&home).contains("harbour nurse"));
}

#[test]
fn a_lock_is_lifted_by_a_clinician_or_as_a_slip_and_by_nothing_else() {
    let home = Home::new();
    ok(&home, &["safety", "--set", "U8=yes"]);
    assert_refused(&home, &["safety", "--set", "U8=no"], "U8");
    assert_refused(&home, &["safety", "--answer", "none"], "U8");
    assert_refused(
        &home,
        &["start", "calf-sweep", "--plain", "--no-rating"],
        "is off",
    );
    ok(&home, &["safety", "--seen-by-clinician", "U8", &today()]);
    let open = json_of(&home, &["safety", "--json"]);
    assert_eq!(open["clinician"], json!([]));
}
