//! Choosing what a session was from the library: typing narrows, the arrows choose.

use std::cell::Cell;

use super::words::moved;
use crate::app::message::{Action, Edit};
use crate::app::text_field::TextField;
use crate::domain::library::Library;
use crate::domain::record::{Entry, What};

/// The longest text that is looked for, in bytes.
const TYPED_MAX: usize = 80;
const TOO_LONG: &str = "This line holds 80 bytes. Nothing was changed.";

/// A technique or a routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As the log names it.
    pub slug: String,
    /// For people.
    pub name: String,
    /// A routine, as against a technique.
    pub is_routine: bool,
}

/// What can be chosen, and what holds.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    /// Everything that there is.
    pub offered: Vec<Choice>,
    /// What holds; `None`: several techniques, or one that nobody named.
    pub chosen: Option<Choice>,
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
        let techniques = library.techniques.iter();
        let techniques = techniques.map(|technique| (&technique.slug, &technique.name, false));
        let routines = library.routines.iter();
        let routines = routines.map(|routine| (&routine.slug, &routine.name, true));
        let all = techniques.chain(routines);
        let offered: Vec<Choice> = all
            .map(|(slug, name, is_routine)| Choice {
                slug: slug.clone(),
                name: name.clone(),
                is_routine,
            })
            .collect();
        let count = entry.more.as_ref().map_or(0, |more| more.items.len());
        let known = match &entry.what {
            Some(What::Technique(slug)) => Some((slug, false)),
            Some(What::Routine(slug)) => Some((slug, true)),
            Some(What::Queue) | None => None,
        };
        let chosen = known.map(|(slug, is_routine)| {
            let is_it = |one: &&Choice| *one.slug == **slug && one.is_routine == is_routine;
            let found = offered.iter().find(is_it).cloned();
            // Of another library: as it stands.
            found.unwrap_or_else(|| Choice {
                slug: slug.to_string(),
                name: slug.to_string(),
                is_routine,
            })
        });
        let mut pick = Self {
            offered,
            chosen,
            otherwise: match entry.what {
                Some(What::Queue) => format!("a queue of {count}"),
                _ => String::new(),
            },
            ..Self::default()
        };
        pick.go_to_chosen();
        pick
    }

    fn go_to_chosen(&mut self) {
        let chosen = self.chosen.as_ref();
        let at = self.matching().position(|one| Some(one) == chosen);
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
        !self.typed.text().trim().is_empty() && !fits(self.chosen.as_ref())
    }

    /// Takes a key: the arrows choose at once.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
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
        if here.is_some() && here == self.chosen.as_ref() {
            self.selected = moved(self.selected, self.matching().count(), action);
        }
        let taken = self.matching().nth(self.selected).cloned();
        self.chosen = taken.or(self.chosen.take());
    }

    /// Takes typed text; the first that fits is then on hand.
    pub fn insert(&mut self, text: &str) -> Result<(), &'static str> {
        if !self.typed.insert(text, TYPED_MAX) {
            return Err(TOO_LONG);
        }
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
        } else if is_only && first.is_some() {
            self.chosen = first;
        }
    }
}
