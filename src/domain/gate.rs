//! What may start, and why something may not: the rules of C.1 to C.3 over a profile.
//!
//! Pure and small on purpose: every way to start something asks here, and nowhere else is it decided.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::dose;
use super::library::Library;
use super::order;
use super::plan::{Care, Side, Timeline};
use super::profile::Profile;
use super::record::Entry;
use super::routine::Routine;
use super::safety::{ClinicianSign, Condition, EmergencySign, Safety};
use super::scale::Scale;
use super::search::Item;
use super::technique::Technique;

/// Why nothing at all may start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar<'a> {
    /// An emergency sign was answered with yes.
    Emergency(Vec<&'a EmergencySign>),
    /// The questions have not been answered, or too long ago.
    Due,
    /// These questions came after the answers: nobody has put them yet.
    New(Vec<&'a str>),
}

/// One rule that takes a technique away.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// Of the sign or condition; 'profile' when the profile can't be read.
    pub id: String,
    /// In words: 'blood thinners: no hard tools'.
    pub words: String,
}

/// What is left of a routine.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// The routine without the items that are off.
    pub routine: Routine,
    /// The names of those that are off, each with every reason.
    pub gaps: Vec<(String, Vec<Reason>)>,
    /// Whether enough of it remains: at least half of its items (section E).
    pub is_enough: bool,
}

impl Left {
    /// Why the routine is off: each rule once that takes something of it away; none where enough of it remains.
    pub fn off(&self) -> Vec<Reason> {
        let mut off: Vec<Reason> = Vec::new();
        if self.is_enough {
            return off;
        }
        for reason in self.gaps.iter().flat_map(|(_, reasons)| reasons) {
            if !off.contains(reason) {
                off.push(reason.clone());
            }
        }
        if off.is_empty() {
            off.push(Reason {
                id: "library".into(),
                words: "too little of it is in the library".into(),
            });
        }
        off
    }
}

/// How something of the library stands with the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Why it may not start, every rule; none: it may, once the questions are answered.
    pub off: Vec<Reason>,
    /// The names of what a routine leaves out, each with every reason.
    pub gaps: Vec<(String, Vec<Reason>)>,
}

/// How those things of the library stand that the answers touch, by slug.
pub type Standings = BTreeMap<String, Standing>;

/// The slugs of what may not start.
pub fn off(standings: &Standings) -> BTreeSet<String> {
    let off = standings.iter().filter(|(_, known)| !known.off.is_empty());
    order::set(off.map(|(slug, _)| slug.clone()))
}

/// Why a session may not start.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused<'a> {
    /// The library has nothing of this slug.
    Unknown(&'a str),
    /// Nothing at all may start.
    Bar(Bar<'a>),
    /// This technique is off, with every reason.
    Off(String, Vec<Reason>),
    /// The limits of C.4 stand against it: which one.
    Dose(String),
    /// Too little remains of this routine: what is left out, each with every reason.
    TooLittle(String, Vec<(String, Vec<Reason>)>),
}

/// A session that may start.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What it goes through.
    pub timeline: Timeline,
    /// The names of the techniques that its routines leave out, each with every reason.
    pub gaps: Vec<(String, Vec<Reason>)>,
}

/// The gate as it stands at a moment.
#[derive(Debug, Clone)]
pub struct Gate<'a> {
    safety: &'a Safety,
    profile: &'a Profile,
    /// The log, oldest first.
    entries: &'a [Entry],
    /// Pain as it was rated for what is to start.
    pain: Option<Scale>,
    now: DateTime<FixedOffset>,
    /// What [`Gate::clinician`] and [`Gate::conditions`] give, looked up once for the whole library.
    open_signs: Vec<&'a ClinicianSign>,
    holding: Vec<&'a Condition>,
}

impl<'a> Gate<'a> {
    /// Of this profile and this log (oldest first), now.
    pub fn new(
        safety: &'a Safety,
        profile: &'a Profile,
        entries: &'a [Entry],
        now: DateTime<FixedOffset>,
    ) -> Self {
        let mut gate = Self {
            safety,
            profile,
            entries,
            pain: None,
            now,
            open_signs: Vec::new(),
            holding: Vec::new(),
        };
        gate.open_signs = gate.clinician().collect();
        gate.holding = gate.conditions().collect();
        gate
    }

    /// With the pain that was just rated: much of it leaves breathing, rest, warmth or cold and easy movement.
    #[must_use]
    pub fn with_pain(self, pain: Option<Scale>) -> Self {
        Self { pain, ..self }
    }

    /// How carefully what starts now is done.
    pub fn care(&self) -> Care {
        let is_halved = dose::is_first_week(self.entries, &self.now);
        let is_gentle = is_halved || self.profile.holds("K1");
        Care {
            is_halved,
            pressure_max: is_gentle.then_some(dose::GENTLE_PRESSURE),
        }
    }

    /// What stands against starting anything; `None`: the gate is open.
    pub fn bar(&self) -> Option<Bar<'a>> {
        let emergency = self.emergency();
        if !emergency.is_empty() {
            return Some(Bar::Emergency(emergency));
        }
        // What can't be read may hold an urgent sign: all is asked anew.
        if self.profile.is_due(self.now.date_naive()) || self.profile.unreadable.is_some() {
            return Some(Bar::Due);
        }
        let new = self.never_put();
        (!new.is_empty()).then_some(Bar::New(new))
    }

    /// Emergency signs that are open.
    fn emergency(&self) -> Vec<&'a EmergencySign> {
        let signs = self.safety.emergency.signs.iter();
        signs.filter(|sign| self.profile.is_open(sign.id)).collect()
    }

    /// Questions that there were not when the others were answered. Every answer of a round is kept, so a profile with
    /// most of them lacks what is new; one with a few was written by hand, and leaves out what is not so.
    fn never_put(&self) -> Vec<&'a str> {
        let ids = self.safety.gate_ids();
        let (put, new): (Vec<_>, Vec<_>) = ids.partition(|id| self.profile.has_answer(id));
        if put.len() > new.len() {
            new
        } else {
            Vec::new()
        }
    }

    /// Signs for a clinician that are open, those that lock nothing included.
    pub fn clinician(&self) -> impl Iterator<Item = &'a ClinicianSign> {
        let profile = self.profile;
        let signs = self.safety.clinician.signs.iter();
        signs.filter(move |sign| profile.is_open(sign.id))
    }

    /// Conditions that hold: those of the profile, and those of the day while their answer counts.
    pub fn conditions(&self) -> impl Iterator<Item = &'a Condition> {
        let profile = self.profile;
        let daily = profile.daily_now(&self.now);
        self.safety.conditions.iter().filter(move |condition| {
            let id = condition.id;
            // What stands in the profile is not taken back in passing.
            let today = daily.is_some_and(|daily| daily.yes.contains(id));
            profile.holds(id) || (condition.daily && today)
        })
    }

    /// The day-to-day questions that matter for these traits and are not answered yet.
    pub fn to_ask(&self, traits: &[String]) -> Vec<&'a Condition> {
        let answered = self.profile.daily_now(&self.now);
        let conditions = self.safety.conditions.iter();
        conditions
            .filter(|condition| condition.daily && condition.excludes(traits).is_some())
            .filter(|condition| answered.is_none_or(|daily| !daily.asked.contains(condition.id)))
            .collect()
    }

    /// Every rule that takes this technique away; none: it may start, unless there is a [`Gate::bar`].
    pub fn reasons(&self, technique: &Technique) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let is_left = self.safety.clinician.left.contains(&&*technique.slug);
        if !is_left {
            if let Some(why) = &self.profile.unreadable {
                reasons.push(Reason {
                    id: "profile".into(),
                    words: format!("your answers can't be read: {why}"),
                });
            }
            reasons.extend(
                self.open_signs
                    .iter()
                    .filter(|sign| sign.locks)
                    .map(|sign| Reason {
                        id: sign.id.to_owned(),
                        words: format!("a clinician first ({}): {}", sign.speed, sign.sign),
                    }),
            );
        }
        for condition in &self.holding {
            let traits: Vec<&str> = self
                .safety
                .traits
                .iter()
                .filter(|known| condition.excludes.contains(&known.id))
                .filter(|known| technique.traits.iter().any(|it| it == known.id))
                .map(|known| known.without)
                .collect();
            if !traits.is_empty() {
                reasons.push(Reason {
                    id: condition.id.to_owned(),
                    words: format!("{}: {}", condition.short, traits.join(", ")),
                });
            }
        }
        let is_much = self.pain.is_some_and(|pain| pain.get() >= dose::MUCH_PAIN);
        if is_much && !dose::is_for_much_pain(technique) {
            reasons.push(Reason {
                id: "pain".into(),
                words: format!(
                    "pain at {} or more: no pressure, tool or device",
                    dose::MUCH_PAIN
                ),
            });
        }
        reasons
    }

    /// The one way to a session: one technique, one routine, or several of either, if they may start.
    pub fn plan<'b>(
        &self,
        library: &Library,
        slugs: &'b [String],
        side_first: Side,
    ) -> Result<Plan, Refused<'b>>
    where
        'a: 'b,
    {
        if let Some(bar) = self.bar() {
            return Err(Refused::Bar(bar));
        }
        let mut gaps = Vec::new();
        for slug in slugs {
            if let Some(technique) = library.technique(slug) {
                let reasons = self.reasons(technique);
                if !reasons.is_empty() {
                    return Err(Refused::Off(technique.name.clone(), reasons));
                }
            } else if let Some(routine) = library.routine(slug) {
                let left = self.left_of(routine, library);
                if !left.is_enough {
                    return Err(Refused::TooLittle(routine.name.clone(), left.gaps));
                }
                gaps.extend(left.gaps);
            }
        }
        let may_start = |technique: &Technique| self.reasons(technique).is_empty();
        let timeline = Timeline::of_slugs(library, slugs, side_first, may_start, self.care());
        let timeline = timeline.map_err(Refused::Unknown)?;
        if let Some(limit) = dose::against(&timeline, library, self.entries, &self.now) {
            return Err(Refused::Dose(limit));
        }
        Ok(Plan { timeline, gaps })
    }

    /// How this stands with the answers. Evidence cards are there to be read, whatever the answers.
    pub fn standing(&self, item: Item<'_>, library: &Library) -> Standing {
        let mut standing = match item {
            Item::Technique(technique) => Standing {
                off: self.reasons(technique),
                gaps: Vec::new(),
            },
            Item::Routine(routine) => {
                let left = self.left_of(routine, library);
                Standing {
                    off: left.off(),
                    gaps: left.gaps,
                }
            }
            Item::Topic(_) => return Standing::default(),
        };
        let reason = |sign: &EmergencySign| Reason {
            id: sign.id.to_owned(),
            words: "an emergency sign was answered with yes: nothing starts".into(),
        };
        let signs = self.emergency().into_iter();
        standing.off.splice(0..0, signs.map(reason));
        standing
    }

    /// How everything stands that they touch.
    pub fn standings(&self, library: &Library) -> Standings {
        let techniques = library.techniques.iter().map(Item::Technique);
        let routines = library.routines.iter().map(Item::Routine);
        let mut standings = Standings::new();
        for item in techniques.chain(routines) {
            let standing = self.standing(item, library);
            if standing != Standing::default() {
                standings.insert(item.slug().to_owned(), standing);
            }
        }
        standings
    }

    /// A routine without what is off; techniques that the library does not have are left out as well.
    pub fn left_of(&self, routine: &Routine, library: &Library) -> Left {
        let mut left = Left {
            routine: routine.clone(),
            gaps: Vec::new(),
            is_enough: false,
        };
        left.routine.items.retain(|item| {
            let technique = library.technique(&item.technique);
            let reasons = technique.map_or_else(Vec::new, |technique| self.reasons(technique));
            let stays = technique.is_some() && reasons.is_empty();
            if !stays {
                let name = technique.map_or(&item.technique, |technique| &technique.name);
                left.gaps.push((name.clone(), reasons));
            }
            stays
        });
        left.is_enough =
            !left.routine.items.is_empty() && left.routine.items.len() * 2 >= routine.items.len();
        left
    }
}
