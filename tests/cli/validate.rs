//! `unkink validate`, and packs of one's own.

use serde_json::Value;

use crate::home::{Home, SHORT};

const ROUTINE: &str = "slug = \"both\"\nname = \"Both\"\nsummary = \"short\"\nwhy = \"short\"\ntotal_s = 38\n\
                       [[items]]\ntechnique = \"short\"\n[[items]]\ntechnique = \"short\"\n";

#[test]
fn what_show_prints_as_toml_is_fine_but_for_its_name() {
    let home = Home::new();
    let rows: Value = serde_json::from_str(&home.ok(&["list", "--json"])).unwrap();
    let mut files = Vec::new();
    for row in rows.as_array().unwrap() {
        let slug = row["slug"].as_str().unwrap();
        if row["kind"] == "topic" {
            continue;
        }
        let toml = home.ok(&["show", slug, "--toml"]);
        let taken = home.write(&format!("taken/{slug}.toml"), &toml);
        let own = toml.replacen(
            &format!("slug = \"{slug}\""),
            &format!("slug = \"my-{slug}\""),
            1,
        );
        home.write(&format!("pack/{slug}.toml"), &own);
        files.push(taken);
    }
    assert!(files.len() > 50, "{}", files.len());
    let pack = home.path("pack");
    let verdicts = home.ok(&["validate", pack.to_str().unwrap(), "--json"]);
    let verdicts: Value = serde_json::from_str(&verdicts).unwrap();
    assert_eq!(verdicts.as_array().unwrap().len(), files.len());
    let ran = home.run(&["validate", files[0].to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains(".toml:1: slug '")
            && ran
                .out
                .contains("is already taken by a built-in one: choose another"),
        "{ran:?}"
    );
}

#[test]
fn each_mistake_is_a_line_with_its_place_and_the_exit_code_is_1() {
    let home = Home::new();
    let wrong = SHORT
        .replace("total_s = 3", "total_s = 4")
        .replace("light-touch", "light-tuch");
    let file = home.write("wrong.toml", &wrong);
    let fine = home.write("fine.toml", SHORT);
    let (file, fine) = (file.to_str().unwrap(), fine.to_str().unwrap());
    let ran = home.run(&["validate", file, fine]);
    assert_eq!(ran.code, 1);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{ran:?}");
    assert!(
        lines[0].starts_with(&format!(
            "{file}:13: unknown trait 'light-tuch': did you mean 'light-touch'?"
        )),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with(&format!("{file}:9: total_s says 4")),
        "{lines:?}"
    );
    assert_eq!(
        lines[2],
        format!("{fine}: fine: the technique 'short', 0:16")
    );
    let json = home.run(&["validate", file, "--json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json[0]["mistakes"][1]["line"], 9);
    assert_eq!(
        (&json[0]["kind"], &json[0]["slug"]),
        (&"technique".into(), &Value::Null)
    );
    #[rustfmt::skip] // a table, read down
    let rows = [
        ("empty.toml", "", ": nothing is in it"),
        ("torn.toml", "slug = \"x", ":1: "),
        ("null.toml", "slug = \"x\"\n\0", ":2: a control character (U+0000)"),
        ("steers.toml", &SHORT.replace("Rub.", "R\\u001bub."), ":24: a control character (U+001B)"),
        ("turns.toml", &SHORT.replace("Short one", "\u{202e}eno"), ":3: a sign that turns the direction of writing (U+202E)"),
        ("field.toml", &SHORT.replace("name =", "nmae ="), ":3: there is no field 'nmae': did you mean 'name'?"),
        ("number.toml", &SHORT.replace("total_s = 3", "total_s = -5"), ":9: -5 can't stand here: give a whole number"),
    ];
    for (name, text, why) in rows {
        let path = home.write(name, text);
        let ran = home.run(&["validate", path.to_str().unwrap()]);
        assert!(ran.code == 1 && ran.out.contains(why), "{ran:?}");
    }
    let ran = home.run(&["validate", "/nowhere.toml"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{ran:?}");
}

#[test]
fn a_pack_builds_on_itself_whether_it_lies_apart_or_among_ones_own() {
    let home = Home::new();
    home.write("anna/a-routine.toml", ROUTINE);
    home.write("anna/z-technique.toml", SHORT);
    let apart = home.run(&["validate", home.path("anna").to_str().unwrap()]);
    let sum = apart.out.lines().next().unwrap().to_owned();
    assert_eq!(apart.code, 0, "{sum}");
    // Installed as it is, a routine among the techniques.
    let pack = home.path("config/unkink/techniques");
    std::fs::create_dir_all(&pack).unwrap();
    std::fs::rename(home.path("anna"), pack.join("anna")).unwrap();
    assert_eq!(home.run(&["validate"]).code, 0);
    let listed = home.run(&["list", "short"]);
    assert_eq!(listed.err, "");
    assert!(listed.out.contains("Short one  [yours]"), "{listed:?}");
    let all: Value = serde_json::from_str(&home.ok(&["list", "--json"])).unwrap();
    let own = all
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["own"] == true);
    assert_eq!(own.count(), 2);
    // A file that is installed is not in its own way.
    let installed = pack.join("anna/z-technique.toml");
    assert_eq!(home.run(&["validate", installed.to_str().unwrap()]).code, 0);
    let copy = home.write("copy.toml", SHORT);
    assert_eq!(home.run(&["validate", copy.to_str().unwrap()]).code, 1);
}

#[test]
fn each_place_is_checked_once_and_an_empty_one_is_told_whatever_else_is_wrong() {
    let home = Home::new();
    home.write("anna/short.toml", SHORT);
    for name in ["empty", "bare"] {
        std::fs::create_dir(home.path(name)).unwrap();
    }
    let anna = home.path("anna");
    let again = home.path("anna/../anna");
    let paths = [
        home.path("empty"),
        anna.clone(),
        anna.join("short.toml"),
        again.clone(),
        again.join("short.toml"),
        home.path("bare"),
    ];
    let mut args = vec!["validate"];
    args.extend(paths.iter().map(|path| path.to_str().unwrap()));
    let ran = home.run(&args);
    let ends: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.rsplit('/').next())
        .collect();
    assert_eq!(
        ends,
        [
            "empty: no file in it ends in .toml",
            "bare: no file in it ends in .toml",
            "short.toml: fine: the technique 'short', 0:16",
        ]
    );
}

#[test]
fn no_more_lines_than_help_are_said_of_a_file_and_how_many_more_there_are() {
    let home = Home::new();
    let step = "[[steps]]\nseconds = 0\neach_side = false\nline = \"\"\n\n";
    let wrong = format!("{SHORT}\n{}", step.repeat(20));
    let file = home.write("wrong.toml", &wrong);
    let ran = home.run(&["validate", file.to_str().unwrap()]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 9, "{ran:?}");
    let (last, more) = (lines[8], " more");
    assert!(
        last.contains("wrong.toml: and ") && last.ends_with(more),
        "{ran:?}"
    );
}

#[test]
fn the_template_is_fine_as_it_stands_and_names_every_word_that_can_be_used() {
    let home = Home::new();
    let template = home.ok(&["validate", "--template"]);
    let file = home.write("my.toml", &template);
    assert!(
        home.ok(&["validate", file.to_str().unwrap()])
            .contains(": fine: the technique")
    );
    // With what is left out put in.
    let full: String = template
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(full.contains("\nnote = ") && full.contains("\nbreath = "));
    let file = home.write("full.toml", &full);
    home.ok(&["validate", file.to_str().unwrap()]);
    let library = unkink::content::built_in_library();
    for group in unkink::domain::technique::GROUPS {
        assert!(template.contains(group), "{group}");
    }
    for one in &library.safety().traits {
        assert!(template.contains(one.id), "{}", one.id);
    }
    for region in &library.vocabulary().regions {
        let can_be_pressed = !region.midline && !region.no_pressure;
        assert!(
            !can_be_pressed || template.contains(&region.id),
            "{}",
            region.id
        );
    }
}
