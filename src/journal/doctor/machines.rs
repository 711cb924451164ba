//! Which machines have written, and when each was last seen.

use serde::Serialize;

use super::FileReport;
use crate::domain::order;

/// A machine that has written, as far as file names tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// The beginning of its files' names.
    pub id: String,
    /// This one.
    pub own: bool,
    /// Its files in the order in which it wrote them.
    pub files: Vec<String>,
    /// When it last wrote, by its own clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<String>,
}

/// `<device>.jsonl` and `<device>-2.jsonl` are one machine's; imports and copies under other names are none.
pub(super) fn seen(files: &[FileReport]) -> Vec<Machine> {
    // Whether it is another machine's, whose, which of them, and the file.
    let mut found: Vec<((bool, &str), u32, &FileReport)> = Vec::new();
    for file in files {
        let Some(stem) = file.name.strip_suffix(".jsonl") else {
            continue;
        };
        let numbered = stem
            .rsplit_once('-')
            .and_then(|(device, number)| Some((device, number.parse::<u32>().ok()?)));
        let (device, number) = numbered.unwrap_or((stem, 1));
        if device.len() >= 16 && device.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            found.push(((!file.own, device), number, file));
        }
    }
    order::by_key(&mut found, |&(machine, number, _)| (machine, number));
    let machine = |files: &[((bool, &str), u32, &FileReport)]| {
        let ((other, id), ..) = files[0];
        let files = files.iter().map(|(_, _, file)| file);
        Machine {
            id: id.to_owned(),
            own: !other,
            files: files.clone().map(|file| file.name.clone()).collect(),
            last_at: files.rev().find_map(|file| file.last_at.clone()),
        }
    };
    found.chunk_by(|a, b| a.0 == b.0).map(machine).collect()
}
