//! The safety questions: when they are asked, what is done with the answers, and what is off with them.
//!
//! What may start is the [gate](crate::domain::gate)'s to say; every start goes through [`App::make_ready`].

use super::message::Effect;
use super::overlay::checklist::{Checklist, Mark, Part};
use super::store::Purpose;
use super::{App, Overlay, Wanted};
use crate::domain::dose;
use crate::domain::gate::{Bar, Gate, Plan, Refused, off};
use crate::domain::order;
use crate::domain::plan::{Side, Timeline};
use crate::domain::profile::{Daily, Profile, Said};
use crate::domain::scale::Scale;
use crate::domain::storage::Ask;
use crate::domain::time::Now;
use crate::domain::warning::{Raised, open_questions};

impl App {
    pub(super) fn gate(&self, now: &Now) -> Gate<'_> {
        let entries = self.log.entries();
        Gate::new(self.library.safety(), &self.profile, entries, now.wall)
    }

    /// Works out anew what is off.
    pub(super) fn judge(&mut self, now: &Now) {
        let gate = self.gate(now);
        let care = gate.care();
        let standings = gate.standings(&self.library);
        self.library_pane.off = off(&standings);
        let resting = dose::resting(self.log.entries(), &now.wall);
        self.library_pane.resting = order::set(resting.into_iter().map(str::to_owned));
        self.standings = standings;
        self.care = care;
        self.library_pane.refresh(&self.library);
        self.reread_past(now);
    }

    /// The questions at the start of the program, where they are due: Esc leaves them for later, to browse.
    pub(super) fn ask_at_start(&mut self, now: &Now) {
        self.ask_what_bars(now);
    }

    /// What has to be answered before anything starts: new questions by themselves, else all from the first on.
    fn ask_what_bars(&mut self, now: &Now) {
        let new: Vec<String> = match self.gate(now).bar() {
            Some(Bar::Emergency(_) | Bar::Due) => return self.ask_part(Part::Emergency),
            Some(Bar::New(ids)) => ids.into_iter().map(str::to_owned).collect(),
            None => return,
        };
        let list = Checklist::new(Part::New, new, |_| Mark::No);
        self.overlays.push(Overlay::Checklist(list));
    }

    /// All questions from the first on, as they stand: to look at the answers and to change them.
    pub(super) fn open_answers(&mut self) {
        self.wanted = Wanted::default();
        self.ask_part(Part::Emergency);
    }

    fn ask_part(&mut self, part: Part) {
        let safety = self.library.safety();
        let ids: Vec<String> = match part {
            Part::Emergency => safety
                .emergency
                .signs
                .iter()
                .map(|sign| sign.id.to_owned())
                .collect(),
            Part::Clinician => safety
                .clinician
                .signs
                .iter()
                .map(|sign| sign.id.to_owned())
                .collect(),
            _ => {
                let asked = safety.gate_conditions();
                asked.map(|known| known.id.to_owned()).collect()
            }
        };
        let profile = &self.profile;
        let stands = |id: &str| stands(profile, part == Part::Conditions, id);
        let list = Checklist::new(part, ids, stands);
        self.overlays.push(Overlay::Checklist(list));
    }

    /// Makes a session ready if it may start; else false, and a question or the notice says why.
    pub(super) fn make_ready(&mut self, wanted: &Wanted, now: &Now) -> bool {
        if self.gate(now).bar().is_none() && self.ask_what_the_log_raised(wanted, now) {
            return false;
        }
        let gate = self.gate(now).with_pain(wanted.pain);
        let plan = match gate.plan(&self.library, &wanted.slugs, wanted.side_first()) {
            Ok(plan) if plan.timeline.segments.is_empty() => {
                self.warn("There is nothing in it to do.");
                return false;
            }
            Ok(plan) => plan,
            Err(refused) => {
                let why = refusal(&refused);
                if matches!(refused, Refused::Bar(_)) {
                    self.wanted = wanted.clone();
                    self.ask_what_bars(now);
                }
                self.warn(why);
                return false;
            }
        };
        if self.ask_about_today(&plan, wanted, now) {
            return false;
        }
        if !plan.gaps.is_empty() {
            let names: Vec<&str> = plan.gaps.iter().map(|(name, _)| name.as_str()).collect();
            self.say(format!("Left out: {}.", names.join(", ")));
        }
        self.ready = Some(wanted.clone());
        true
    }

    /// What was made ready, planned anew with the pain that was rated; `None`, and the notice says why, if it may not
    /// start with that.
    pub(super) fn plan_ready(&mut self, pain: Option<Scale>, now: &Now) -> Option<Timeline> {
        let ready = self.ready.take()?;
        let plan =
            self.gate(now)
                .with_pain(pain)
                .plan(&self.library, &ready.slugs, ready.side_first());
        let refused = match plan {
            Ok(plan) => return Some(plan.timeline),
            Err(refused) => refusal(&refused),
        };
        self.warn(refused);
        None
    }

    /// Before a session that was cut off goes on: the same questions as before any other. True when there were any.
    pub(super) fn asks_before_resuming(&mut self, slugs: &[String], now: &Now) -> bool {
        if self.gate(now).bar().is_some() {
            return false;
        }
        let plan = self.gate(now).plan(&self.library, slugs, Side::Left).ok();
        let nothing = Wanted::default();
        self.ask_what_the_log_raised(&nothing, now)
            || plan.is_some_and(|plan| self.ask_about_today(&plan, &nothing, now))
    }

    /// Lists on the screen follow what another process has said meanwhile.
    fn restand(&mut self) {
        let profile = &self.profile;
        for overlay in &mut self.overlays {
            if let Overlay::Checklist(list) = overlay
                && list.part != Part::Today
            {
                let is_conditions = matches!(list.part, Part::Conditions | Part::New);
                list.restand(|id| stands(profile, is_conditions, id));
            }
        }
    }

    /// The profile was changed elsewhere, or was read: a running session does not go on beside an urgent sign.
    pub(super) fn profile_changed(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        self.judge(now);
        self.restand();
        let is_alarm = matches!(self.gate(now).bar(), Some(Bar::Emergency(_)));
        if is_alarm && self.run().is_some_and(|run| run.ending.is_none()) {
            self.pause(now, effects);
            self.open_card(super::card::Kind::Emergency);
        }
    }

    /// Asks what the log has raised since it was last answered; true when there was something to ask.
    fn ask_what_the_log_raised(&mut self, wanted: &Wanted, now: &Now) -> bool {
        let mut raised = self.raised.clone();
        for open in open_questions(self.log.entries(), &self.profile, &now.wall) {
            if raised.iter().all(|known| known.id != open.id) {
                raised.push(open);
            }
        }
        self.ask_raised(&raised, wanted)
    }

    /// Asks at once what an entry that was just saved has raised.
    pub(super) fn ask_what_was_raised(&mut self) {
        self.ask_raised(&self.raised.clone(), &Wanted::default());
    }

    fn ask_raised(&mut self, raised: &[Raised], wanted: &Wanted) -> bool {
        let Some(first) = raised.first() else {
            return false;
        };
        let why = format!("Worth a second look: {}.", first.why);
        let ids = raised.iter().map(|raised| raised.id.to_owned());
        let stands = |id: &str| {
            if self.profile.is_open(id) {
                Mark::Yes
            } else {
                Mark::No
            }
        };
        let list = Checklist::new(Part::Raised, ids, stands);
        self.wanted = wanted.clone();
        self.overlays.push(Overlay::Checklist(list));
        self.warn(why);
        true
    }

    /// Asks what changes from day to day and matters for this; true when there was something to ask.
    fn ask_about_today(&mut self, plan: &Plan, wanted: &Wanted, now: &Now) -> bool {
        let items = plan.timeline.items.iter();
        let techniques = items.filter_map(|item| self.library.technique(&item.technique));
        let traits = techniques.flat_map(|technique| &technique.traits);
        let traits: Vec<String> = order::set(traits.cloned()).into_iter().collect();
        let ids: Vec<String> = {
            let gate = self.gate(now);
            gate.to_ask(&traits)
                .iter()
                .map(|known| known.id.to_owned())
                .collect()
        };
        if ids.is_empty() {
            return false;
        }
        self.wanted = wanted.clone();
        let list = Checklist::new(Part::Today, ids, |_| Mark::No);
        self.overlays.push(Overlay::Checklist(list));
        true
    }

    /// Takes the answers of a list in, and goes on: with the next questions, or with what was wanted.
    pub(super) fn checked(&mut self, list: &Checklist, now: &Now, effects: &mut Vec<Effect>) {
        let on = now.wall.date_naive();
        let ids = order::set(list.rows.iter().map(|row| row.id.clone()));
        let seen = list.marked(Mark::Seen);
        let yes = list.marked(Mark::Yes);
        if list.part == Part::Today {
            let at = now.wall;
            self.learn_of(
                Said::Today(Daily {
                    at,
                    asked: ids,
                    yes,
                }),
                now,
                effects,
            );
            return self.go_on_with_wanted(now, effects);
        }
        for id in list.newly_seen() {
            self.learn_of(Said::SeenByClinician(id, on), now, effects);
        }
        self.forget_raised(|id| ids.contains(id), effects);
        // One that a clinician looked at stays answered as it was.
        let asked = order::set(ids.difference(&seen).cloned());
        let whole = list.part == Part::Conditions;
        let is_alarm = yes.iter().any(|id| id.starts_with('E'));
        let said = Said::Answers {
            at: now.wall,
            asked,
            yes,
            whole,
        };
        self.learn_of(said, now, effects);
        if is_alarm {
            return self.open_card(super::card::Kind::Emergency);
        }
        match list.part {
            Part::Emergency => self.ask_part(Part::Clinician),
            Part::Clinician => self.ask_part(Part::Conditions),
            Part::Conditions | Part::New | Part::Raised | Part::Today => {
                self.go_on_with_wanted(now, effects);
            }
        }
    }

    /// What was said counts at once, and is written.
    fn learn_of(&mut self, said: Said, now: &Now, effects: &mut Vec<Effect>) {
        self.profile.apply(&said);
        let ticket = self.outbox.ticket(Purpose::Profile);
        effects.push(Effect::Ask(Ask::Profile(ticket, said)));
        self.judge(now);
    }

    fn go_on_with_wanted(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        let wanted = std::mem::take(&mut self.wanted);
        if wanted.slugs.is_empty() {
            self.say("Your answers are kept.[ <answers> shows and changes them.]");
        } else if let Some(before) = self.before.take() {
            self.prepare(&wanted, Some(before), now);
        } else {
            self.begin(&wanted, now, effects);
        }
    }
}

/// Why something may not start, in one line.
fn refusal(refused: &Refused<'_>) -> String {
    match refused {
        Refused::Unknown(slug) => format!("There is no technique or routine '{slug}' here."),
        Refused::Bar(Bar::Due) => "A few questions first; they come again every 28 days.".into(),
        Refused::Bar(Bar::New(_)) => "What is new among the questions comes first.".into(),
        Refused::Bar(Bar::Emergency(_)) => {
            "Nothing can be started while an urgent sign is answered with yes.".into()
        }
        Refused::Off(name, reasons) => {
            let words: Vec<&str> = reasons.iter().map(|reason| reason.words.as_str()).collect();
            format!("{name} is off. {}.", words.join("; "))
        }
        Refused::Dose(limit) => format!("Not now: {limit}."),
        Refused::TooLittle(name, _) => {
            format!("Too little of {name} is left with your answers; its preview says why.")
        }
    }
}

/// How a question stands in the profile.
fn stands(profile: &Profile, is_condition: bool, id: &str) -> Mark {
    if profile.is_open(id) || (is_condition && profile.holds(id)) {
        Mark::Yes
    } else if profile.holds(id) {
        Mark::Seen
    } else {
        Mark::No
    }
}
