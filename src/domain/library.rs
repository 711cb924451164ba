//! Everything there is to choose from: techniques, routines, evidence cards and sources, looked up by slug or id.

use std::sync::{Arc, LazyLock, OnceLock};

use super::evidence::{Source, Topic};
use super::plan::{GET_READY_S, ITEM_CHANGE_S, SIDE_CHANGE_S};
use super::routine::Routine;
use super::safety::Safety;
use super::search::Index;
use super::technique::{GROUPS, Sides, Step, Technique};
use super::vocabulary::Vocabulary;

/// The library: built-in content and the person's own.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// In the order of the catalogue; a person's own after the built-in ones of their group.
    pub techniques: Vec<Technique>,
    /// In the order of the catalogue; a person's own last.
    pub routines: Vec<Routine>,
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

    fn sort(&mut self) {
        let group = |name: &str| GROUPS.iter().position(|group| *group == name);
        self.techniques.sort_by(|a, b| {
            let place = |t: &Technique| (group(&t.group).unwrap_or(GROUPS.len()), t.own, t.order);
            place(a).cmp(&place(b)).then_with(|| a.slug.cmp(&b.slug))
        });
        self.routines
            .sort_by(|a, b| (a.own, a.order, &a.slug).cmp(&(b.own, b.order, &b.slug)));
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

    /// Seconds that a routine really takes: its total, get-ready, and the side changes of its items.
    /// Items whose technique is missing are left out.
    pub fn real_s_routine(&self, routine: &Routine) -> u32 {
        let items: Vec<_> = routine
            .items
            .iter()
            .filter_map(|item| Some((self.technique(&item.technique)?, item.factor)))
            .collect();
        let work: u64 = items
            .iter()
            .map(|(technique, factor)| {
                scaled_total_s(technique, *factor) + u64::from(side_changes_s(technique))
            })
            .sum();
        let between = u64::from(ITEM_CHANGE_S) * items.len().saturating_sub(1) as u64;
        u32::try_from(u64::from(GET_READY_S) + work + between).unwrap_or(u32::MAX)
    }
}

/// Seconds that a technique really takes: its steps, get-ready and a change of sides for each block. The same rules as
/// [`Timeline::real_s`](super::plan::Timeline::real_s), without building one for every row of a list.
pub fn real_s(technique: &Technique) -> u32 {
    let s = technique.steps_s() + u64::from(GET_READY_S + side_changes_s(technique));
    u32::try_from(s).unwrap_or(u32::MAX)
}

/// Seconds of a routine as its file must state them: scaled steps and the change-overs between items.
/// `None` when a technique is missing.
pub fn stated_s<'a>(
    routine: &Routine,
    find: impl Fn(&str) -> Option<&'a Technique>,
) -> Option<u64> {
    let mut total = u64::from(ITEM_CHANGE_S) * routine.items.len().saturating_sub(1) as u64;
    for item in &routine.items {
        total += scaled_total_s(find(&item.technique)?, item.factor);
    }
    Some(total)
}

/// Seconds of a technique's steps under a routine's factor, sides included.
pub fn scaled_total_s(technique: &Technique, factor: f64) -> u64 {
    let scaled = |step: &Step| Step {
        seconds: scaled_step_s(step.seconds, factor),
        each_side: step.each_side,
        line: String::new(),
    };
    technique
        .steps
        .iter()
        .map(|step| scaled(step).both_sides_s())
        .sum()
}

/// A step's seconds under a factor: to the nearest 5, ties upward, at least 5 (section E).
fn scaled_step_s(seconds: u32, factor: f64) -> u32 {
    // The tiny amount keeps ties that binary fractions miss by a hair, such as 0.7 times 25.
    let fives = (f64::from(seconds) * factor / 5.0 + 0.5 + 1e-9).floor();
    (fives.clamp(1.0, f64::from(u32::MAX / 5)) as u32).saturating_mul(5)
}

fn side_changes_s(technique: &Technique) -> u32 {
    if technique.sides != Sides::LeftThenRight {
        return 0;
    }
    let mut blocks = 0;
    let mut inside = false;
    for step in &technique.steps {
        blocks += u32::from(step.each_side && !inside);
        inside = step.each_side;
    }
    blocks * SIDE_CHANGE_S
}
