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
use crate::sys::{clock, command, signals, words};

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
        self.show();
        Ok(())
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
fn outcome(places: &Places, path: &Path, edited: Edited, hide: &[String]) -> Written {
    let shown = path.display();
    if content::is_template(path) {
        // Ours as it was made; whoever removed it first is right as well.
        let _ = std::fs::remove_file(path);
        let words = match &edited {
            Edited::Well => "Nothing was changed, so no file is kept.".to_owned(),
            Edited::Badly(how) => format!("{how}; nothing was changed, so no file is kept"),
            Edited::Not(why) => why.clone(),
        };
        return not_written(words, edited != Edited::Well);
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
        is_warning: fine.is_none() || edited != Edited::Well,
        slug: fine.map(|(slug, _)| slug),
        words: match edited {
            Edited::Well => words,
            Edited::Badly(how) => format!("{how}; the file is kept as it is: {shown}"),
            Edited::Not(why) => why,
        },
    }
}

/// What came of the editor.
#[derive(Debug, PartialEq, Eq)]
enum Edited {
    /// It ended as it should.
    Well,
    /// It ended otherwise: how.
    Badly(String),
    /// It never began, or nobody knows: why.
    Not(String),
}

/// Lets the person's editor have the terminal until it ends.
fn edit(path: &Path) -> Edited {
    let editor = match editor(|name| std::env::var_os(name)) {
        Ok(editor) => editor,
        Err(why) => return Edited::Not(why),
    };
    let [program, args @ ..] = &editor[..] else {
        return Edited::Not("EDITOR names no program".into());
    };
    let shown = PathBuf::from(program);
    let shown = shown.display();
    let begun = Command::new(program).args(args).arg(path).spawn();
    match begun.and_then(|child| ended(&child)) {
        Ok(status) if status.success() => Edited::Well,
        Ok(status) => Edited::Badly(format!("{shown}: {}", command::how(status))),
        Err(error) => Edited::Not(format!("{shown}: {error}; set EDITOR")),
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

/// `VISUAL`, else `EDITOR`, split as a shell splits it; no shell reads it. The error names the variable.
fn editor(variable: impl Fn(&str) -> Option<OsString>) -> Result<Vec<OsString>, String> {
    for name in ["VISUAL", "EDITOR"] {
        let words = words::split(&variable(name).unwrap_or_default());
        let words = words.map_err(|why| format!("{name}: {why}"))?;
        if !words.is_empty() {
            return Ok(words);
        }
    }
    Ok(vec![USUAL_EDITOR.into()])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn with(visual: &str, other: &str) -> Result<Vec<OsString>, String> {
        editor(|name| {
            let value = if name == "VISUAL" { visual } else { other };
            (!value.is_empty()).then(|| value.into())
        })
    }

    #[test]
    fn visual_comes_before_editor_and_may_have_arguments() {
        assert_eq!(with("code --wait", "ed").unwrap(), ["code", "--wait"]);
        assert_eq!(with(" ", "ed").unwrap(), ["ed"]);
        assert_eq!(with("", "").unwrap(), [USUAL_EDITOR]);
        assert_eq!(
            with("", "'/opt/my ed' --wait").unwrap(),
            ["/opt/my ed", "--wait"]
        );
        assert_eq!(with("", "'ed").unwrap_err(), "EDITOR: ' is not closed");
    }

    #[test]
    fn what_is_said_of_the_file_is_true_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::find(Some(dir.path().to_owned())).unwrap();
        let path = dir.path().join("new.toml");
        let failed = || Edited::Badly("ed: ended with 1".into());
        std::fs::write(&path, content::TEMPLATE).unwrap();
        let told = outcome(&places, &path, failed(), &[]);
        assert_eq!(
            told.words,
            "ed: ended with 1; nothing was changed, so no file is kept"
        );
        assert!(told.is_warning && !path.exists());
        std::fs::write(&path, "slug = 'x'").unwrap();
        let told = outcome(&places, &path, failed(), &[]);
        assert!(told.words.contains("the file is kept as it is: "));
        assert!(told.is_warning && path.exists());
    }
}
