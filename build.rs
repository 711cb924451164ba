//! Packs the TOML content of `assets/` into one text per kind, which is many times quicker to read at start:
//! `src/content/packed.rs` says how it looks. It knows none of our types: a test reads every file through them.
//! Also takes what unwinds a panic into the program, where that can be had.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use toml::{Table, Value};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=assets");
    if let Err(trouble) = write_all() {
        eprintln!("{trouble}");
        process::exit(1);
    }
    if let Some(file) = unwinder() {
        // With a new version of the compiler it lies elsewhere.
        println!("cargo:rerun-if-changed={}", file.display());
        let dir = file.parent().unwrap_or(Path::new("/"));
        println!("cargo:rustc-link-search=native={}", dir.display());
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// The C compiler's own `libgcc_eh.a`, which holds what `libgcc_s.so` does: then that library need not be found,
/// mapped and relocated at each start (0.09 ms of CPU, the thirteenth part of what the smallest program with a screen
/// takes, and 80 KB). `None`, and all is as ever: other systems, another machine's compiler, none, or one without it.
fn unwinder() -> Option<PathBuf> {
    let target = env::var("TARGET").ok()?;
    if !target.ends_with("-linux-gnu") || env::var("HOST").ok()? != target {
        return None;
    }
    let asked = Command::new("cc")
        .arg("-print-file-name=libgcc_eh.a")
        .output();
    let file = PathBuf::from(String::from_utf8(asked.ok()?.stdout).ok()?.trim_end());
    // A compiler that has none gives the bare name back.
    (file.is_absolute() && file.is_file()).then_some(file)
}

fn write_all() -> Result<(), String> {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let kinds = ["techniques", "routines"].map(|kind| {
        let files = directory(&assets.join(kind))?;
        Ok((kind.to_owned(), Value::Array(files)))
    });
    let catalogue: Result<Table, String> = kinds.into_iter().collect();
    write(&out.join("catalogue.packed"), &Value::Table(catalogue?))?;
    for kind in ["sources", "topics", "safety", "vocabulary"] {
        let value = file(&assets.join(format!("{kind}.toml")))?;
        write(&out.join(format!("{kind}.packed")), &value)?;
    }
    Ok(())
}

/// Every TOML file of a directory, by name.
fn directory(path: &Path) -> Result<Vec<Value>, String> {
    let said = |error| format!("{}: {error}", path.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(said)? {
        let file = entry.map_err(said)?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(file);
        }
    }
    files.sort();
    files.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: Table =
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Value::Table(table))
}

fn write(path: &Path, value: &Value) -> Result<(), String> {
    let mut packed = String::new();
    pack(value, &mut packed).map_err(|error| format!("{}: {error}", path.display()))?;
    fs::write(path, packed).map_err(|error| format!("{}: {error}", path.display()))
}

fn pack(value: &Value, to: &mut String) -> Result<(), String> {
    match value {
        Value::Boolean(yes) => to.push(if *yes { 't' } else { 'f' }),
        Value::Integer(number) => {
            to.push(if *number < 0 { 'n' } else { 'i' });
            pack_number(number.unsigned_abs() as usize, to);
        }
        Value::Float(number) => {
            to.push('d');
            pack_bytes(&number.to_string(), to);
        }
        Value::String(text) => {
            to.push('s');
            pack_bytes(text, to);
        }
        Value::Array(values) => {
            to.push('l');
            pack_number(values.len(), to);
            for value in values {
                pack(value, to)?;
            }
        }
        Value::Table(table) => {
            to.push('m');
            pack_number(table.len(), to);
            for (name, value) in table {
                pack_bytes(name, to);
                pack(value, to)?;
            }
        }
        Value::Datetime(day) => return Err(format!("{day} is a date, which nothing reads")),
    }
    Ok(())
}

fn pack_bytes(text: &str, to: &mut String) {
    pack_number(text.len(), to);
    to.push_str(text);
}

/// Six bits a byte, the lowest first, all but the last with the next bit.
fn pack_number(mut number: usize, to: &mut String) {
    while number > 0x3f {
        to.push(char::from(0x40 | (number & 0x3f) as u8));
        number >>= 6;
    }
    to.push(char::from(number as u8));
}
