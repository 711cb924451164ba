//! The library's query: words that forgive a slip, filters, and the order of what is found.

mod index;
pub(in crate::domain) mod letters;

use std::collections::BTreeSet;

use super::evidence::Topic;
use super::length::{routine_real_s, technique_real_s};
use super::library::Library;
use super::routine::Routine;
use super::technique::{GROUPS, Technique};
use super::vocabulary::nearest;
use crate::domain::order;

pub use index::Index;

/// The heading of the routines.
pub const ROUTINES: &str = "Routines";
/// The heading of the evidence cards.
pub const TOPICS: &str = "Evidence cards";

/// What is looked for. The empty one finds everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// As typed; every word must be found. Words of four letters or more may have one slip.
    pub words: String,
    /// What must fit.
    pub filter: Filter,
}

/// What must fit. An empty list, or none, asks for nothing. Evidence cards fit only the empty filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Places and positions that are possible here: 'chair', 'floor' … Any of them will do.
    pub position: Vec<String>,
    /// Tools at hand. What needs nothing always fits; 'none' alone asks for just that.
    pub tool: Vec<String>,
    /// Whole minutes at most, get-ready and changes included.
    pub minutes: Option<u32>,
    /// What it should be good for: any of these.
    pub purpose: Vec<String>,
    /// Only what may start.
    pub allowed: bool,
}

/// What decides between things that match equally well.
pub struct Preference<'a> {
    /// Slugs that come first.
    pub favourites: &'a BTreeSet<String>,
    /// When a slug was last done, as any number that grows with time; the least lately done comes first.
    pub last_done: &'a dyn Fn(&str) -> Option<i64>,
    /// Slugs of what is off: after the rest.
    pub off: &'a BTreeSet<String>,
    /// Slugs of what made it worse lately: not offered first.
    pub resting: &'a BTreeSet<String>,
}

/// Something of the library.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item<'a> {
    /// A technique.
    Technique(&'a Technique),
    /// A routine.
    Routine(&'a Routine),
    /// An evidence card.
    Topic(&'a Topic),
}

/// Found things under their heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'a> {
    /// One of the groups of techniques, [`ROUTINES`] or [`TOPICS`].
    pub heading: &'a str,
    /// At least one.
    pub items: Vec<Item<'a>>,
}

/// The words that filters can take, each once, in the order of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterWords<'a> {
    /// 'chair', 'standing' …; without 'any'.
    pub position: Vec<&'a str>,
    /// 'none', 'ball' …
    pub tool: Vec<&'a str>,
    /// 'tension', 'stress' …
    pub purpose: Vec<&'a str>,
}

impl<'a> Item<'a> {
    /// The name on the command line and in the log.
    pub fn slug(self) -> &'a str {
        match self {
            Self::Technique(technique) => &technique.slug,
            Self::Routine(routine) => &routine.slug,
            Self::Topic(topic) => topic.slug,
        }
    }

    /// The name that people read.
    pub fn name(self) -> &'a str {
        match self {
            Self::Technique(technique) => &technique.name,
            Self::Routine(routine) => &routine.name,
            Self::Topic(topic) => topic.title,
        }
    }

    /// The heading that it stands under.
    pub fn heading(self) -> &'a str {
        match self {
            Self::Technique(technique) => &technique.group,
            Self::Routine(_) => ROUTINES,
            Self::Topic(_) => TOPICS,
        }
    }
}

impl Filter {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// An error for a word that nothing in the library has: what, which filter, and the nearest right word.
    pub fn check(&self, library: &Library) -> Result<(), String> {
        let known = library.filter_words();
        for (noun, given, known) in [
            ("position", &self.position, &known.position),
            ("tool", &self.tool, &known.tool),
            ("purpose", &self.purpose, &known.purpose),
        ] {
            let open = |word: &String| noun == "position" && word == "any";
            for word in given.iter().filter(|word| !open(word)) {
                if known.contains(&word.as_str()) {
                    continue;
                }
                let hint = match nearest(word, known.iter().copied()) {
                    Some(right) => format!("did you mean '{right}'?"),
                    None => format!("the words are: {}", known.join(", ")),
                };
                return Err(format!("unknown {noun} '{word}': {hint}"));
            }
        }
        Ok(())
    }

    /// Whether this fits.
    pub(super) fn fits(&self, item: Item, library: &Library) -> bool {
        match item {
            Item::Technique(technique) => {
                self.time_fits(technique_real_s(technique))
                    && self.place_fits(technique)
                    && self.tools_fit(technique)
                    && self.serves(technique)
            }
            Item::Routine(routine) => self.routine_fits(routine, library),
            Item::Topic(_) => self.is_empty(),
        }
    }

    /// A routine fits when all of its items can be done here, and at least half of them serve the purpose.
    fn routine_fits(&self, routine: &Routine, library: &Library) -> bool {
        let items: Vec<_> = routine
            .items
            .iter()
            .filter_map(|item| library.technique(&item.technique))
            .collect();
        let serving = items.iter().filter(|item| self.serves(item)).count();
        self.time_fits(routine_real_s(routine, library))
            && items
                .iter()
                .all(|item| self.place_fits(item) && self.tools_fit(item))
            && serving * 2 >= items.len()
    }

    fn time_fits(&self, real_s: u32) -> bool {
        self.minutes
            .is_none_or(|minutes| real_s <= minutes.saturating_mul(60))
    }

    fn place_fits(&self, technique: &Technique) -> bool {
        let open = |list: &[String]| list.iter().any(|word| word == "any");
        self.position.is_empty()
            || open(&self.position)
            || open(&technique.filter.position)
            || shared(&self.position, &technique.filter.position)
    }

    fn tools_fit(&self, technique: &Technique) -> bool {
        let at_hand = |tool: &String| tool == "none" || self.tool.contains(tool);
        self.tool.is_empty() || technique.filter.tool.iter().all(at_hand)
    }

    fn serves(&self, technique: &Technique) -> bool {
        self.purpose.is_empty() || shared(&self.purpose, &technique.filter.purpose)
    }
}

fn shared(a: &[String], b: &[String]) -> bool {
    a.iter().any(|word| b.contains(word))
}

impl Library {
    /// Techniques, routines and evidence cards in the order of the catalogue.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let techniques = self.techniques.iter().map(Item::Technique);
        let routines = self.routines.iter().map(Item::Routine);
        let topics = self.topics().iter().map(Item::Topic);
        techniques.chain(routines).chain(topics)
    }

    /// What has this slug.
    pub fn item(&self, slug: &str) -> Option<Item<'_>> {
        let technique = self.technique(slug).map(Item::Technique);
        technique
            .or_else(|| self.routine(slug).map(Item::Routine))
            .or_else(|| self.topic(slug).map(Item::Topic))
    }

    /// What the query finds, best first: by how well the words match (no slip before a slip, names before texts), then
    /// favourites, then what was done least lately, then the order of the catalogue.
    pub fn find(&self, query: &Query, preference: &Preference) -> Vec<Item<'_>> {
        // Without words the index is not needed, and so not made: the first frame asks for everything.
        let scores = match query.words.trim() {
            "" => vec![Some(0); self.items().count()],
            words => self.index().scores(words),
        };
        let mut found: Vec<_> = self
            .items()
            .zip(scores)
            .filter_map(|(item, score)| Some((score?, item)))
            .filter(|(_, item)| !self.is_hidden(item.slug()))
            .filter(|(_, item)| query.filter.fits(*item, self))
            .filter(|(_, item)| !query.filter.allowed || !preference.off.contains(item.slug()))
            .map(|(score, item)| {
                let slug = item.slug();
                let later = !preference.favourites.contains(slug);
                let off = preference.off.contains(slug);
                let resting = preference.resting.contains(slug);
                (
                    (score, off, resting, later, (preference.last_done)(slug)),
                    item,
                )
            })
            .collect();
        order::by_key(&mut found, |(key, _)| *key);
        found.into_iter().map(|(_, item)| item).collect()
    }

    /// The same under headings: groups of techniques, routines, evidence cards. With words, the heading with the best
    /// match comes first.
    pub fn find_grouped(&self, query: &Query, preference: &Preference) -> Vec<Group<'_>> {
        let mut groups: Vec<Group> = Vec::new();
        for item in self.find(query, preference) {
            let heading = item.heading();
            match groups.iter_mut().find(|group| group.heading == heading) {
                Some(group) => group.items.push(item),
                None => groups.push(Group {
                    heading,
                    items: vec![item],
                }),
            }
        }
        if query.words.trim().is_empty() {
            order::by_key(&mut groups, |group| place_of(group.heading));
        }
        groups
    }

    /// Every word that a filter can take.
    pub fn filter_words(&self) -> FilterWords<'_> {
        let mut words = FilterWords::default();
        for technique in &self.techniques {
            let filter = &technique.filter;
            collect(&mut words.position, &filter.position);
            collect(&mut words.tool, &filter.tool);
            collect(&mut words.purpose, &filter.purpose);
        }
        words.position.retain(|word| *word != "any");
        words
    }

    /// The slugs that a mistyped one may have meant, likeliest first, at most three.
    pub fn nearest(&self, slug: &str) -> Vec<&str> {
        if slug.chars().count() > 2 * super::check::SLUG_MAX {
            return Vec::new();
        }
        let typed = slug.to_lowercase().replace([' ', '_'], "-");
        let mut near: Vec<_> = self
            .items()
            .map(|item| (likeness(&typed, item.slug()), item.slug()))
            .filter(|(likeness, _)| *likeness >= 0.5)
            .collect();
        order::by(&mut near, |a, b| b.0.total_cmp(&a.0));
        near.truncate(3);
        near.into_iter().map(|(_, slug)| slug).collect()
    }
}

/// Headings in the order of the catalogue; one of a person's own making would come after the groups.
fn place_of(heading: &str) -> usize {
    match heading {
        ROUTINES => GROUPS.len() + 1,
        TOPICS => GROUPS.len() + 2,
        other => {
            let place = GROUPS.iter().position(|group| *group == other);
            place.unwrap_or(GROUPS.len())
        }
    }
}

fn collect<'a>(words: &mut Vec<&'a str>, more: &'a [String]) {
    for word in more {
        if !words.contains(&word.as_str()) {
            words.push(word);
        }
    }
}

/// 0 to 1: by letters, by a part that was typed right, or by words in another order.
fn likeness(typed: &str, slug: &str) -> f64 {
    let letters = strsim::normalized_damerau_levenshtein(typed, slug);
    let part = if typed.len() >= 3 && slug.contains(typed) {
        0.9
    } else {
        0.0
    };
    let words: Vec<_> = typed.split('-').filter(|word| word.len() >= 3).collect();
    // Each word by the own word that is most like it; one that is like none counts nothing.
    let best = |word: &&str| {
        let own = slug
            .split('-')
            .map(|own| strsim::normalized_damerau_levenshtein(word, own));
        own.filter(|likeness| *likeness >= 0.7).fold(0.0, f64::max)
    };
    let words = words.iter().map(best).sum::<f64>() / words.len().max(1) as f64;
    letters.max(part).max(words * 0.8)
}
