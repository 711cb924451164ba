//! A technique of one's own: its file is made, an editor gets the terminal, and the content is read anew.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};

use rustix::process::{Pid, WaitOptions, waitpid};

use super::Loop;
use crate::app::message::{Msg, Written};
use crate::content;
use crate::paths::Places;
use crate::sys::signals::{HANG_UP, Signal, TERMINATED};
use crate::sys::{clock, command, signals};

/// What edits where neither `VISUAL` nor `EDITOR` says otherwise.
const USUAL_EDITOR: &str = "vi";

impl Loop<'_> {
    /// Nothing else goes on meanwhile: the app asks for it only while no session runs.
    pub(super) fn write_technique(&mut self) -> io::Result<()> {
        if self.leave.is_under_way() || self.gone {
            return Ok(());
        }
        let Some(places) = self.places.clone() else {
            return Ok(());
        };
        let path = match content::new_technique(&places) {
            Ok(path) => path,
            Err(why) => return self.feed(Msg::Written(Box::new(not_written(why, true)))),
        };
        self.screen.give_back();
        self.cues.rest();
        let edited = edit(&path);
        let leave = meant_for_us(&self.signals.take());
        self.now = clock::now();
        // Going on as after a stop: the time in between was nobody's.
        self.feed(Msg::Resumed)?;
        match leave {
            Some(code) => self.leave_now(code)?,
            None => self.take_terminal_again()?,
        }
        let written = outcome(&places, &path, edited, &self.app.settings.hide);
        self.feed(Msg::Written(Box::new(written)))?;
        self.show()
    }
}

/// The exit code, where we were told to leave meanwhile. What the editor's keys have sent to all of its group (Ctrl-C,
/// Ctrl-\, Ctrl-Z and going on) was meant for the editor.
fn meant_for_us(came: &[Signal]) -> Option<u8> {
    let mut leaves = came.iter().filter_map(Signal::leaves);
    leaves.find(|code| [HANG_UP, TERMINATED].contains(code))
}

fn not_written(words: String, is_warning: bool) -> Written {
    Written {
        library: None,
        slug: None,
        words,
        is_warning,
    }
}

/// What is in the file now, and everything there is to choose from with it.
fn outcome(places: &Places, path: &Path, edited: Result<(), String>, hide: &[String]) -> Written {
    let shown = path.display();
    if content::is_template(path) {
        // Ours as it was made; whoever removed it first is right as well.
        let _ = std::fs::remove_file(path);
        let is_warning = edited.is_err();
        let unchanged = "Nothing was changed, so no file is kept.".to_owned();
        return not_written(edited.err().unwrap_or(unchanged), is_warning);
    }
    let (verdicts, _) = content::validate::validate(places, &[path.to_owned()]);
    let (mut library, _) = content::load(places);
    library.hide(hide.iter().cloned());
    let fine = verdicts.iter().find_map(|one| one.fine.clone());
    let trouble = verdicts.iter().flat_map(|one| &one.troubles).next();
    let words = match (&fine, trouble) {
        (Some((_, name)), _) => format!("{name} is in the library: {shown}"),
        (None, Some(trouble)) => trouble.to_string(),
        (None, None) => format!("{shown} can't be used"),
    };
    Written {
        library: Some(library),
        is_warning: fine.is_none() || edited.is_err(),
        slug: fine.map(|(slug, _)| slug),
        words: edited.err().unwrap_or(words),
    }
}

/// Lets the person's editor have the terminal until it ends. The error: why it could not.
fn edit(path: &Path) -> Result<(), String> {
    let editor = editor(|name| std::env::var_os(name));
    let [program, args @ ..] = &editor[..] else {
        return Err("EDITOR names no program".into());
    };
    let shown = PathBuf::from(program);
    let told = |why: &dyn std::fmt::Display| format!("{}: {why}; set EDITOR", shown.display());
    let child = Command::new(program)
        .args(args)
        .arg(path)
        .spawn()
        .map_err(|error| told(&error))?;
    match ended(&child) {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "{}: {}; the file is kept as it is",
            shown.display(),
            command::how(status)
        )),
        Err(error) => Err(told(&error)),
    }
}

/// Waits for its end. An editor that is stopped by Ctrl-Z stops us, too: then the shell has the terminal, and 'fg'
/// continues both.
fn ended(child: &Child) -> io::Result<ExitStatus> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let pid = pid.ok_or(io::ErrorKind::InvalidInput)?;
    loop {
        match waitpid(Some(pid), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => signals::stop_here(false),
            Ok(Some((_, status))) => return Ok(ExitStatus::from_raw(status.as_raw())),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// `VISUAL`, else `EDITOR`, split at white space; no shell reads it.
fn editor(variable: impl Fn(&str) -> Option<OsString>) -> Vec<OsString> {
    let set = ["VISUAL", "EDITOR"].into_iter().filter_map(variable);
    let mut set = set.filter(|value| !value.to_string_lossy().trim().is_empty());
    match set.next() {
        None => vec![USUAL_EDITOR.into()],
        Some(value) => match value.to_str() {
            Some(text) => text.split_whitespace().map(OsString::from).collect(),
            None => vec![value],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visual_comes_before_editor_and_may_have_arguments() {
        let with = |visual: &str, other: &str| {
            editor(|name| {
                let value = if name == "VISUAL" { visual } else { other };
                (!value.is_empty()).then(|| value.into())
            })
        };
        assert_eq!(with("code --wait", "ed"), ["code", "--wait"]);
        assert_eq!(with(" ", "ed"), ["ed"]);
        assert_eq!(with("", ""), [USUAL_EDITOR]);
    }
}
