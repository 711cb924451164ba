//! Looks an installed program up.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use crate::settings::Command;

/// Where the program is: on PATH, or at its path if the name has a slash. `None`: there is none that may be run.
pub fn program(name: &str) -> Option<PathBuf> {
    program_in(name, &std::env::var_os("PATH").unwrap_or_default())
}

fn program_in(name: &str, path: &OsStr) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|path| may_run(path));
    }
    // Relative entries, the empty one among them, mean whatever directory we happen to be in.
    std::env::split_paths(path)
        .filter(|dir| dir.is_absolute())
        .map(|dir| dir.join(name))
        .find(|path| may_run(path))
}

fn may_run(path: &Path) -> bool {
    path.is_file() && access(path, Access::EXEC_OK).is_ok()
}

/// A known program with its arguments, by its whole path, if it is installed.
pub fn command((name, arguments): &(&str, &[&str])) -> Option<Command> {
    let program = program(name)?.to_str()?.to_owned();
    let arguments = arguments.iter().map(|&part| part.to_owned());
    Some([program].into_iter().chain(arguments).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_first_on_the_path_that_may_be_run_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let place = |name: &str, mode| {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            path
        };
        place("a/talk", 0o644);
        let talk = place("b/talk", 0o755);
        place("c/talk", 0o755);
        fs::create_dir_all(dir.path().join("a/dir")).unwrap();
        let dirs = ["", ".", "a", "b", "c"].map(|name| match name {
            "" | "." => PathBuf::from(name),
            name => dir.path().join(name),
        });
        let path = std::env::join_paths(dirs).unwrap();
        assert_eq!(program_in("talk", &path), Some(talk.clone()));
        assert_eq!(program_in("dir", &path), None);
        assert_eq!(program_in("Cargo.toml", &path), None);
        assert_eq!(
            program_in(talk.to_str().unwrap(), OsStr::new("")),
            Some(talk)
        );
        assert_eq!(program_in("./nothing", &path), None);
    }
}
