#![allow(clippy::unwrap_used)]

use super::*;
use std::io::Write;

#[test]
fn the_record_of_a_written_line_is_told_without_parsing_and_no_other_is_guessed() {
    let at = chrono::DateTime::parse_from_rfc3339("2026-11-01T21:30:00+01:00").unwrap();
    for kind in [Kind::Add, Kind::Edit, Kind::Delete, Kind::Undo] {
        let (id, rec) = (mint(at), mint(at));
        let mut draft = Draft::new(kind, id, rec.clone(), moment_text(&at));
        let mut set = crate::domain::record::Fields::default();
        set.put("note", "\"rec\":\"other\"");
        draft.set = Some(set);
        let text = draft.text();
        assert_eq!(
            written_rec(text.as_bytes()),
            Some(&*rec.to_string()),
            "{text}"
        );
    }
    for text in [
        r#"{"v":1,"op":"add","id":"a","rec":"\u0061","set":{}}"#,
        r#"{"v":1,"op":"add","id":"a\"","rec":"b","set":{}}"#,
        r#"{"v":1,"op":"add","rec":"b","id":"a","set":{}}"#,
        r#" {"v":1,"op":"add","id":"a","rec":"b","set":{}}"#,
        r#"{"v":1,"op":"add","id":"a","rec":"b"#,
        "",
    ] {
        assert_eq!(written_rec(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn what_remains_is_found_however_its_line_is_written() {
    let forget = r#"{"v":1,"op":"forget","id":"f","rec":"gone"}"#;
    for (line, expected) in [
        (r#"{"v":1,"op":"add","id":"a","rec":"gone","set":{}}"#, true),
        (
            r#"{"v":1,"op":"add","id":"a","rec":"\u0067one","set":{}}"#,
            true,
        ),
        (
            r#" { "rec":"gone", "v":1,"op":"add","id":"a","set":{}}"#,
            true,
        ),
        (
            r#"{"v":1,"op":"add","id":"a","rec":"other","set":{"note":"gone"}}"#,
            false,
        ),
        (r#"{"v":1,"op":"forget","id":"g","rec":"gone"}"#, false),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let text = format!("{line}\n{forget}\n");
        std::fs::write(dir.path().join("0123456789abcdef.jsonl"), text).unwrap();
        assert_eq!(
            has_remains(dir.path(), "0123456789abcdef"),
            expected,
            "{line}"
        );
    }
}

#[test]
fn the_record_of_a_torn_line_is_read_however_it_is_written() {
    for (text, expected) in [
        (r#"{"rec":"a-b","set":{"note":"cut of"#, Some("a-b")),
        (r#"{"rec":"a\"b\u0063","set":{"#, Some("a\"bc")),
        (r#"{"rec":"a-b"#, None),
        (r#"{"rec":"a"{"rec":"b""#, None),
        (r#"{"set":{"note":"\"rec\":\"a\"""#, None),
    ] {
        assert_eq!(piece_rec(text.as_bytes()), expected.map(Id::new), "{text}");
    }
}

#[test]
fn lines_go_whole_and_every_other_byte_stays() {
    let line = |rec: &str, more: &str| {
        format!("{{\"v\":1,\"op\":\"add\",\"id\":\"{rec}{more}\",\"rec\":\"{rec}\",\"set\":{{}}}}")
    };
    let (mine, other) = (line("mine", "1"), line("mine-too", "2"));
    let torn = &mine[..mine.len() - 4];
    let two = format!("{mine}{other}");
    let newer = "{\"v\":2,\"op\":\"add\",\"id\":\"n\",\"rec\":\"mine\"}";
    let forget = "{\"v\":1,\"op\":\"forget\",\"id\":\"f\",\"rec\":\"mine\"}";
    let kept = format!("\u{feff}{other}\r\n\n\0\0{two}\nnonsense\n{forget}\n");
    let text = format!(
        "\u{feff}{mine}\r\n{other}\r\n{newer}\n\n\0{mine}\0{two}\nnonsense\n{torn}\n{forget}\n {mine}"
    );
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let (_, spans) = spans(file, &Recs(HashSet::from([Id::new("mine")]))).unwrap();
    let mut rest = text.into_bytes();
    for span in spans.into_iter().rev() {
        rest.drain(span.start as usize..span.end as usize);
    }
    assert_eq!(String::from_utf8(rest).unwrap(), kept);
}
