//! Whether a technique or routine makes sense: everything that its type alone does not say. Built-in content (in tests)
//! and a person's own files (when they are read) go through the same checks.

use super::dose::touches;
use super::length::routine_stated_s;
use super::library::Library;
use super::routine::{Routine, RoutineItem};
use super::safety::MAX_FORCE;
use super::technique::{GROUPS, Sides, Step, Technique};
use super::time::clock_text;
use super::vocabulary::nearest;

/// The longest step, in seconds.
const STEP_MAX_S: u32 = 3600;
/// The longest slug, in characters.
pub(super) const SLUG_MAX: usize = 60;
/// Points of the article that this project started from: S1 to S35.
const SEED_MAX: u8 = 35;

/// Something wrong, and where in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field.
    pub field: &'static str,
    /// Which element of a list, from 0.
    pub index: Option<usize>,
    /// One line for people: what is wrong and, where known, what would be right.
    pub why: String,
}

/// Collects mistakes.
#[derive(Default)]
struct Mistakes(Vec<Mistake>);

impl Mistakes {
    fn add(&mut self, field: &'static str, index: Option<usize>, why: String) {
        self.0.push(Mistake { field, index, why });
    }

    fn unless(&mut self, fine: bool, field: &'static str, why: impl FnOnce() -> String) {
        if !fine {
            self.add(field, None, why());
        }
    }

    /// A text that must say something.
    fn text(&mut self, field: &'static str, text: &str) {
        self.unless(!text.trim().is_empty(), field, || {
            format!("{field} is empty")
        });
    }

    /// Names that must be known, each once. What is known is asked for only where a name is given: it may have to be
    /// read first.
    fn names<'a, I: Iterator<Item = &'a str>>(
        &mut self,
        field: &'static str,
        noun: &str,
        given: &[String],
        known: impl Fn() -> I,
    ) {
        for (at, name) in given.iter().enumerate() {
            if given[..at].contains(name) {
                self.add(field, Some(at), format!("{noun} '{name}' stands twice"));
            }
            if known().all(|other| other != name) {
                let why = format!("unknown {noun} '{name}'{}", hint(name, known()));
                self.add(field, Some(at), why);
            }
        }
    }

    /// `taker`: what has the name already.
    fn slug(&mut self, slug: &str, taker: Option<&str>) {
        self.unless(is_slug(slug), "slug", || {
            format!(
                "slug '{slug}' must be lower-case letters, digits and hyphens, at most {SLUG_MAX}"
            )
        });
        self.unless(slug != "last", "slug", || {
            "slug 'last' means the newest entry on the command line: choose another".to_owned()
        });
        if let Some(taker) = taker {
            let why = format!("slug '{slug}' is already taken by {taker}: choose another");
            self.add("slug", None, why);
        }
    }
}

/// Everything wrong with a technique. The library lends its words, and its slugs must be others.
pub fn technique(technique: &Technique, library: &Library) -> Vec<Mistake> {
    let mut m = Mistakes::default();
    let other = library.technique(&technique.slug);
    let is_itself = other.is_some_and(|other| std::ptr::eq(other, technique));
    let taker = taker(&technique.slug, library).filter(|_| !is_itself);
    m.slug(&technique.slug, taker);
    m.unless(GROUPS.contains(&technique.group.as_str()), "group", || {
        let given = &technique.group;
        let near = hint(given, GROUPS.iter().copied());
        format!(
            "unknown group '{given}'{near} (one of: {})",
            GROUPS.join(", ")
        )
    });
    m.text("name", &technique.name);
    m.text("area", &technique.area);
    m.text("position", &technique.position);
    m.text("tools", &technique.tools);
    m.text("breathing", &technique.breathing);
    m.text("stop_if", &technique.stop_if);
    force(technique, &mut m);
    tags(technique, library, &mut m);
    regions(technique, library, &mut m);
    steps(technique, &mut m);
    m.0
}

/// What has this name, in words.
fn taker(slug: &str, library: &Library) -> Option<&'static str> {
    let techniques = library.technique(slug).map(|other| other.own);
    let own = techniques.or_else(|| library.routine(slug).map(|other| other.own));
    match own {
        Some(true) => Some("another file of yours"),
        Some(false) => Some("a built-in one"),
        None => library.topic(slug).map(|_| "an evidence card"),
    }
}

fn force(technique: &Technique, m: &mut Mistakes) {
    let [low, high] = technique.intensity;
    m.unless(low <= high && high <= MAX_FORCE, "intensity", || {
        format!(
            "intensity {low} to {high}: give the lowest, then the highest, from 0 to {MAX_FORCE} \
             (7 and more is too much for anybody)"
        )
    });
    if let Some(breath) = technique.breath {
        let fine = (1..=20).contains(&breath.in_s) && (1..=20).contains(&breath.out_s);
        m.unless(fine, "breath", || {
            "a breath in or out takes 1 to 20 seconds".to_owned()
        });
    }
    let paced = technique.steps.iter().any(|step| step.paced);
    m.unless(paced == technique.breath.is_some(), "breath", || {
        let why = if paced {
            "a step says 'paced = true', but there is no breath = { in_s = 5, out_s = 5 } to pace it"
        } else {
            "no step follows the breath: give the one that does 'paced = true'"
        };
        why.to_owned()
    });
}

fn tags(technique: &Technique, library: &Library, m: &mut Mistakes) {
    m.names("traits", "trait", &technique.traits, || {
        let traits = library.safety().traits.iter();
        traits.map(|known| known.id)
    });
    sources(&technique.sources, library, m);
    for (at, seed) in technique.seed.iter().enumerate() {
        let number = seed.strip_prefix('S').and_then(|n| n.parse::<u8>().ok());
        if !number.is_some_and(|n| (1..=SEED_MAX).contains(&n)) {
            m.add(
                "seed",
                Some(at),
                format!("unknown seed item '{seed}': S1 to S{SEED_MAX}"),
            );
        }
    }
    let filter = &technique.filter;
    for (name, words) in [
        ("position", &filter.position),
        ("tool", &filter.tool),
        ("for", &filter.purpose),
    ] {
        m.unless(!words.is_empty(), "filter", || {
            format!("filter.{name} is empty: name at least one")
        });
        for word in words {
            m.unless(is_slug(word), "filter", || {
                format!("filter.{name} '{word}' must be lower-case letters, digits and hyphens")
            });
        }
    }
    let both = filter.tool.len() > 1 && filter.tool.iter().any(|tool| tool == "none");
    m.unless(!both, "filter", || {
        "filter.tool says 'none' and a tool".to_owned()
    });
}

fn sources(given: &[String], library: &Library, m: &mut Mistakes) {
    m.names("sources", "source", given, || {
        library.sources().iter().map(|known| known.id)
    });
}

fn regions(technique: &Technique, library: &Library, m: &mut Mistakes) {
    m.names("regions", "region", &technique.regions, || {
        let regions = library.vocabulary().regions.iter();
        regions.map(|region| region.id.as_str())
    });
    let touches = touches(&technique.traits);
    for (at, id) in technique.regions.iter().enumerate() {
        let Some(region) = library.vocabulary().region(id) else {
            continue;
        };
        if region.midline || (region.no_pressure && touches) {
            m.add(
                "regions",
                Some(at),
                format!("no pressure on '{id}', for anybody"),
            );
        }
    }
}

fn steps(technique: &Technique, m: &mut Mistakes) {
    m.unless(!technique.steps.is_empty(), "steps", || {
        "there are no steps".to_owned()
    });
    for (at, step) in technique.steps.iter().enumerate() {
        for why in step_mistakes(at + 1, step) {
            m.add("steps", Some(at), why);
        }
    }
    let sum = technique.steps_s();
    m.unless(sum == u64::from(technique.total_s), "total_s", || {
        let stated = technique.total_s;
        format!("total_s says {stated}, but the steps sum to {sum}, each side counted")
    });
    let sided = technique.steps.iter().any(|step| step.each_side);
    m.unless(
        sided == (technique.sides == Sides::LeftThenRight),
        "sides",
        || {
            if sided {
                "a step is done on each side, so sides must be 'left-then-right'".to_owned()
            } else {
                "sides is 'left-then-right', but no step says each_side = true".to_owned()
            }
        },
    );
}

fn step_mistakes(number: usize, step: &Step) -> Vec<String> {
    let mut found = Vec::new();
    if step.seconds == 0 || step.seconds > STEP_MAX_S {
        let seconds = step.seconds;
        found.push(format!(
            "step {number} lasts {seconds} s: give 1 to {STEP_MAX_S}"
        ));
    }
    if step.line.trim().is_empty() {
        found.push(format!("step {number} says nothing"));
    }
    if step.line.contains('\n') {
        found.push(format!("step {number} has more than one line"));
    }
    found
}

/// Everything wrong with a routine. Its techniques must be in the library, and the library's slugs must be others.
pub fn routine(routine: &Routine, library: &Library) -> Vec<Mistake> {
    let mut m = Mistakes::default();
    let other = library.routine(&routine.slug);
    let is_itself = other.is_some_and(|other| std::ptr::eq(other, routine));
    let taker = taker(&routine.slug, library).filter(|_| !is_itself);
    m.slug(&routine.slug, taker);
    m.text("name", &routine.name);
    m.text("summary", &routine.summary);
    m.text("why", &routine.why);
    m.unless(!routine.items.is_empty(), "items", || {
        "there are no items".to_owned()
    });
    sources(&routine.sources, library, &mut m);
    for (at, item) in routine.items.iter().enumerate() {
        if let Some(why) = item_mistake(item, library) {
            m.add("items", Some(at), why);
        }
    }
    let stated = routine.total_s;
    if let Some(sum) = routine_stated_s(routine, library) {
        m.unless(sum == u64::from(stated), "total_s", || {
            let clock = clock_text(sum);
            format!("total_s says {stated}, but the items and the 8 s between them sum to {sum} ({clock})")
        });
    }
    m.0
}

fn item_mistake(item: &RoutineItem, library: &Library) -> Option<String> {
    let slug = &item.technique;
    if library.technique(slug).is_none() {
        let known = library.techniques.iter().map(|known| known.slug.as_str());
        return Some(format!("no technique '{slug}'{}", hint(slug, known)));
    }
    let fine = (0.1..=4.0).contains(&item.factor);
    (!fine).then(|| format!("factor {} of '{slug}': give 0.1 to 4", item.factor))
}

fn hint<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(typed, known) {
        Some(word) => format!(": did you mean '{word}'?"),
        None => String::new(),
    }
}

fn is_slug(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty()
        && text.len() <= SLUG_MAX
        && text.chars().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
}
