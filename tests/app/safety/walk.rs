//! The safety questions walked line by line at a terminal.

use serde_json::{Value, json};

use super::*;

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
    let now = profile_of(&home);
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
