//! The page for the clinician, as a person asks for it.

use crate::home::Home;

const HOSTILE: &str = "<script>document.title='x'</script><img src=x onerror=alert(1)> & \"so\"\n# no heading\u{202e}";

fn page(home: &Home, args: &[&str], name: &str) -> String {
    let path = home.path(name);
    let path = path.to_str().unwrap();
    let mut all = vec!["report", "--output", path];
    all.extend(args);
    home.ok(&all);
    std::fs::read_to_string(path).unwrap()
}

/// Medicine on one day twice, a place, a word that raises a question, and a note.
fn logged() -> Home {
    let home = Home::new();
    home.ok(&[
        "log",
        "6",
        "4",
        "--action",
        "paracetamol",
        "--where",
        "belt-line:right",
    ]);
    home.ok(&["log", "5", "--action", "paracetamol,walk", "--day", "flare"]);
    home.ok(&["log", "4", "--quality", "tingling", "--where", "foot:left"]);
    home.ok(&["log", "3", "--note", HOSTILE]);
    home
}

#[test]
fn it_tells_days_of_medicine_places_flags_and_what_to_ask() {
    let home = logged();
    let page = page(&home, &["--question", "May I lift again?"], "back.md");
    for said in [
        "4 entries on 1 of 90 days",
        "Medicines, by class, in days: paracetamol (1)",
        "Done about it: walk (1)",
        "belt line beside the spine right: 1 of 2",
        "1 day marked 'flare'",
        "Logged: tingling",
        "- May I lift again?",
        "M3: Farrar",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(
        !page.contains("look at more closely"),
        "the own questions stand instead"
    );
}

#[test]
fn notes_are_on_it_only_where_they_are_asked_for_and_then_as_text() {
    let home = logged();
    assert!(!page(&home, &[], "without.html").contains("document.title"));
    let html = page(&home, &["--note", "last"], "with.html");
    assert!(html.contains("&lt;script&gt;document.title=&#39;x&#39;&lt;/script&gt;"));
    for markup in [
        "<script",
        "<img",
        "\u{202e}",
        "href",
        "http-equiv=\"refresh",
    ] {
        assert!(!html.contains(markup), "{markup}");
    }
    let markdown = page(&home, &["--note", "last"], "with.md");
    assert!(markdown.contains("> \\<script\\>"), "{markdown}");
    assert!(markdown.contains("> \\# no heading"), "{markdown}");
}

#[test]
fn questions_that_were_never_put_are_not_told_as_answered_with_no() {
    let home = Home::new();
    home.ok(&["log", "4", "3"]);
    let unasked = page(&home, &[], "unasked.md");
    assert!(unasked.contains("have not been answered"), "{unasked}");
    assert!(!unasked.contains("none is answered with yes"));
    home.ok(&["safety", "--answer", "none"]);
    let answered = page(&home, &[], "answered.md");
    assert!(answered.contains("none is answered with yes"), "{answered}");
}

#[test]
fn what_is_nobodys_business_is_left_out() {
    let home = Home::new();
    let words = [
        "--action",
        "intimacy,walk",
        "--trigger",
        "alcohol,argument,sat long",
    ];
    home.ok(&[&["log", "5", "3"][..], &words].concat());
    let all = page(&home, &[], "all.md");
    assert!(
        !all.contains("intimacy") && all.contains("alcohol (1)"),
        "{all}"
    );
    let without = page(&home, &["--without", "alcohol,argument"], "without.md");
    assert!(
        !without.contains("alcohol") && !without.contains("argument"),
        "{without}"
    );
    assert!(without.contains("sat long (1)") && without.contains("walk (1)"));
    let refused = home.refused(&["report", "--output", "x.md", "--without", "zeppelin"]);
    assert!(refused.contains("'zeppelin'"), "{refused}");
}

#[test]
fn one_value_is_told_as_a_value() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    let page = page(&home, &[], "back.md");
    assert!(page.contains("- Pain 4\n"), "{page}");
    assert!(
        !page.contains("Stress at the median") && !page.contains("–\n-"),
        "{page}"
    );
    assert_eq!(page.matches("in the week of").count(), 1, "{page}");
}

#[test]
fn while_a_sign_is_open_it_shows_the_sign_and_no_trend() {
    let home = logged();
    home.ok(&["safety", "--answer", "U6"]);
    let page = page(&home, &[], "back.html");
    assert!(page.contains("Before anything else"));
    assert!(page.contains("Answered yes on"));
    assert!(!page.contains("weekly median") && !page.contains("at the median"));
}

#[test]
fn what_is_wrong_is_told_and_nothing_is_written_or_overwritten() {
    let home = logged();
    let there = home.path("there.html");
    std::fs::write(&there, "mine").unwrap();
    let there = there.to_str().unwrap();
    let new = home.path("new.html");
    let new = new.to_str().unwrap();
    for (args, code, said) in [
        (&["--output", there][..], 1, "--force replaces it"),
        (&["--output", "back.pdf"], 2, "ends in .html or .md"),
        (&["--output", new, "--note", "zzzz"], 2, "no entry 'zzzz'"),
        (
            &["--output", new, "--since", "2999-01-01"],
            2,
            "still to come",
        ),
        (
            &["--output", new, "--since", "soon"],
            2,
            "'soon' is not a day",
        ),
        (
            &["--output", "/nowhere/at/all.html"],
            1,
            "/nowhere/at/all.html",
        ),
    ] {
        let mut all = vec!["report"];
        all.extend(args);
        let ran = home.run(&all);
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(there).unwrap(), "mine");
    assert!(!std::path::Path::new(new).exists());
    assert_eq!(
        page(&home, &["--force"], "there.html")
            .matches("<h1>")
            .count(),
        1
    );
}

#[test]
fn the_made_up_year_makes_a_page_and_says_so_and_leaves_the_own_log_out() {
    let home = logged();
    let before = home.journal();
    let page = page(&home, &["--demo"], "demo.html");
    assert!(page.contains("DEMO: made-up data of nobody."));
    assert!(!page.contains("tingling"));
    assert_eq!(home.journal(), before);
    let refused = home.run(&["log", "4", "--demo"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--demo goes with"));
}

#[test]
fn a_page_that_lacks_a_part_of_the_log_is_written_and_says_so() {
    let home = logged();
    // A file that is none: what stands in it cannot be read.
    std::fs::create_dir(home.journal_dir().join("other.jsonl")).unwrap();
    let page = home.path("back.md");
    let ran = home.run(&["report", "--output", page.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("other.jsonl"), "{}", ran.err);
    assert!(page.exists());
    // What only answers says so as well, and has answered.
    for answers in ["stats", "history"] {
        let ran = home.run(&[answers]);
        assert_eq!(ran.code, 0, "{answers}");
        assert!(ran.err.contains("other.jsonl") && !ran.out.is_empty());
    }
}

#[test]
fn a_page_about_many_years_keeps_its_size_and_says_what_it_leaves_out() {
    let home = Home::new();
    for year in 2012..2026 {
        let at = format!("{year}-03-02 10:00");
        let note = format!("note of {year}");
        home.ok(&["log", "4", "--at", &at, "--note", &note]);
    }
    let html = page(&home, &["--since", "0001-01-01"], "all.html");
    let rows = html.matches("<tr>").count();
    assert_eq!(rows, 25, "24 months and their heading");
    assert!(html.contains("Low back: 2 Mar 2012 to"), "{html}");
    assert!(html.contains("The newest 24 months; the "), "{html}");
    assert!(html.contains("a week with a session"), "{html}");
    assert!(html.contains("\n2020\n</text>"), "{html}");
    assert!(html.len() < 100_000, "{}", html.len());
    let short = page(&home, &[], "short.html");
    assert!(short.contains("a day with a session"), "{short}");
    assert!(!short.contains("The newest 24 months"), "{short}");
}

#[test]
fn a_note_from_before_the_days_of_the_page_is_on_it_and_that_is_said() {
    let home = Home::new();
    home.ok(&["log", "4", "--at", "2020-03-02 10:00", "--note", "the fall"]);
    let path = home.path("back.md");
    let done = home.run(&[
        "report",
        "--note",
        "last",
        "--output",
        path.to_str().unwrap(),
    ]);
    let said = done.err;
    assert!(
        said.contains("the note of 2020-03-02 is from before"),
        "{said}"
    );
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("2 Mar 2020, 10:00\n>\n> the fall"), "{text}");
}

#[test]
fn what_else_may_be_behind_a_change_stands_beside_it_as_the_page_says() {
    let home = Home::new();
    let page = page(&home, &["--demo", "--since", "365d"], "back.md");
    let row = page.lines().find(|line| line.starts_with("| Desk reset"));
    let row = row.unwrap();
    for said in [
        "; on the same days: ",
        "; without a session, on ",
        " days that began alike: ",
    ] {
        assert!(row.contains(said), "{said} in {row}");
    }
    assert!(page.contains("what these did stands beside it"), "{page}");
}
