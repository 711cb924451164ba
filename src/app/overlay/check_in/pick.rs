//! Choosing what a session was from the library: typing narrows, the arrows choose, `+` goes on to one more after it.

use std::cell::Cell;

use super::line;
use super::words::moved;
use crate::app::message::{Action, Edit};
use crate::app::text_field::TextField;
use crate::domain::library::Library;
use crate::domain::record::change::PARTS_MAX;
use crate::domain::record::{Entry, What};

/// Said when something is typed that chooses nothing.
pub(super) const CHOOSE: &str =
    "Not chosen yet what it was[: <text-up> and <text-down> choose, or|:] clear what is typed.";
const FULL: &str = "A queue takes no more. Nothing was changed.";

/// A technique or a routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As the log names it.
    pub slug: String,
    /// For people.
    pub name: String,
    /// A routine, as against a technique.
    pub is_routine: bool,
    /// Seconds that it is planned for.
    pub seconds: u32,
}

/// What can be chosen, and what holds.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    /// Everything that there is.
    pub offered: Vec<Choice>,
    /// What holds, in its order; empty: nothing that is named.
    pub chosen: Vec<Choice>,
    /// Whether the next that is chosen comes after those, as against taking the place of the last.
    pub goes_on: bool,
    /// How many it can be: a part is one, a queue several.
    most: usize,
    /// How many it is at least.
    least: usize,
    /// What stands where none of them is chosen.
    pub otherwise: String,
    /// What is looked for.
    pub typed: TextField,
    /// The row that the arrows are on, among those that fit.
    pub selected: usize,
    /// The first row shown; kept by the drawing.
    pub top: Cell<usize>,
}

impl Pick {
    /// What an entry was.
    pub fn new(entry: &Entry, library: &Library) -> Self {
        let offered = offered(library);
        let more = entry.more.as_deref();
        let count = more.map_or(0, |more| more.items.len());
        // Of another library: as it stands.
        let known = |slug: &str, is_routine: bool| Choice {
            slug: slug.to_owned(),
            name: slug.to_owned(),
            is_routine,
            seconds: 0,
        };
        let find = |slug: &str, is_routine: Option<bool>| {
            let is_it = |one: &&Choice| {
                one.slug == slug && is_routine.is_none_or(|routine| one.is_routine == routine)
            };
            let found = offered.iter().find(is_it).cloned();
            found.unwrap_or_else(|| known(slug, is_routine == Some(true)))
        };
        let chosen: Vec<Choice> = match &entry.what {
            Some(What::Technique(slug)) => vec![find(slug, Some(false))],
            Some(What::Routine(slug)) => vec![find(slug, Some(true))],
            Some(What::Queue) => {
                let queue = more.map(|more| more.queue.iter()).into_iter().flatten();
                queue.map(|slug| find(slug, None)).collect()
            }
            None => Vec::new(),
        };
        let mut pick = Self {
            chosen,
            offered,
            most: PARTS_MAX,
            least: 1,
            otherwise: match entry.what {
                Some(What::Queue) => format!("a queue of {count}"),
                _ => String::new(),
            },
            ..Self::default()
        };
        pick.go_to_chosen();
        pick
    }

    /// One more part: nothing yet.
    pub fn part(library: &Library) -> Self {
        let mut offered = offered(library);
        offered.retain(|one| !one.is_routine);
        Self {
            offered,
            most: 1,
            ..Self::default()
        }
    }

    /// Whether it can be more than one.
    pub fn takes_several(&self) -> bool {
        self.most > 1
    }

    /// What the arrows change; `None`: they choose one more.
    pub fn last(&self) -> Option<&Choice> {
        self.chosen.last().filter(|_| !self.goes_on)
    }

    /// All that is chosen: 'Six breaths, then Palm press'.
    pub fn named(&self) -> String {
        let mut named = named(&self.chosen);
        if self.goes_on {
            named.push_str(", then ...");
        }
        named
    }

    /// Nothing chosen and nothing typed.
    pub(super) fn empty(&mut self) {
        self.chosen.clear();
        (self.typed, self.selected) = (TextField::default(), 0);
    }

    fn choose(&mut self, one: Choice) {
        if !std::mem::take(&mut self.goes_on) {
            self.chosen.pop();
        }
        self.chosen.push(one);
    }

    /// Goes on to one more after what is chosen.
    fn go_on(&mut self) -> Result<(), &'static str> {
        if self.is_open() {
            return Err(CHOOSE);
        }
        if self.chosen.len() >= self.most {
            return Err(FULL);
        }
        self.goes_on = !self.chosen.is_empty();
        self.typed = TextField::default();
        self.go_to_chosen();
        Ok(())
    }

    /// Takes the last one away, but for the only one that there must be.
    fn take_away(&mut self) {
        if !std::mem::take(&mut self.goes_on) && self.chosen.len() > self.least {
            self.chosen.pop();
        }
        self.go_to_chosen();
    }

    fn go_to_chosen(&mut self) {
        let last = self.last();
        let at = self.matching().position(|one| Some(one) == last);
        self.selected = at.unwrap_or(0);
    }

    /// What has every typed word in its name.
    pub fn matching(&self) -> impl Iterator<Item = &Choice> {
        let typed = self.typed.text().to_lowercase();
        let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
        self.offered.iter().filter(move |one| {
            let (name, slug) = (one.name.to_lowercase(), &one.slug);
            let mut words = words.iter();
            words.all(|word| name.contains(word.as_str()) || slug.contains(word.as_str()))
        })
    }

    /// Whether something is typed that does not fit what is chosen.
    pub fn is_open(&self) -> bool {
        let fits = |chosen| self.matching().any(|one| Some(one) == chosen);
        !self.typed.text().trim().is_empty() && !fits(self.last())
    }

    /// Takes a key: the arrows choose at once; Backspace before the first letter takes the last one away.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Backspace if self.typed.text().is_empty() => self.take_away(),
            Edit::Up => self.go(Action::Up),
            Edit::Down => self.go(Action::Down),
            edit => {
                self.typed.edit(edit);
                self.look();
            }
        }
    }

    fn go(&mut self, action: Action) {
        let here = self.matching().nth(self.selected);
        // The first arrow takes the row that it stands on, where that is not the one chosen yet.
        if here.is_some() && here == self.last() {
            self.selected = moved(self.selected, self.matching().count(), action);
        }
        let taken = self.matching().nth(self.selected).cloned();
        if let Some(taken) = taken {
            self.choose(taken);
        }
    }

    /// Takes this one of those that fit.
    pub(super) fn take(&mut self, at: usize) {
        let taken = self.matching().nth(at).cloned();
        if let Some(taken) = taken {
            self.selected = at;
            self.choose(taken);
        }
    }

    /// Moves among those that fit and takes none.
    pub(super) fn look_along(&mut self, action: Action) {
        self.selected = moved(self.selected, self.matching().count(), action);
    }

    /// Takes typed text; the first that fits is then on hand. `+` goes on to one more.
    pub fn insert(&mut self, text: &str) -> Result<(), &'static str> {
        if text == "+" && self.takes_several() {
            return self.go_on();
        }
        line::put(&mut self.typed, text)?;
        self.look();
        Ok(())
    }

    /// What is typed chooses the only one that fits; else the arrows do.
    fn look(&mut self) {
        self.selected = 0;
        let mut fitting = self.matching();
        let first = fitting.next().cloned();
        let is_only = fitting.next().is_none();
        drop(fitting);
        if self.typed.text().trim().is_empty() {
            self.go_to_chosen();
        } else if let Some(first) = first.filter(|_| is_only) {
            self.choose(first);
        }
    }
}

fn offered(library: &Library) -> Vec<Choice> {
    let techniques = library.techniques.iter().map(|technique| Choice {
        slug: technique.slug.clone(),
        name: technique.name.clone(),
        is_routine: false,
        seconds: u32::try_from(technique.steps_s()).unwrap_or(u32::MAX),
    });
    let routines = library.routines.iter().map(|routine| Choice {
        slug: routine.slug.clone(),
        name: routine.name.clone(),
        is_routine: true,
        seconds: routine.total_s,
    });
    techniques.chain(routines).collect()
}

/// One after the other.
pub fn named(chosen: &[Choice]) -> String {
    let names: Vec<&str> = chosen.iter().map(|one| &*one.name).collect();
    names.join(", then ")
}
