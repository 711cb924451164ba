//! Packs the TOML content of `assets/` into one text per kind, which is many times quicker to read at start:
//! `src/content/packed.rs` says how it looks. It knows none of our types: a test reads every file through them.
//! Also says to the linker what of unwinding goes into the program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use toml::de::DeTable;

use pack::Pack;

#[path = "src/content/pack.rs"]
mod pack;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/content/pack.rs");
    println!("cargo:rerun-if-changed=assets");
    if let Err(trouble) = write_all() {
        eprintln!("{trouble}");
        process::exit(1);
    }
    leave_out_unwind_tables();
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

/// Keeps the tables by which a stack is unwound out of the released program: a twelfth of it (0.35 MB), of no use where a
/// panic ends the program where it was raised. A backtrace is one line long without them; with them it is a list of
/// addresses, as `strip` has taken the names. Only where the linker is the one that comes with the compiler: both that do, GNU's and
/// LLVM's, know how; one that was chosen may not.
fn leave_out_unwind_tables() {
    println!("cargo:rerun-if-env-changed=CARGO_ENCODED_RUSTFLAGS");
    let var = |name| env::var(name).unwrap_or_default();
    let is_chosen =
        env::var_os("RUSTC_LINKER").is_some() || var("CARGO_ENCODED_RUSTFLAGS").contains("link");
    if var("PROFILE") != "release" || !var("TARGET").ends_with("-linux-gnu") || is_chosen {
        return;
    }
    let script = PathBuf::from(var("OUT_DIR")).join("no-unwind-tables.ld");
    let written = fs::write(
        &script,
        "SECTIONS { /DISCARD/ : { *(.eh_frame) *(.eh_frame_hdr) *(.gcc_except_table .gcc_except_table.*) } }\n\
         INSERT AFTER .text;\n",
    );
    if written.is_ok() {
        println!("cargo:rustc-link-arg-bin=unkink=-T{}", script.display());
    }
}

fn write_all() -> Result<(), String> {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    write(&out.join("catalogue.packed"), &catalogue(assets)?)?;
    for kind in ["sources", "topics", "safety", "vocabulary"] {
        let mut packed = Pack::default();
        file(&assets.join(format!("{kind}.toml")), &mut packed)?;
        write(&out.join(format!("{kind}.packed")), &packed)?;
    }
    Ok(())
}

/// All techniques and routines as one table.
fn catalogue(assets: &Path) -> Result<Pack, String> {
    let kinds = ["routines", "techniques"];
    let mut packed = Pack::default();
    packed.open('m', kinds.len());
    for kind in kinds {
        let files = directory(&assets.join(kind))?;
        packed.name(kind);
        packed.open('l', files.len());
        for path in files {
            file(&path, &mut packed)?;
        }
    }
    Ok(packed)
}

/// Every TOML file of a directory, by name.
fn directory(path: &Path) -> Result<Vec<PathBuf>, String> {
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
    Ok(files)
}

fn file(path: &Path, packed: &mut Pack) -> Result<(), String> {
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| said(&error))?;
    let table = DeTable::parse(&text).map_err(|error| said(&error))?;
    packed.table(table.get_ref(), 0);
    Ok(())
}

fn write(path: &Path, packed: &Pack) -> Result<(), String> {
    fs::write(path, &packed.text).map_err(|error| format!("{}: {error}", path.display()))
}
