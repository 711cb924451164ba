//! Programs that we start for a cue: never by a shell, never on our terminal, each in a process group of its own.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::sanitize;

/// No cue is longer, in characters: a text fits into a pipe that nobody reads yet, and into an argument.
const TEXT_MAX: usize = 1000;

/// A text that is safe to hand over: on one line, not taken for an option, not endless.
pub fn harmless(text: &str) -> String {
    let line = sanitize::line(text);
    let line = line.trim_start_matches(['-', ' ']).trim_end();
    line.chars().take(TEXT_MAX).collect()
}

/// Starts a program. `stdin` is what it reads there.
pub fn start(command: &[String], env: &[(&str, &str)], stdin: Option<&str>) -> io::Result<Child> {
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let input = if stdin.is_some() {
        Stdio::piped()
    } else {
        Stdio::null()
    };
    let mut child = Command::new(program)
        .args(arguments)
        .envs(env.iter().copied())
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    if let (Some(text), Some(mut pipe)) = (stdin, child.stdin.take()) {
        // One that has ended already does not want it.
        let _ = writeln!(pipe, "{text}");
    }
    Ok(child)
}

/// Ends a child of ours with all that it started in its group. It is still to be reaped.
pub fn kill(child: &Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Not reaped yet, so the number is still its own.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// How it ended, in words: 'ended with code 1'; `None` for well.
pub fn failure(status: ExitStatus) -> Option<String> {
    use std::os::unix::process::ExitStatusExt;

    match (status.code(), status.signal()) {
        (Some(0), _) => None,
        (Some(code), _) => Some(format!("ended with code {code}")),
        (None, Some(signal)) => Some(format!("was ended by signal {signal}")),
        (None, None) => Some("ended with an error".into()),
    }
}

/// Children whose end does not matter any more, until they are reaped.
#[derive(Debug, Default)]
pub struct Leaving(Vec<Child>);

impl Leaving {
    /// Takes one over.
    pub fn push(&mut self, child: Child) {
        self.0.push(child);
    }

    /// Whether there is none.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reaps those that have ended.
    pub fn reap(&mut self) {
        self.0
            .retain_mut(|child| matches!(child.try_wait(), Ok(None)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_option_and_one_line_of_bounded_length() {
        assert_eq!(harmless("Half way."), "Half way.");
        assert_eq!(harmless("--help me\nnow\0"), "help me now\u{fffd}");
        assert_eq!(harmless(" - "), "");
        assert_eq!(harmless(&"ü".repeat(5000)).chars().count(), TEXT_MAX);
    }
}
