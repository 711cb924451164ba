//! Hooks: a command of the person's for an event, started beside the session.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Child;

use super::children;
use super::player::Remark;
use super::speech;
use crate::domain::cue::Cue;
use crate::domain::plan::Side;
use crate::settings::{ANY_EVENT, Command};

/// So many may run at once.
const RUNNING_MAX: usize = 8;

/// The hooks and those that run.
#[derive(Debug)]
pub struct Hooks {
    commands: BTreeMap<String, Command>,
    /// With the event's name.
    running: Vec<(String, Child)>,
    /// Events about whose hook something was told.
    told: BTreeSet<String>,
}

impl Hooks {
    /// As the settings have them.
    pub fn new(commands: &BTreeMap<String, Command>) -> Self {
        Self {
            commands: commands.clone(),
            running: Vec::new(),
            told: BTreeSet::new(),
        }
    }

    /// Starts what is set for the event, and what is set for any unless the cue is `quiet`: one that nobody hears.
    pub fn start(&mut self, cue: &Cue, side: Option<Side>, quiet: bool) -> Vec<Remark> {
        let mut remarks = self.turn();
        let event = cue.kind.name();
        for name in [event, ANY_EVENT] {
            if quiet && name == ANY_EVENT {
                continue;
            }
            let Some(command) = self.commands.get(name) else {
                continue;
            };
            if self.running.len() >= RUNNING_MAX {
                let why = format!("is left out: {RUNNING_MAX} hooks are running already");
                remarks.extend(self.tell(name, &why));
                continue;
            }
            let text = children::harmless(&cue.spoken);
            let side = side.map_or("", Side::word);
            let filled = filled(command, event, &text, side);
            let env = [
                ("UNKINK_EVENT", event),
                ("UNKINK_TEXT", &text),
                ("UNKINK_SIDE", side),
            ];
            match children::start(&filled, &env, None) {
                Ok(child) => self.running.push((name.to_owned(), child)),
                Err(error) => {
                    let why = format!("does not work: {}: {error}", speech::name(command));
                    remarks.extend(self.tell(name, &why));
                }
            }
        }
        remarks
    }

    /// Looks at those that have ended.
    pub fn turn(&mut self) -> Vec<Remark> {
        let mut failed = Vec::new();
        self.running
            .retain_mut(|(name, child)| match child.try_wait() {
                Ok(None) => true,
                Ok(Some(status)) => {
                    let why = children::failure(status);
                    failed.extend(why.map(|why| (name.clone(), why)));
                    false
                }
                Err(_) => false,
            });
        failed
            .iter()
            .filter_map(|(name, why)| self.tell(name, why))
            .collect()
    }

    /// Whether one is running, as of the last look.
    pub fn is_running(&self) -> bool {
        !self.running.is_empty()
    }

    /// About each hook once.
    fn tell(&mut self, name: &str, why: &str) -> Option<Remark> {
        let is_new = self.told.insert(name.to_owned());
        is_new.then(|| Remark {
            text: format!("The hook '{name}' {why}."),
            once: None,
            is_set: true,
        })
    }
}

fn filled(command: &[String], event: &str, text: &str, side: &str) -> Command {
    let fill = |part: &String| {
        // In this order: what the text holds is not looked at again.
        part.replace("{event}", event)
            .replace("{side}", side)
            .replace(speech::TEXT, text)
    };
    command.iter().map(fill).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::cue::Kind;

    fn cue(kind: Kind, spoken: &str) -> Cue {
        Cue {
            kind,
            spoken: spoken.into(),
        }
    }

    fn hooks(set: &[(&str, &[&str])]) -> Hooks {
        let own = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect();
        Hooks::new(
            &set.iter()
                .map(|(name, parts)| ((*name).to_owned(), own(parts)))
                .collect(),
        )
    }

    fn to_the_end(hooks: &mut Hooks) -> Vec<Remark> {
        let mut remarks = Vec::new();
        while hooks.is_running() {
            std::thread::yield_now();
            remarks.extend(hooks.turn());
        }
        remarks
    }

    #[test]
    fn placeholders_and_environment_say_what_happened() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("told");
        let script = "echo \"$2|$UNKINK_EVENT|$UNKINK_TEXT|$UNKINK_SIDE\" >> \"$1\"";
        let told = file.to_str().unwrap();
        let mut hooks = hooks(&[
            (
                "side",
                &[
                    "/bin/sh",
                    "-c",
                    script,
                    "sh",
                    told,
                    "{event} {side}: {text}",
                ],
            ),
            ("any", &["/bin/sh", "-c", script, "sh", told, "any"]),
        ]);
        let side = cue(Kind::Side, "To the {event}; $(x)");
        assert_eq!(hooks.start(&side, Some(Side::Left), false), []);
        assert_eq!(to_the_end(&mut hooks), []);
        assert_eq!(hooks.start(&cue(Kind::In, "In."), None, true), []);
        assert!(
            !hooks.is_running(),
            "no hook of its own, and nobody hears it"
        );
        let text = std::fs::read_to_string(&file).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        assert_eq!(
            lines,
            [
                "any|side|To the {event}; $(x)|left",
                "side left: To the {event}; $(x)|side|To the {event}; $(x)|left"
            ]
        );
    }

    #[test]
    fn at_most_eight_run_at_once_and_that_is_told_once() {
        let mut hooks = hooks(&[("step", &["/bin/sleep", "1000"])]);
        let remarks: Vec<Remark> = (0..12)
            .flat_map(|_| hooks.start(&cue(Kind::Step, "x"), None, false))
            .collect();
        assert_eq!(hooks.running.len(), RUNNING_MAX);
        assert_eq!(remarks.len(), 1);
        for (_, child) in &hooks.running {
            children::kill(child);
        }
        to_the_end(&mut hooks);
    }

    #[test]
    fn one_that_fails_is_told_once() {
        let mut hooks = hooks(&[("step", &["/nothing/here"]), ("half", &["/bin/false"])]);
        let mut told = Vec::new();
        for _ in 0..3 {
            told.extend(hooks.start(&cue(Kind::Step, "x"), None, false));
            told.extend(hooks.start(&cue(Kind::Half, "x"), None, false));
            told.extend(to_the_end(&mut hooks));
        }
        let texts: Vec<&str> = told.iter().map(|remark| &*remark.text).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(
            texts[0].starts_with("The hook 'step' does not work: here: "),
            "{texts:?}"
        );
        assert_eq!(texts[1], "The hook 'half' ended with code 1.");
    }
}
