//! `unkink man`: the manual, one page made of the help of every command.
//!
//! In the roff of man(7), which man(1) sets as it stands. Made here because one page is wanted for all commands, which
//! the crates that make pages of a clap command do not do.

use std::fmt::Write as _;

use clap::{Arg, Command};

use super::Shell;
use super::out::Fail;

/// Print the manual, for man(1)
#[derive(Debug, clap::Args)]
pub struct Args {}

/// The page.
pub fn run(_: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let mut root = super::command();
    root.build();
    let page = page(&root);
    shell.out.bytes(page.as_bytes())?;
    Ok(0)
}

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "UNKINK_DATA_DIR",
        "The directory of the log, as --data-dir.",
    ),
    ("UNKINK_CONFIG", "The settings file, as --config."),
    (
        "UNKINK_SPEECH_ON and its like",
        "One for each setting: its name in capitals with _ for every other sign. It counts more than the file. \
         'unkink config --json' lists them.",
    ),
    ("NO_COLOR", "Where it is not empty, no colour."),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "The first that is not empty says the locale. Where it is not UTF-8, ASCII is drawn, unless the setting glyphs \
         says otherwise.",
    ),
    (
        "TERM",
        "linux, the console, is drawn in ASCII as well; with dumb the app does not open.",
    ),
    (
        "VISUAL, EDITOR",
        "The program that N in the app opens a new technique with, and its arguments, split at blanks as a shell does, with \
         quotes and backslashes; no shell reads it. Else vi.",
    ),
    (
        "XDG_DATA_HOME, XDG_STATE_HOME, XDG_CONFIG_HOME",
        "Where data, state and settings live; relative ones are passed over.",
    ),
];

const FILES: &[(&str, &str)] = &[
    (
        "~/.local/share/unkink/journal/*.jsonl",
        "The log. Only ever added to; every machine has a file of its own.",
    ),
    (
        "~/.local/share/unkink/profile.toml",
        "The answers to the safety questions.",
    ),
    (
        "~/.config/unkink/config.toml",
        "The settings; 'unkink config --default' prints a file with all of them.",
    ),
    (
        "~/.config/unkink/techniques, ~/.config/unkink/routines",
        "Your own techniques and routines, TOML files, and directories of them.",
    ),
    (
        "~/.local/state/unkink",
        "What this machine alone needs: which one it is, and sessions under way.",
    ),
];

const EXIT: &[(&str, &str)] = &[
    ("0", "Done; also: nothing found, a closed pipe."),
    (
        "1",
        "It could not be done, doctor or validate found something, or what export or report wrote is without a part of the \
         log that can't be read. What only answers, such as history and stats, tells that and ends with 0.",
    ),
    ("2", "Wrong usage, an unknown name, or no terminal."),
    ("3", "Refused for safety."),
    (
        "101",
        "A mistake in unkink itself; what was saved before is kept.",
    ),
    ("125", "Of while: unkink could not run the command."),
    ("126", "Of while: the command can't be executed."),
    (
        "127",
        "Of while: there is no such command. Its exit code else is the command's own.",
    ),
    ("128 + n", "Ended by signal n."),
];

/// The whole page.
fn page(root: &Command) -> String {
    let version = root.get_version().unwrap_or_default();
    let mut page = format!(
        ".TH UNKINK 1 \"\" \"unkink {}\" \"User commands\"\n",
        text(version)
    );
    // Blanks in what is to be copied keep their number, and no word of it is parted.
    page.push_str(".ad l\n.nh\n");
    page.push_str(".SH NAME\nunkink \\- a calm companion for a stiff lower back\n");
    page.push_str(".SH SYNOPSIS\n.B unkink\n[\\fIoptions\\fR]\n.br\n.B unkink\n\\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]\n");
    page.push_str(".SH DESCRIPTION\n");
    paragraphs(&mut page, &about(root));
    page.push_str(".SH OPTIONS\nThese go with every command.\n");
    for arg in options(root) {
        option(&mut page, arg);
    }
    page.push_str(".SH COMMANDS\n");
    for command in root
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        if command.get_name() != "help" {
            subcommand(&mut page, command);
        }
    }
    if let Some(after) = root.get_after_help() {
        page.push_str(".SH EXAMPLES\n");
        let after = after.to_string();
        examples(&mut page, after.trim_start_matches(EXAMPLES));
    }
    for (heading, rows) in [
        ("ENVIRONMENT", ENVIRONMENT),
        ("FILES", FILES),
        ("EXIT STATUS", EXIT),
    ] {
        let _ = writeln!(page, ".SH {heading}");
        for (name, what) in rows {
            let _ = writeln!(page, ".TP\n.B {}\n{}", text(name), text(what));
        }
    }
    page
}

fn subcommand(page: &mut String, command: &Command) {
    let _ = writeln!(page, ".SS unkink {}", text(command.get_name()));
    let _ = write!(
        page,
        ".B unkink {}\n[\\fIoptions\\fR]",
        text(command.get_name())
    );
    for arg in command.get_positionals() {
        let name = value(arg);
        let (open, close) = if arg.is_required_set() {
            ("", "")
        } else {
            ("[", "]")
        };
        let _ = write!(page, " {open}\\fI{}\\fR{close}", text(&name));
    }
    page.push_str("\n.PP\n");
    paragraphs(page, &about(command));
    for arg in command.get_positionals().chain(options(command)) {
        if !arg.is_global_set() {
            option(page, arg);
        }
    }
    if let Some(after) = command.get_after_help() {
        page.push_str(".PP\n");
        behind(page, &after.to_string());
    }
}

/// What stands behind the options: prose, and examples.
fn behind(page: &mut String, after: &str) {
    let (prose, rows) = match after.split_once(EXAMPLES) {
        Some((prose, rows)) => (prose, Some(rows)),
        None => (after, None),
    };
    let mut is_table = false;
    for line in prose.trim_end().lines() {
        let is_row = is_row(line);
        if is_table && !is_row {
            page.push_str(".PP\n");
        }
        is_table = is_row;
        prose_line(page, line);
    }
    if let Some(rows) = rows {
        page.push_str(".PP\nExamples:\n");
        examples(page, rows);
    }
}

/// Over the examples of a help.
const EXAMPLES: &str = "Examples:\n";

/// Of a table of two columns.
fn is_row(line: &str) -> bool {
    line.split_once("  ")
        .is_some_and(|(first, _)| !first.is_empty())
}

/// A line of a help, for text that is filled: the break after a sentence stays, a row of a table hangs on its first
/// column, what is indented stays as it is.
fn prose_line(page: &mut String, line: &str) {
    let (first, rest) = line.split_once("  ").unwrap_or((line, ""));
    let _ = if first.is_empty() {
        writeln!(page, ".nf\n{}\n.fi", text(line.trim_start()))
    } else if is_row(line) {
        writeln!(page, ".TP\n.B {}\n{}", text(first), text(rest.trim_start()))
    } else if line.ends_with(['.', ':']) {
        writeln!(page, "{}\n.br", text(line))
    } else {
        writeln!(page, "{}", text(line))
    };
}

/// Rows of a line and what it does; a remark of its own line has lines below it that stay as they are.
fn examples(page: &mut String, rows: &str) {
    for row in rows.lines() {
        let row = row.strip_prefix("  ").unwrap_or(row);
        let _ = match (row.strip_prefix("# "), row.split_once("  ")) {
            (Some(remark), _) => writeln!(page, ".PP\n{}:", text(remark)),
            (None, Some((line, remark))) if !line.is_empty() => writeln!(
                page,
                ".PP\n.B {}\n.RS\n{}\n.RE",
                text(line),
                text(remark.trim_start())
            ),
            _ => writeln!(page, ".nf\n{}\n.fi", text(row)),
        };
    }
}

/// What has a name and is shown.
fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    let named = command.get_arguments().filter(|arg| !arg.is_positional());
    named.filter(|arg| !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version"))
}

fn option(page: &mut String, arg: &Arg) {
    let mut name = match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), None) => format!("-{short}"),
        (None, None) => String::new(),
    };
    name = text(&name);
    if arg.get_action().takes_values() {
        let value = text(&value(arg));
        let space = if name.is_empty() { "" } else { " " };
        let _ = write!(name, "{space}\\fI{value}\\fB");
    }
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let known: Vec<_> = arg.get_possible_values();
    let known: Vec<&str> = known
        .iter()
        .map(clap::builder::PossibleValue::get_name)
        .collect();
    if !known.is_empty() && arg.get_action().takes_values() {
        let _ = write!(help, " ({})", known.join(", "));
    }
    let _ = writeln!(page, ".TP\n.B \"{name}\"\n{}", text(&help));
}

fn value(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let names: Vec<&str> = names.iter().map(clap::builder::Str::as_str).collect();
    let many = arg
        .get_num_args()
        .is_some_and(|range| range.max_values() > 1);
    names.join(" ") + if many { "..." } else { "" }
}

fn about(command: &Command) -> String {
    let about = command.get_long_about().or(command.get_about());
    about.map(ToString::to_string).unwrap_or_default()
}

fn paragraphs(page: &mut String, text_of_it: &str) {
    for (at, part) in text_of_it.split("\n\n").enumerate() {
        if at > 0 {
            page.push_str(".PP\n");
        }
        let _ = writeln!(page, "{}", text(&part.replace('\n', " ")));
    }
}

/// Text that says itself: nothing in it is a request, and a hyphen can be copied as one.
fn text(plain: &str) -> String {
    let mut safe = String::with_capacity(plain.len() + 8);
    if plain.starts_with(['.', '\'', ' ']) {
        safe.push_str("\\&");
    }
    for c in plain.chars() {
        match c {
            '\\' => safe.push_str("\\e"),
            '-' => safe.push_str("\\-"),
            '\'' => safe.push_str("\\(aq"),
            '"' => safe.push_str("\\(dq"),
            '`' => safe.push_str("\\(ga"),
            '^' => safe.push_str("\\(ha"),
            '~' => safe.push_str("\\(ti"),
            '\u{2026}' => safe.push_str("..."),
            c if c.is_ascii() => safe.push(c),
            c => {
                let _ = write!(safe, "\\[u{:04X}]", u32::from(c));
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_has_its_name() {
        let named = |arg: Arg| {
            let command = Command::new("x").arg(arg);
            let mut page = String::new();
            options(&command).for_each(|arg| option(&mut page, arg));
            page
        };
        let both = Arg::new("a").short('a').long("all");
        let both = both.action(clap::ArgAction::SetTrue);
        assert!(named(both).contains(".B \"\\-a, \\-\\-all\""));
        let short = Arg::new("n").short('n').value_name("N");
        assert!(named(short).contains(".B \"\\-n \\fIN\\fB\""));
    }

    #[test]
    fn every_exit_code_and_what_chooses_signs_is_named() {
        let mut root = crate::cli::command();
        root.build();
        let page = page(&root);
        let (_, exit) = page.split_once(".SH EXIT STATUS").unwrap_or_default();
        for code in ["0", "1", "2", "3", "101", "125", "126", "127", "128 + n"] {
            assert!(exit.contains(&format!(".B {code}\n")), "{code}");
        }
        for variable in ["LC_ALL, LC_CTYPE, LANG", "TERM", "NO_COLOR"] {
            assert!(
                page.contains(&format!(".B {}\n", text(variable))),
                "{variable}"
            );
        }
    }

    #[test]
    fn prose_is_filled_and_examples_stay() {
        let mut page = String::new();
        let after = "One\ntwo.\n{x}  what\nThree\n  as it is\n\nExamples:\n  a b    does\n  # long\n  c &&\n    d";
        behind(&mut page, after);
        assert_eq!(
            page,
            "One\ntwo.\n.br\n.TP\n.B {x}\nwhat\n.PP\nThree\n.nf\nas it is\n.fi\n.PP\nExamples:\n.PP\n.B a b\n.RS\ndoes\n.RE\n.PP\nlong:\n\
             .nf\nc &&\n.fi\n.nf\n\\&  d\n.fi\n"
        );
    }

    #[test]
    fn no_text_is_taken_for_a_request() {
        assert_eq!(text(".SH X"), "\\&.SH X");
        assert_eq!(text("'a'"), "\\&\\(aqa\\(aq");
        assert_eq!(text("a\\b -2h … é"), "a\\eb \\-2h ... \\[u00E9]");
    }
}
