//! The input of an import: a file or what comes by a pipe, and what it is.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use serde_json::value::RawValue;

use crate::cli::out::Fail;
use crate::journal::import::Format;

/// So much may come by a pipe.
const STREAM_MAX: u64 = 2 << 30;

/// A file that can be gone through twice: the one named, or what comes by a pipe, put by.
pub fn open(path: &Path, name: &str) -> Result<File, Fail> {
    let failed = |error: io::Error| Fail::Failed(format!("{name}: {error}"));
    if path == Path::new("-") {
        return put_by(&mut io::stdin().lock()).map_err(failed);
    }
    let meta = path.metadata().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Fail::Usage(format!("{name}: there is no such file")),
        _ => failed(error),
    })?;
    if meta.is_dir() {
        return Err(Fail::Usage(format!(
            "{name}: this is a directory; give a file"
        )));
    }
    let mut file = File::open(path).map_err(failed)?;
    if meta.is_file() {
        Ok(file)
    } else {
        put_by(&mut file).map_err(failed)
    }
}

/// Into a file that nobody can find: it goes when it is closed, however this program ends.
fn put_by(from: &mut dyn Read) -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("unkink-{}", crate::journal::unique()));
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    std::fs::remove_file(&path)?;
    let mut head = Vec::new();
    from.take(4096).read_to_end(&mut head)?;
    if head.first() == Some(&0) {
        return Err(io::Error::other("this is not text"));
    }
    file.write_all(&head)?;
    let copied = io::copy(&mut from.take(STREAM_MAX + 1), &mut file)?;
    if copied > STREAM_MAX {
        return Err(io::Error::other("more than 2 GiB; give it as a file"));
    }
    file.flush()?;
    Ok(file)
}

/// Whether it holds nothing but blanks.
pub fn is_empty(file: &File) -> io::Result<bool> {
    let mut head = [0; 4096];
    let size = file.metadata()?.len();
    if size > head.len() as u64 {
        return Ok(false);
    }
    let read = file.read_at(&mut head, 0)?;
    let head = &head[..read];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    Ok(head.iter().all(u8::is_ascii_whitespace))
}

/// Whether it is one JSON object, and no line of a journal. Nothing that is meant as one is longer.
fn is_one_object(file: &File) -> bool {
    const MOST: u64 = 1 << 20;
    let size = file.metadata().map_or(u64::MAX, |meta| meta.len());
    let mut bytes = vec![0; size.min(MOST) as usize];
    if size > MOST || file.read_exact_at(&mut bytes, 0).is_err() {
        return false;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let object: Result<HashMap<String, &RawValue>, _> = serde_json::from_slice(bytes);
    object.is_ok_and(|object| !object.contains_key("op"))
}

/// What an input is, by how it begins, else by its name.
pub fn look(file: &File, path: &Path, name: &str) -> Result<Format, Fail> {
    let mut head = [0; 4096];
    let read = file.read_at(&mut head, 0);
    let read = read.map_err(|error| Fail::Failed(format!("{name}: {error}")))?;
    if head[..read].starts_with(b"\xFF\xFE") || head[..read].starts_with(b"\xFE\xFF") {
        return Err(Fail::Usage(format!(
            "{name}: this is UTF-16; save it as UTF-8; nothing was imported"
        )));
    }
    let head = head[..read]
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(&head[..read]);
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'{') && is_one_object(file) {
        return Err(Fail::Usage(format!(
            "{name}: this is a JSON object; give an array of entries, [{{\"rec\": ...}}, ...], as 'unkink export' writes it; \
             nothing was imported"
        )));
    }
    let extension = path.extension().and_then(|end| end.to_str());
    match (first, extension.map(str::to_lowercase).as_deref()) {
        (Some(0), _) => Err(Fail::Usage(format!(
            "{name}: this is not text; nothing was imported"
        ))),
        (Some(b'['), _) => Ok(Format::Json),
        (Some(b'{'), _) | (_, Some("jsonl")) => Ok(Format::Jsonl),
        (_, Some("json")) => Ok(Format::Json),
        _ => Ok(Format::Csv),
    }
}
