//! Examples for the help of every command, in one place.

use clap::Command;

/// A command, and lines to type with what each does.
type Examples = (&'static str, &'static [(&'static str, &'static str)]);

/// In the order of the commands.
#[rustfmt::skip] // a table, read across
const ALL: &[Examples] = &[
    ("list", &[
        ("unkink list stiffness --tool none --minutes 5", "without tools, in five minutes"),
        ("unkink list --for stress --position bed --allowed", "in bed, and may start now"),
    ]),
    ("show", &[
        ("unkink show desk-reset", "steps, cautions, evidence"),
        ("unkink show hand-warm-sweep --toml > my-sweep.toml", "a start for one of your own"),
    ]),
    ("start", &[
        ("unkink start desk-reset", "in the app"),
        ("unkink start six-breaths calf-sweep --side left", "one after the other"),
        ("unkink start six-breaths --plain --no-rating", "line by line"),
    ]),
    ("safety", &[
        ("unkink safety", "what was answered, and what that takes away"),
        ("unkink safety --answer none", "none of all this"),
    ]),
    ("suggest", &[
        ("unkink suggest --minutes 5 --position chair", "on a chair, in five minutes"),
        ("unkink suggest --side left --pain 7", "for much pain on the left"),
    ]),
    ("log", &[
        ("unkink log 4 3", "pain 4, stress 3"),
        ("unkink log 6 --where belt-line:left --trigger sat-long", "where, and what came before"),
        ("unkink log - 5 --at 'yesterday 21:30'", "stress alone, later"),
    ]),
    ("history", &[
        ("unkink history --since 7d", "the last seven days"),
        ("unkink history --where calf --json", "for a program"),
    ]),
    ("stats", &[
        ("unkink stats --since 90d", "of three months"),
    ]),
    ("ask", &[
        ("unkink ask peg", "asks the three questions"),
        ("unkink ask peg 4 3 5", "with the answers"),
    ]),
    ("edit", &[
        ("unkink edit last --pain 3 --unset stress", "one value changed, one taken away"),
        ("unkink edit 7f3a --tag garden --tag rain", "other tags"),
    ]),
    ("delete", &[
        ("unkink delete last", "asks once"),
        ("unkink delete 7f3a --yes", "does not ask"),
    ]),
    ("forget", &[
        ("unkink forget 7f3a --yes", "for good"),
    ]),
    ("undo", &[
        ("unkink undo", "the newest act"),
    ]),
    ("redo", &[
        ("unkink redo", "what was taken back last"),
    ]),
    ("favourite", &[
        ("unkink favourite desk-reset", "mark it"),
        ("unkink favourite desk-reset --off", "no longer"),
    ]),
    ("export", &[
        ("unkink export --format jsonl --output backup.jsonl", "every line as it stands"),
        ("unkink export --format csv > log.csv", "for a spreadsheet"),
    ]),
    ("report", &[
        ("unkink report --since 90d --output back.html", "three months on a page"),
        ("unkink report --question 'May I jog?' --output ask.md", "with what you want to ask"),
    ]),
    ("cues", &[
        ("unkink cues --test", "hear each once"),
    ]),
    ("import", &[
        ("unkink import backup.jsonl --dry-run", "what it would bring"),
        ("unkink import diary.csv --column 'Pain level=pain'", "a diary from elsewhere"),
    ]),
    ("paths", &[
        ("unkink paths", "a line for each place"),
    ]),
    ("doctor", &[
        ("unkink doctor", "is everything readable?"),
    ]),
    ("validate", &[
        ("unkink validate --template > my-press.toml", "a start"),
        ("unkink validate my-press.toml", "one file"),
        ("unkink validate ~/Downloads/from-anna", "a pack"),
    ]),
    ("config", &[
        ("unkink config", "what is in force, and why"),
        ("unkink config --default > config.toml", "a file with every setting"),
    ]),
    ("completions", &[
        ("mkdir -p ~/.local/share/bash-completion/completions && unkink completions bash > ~/.local/share/bash-completion/completions/unkink", "bash"),
        ("mkdir -p ~/.zfunc && unkink completions zsh > ~/.zfunc/_unkink", "zsh"),
        ("mkdir -p ~/.config/fish/completions && unkink completions fish > ~/.config/fish/completions/unkink.fish", "fish"),
    ]),
    ("man", &[
        ("unkink man | man -l -", "to read it now"),
        ("mkdir -p ~/.local/share/man/man1 && unkink man > ~/.local/share/man/man1/unkink.1", "where man finds it"),
    ]),
    ("status", &[
        ("unkink status", "one line"),
        ("unkink status --format 'back {pain}[ ({ago})]'", "for a prompt"),
    ]),
    ("while", &[
        ("unkink while cargo build --release", "a small session until it ends"),
        ("unkink while --routine desk-reset make -j8", "with this one"),
        ("unkink while --no-rating sh -c 'npm ci && npm test'", "two commands in a row"),
    ]),
    ("remind", &[
        ("unkink remind --every 50m", "a quiet line each fifty minutes"),
        ("unkink remind --from 09:00 --to 17:30 --days mon-fri", "in working hours"),
        ("unkink remind --every 1h30m --routine desk-reset", "always with this one"),
    ]),
];

#[rustfmt::skip]
const ROOT: Examples = ("unkink", &[
    ("unkink", "the app"),
    ("unkink --demo", "the app with a year of made-up data"),
    ("unkink list stiffness", "what there is for it"),
    ("unkink log 4 3", "pain 4, stress 3"),
    ("unkink stats --since 30d", "the last thirty days"),
]);

/// The widest row that has its remark beside it, in columns.
const WIDE: usize = 88;

/// Puts the examples behind the help of the program and of each command that has some.
pub fn add_to(root: Command) -> Command {
    let root = root.after_help(format!("Examples:\n{}", told(ROOT.1)));
    root.mut_subcommands(|command| {
        let examples = ALL.iter().find(|(name, _)| *name == command.get_name());
        let Some((_, lines)) = examples else {
            return command;
        };
        let before = command.get_after_help().map(ToString::to_string);
        let before = before.map_or(String::new(), |text| text + "\n\n");
        command.after_help(format!("{before}Examples:\n{}", told(lines)))
    })
}

/// A row each, as it can be pasted; where one is too wide, all remarks stand above as comments of the shell.
fn told(lines: &[(&str, &str)]) -> String {
    let wide = lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    let remark = lines.iter().map(|(_, what)| what.len()).max().unwrap_or(0);
    let is_beside = wide + remark + 4 <= WIDE;
    let row = |(line, what): &(&str, &str)| {
        if is_beside {
            format!("  {line:<wide$}  {what}")
        } else {
            format!("  # {what}\n  {}", line.replace(" && ", " &&\n    "))
        }
    };
    lines.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_an_example_and_each_can_be_typed() {
        let root = crate::cli::command();
        let names = root.get_subcommands().map(Command::get_name);
        for name in names.filter(|name| *name != "help") {
            let (_, lines) = ALL
                .iter()
                .find(|(known, _)| *known == name)
                .unwrap_or_else(|| unreachable!("no example for {name}"));
            for (line, _) in *lines {
                let typed = match line.strip_prefix("mkdir ") {
                    Some(made) => made.split_once(" && ").unwrap().1,
                    None => line,
                };
                let typed = typed.split(" > ").next().unwrap();
                let typed = typed.split(" | ").next().unwrap();
                let words = words(typed);
                assert_eq!(words[1], name, "{line}");
                let parsed = crate::cli::command().try_get_matches_from(words);
                assert!(parsed.is_ok(), "{line}: {parsed:?}");
            }
        }
    }

    /// As a shell splits, single quotes only.
    fn words(line: &str) -> Vec<String> {
        let parts = line.split('\'').enumerate();
        parts
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            })
            .collect()
    }
}
