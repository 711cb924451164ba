//! Journal lines written by hand.

/// A line with its check value, from everything before it (an object that lacks its closing brace).
pub fn sealed(head: &str) -> String {
    let crc = crc32fast::hash(head.as_bytes());
    format!("{head},\"crc\":\"{crc:08x}\"}}")
}

pub const AT: &str = "2026-11-23T21:30:00+01:00";

pub fn add_line(id: &str, rec: &str, set: &str) -> String {
    sealed(&format!(
        "{{\"v\":1,\"op\":\"add\",\"id\":\"{id}\",\"rec\":\"{rec}\",\"at\":\"{AT}\",\"set\":{set}"
    ))
}

pub fn note_line(id: &str, rec: &str, note: &str) -> String {
    add_line(
        id,
        rec,
        &format!("{{\"kind\":\"check-in\",\"note\":\"{note}\"}}"),
    )
}

pub fn edit_line(id: &str, rec: &str, seen: &[&str], set: &str) -> String {
    let seen = serde_json::to_string(seen).unwrap();
    sealed(&format!(
        "{{\"v\":1,\"op\":\"edit\",\"id\":\"{id}\",\"rec\":\"{rec}\",\"at\":\"{AT}\",\"seen\":{seen},\"set\":{set}"
    ))
}

pub fn undo_line(id: &str, rec: &str, of: &str, seen: &[&str]) -> String {
    let seen = serde_json::to_string(seen).unwrap();
    sealed(&format!(
        "{{\"v\":1,\"op\":\"undo\",\"id\":\"{id}\",\"rec\":\"{rec}\",\"of\":\"{of}\",\"at\":\"{AT}\",\"seen\":{seen}"
    ))
}

pub fn joined(lines: &[String]) -> Vec<u8> {
    (lines.join("\n") + "\n").into_bytes()
}
