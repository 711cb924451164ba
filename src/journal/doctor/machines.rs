//! Which machines have written, and when each was last seen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::FileReport;

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
    let mut found: BTreeMap<(bool, &str), Vec<(u32, &FileReport)>> = BTreeMap::new();
    for file in files {
        let Some(stem) = file.name.strip_suffix(".jsonl") else {
            continue;
        };
        let numbered = stem
            .rsplit_once('-')
            .and_then(|(device, number)| Some((device, number.parse::<u32>().ok()?)));
        let (device, number) = numbered.unwrap_or((stem, 1));
        if device.len() >= 16 && device.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let of_it = found.entry((!file.own, device)).or_default();
            of_it.push((number, file));
        }
    }
    let machine = |((other, id), mut files): ((bool, &str), Vec<(u32, &FileReport)>)| {
        files.sort_unstable_by_key(|&(number, _)| number);
        let last = files
            .iter()
            .rev()
            .find_map(|(_, file)| file.last_at.clone());
        Machine {
            id: id.to_owned(),
            own: !other,
            files: files.iter().map(|(_, file)| file.name.clone()).collect(),
            last_at: last,
        }
    };
    found.into_iter().map(machine).collect()
}
