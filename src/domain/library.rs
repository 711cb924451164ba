//! Everything there is to choose from: techniques, routines, evidence cards and sources, looked up by slug or id.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, OnceLock};

use super::evidence::{Source, Topic};
use super::routine::Routine;
use super::safety::Safety;
use super::search::Index;
use super::technique::{GROUPS, Technique};
use super::vocabulary::Vocabulary;
use crate::domain::order;

/// The library: built-in content and the person's own.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// In the order of the catalogue; a person's own after the built-in ones of their group.
    pub techniques: Vec<Technique>,
    /// In the order of the catalogue; a person's own last.
    pub routines: Vec<Routine>,
    /// Slugs that are not offered; what names them finds them.
    hidden: BTreeSet<String>,
    reference: Arc<Reference>,
    index: OnceLock<Index>,
}

/// What is read only when it is first asked for.
#[derive(Debug, Default)]
pub struct Reference {
    /// Sources in the order of their ids' letters.
    pub sources: LazyLock<Vec<Source>>,
    /// Evidence cards in reading order.
    pub topics: LazyLock<Vec<Topic>>,
    /// Safety rules and texts.
    pub safety: LazyLock<Safety>,
    /// The words of the log.
    pub vocabulary: LazyLock<Vocabulary>,
}

impl Library {
    /// Puts techniques and routines into the order of the catalogue.
    pub fn new(techniques: Vec<Technique>, routines: Vec<Routine>, reference: Reference) -> Self {
        let mut library = Self {
            techniques,
            routines,
            hidden: BTreeSet::new(),
            reference: Arc::new(reference),
            index: OnceLock::new(),
        };
        library.sort();
        library
    }

    /// Adds techniques and routines; the caller has checked them.
    pub fn add(&mut self, techniques: Vec<Technique>, routines: Vec<Routine>) {
        self.techniques.extend(techniques);
        self.routines.extend(routines);
        self.index = OnceLock::new();
        self.sort();
    }

    /// Offers these slugs no longer: no list, search or suggestion has them. A routine that is made of them stays whole,
    /// and what names one finds it.
    pub fn hide(&mut self, slugs: impl IntoIterator<Item = String>) {
        self.hidden.extend(slugs);
    }

    /// Whether a slug is to be left out where things are offered.
    pub fn is_hidden(&self, slug: &str) -> bool {
        self.hidden.contains(slug)
    }

    fn sort(&mut self) {
        let group = |name: &str| GROUPS.iter().position(|group| *group == name);
        order::by(&mut self.techniques, |a, b| a.slug.cmp(&b.slug));
        // Stable: those of one place stay in the order of their slugs.
        order::by_key(&mut self.techniques, |t| {
            (group(&t.group).unwrap_or(GROUPS.len()), t.own, t.order)
        });
        order::by(&mut self.routines, |a, b| {
            (a.own, a.order, &a.slug).cmp(&(b.own, b.order, &b.slug))
        });
    }

    /// The technique of this slug.
    pub fn technique(&self, slug: &str) -> Option<&Technique> {
        self.techniques
            .iter()
            .find(|technique| technique.slug == slug)
    }

    /// The routine of this slug.
    pub fn routine(&self, slug: &str) -> Option<&Routine> {
        self.routines.iter().find(|routine| routine.slug == slug)
    }

    /// Whether this is the slug of something to do, which can be started: an evidence card can only be read.
    pub fn can_start(&self, slug: &str) -> bool {
        self.technique(slug).is_some() || self.routine(slug).is_some()
    }

    /// The evidence card of this slug.
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.topics().iter().find(|topic| topic.slug == slug)
    }

    /// The source of this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources().iter().find(|source| source.id == id)
    }

    /// Every evidence card, in reading order.
    pub fn topics(&self) -> &[Topic] {
        &self.reference.topics
    }

    /// Every source.
    pub fn sources(&self) -> &[Source] {
        &self.reference.sources
    }

    /// The safety rules and texts.
    pub fn safety(&self) -> &Safety {
        &self.reference.safety
    }

    /// The words of the log.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.reference.vocabulary
    }

    /// The search index, made at the first search and not before.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }
}
