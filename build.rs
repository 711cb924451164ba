//! Turns the TOML content of `assets/` into one JSON text per kind, which is several times quicker to read at start.
//! It knows none of our types: a test reads every file through them.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use serde_json::{Value, json};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=assets");
    if let Err(trouble) = write_all() {
        eprintln!("{trouble}");
        process::exit(1);
    }
}

fn write_all() -> Result<(), String> {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let catalogue = json!({
        "techniques": directory(&assets.join("techniques"))?,
        "routines": directory(&assets.join("routines"))?,
    });
    write(&out.join("catalogue.json"), &catalogue)?;
    for kind in ["sources", "topics", "safety", "vocabulary"] {
        let value = file(&assets.join(format!("{kind}.toml")))?;
        write(&out.join(format!("{kind}.json")), &value)?;
    }
    Ok(())
}

/// Every TOML file of a directory, by name.
fn directory(path: &Path) -> Result<Value, String> {
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
    let table: toml::Table =
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::to_value(table).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, value: &Value) -> Result<(), String> {
    fs::write(path, value.to_string()).map_err(|error| format!("{}: {error}", path.display()))
}
