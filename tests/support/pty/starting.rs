//! Starting a program in a pseudo-terminal: alone, from a shell, as a job, on a terminal that has frozen.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};

use portable_pty::{CommandBuilder, native_pty_system};

use super::{PROGRAM, Pty, at_least_one, modes_of, pty_size};
use crate::support::home::Home;

impl Pty {
    /// unkink with these arguments on a terminal of this many columns and rows. It leads its own session, as a
    /// terminal emulator's child does.
    pub fn start(home: &Home, size: (u16, u16), args: &[&str]) -> Self {
        Self::start_with(home, size, args, &[])
    }

    /// The same with more in the environment; an empty value takes a variable away.
    pub fn start_with(home: &Home, size: (u16, u16), args: &[&str], env: &[(&str, &str)]) -> Self {
        let argv: Vec<&str> = [PROGRAM].iter().chain(args).copied().collect();
        Self::spawn(home, size, &argv, env)
    }

    /// A shell script on that terminal; `"$unkink"` is the program. `set -m` in it gives job control.
    pub fn shell(home: &Home, size: (u16, u16), script: &str) -> Self {
        Self::spawn(home, size, &["sh", "-c", script], &[("unkink", PROGRAM)])
    }

    /// unkink as the job of a shell, so that it can be stopped and continued: see [`Pty::wait_in_shell`] and
    /// [`Pty::fg`]. (What [`Pty::start`] starts leads its session: nobody could continue it, so it does not stop.) The
    /// exit code is the program's.
    pub fn start_as_job(home: &Home, size: (u16, u16), args: &[&str]) -> Self {
        let script = "set -m; \"$unkink\" \"$@\"; code=$?; \
            while jobs >.jobs; [ -s .jobs ]; do echo \"[in the shell]\"; read -r go; fg >.fg; code=$?; done; \
            exit $code";
        let argv: Vec<&str> = ["sh", "-c", script, "sh"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        Self::spawn(home, size, &argv, &[("unkink", PROGRAM)])
    }

    /// unkink on a terminal that takes its output only up to what the system holds back, as one that has frozen.
    pub fn start_frozen(home: &Home, size: (u16, u16), args: &[&str]) -> Self {
        let argv: Vec<&str> = [PROGRAM].iter().chain(args).copied().collect();
        Self::spawn_reading(home, size, &argv, &[], false)
    }

    fn spawn(home: &Home, size: (u16, u16), argv: &[&str], env: &[(&str, &str)]) -> Self {
        Self::spawn_reading(home, size, argv, env, true)
    }

    fn spawn_reading(
        home: &Home,
        (cols, rows): (u16, u16),
        argv: &[&str],
        env: &[(&str, &str)],
        reading: bool,
    ) -> Self {
        let pair = native_pty_system()
            .openpty(pty_size(cols, rows))
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::from_argv(argv.iter().map(Into::into).collect());
        command.env_clear();
        command.cwd(home.path());
        for (name, value) in home.env() {
            command.env(name, value);
        }
        for (name, value) in env {
            if value.is_empty() {
                command.env_remove(name);
            } else {
                command.env(name, value);
            }
        }
        let modes = modes_of(&*pair.master);
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let leaving = Arc::new(AtomicBool::new(false));
        let output = if reading {
            read_along(reader, Arc::clone(&leaving))
        } else {
            mpsc::channel().1
        };
        let child = pair.slave.spawn_command(command).expect("the program runs");
        Self {
            child,
            master: Some(pair.master),
            writer: Some(writer),
            output,
            leaving,
            emulator: emulator(cols, rows),
            written: Vec::new(),
            modes,
        }
    }
}

fn read_along(mut reader: Box<dyn Read + Send>, leaving: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (send, output) = mpsc::channel();
    std::thread::spawn(move || {
        let mut room = vec![0; 65536];
        while let Ok(read @ 1..) = reader.read(&mut room) {
            if send.send(room[..read].to_vec()).is_err() || leaving.load(Ordering::SeqCst) {
                break;
            }
        }
        // In this order: who hears no more may count on the terminal being let go.
        drop(reader);
        drop(send);
    });
    output
}

fn emulator(cols: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(at_least_one(rows), at_least_one(cols), 0)
}
