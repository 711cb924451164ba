//! Which machine this is: a random id per machine, user and data directory, minted at the first write.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

use super::append::lock;
use super::disk::Disk;
use super::small_file;
use crate::domain::order;
use crate::paths::Places;

/// The id that this machine has written under so far: reading mints none.
pub fn find(places: &Places) -> String {
    let hash = fingerprint(places);
    let id = known(places).ok().and_then(|ids| ids.get(&hash).cloned());
    id.filter(|id| is_usable(id)).unwrap_or(hash)
}

/// The id that this machine writes under. When `device.json` can be neither read nor written, the fingerprint itself
/// serves.
pub fn find_or_mint(places: &Places, disk: &dyn Disk) -> String {
    let hash = fingerprint(places);
    match known(places) {
        Err(_) => return hash,
        Ok(ids) => {
            if let Some(id) = ids.get(&hash).filter(|id| is_usable(id)) {
                return id.clone();
            }
        }
    }
    // Processes at work on other data directories write this file, too.
    let Ok(_held) = lock(disk, &places.state) else {
        return hash;
    };
    let Ok(mut ids) = known(places) else {
        return hash;
    };
    let id = mint();
    ids.insert(hash.clone(), id.clone());
    let text = serde_json::to_string_pretty(&ids).unwrap_or_default() + "\n";
    let written = small_file::replace(disk, &places.state.join(FILE), text.as_bytes());
    if written.is_ok() { id } else { hash }
}

/// Whose a file of the journal is, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// This machine's.
    Own,
    /// An import: any machine may take forgotten lines out of it.
    Import,
    /// Another machine's.
    Machine,
    /// A conflict copy, a backup, or something else that no machine writes to.
    Nobody,
}

/// Looks at a file's name; `own`: this machine's id.
pub fn whose(name: &OsStr, own: &str) -> Whose {
    let Some(stem) = name.to_str().and_then(|name| name.strip_suffix(".jsonl")) else {
        return Whose::Nobody;
    };
    if stem.starts_with("import-") {
        return Whose::Import;
    }
    match machine(stem) {
        _ if stem == own => Whose::Own,
        Some(device) if device == own => Whose::Own,
        Some(device) if is_minted(device) => Whose::Machine,
        _ => Whose::Nobody,
    }
}

/// The id in `<device>` or `<device>-2`.
fn machine(stem: &str) -> Option<&str> {
    match stem.rsplit_once('-') {
        Some((device, number)) => number.parse::<u32>().ok().map(|_| device),
        None => Some(stem),
    }
}

/// As this program mints them, or a fingerprint.
fn is_minted(device: &str) -> bool {
    device.len() >= 16 && device.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Distinct machines that wrote files of these names.
pub fn machines<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    let stems = names.filter_map(|name| name.strip_suffix(".jsonl"));
    let devices = stems.filter_map(machine).filter(|device| is_minted(device));
    order::set(devices).len()
}

const FILE: &str = "device.json";

/// Fingerprints and ids. Only a file that is not there counts as empty.
fn known(places: &Places) -> io::Result<BTreeMap<String, String>> {
    match small_file::read(&places.state.join(FILE))? {
        None => Ok(BTreeMap::new()),
        Some(text) => serde_json::from_str(&text).map_err(io::Error::other),
    }
}

/// It becomes a file name, and a hyphen sets the number of a further file apart.
fn is_usable(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Sixteen hex digits, 62 of their bits random.
fn mint() -> String {
    let id = super::unique();
    id[16..].to_owned()
}

/// A hash of machine, user and data directory: another machine, a cloned home or a moved directory has another.
fn fingerprint(places: &Places) -> String {
    let machine = [
        "/etc/machine-id",
        "/var/lib/dbus/machine-id",
        "/etc/hostname",
    ]
    .iter()
    .find_map(|path| std::fs::read(path).ok().filter(|id| !id.is_empty()))
    .unwrap_or_default();
    let user = rustix::process::getuid().as_raw().to_string();
    let data = std::fs::canonicalize(&places.data).unwrap_or_else(|_| places.data.clone());
    format!(
        "{:032x}",
        hash(&[&machine, user.as_bytes(), path_bytes(&data)])
    )
}

fn path_bytes(path: &Path) -> &[u8] {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str())
}

/// FNV-1a with 128 bits over the parts, each ended by a zero: the same for ever, on every machine.
pub(super) fn hash(parts: &[&[u8]]) -> u128 {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for part in parts {
        for &byte in part.iter().chain(&[0]) {
            hash =
                (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_tells_whose_it_is() {
        let own = "0123456789abcdef";
        let whose = |name: &str| super::whose(OsStr::new(name), own);
        assert_eq!(whose("0123456789abcdef.jsonl"), Whose::Own);
        assert_eq!(whose("0123456789abcdef-12.jsonl"), Whose::Own);
        assert_eq!(whose("fedcba9876543210.jsonl"), Whose::Machine);
        assert_eq!(whose("fedcba9876543210-2.jsonl"), Whose::Machine);
        assert_eq!(whose("import-0199.jsonl"), Whose::Import);
        for name in [
            "0123456789abcdef.sync-conflict-20261123.jsonl",
            "0123456789abcdef (copy).jsonl",
            "0123456789abcdef-old.jsonl",
            "backup.jsonl",
            ".jsonl",
        ] {
            assert_eq!(whose(name), Whose::Nobody, "{name}");
        }
        let names = [
            "0123456789abcdef.jsonl",
            "0123456789abcdef-2.jsonl",
            "fedcba9876543210.jsonl",
            "x.jsonl",
        ];
        assert_eq!(machines(names.into_iter()), 2);
    }
}
