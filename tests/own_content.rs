//! A person's own techniques and routines: good ones load beside the built-in ones, and each mistake is one line that
//! names file, line and reason.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use unkink::content;
use unkink::domain::library::Library;
use unkink::paths::Places;

const TECHNIQUE: &str = r#"slug = "side-sway"
name = "Side sway"
group = "Hands"
area = "both sides of the waist"
regions = ["belt-line"]
position = "standing"
tools = "none"
sides = "left-then-right"
total_s = 5
intensity = [1, 3]
breathing = "breathe freely"
stop_if = "it hurts"
traits = ["light-touch"]
evidence = "D"
sources = ["X6"]
filter = { position = ["standing"], tool = ["none"], for = ["tension"] }

[[steps]]
seconds = 1
line = "Stand."

[[steps]]
seconds = 2
each_side = true
line = "Sway."
"#;

const ROUTINE: &str = r#"slug = "my-break"
name = "My break"
summary = "A short one"
why = "Because it is short."
total_s = 83

[[items]]
technique = "side-sway"

[[items]]
technique = "stand-and-shift"
"#;

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn load(&self) -> (Library, Vec<String>) {
        content::load(&Places {
            data: self.path("data"),
            state: self.path("state"),
            config: self.path(""),
        })
    }

    /// The one trouble that this technique makes, without its directory; the others must load all the same.
    fn trouble(&self, text: &str) -> String {
        self.write("techniques/bad.toml", text);
        self.write("techniques/good.toml", TECHNIQUE);
        let (library, troubles) = self.load();
        assert!(
            library.technique("side-sway").is_some_and(|own| own.own),
            "{troubles:?}"
        );
        assert_eq!(library.techniques.len(), built_in() + 1);
        assert_eq!(troubles.len(), 1, "{troubles:?}");
        let dir = format!("{}/", self.path("techniques").display());
        troubles[0].strip_prefix(&dir).unwrap().to_owned()
    }
}

/// How many techniques there are without any of one's own.
fn built_in() -> usize {
    content::built_in_library().techniques.len()
}

/// The good technique under another slug and with one thing changed.
fn changed(from: &str, to: &str) -> String {
    let text = TECHNIQUE.replace("side-sway", "other-sway");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

#[test]
fn without_own_files_the_library_is_the_built_in_one_and_nothing_is_said() {
    let (library, troubles) = Home::new().load();
    assert_eq!(library.techniques.len(), built_in());
    assert!(library.routines.iter().all(|routine| !routine.own));
    assert_eq!(troubles, [""; 0]);
}

#[test]
fn own_techniques_and_routines_come_after_the_built_in_ones_of_their_heading() {
    let home = Home::new();
    home.write("techniques/sway.toml", TECHNIQUE);
    home.write("routines/break.toml", ROUTINE);
    let (library, troubles) = home.load();
    assert_eq!(troubles, [""; 0]);
    let slugs: Vec<_> = library.techniques.iter().map(|t| t.slug.as_str()).collect();
    let at = slugs.iter().position(|slug| *slug == "side-sway").unwrap();
    let group = |at: usize| &library.techniques[at].group;
    assert_eq!(group(at - 1), group(at), "last of its heading");
    assert_ne!(group(at), group(at + 1));
    assert!(
        library.techniques[..at]
            .iter()
            .any(|one| one.slug == "loose-fist-tapping")
    );
    assert!(
        library
            .routines
            .last()
            .is_some_and(|r| r.slug == "my-break" && r.own)
    );
}

#[test]
fn each_kind_of_mistake_gives_file_line_and_reason_and_the_rest_loads() {
    #[rustfmt::skip] // a table, read down
    let rows = [
        ("stop_if = \"it hurts\"\n", "", 1, "the field 'stop_if' is missing"),
        ("stop_if = \"it hurts\"", "stop_if = \" \"", 12, "stop_if is empty"),
        ("total_s = 5", "total_s = 6", 9, "total_s says 6, but the steps sum to 5"),
        ("total_s = 5", "total_s = \"five\"", 9, "\"five\" can't stand here"),
        ("total_s = 5", "total_s = -5", 9, "-5 can't stand here"),
        ("group = \"Hands\"", "group = \"Hand\"", 3, "did you mean 'Hands'?"),
        ("\"light-touch\"", "\"light-tuch\"", 13, "unknown trait 'light-tuch': did you mean 'light-touch'?"),
        ("\"X6\"", "\"X99\"", 15, "unknown source 'X99'"),
        ("\"belt-line\"", "\"belt-lin\"", 5, "unknown region 'belt-lin': did you mean 'belt-line'?"),
        ("\"belt-line\"", "\"tailbone\"", 5, "no pressure on 'tailbone'"),
        ("\"belt-line\"", "\"under-ribs\"", 5, "no pressure on 'under-ribs'"),
        ("[1, 3]", "[1, 8]", 10, "0 to 6"),
        ("[1, 3]", "[3, 1]", 10, "give the lowest, then the highest"),
        ("left-then-right", "both", 8, "sides must be 'left-then-right'"),
        ("left-then-right", "sideways", 8, "'sideways' is none of: both, left-then-right"),
        ("line = \"Sway.\"", "line = \"\"", 22, "step 2 says nothing"),
        ("line = \"Sway.\"", "lines = \"Sway.\"", 25, "there is no field 'lines': did you mean 'line'?"),
        ("slug = \"other-sway\"", "slug = \"Other sway\"", 1, "must be lower-case"),
        ("slug = \"other-sway\"", "slug = \"hand-warm-sweep\"", 1, "already taken"),
        ("slug = \"other-sway\"", "slug = \"desk-reset\"", 1, "already taken"),
        ("slug = \"other-sway\"", "slug = \"posture\"", 1, "already taken"),
        ("slug = \"other-sway\"", "slug = \"last\"", 1, "choose another"),
        ("tool = [\"none\"]", "tool = []", 16, "filter.tool is empty"),
        ("name = \"Side sway\"", "name = \"Side sway", 2, ""),
    ];
    for (from, to, line, reason) in rows {
        let trouble = Home::new().trouble(&changed(from, to));
        let start = format!("bad.toml:{line}: ");
        assert!(trouble.starts_with(&start), "{to}: {trouble}");
        assert!(trouble.contains(reason), "{to}: {trouble}");
        assert!(!trouble.contains('\n'), "{trouble}");
    }
}

#[test]
fn steps_of_no_time_are_named_with_the_sum_when_that_is_wrong_too() {
    let home = Home::new();
    home.write(
        "techniques/bad.toml",
        TECHNIQUE.replace("seconds = 1", "seconds = 0"),
    );
    let (library, troubles) = home.load();
    assert_eq!(library.techniques.len(), built_in());
    assert_eq!(troubles.len(), 2);
    assert!(
        troubles[0].contains("bad.toml:18: step 1 lasts 0 s"),
        "{troubles:?}"
    );
    assert!(
        troubles[1].contains("bad.toml:9: total_s says 5"),
        "{troubles:?}"
    );
}

#[test]
fn a_routine_that_names_no_technique_or_a_wrong_total_is_told_with_its_line() {
    let home = Home::new();
    home.write("techniques/sway.toml", TECHNIQUE);
    home.write(
        "routines/a.toml",
        ROUTINE.replace("\"side-sway\"", "\"side-swoy\""),
    );
    home.write("routines/b.toml", ROUTINE.replace("83", "78"));
    home.write(
        "routines/c.toml",
        ROUTINE.replace("total_s = 83", "total_s = 83\nitem = 1"),
    );
    home.write("routines/d.toml", ROUTINE);
    let (library, troubles) = home.load();
    assert_eq!(library.routines.len(), 11);
    let dir = format!("{}/", home.path("routines").display());
    let told: Vec<_> = troubles.iter().map(|line| line.replace(&dir, "")).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].starts_with("a.toml:7: no technique 'side-swoy': did you mean 'side-sway'?"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("b.toml:5: total_s says 78, but the items"),
        "{told:?}"
    );
    assert!(
        told[2].starts_with("c.toml:6: there is no field 'item'"),
        "{told:?}"
    );
}

#[test]
fn the_second_of_two_files_with_one_slug_is_told() {
    let home = Home::new();
    home.write("techniques/a.toml", TECHNIQUE);
    home.write("techniques/b.toml", TECHNIQUE);
    let (library, troubles) = home.load();
    assert_eq!(library.techniques.len(), built_in() + 1);
    assert_eq!(troubles.len(), 1);
    assert!(
        troubles[0].contains("b.toml:1: slug 'side-sway' is already taken"),
        "{troubles:?}"
    );
}

#[test]
fn files_that_are_no_text_too_large_or_no_files_are_told_and_never_fatal() {
    let home = Home::new();
    home.write("techniques/a.toml", b"slug = \"x\"\nname = \"\xff\"\n");
    home.write("techniques/b.toml", "#".repeat(256 * 1024 + 1));
    fs::create_dir(home.path("techniques/c.toml")).unwrap();
    home.write("techniques/d.toml", "");
    home.write(
        "techniques/e.toml",
        format!("\u{feff}{TECHNIQUE}").replace('\n', "\r\n"),
    );
    home.write("techniques/.hidden.toml", "not looked at");
    home.write("techniques/notes.txt", "not looked at");
    home.write("routines", "a file where a directory should be");
    let (library, troubles) = home.load();
    assert_eq!(library.techniques.len(), built_in() + 1, "{troubles:?}");
    // An empty file is one that somebody is about to write.
    assert_eq!(troubles.len(), 4, "{troubles:?}");
    for (trouble, said) in troubles.iter().zip([
        "a.toml:2: not UTF-8 text",
        "b.toml: larger than 256 KiB",
        "c.toml: not a regular file",
        "routines: ",
    ]) {
        assert!(trouble.contains(said), "{trouble} / {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_a_dangling_link_and_a_loop_of_links_do_not_hang_and_a_linked_file_loads() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    home.write("elsewhere.toml", TECHNIQUE);
    fs::create_dir(home.path("techniques")).unwrap();
    let own = |name: &str| home.path(&format!("techniques/{name}"));
    symlink(home.path("nowhere"), own("a.toml")).unwrap();
    symlink(own("b.toml"), own("b.toml")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(own("c.toml"))
        .status();
    let pipes = usize::from(made.is_ok_and(|status| status.success()));
    symlink(home.path("elsewhere.toml"), own("d.toml")).unwrap();
    let (library, troubles) = home.load();
    assert!(library.technique("side-sway").is_some());
    assert_eq!(troubles.len(), 2 + pipes, "{troubles:?}");
}

#[test]
fn an_absurdly_deep_or_long_file_is_one_line_and_no_crash() {
    let deep = format!("slug = {}", "[".repeat(100_000));
    let wide = format!(
        "{TECHNIQUE}{}",
        "[[steps]]\nseconds = 0\nline = \"\"\n".repeat(2_000)
    );
    let home = Home::new();
    home.write("techniques/deep.toml", deep);
    home.write("techniques/wide.toml", wide);
    let (library, troubles) = home.load();
    assert_eq!(library.techniques.len(), built_in());
    assert!((2..20).contains(&troubles.len()), "{}", troubles.len());
    assert!(troubles.iter().all(|line| line.len() < 2_000));
}
