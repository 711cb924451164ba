//! The safety rules as the commands meet them: the profile read and changed, and a session refused with the way to
//! answer.

use super::Shell;
use super::args::unknown;
use super::out::{self, Fail};
use crate::demo;
use crate::domain::gate::{Bar, Gate, Plan, Reason, Refused};
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::profile::{Profile, Said};
use crate::domain::record::Entry;
use crate::domain::safety::{ClinicianSign, EmergencySign, Safety};
use crate::domain::scale::Scale;
use crate::domain::suggest::{Known, Past, Suggestion, Wish, suggest};
use crate::domain::warning::{Raised, open_questions};
use crate::journal::Journal;
use crate::paths::Places;
use crate::sys::clock;

/// The journal with the questions that the profile may answer.
pub fn journal(places: &Places, library: &Library) -> Journal {
    let questions = library.safety().ids().into_iter().map(str::to_owned);
    Journal::open(places).with_questions(questions)
}

/// The profile; what is odd in it is told.
pub fn profile(shell: &Shell, library: &Library) -> Profile {
    if shell.demo {
        return demo::profile(&clock::now().wall);
    }
    let read = journal(&shell.places, library).profile();
    out::say_each(&read.troubles);
    let mut profile = read.profile;
    profile.distrust_the_future(clock::now().wall.date_naive());
    profile
}

/// The gate as it stands now; without the log, so not for a start.
pub fn gate<'a>(library: &'a Library, profile: &'a Profile) -> Gate<'a> {
    Gate::new(library.safety(), profile, &[], clock::now().wall)
}

/// The answers while a session is made ready: what is said counts at once, and is written.
pub struct Answers<'a> {
    library: &'a Library,
    journal: Journal,
    profile: Profile,
    entries: Vec<Entry>,
    /// Pain as it was rated for what is to start.
    pub pain: Option<Scale>,
}

impl<'a> Answers<'a> {
    /// As they stand, with the log; what is odd in them is told.
    pub fn read(places: &Places, library: &'a Library) -> Self {
        let mut journal = journal(places, library);
        let read = journal.profile();
        out::say_each(&read.troubles);
        let mut profile = read.profile;
        profile.distrust_the_future(clock::now().wall.date_naive());
        Self {
            library,
            profile,
            entries: journal.load(),
            journal,
            pain: None,
        }
    }

    /// The gate as it stands now, with the log and the pain that was rated.
    pub fn gate(&self) -> Gate<'_> {
        let now = clock::now().wall;
        let gate = Gate::new(self.library.safety(), &self.profile, &self.entries, now);
        gate.with_pain(self.pain)
    }

    /// The person's own emergency number.
    pub fn number(&self) -> Option<&str> {
        self.profile.emergency_number.as_deref()
    }

    /// What the log raised and has no answer since.
    pub fn raised(&self) -> Vec<Raised> {
        open_questions(&self.entries, &self.profile, &clock::now().wall)
    }

    /// Takes in what was said. It counts even where it can't be saved, which is told. A profile that can't be read is
    /// put aside for nothing less than an emergency sign, which must last: a few answers are not worth the others.
    pub fn learn(&mut self, said: &Said) {
        self.profile.apply(said);
        let is_readable = self.profile.unreadable.is_none();
        if (is_readable || matches!(self.gate().bar(), Some(Bar::Emergency(_))))
            && let Err(failure) = self.journal.change_profile(said)
        {
            out::say(&format!("your answers are not saved: {failure}"));
        }
    }

    /// Refuses while an emergency sign is answered with yes.
    pub fn no_emergency(&self) -> Result<(), Fail> {
        match self.gate().bar() {
            Some(bar @ Bar::Emergency(_)) => {
                Err(barred(&bar, self.library.safety(), self.number()))
            }
            Some(Bar::Due | Bar::New(_)) | None => Ok(()),
        }
    }

    /// Whether questions are to be asked first: all, or those that are new.
    pub fn is_due(&self) -> bool {
        matches!(self.gate().bar(), Some(Bar::Due | Bar::New(_)))
    }

    /// What fits and may start, best first.
    pub fn suggest(&self, wish: &Wish) -> Vec<Suggestion> {
        let now = clock::now().wall;
        let known = Known {
            library: self.library,
            gate: self.gate(),
            past: &Past::of(&self.entries, self.library, &now),
            // A list that can't be read is told by what shows it.
            favourites: &self.journal.favourites().unwrap_or_default(),
            now,
        };
        suggest(&known, wish)
    }

    /// A session that may start. The error says why not, and exits 3 where it is the safety rules.
    pub fn plan(&self, slugs: &[String], side_first: Side) -> Result<Plan, Fail> {
        let plan = self.gate().plan(self.library, slugs, side_first);
        plan.map_err(|refused| match refused {
            Refused::Unknown(slug) => unknown("technique or routine", slug, self.library),
            Refused::Bar(bar) => barred(&bar, self.library.safety(), self.number()),
            Refused::Off(name, reasons) => {
                Fail::Refused(format!("{name} is off: {}", words(&reasons)))
            }
            Refused::Dose(limit) => Fail::Refused(format!("not now: {limit}")),
            Refused::TooLittle(name, gaps) => {
                let gaps: Vec<String> = gaps.iter().map(gap).collect();
                Fail::Refused(format!(
                    "too little of {name} is left; off are {}",
                    gaps.join(", ")
                ))
            }
        })
    }
}

/// Why nothing at all may start; the emergency text goes to standard error as a whole.
pub fn barred(bar: &Bar<'_>, safety: &Safety, number: Option<&str>) -> Fail {
    match bar {
        Bar::Due => Fail::Refused(
            "the safety questions come first: answer them in the app, or see 'unkink safety' for them and answer \
             with 'unkink safety --answer none' or the ids of those that are so"
                .into(),
        ),
        Bar::New(new) => Fail::Refused(format!(
            "what is new among the safety questions comes first: {}",
            how_to_answer(new.iter().copied())
        )),
        Bar::Emergency(signs) => {
            out::say_card(&emergency(signs.iter().copied(), safety, number));
            let ids = ids(signs.iter().map(|sign| sign.id));
            Fail::Refused(format!(
                "nothing can be started while {ids} is answered with yes; 'unkink safety --help' says how to answer \
                 it anew"
            ))
        }
    }
}

/// The text of C.1 around these signs, a line each. `number`: the person's own.
pub fn emergency<'a>(
    signs: impl Iterator<Item = &'a EmergencySign>,
    safety: &Safety,
    number: Option<&str>,
) -> Vec<String> {
    let words = &safety.emergency;
    let mut lines = vec![words.heading.to_owned()];
    lines.extend(signs.map(|sign| format!("{}  {}", sign.id, sign.sign)));
    lines.push(safety.call(number));
    lines.push(words.get_checked.to_owned());
    lines
}

/// The card of one sign of C.2, a line each.
pub fn clinician(sign: &ClinicianSign, library: &Library) -> Vec<String> {
    let words = &library.safety().clinician;
    let mut lines = vec![sign_line(sign)];
    if sign.locks {
        let left = words.left.iter().filter_map(|slug| library.technique(slug));
        let left: Vec<&str> = left.map(|technique| technique.name.as_str()).collect();
        lines.push(format!(
            "Until a clinician has looked at this, only {} may start. Then say so with 'unkink safety \
             --seen-by-clinician {} DATE'.",
            left.join(", "),
            sign.id
        ));
    }
    lines
}

/// What an entry raised, and what to do: the signs in their words, a line each.
pub fn card(raised: &[Raised], safety: &Safety, number: Option<&str>) -> Vec<String> {
    let is_raised = |id: &str| raised.iter().any(|one| one.id == id);
    let all: Vec<&str> = raised.iter().map(|one| one.why.as_str()).collect();
    // 'numb, sacrum' says 'numb' as well.
    let says_more = |why: &str, at: usize| {
        let others = all.iter().enumerate();
        let mut others = others.filter(|(other, _)| *other != at);
        others.any(|(other, more)| more.contains(why) && (*more != why || other < at))
    };
    let why = all.iter().enumerate();
    let why = why.filter(|(at, why)| !says_more(why, *at));
    let why: Vec<&str> = why.map(|(_, why)| *why).collect();
    let mut lines = vec![format!("Worth a second look: {}.", why.join("; "))];
    let signs = safety.emergency.signs.iter();
    let signs: Vec<&EmergencySign> = signs.filter(|sign| is_raised(sign.id)).collect();
    if !signs.is_empty() {
        lines.extend(emergency(signs.into_iter(), safety, number));
    }
    let signs = safety.clinician.signs.iter();
    let mut signs = signs.filter(|sign| is_raised(sign.id)).peekable();
    if signs.peek().is_some() {
        lines.push(safety.clinician.heading.to_owned());
        lines.extend(signs.map(sign_line));
    }
    let conditions = safety.conditions.iter();
    let conditions = conditions.filter(|known| is_raised(known.id));
    lines.extend(conditions.map(|known| format!("{}  {}", known.id, known.question)));
    lines.push("Saved. Whether any of these is so is asked before the next session.".into());
    lines
}

fn sign_line(sign: &ClinicianSign) -> String {
    format!("{}  {} ({})", sign.id, sign.sign, sign.speed)
}

/// What the log raised has no answer yet, and nobody can be asked.
pub fn raised(raised: &[Raised]) -> Fail {
    let why = raised.first().map_or("", |raised| raised.why.as_str());
    let raised = raised.iter().map(|raised| raised.id);
    Fail::Refused(format!(
        "your log raises {} ({why}): {}",
        ids(raised.clone()),
        how_to_answer(raised)
    ))
}

/// How to answer these questions where nobody can be asked.
pub fn how_to_answer<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let no: Vec<String> = ids.map(|id| format!("{id}=no")).collect();
    let no = no.join(",");
    format!(
        "see 'unkink safety' for the words, and answer with 'unkink safety --set {no}', with yes for what is so"
    )
}

/// 'Hook-cane hold (blood thinners or bleeding: no hard tools)'.
pub fn gap((name, reasons): &(String, Vec<Reason>)) -> String {
    if reasons.is_empty() {
        return format!("{name} (not in the library)");
    }
    format!("{name} ({})", words(reasons))
}

/// Every reason in one line.
pub fn words(reasons: &[Reason]) -> String {
    let words: Vec<&str> = reasons.iter().map(|reason| reason.words.as_str()).collect();
    words.join("; ")
}

/// 'E1, E5'.
pub fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}
