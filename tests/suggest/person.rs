//! Somebody with a profile, a log of a few lines and favourites, and what they wish for.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use unkink::content::built_in_library;
use unkink::domain::gate::Gate;
use unkink::domain::id::Id;
use unkink::domain::library::Library;
use unkink::domain::plan::Side;
use unkink::domain::profile::Profile;
use unkink::domain::record::{Entry, Fields, Marks};
use unkink::domain::scale::Scale;
use unkink::domain::search::Filter;
use unkink::domain::suggest::{Known, Past, Suggestion, Wish, suggest, to_loosen};

pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap()
}

/// Answered today: yes to these, no to the rest.
pub fn profile(yes: &[&str]) -> Profile {
    let today = now().date_naive();
    let mut profile = Profile {
        asked_on: Some(today),
        ..Profile::default()
    };
    for id in yes {
        profile.answer(id, true, today);
    }
    profile
}

/// A person: answers, log, favourites.
pub struct Person {
    pub library: Library,
    pub profile: Profile,
    pub entries: Vec<Entry>,
    pub favourites: BTreeSet<String>,
    pub now: DateTime<FixedOffset>,
}

impl Person {
    /// Beyond the first week, with nothing else known.
    pub fn new() -> Self {
        let mut person = Self::in_the_first_week();
        person.did("2026-01-01", "technique", "own-thing-of-long-ago", None);
        person
    }

    pub fn in_the_first_week() -> Self {
        Self {
            library: built_in_library(),
            profile: profile(&[]),
            entries: Vec::new(),
            favourites: BTreeSet::new(),
            now: now(),
        }
    }

    /// A whole session at ten that day, rated before and right after.
    pub fn did(&mut self, day: &str, kind: &str, slug: &str, rated: Option<(u8, u8)>) -> &mut Self {
        let mut fields = Fields::default();
        fields.put("kind", "session");
        fields.put(kind, slug);
        fields.put("started_at", &format!("{day}T10:00:00+01:00"));
        fields.put("ended_at", &format!("{day}T10:03:00+01:00"));
        fields.put("status", "finished");
        let item =
            serde_json::json!([{"technique": slug, "planned_s": 90, "active_s": 90, "done": true}]);
        if kind == "technique" {
            fields.put("items", &item);
        }
        if let Some((before, after)) = rated {
            fields.put("pain_before", &before);
            fields.put("pain_after", &after);
            fields.put("rated_after_at", &format!("{day}T10:04:00+01:00"));
        }
        let id = Id::new(&format!("{:030}", self.entries.len()));
        self.entries
            .push(Entry::read(id, &fields, Marks::default()));
        self.entries.sort_by(|a, b| a.order().cmp(&b.order()));
        self
    }

    pub fn with<T>(&self, ask: impl FnOnce(&Known<'_>) -> T) -> T {
        let past = Past::of(&self.entries, &self.library, &self.now);
        ask(&Known {
            library: &self.library,
            gate: Gate::new(
                self.library.safety(),
                &self.profile,
                &self.entries,
                self.now,
            ),
            past: &past,
            favourites: &self.favourites,
            now: self.now,
        })
    }

    pub fn is_offered(&self, wish: &Wish) -> Vec<Suggestion> {
        self.with(|known| suggest(known, wish))
    }

    pub fn slugs(&self, wish: &Wish) -> Vec<String> {
        let offered = self.is_offered(wish).into_iter();
        offered.map(|one| one.slug).collect()
    }

    /// The reason of this one, which must be among those offered when only it and its like may be.
    pub fn reason(&self, wish: &Wish, slug: &str) -> String {
        let offered = self.is_offered(wish);
        let one = offered.iter().find(|one| one.slug == slug);
        one.unwrap_or_else(|| panic!("{slug} is not among {offered:?}"))
            .reason
            .clone()
    }

    pub fn loosen(&self, wish: &Wish) -> Option<String> {
        self.with(|known| to_loosen(known, wish))
    }

    /// Only these are in the library.
    pub fn keep(&mut self, slugs: &[&str]) -> &mut Self {
        let kept = |slug: &str| slugs.contains(&slug);
        self.library.techniques.retain(|one| kept(&one.slug));
        self.library.routines.retain(|one| kept(&one.slug));
        self
    }
}

pub fn wish(minutes: Option<u32>, position: &[&str], tool: &[&str], purpose: &[&str]) -> Wish {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Wish {
        filter: Filter {
            minutes,
            position: owned(position),
            tool: owned(tool),
            purpose: owned(purpose),
            allowed: false,
        },
        ..Wish::default()
    }
}

pub fn anything() -> Wish {
    Wish::default()
}

pub fn with_pain(pain: u8) -> Wish {
    Wish {
        pain: Scale::new(pain),
        ..anything()
    }
}

pub fn with_side(side: Side) -> Wish {
    Wish {
        side: Some(side),
        ..anything()
    }
}
