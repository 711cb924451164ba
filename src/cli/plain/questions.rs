//! The safety questions line by line, before anything starts.

use std::collections::BTreeSet;

use super::{Over, Plain};
use crate::cli::gate;
use crate::cli::out::{self, Fail};
use crate::domain::gate::{Bar, Plan};
use crate::domain::order;
use crate::domain::plan::{Side, Timeline};
use crate::domain::profile::{ASK_AGAIN_DAYS, Daily, Said};
use crate::domain::safety::{ClinicianSign, EmergencySign};
use crate::domain::scale::Scale;
use crate::domain::warning::Raised;
use crate::paths::Places;
use crate::sys::clock;

/// Ids with their words.
type Rows = Vec<(String, String)>;

impl Plain<'_> {
    /// All questions where they are due, or those that are new, then those that the log raised. Where nobody can be asked
    /// it is refused, with the way to answer.
    pub(super) fn safety_questions(&mut self, places: &Places) -> Result<(), Over> {
        if self.answers.is_due() && !self.input.is_typed() {
            return Err(self.barred().into());
        }
        let gate = self.answers.gate();
        match gate.bar() {
            Some(Bar::Due) => {
                self.disclaim(places)?;
                self.ask_all()?;
            }
            Some(Bar::New(ids)) => {
                let new: Vec<String> = ids.into_iter().map(str::to_owned).collect();
                for id in new {
                    self.say("New among the questions:")?;
                    self.ask_one(&id, Self::barred)?;
                }
            }
            Some(Bar::Emergency(_)) | None => {}
        }
        self.answers.no_emergency()?;
        let raised = self.answers.raised();
        if !raised.is_empty() && !self.input.is_typed() {
            return Err(gate::raised(&raised).into());
        }
        self.ask_raised(&raised)
    }

    /// The session, once what changes from day to day is answered; or why it may not start.
    pub(super) fn ready(
        &mut self,
        slugs: &[String],
        side_first: Side,
    ) -> Result<Result<Timeline, Fail>, Over> {
        let planned = self.answers.plan(slugs, side_first);
        let planned = match planned {
            Ok(plan) if self.ask_about_today(&plan.timeline)? => {
                self.answers.plan(slugs, side_first)
            }
            planned => planned,
        };
        Ok(planned.map(told))
    }

    /// The session once pain is rated: much of it leaves less (C.4).
    pub(super) fn with_pain(
        &mut self,
        planned: Timeline,
        pain: Option<Scale>,
        slugs: &[String],
    ) -> Result<Timeline, Fail> {
        self.answers.pain = pain;
        let plan = self.answers.plan(slugs, planned.side_first)?;
        if plan.timeline == planned {
            return Ok(planned);
        }
        let timeline = told(plan);
        self.introduce(&timeline)?;
        Ok(timeline)
    }

    fn ask_all(&mut self) -> Result<(), Over> {
        let safety = self.safety();
        self.say(&format!(
            "A few questions come first, and again every {ASK_AGAIN_DAYS} days."
        ))?;
        let signs = &safety.emergency.signs;
        let rows = signs.iter().map(|sign| row(sign.id, sign.sign)).collect();
        let emergency = self.which(safety.emergency.heading, &rows, "E1")?;
        if !emergency.is_empty() {
            self.learn(rows, &emergency, false);
            return Err(self.stopped_by(&emergency));
        }
        let mut asked = rows;
        let signs = safety.clinician.signs.iter();
        let rows: Rows = signs
            .map(|sign| row(sign.id, &format!("{} ({})", sign.sign, sign.speed)))
            .collect();
        let mut yes = self.which(safety.clinician.heading, &rows, "U1")?;
        asked.extend(rows);
        let conditions = safety.gate_conditions();
        let rows: Rows = conditions
            .map(|known| row(known.id, known.question))
            .collect();
        yes.extend(self.which("Conditions", &rows, "K1")?);
        asked.extend(rows);
        let mut daily = safety.daily_ids();
        daily.retain(|id| asked.iter().any(|(known, _)| known == id));
        self.learn(asked, &yes, true);
        let yes_today = order::set(yes.intersection(&daily).cloned());
        self.learn_of_today(daily, yes_today);
        for sign in &safety.clinician.signs {
            if yes.contains(sign.id) {
                self.see_a_clinician(sign)?;
            }
        }
        Ok(())
    }

    /// One by one; each answer counts as soon as it is given.
    fn ask_raised(&mut self, raised: &[Raised]) -> Result<(), Over> {
        for one in raised {
            self.say(&format!("From your log: {}.", one.why))?;
            self.ask_one(one.id, |_| gate::raised(raised))?;
        }
        Ok(())
    }

    /// One question, whose answer counts as soon as it is given. `unanswered`: why nothing starts without it.
    fn ask_one(&mut self, id: &str, unanswered: impl Fn(&Self) -> Fail) -> Result<(), Over> {
        let safety = self.safety();
        let emergency = safety.emergency.signs.iter().find(|sign| sign.id == id);
        let clinician = safety.clinician.signs.iter().find(|sign| sign.id == id);
        let words = emergency
            .map(|sign| &sign.sign)
            .or(clinician.map(|sign| &sign.sign))
            .or(safety.condition(id).map(|known| &known.question));
        let Some(words) = words else { return Ok(()) };
        let Some(is_so) = self.yes_or_no(&format!("{id}  {words}"))? else {
            return Err(unanswered(self).into());
        };
        let yes = order::set(is_so.then(|| id.to_owned()));
        self.learn(vec![row(id, words)], &yes, false);
        if is_so && emergency.is_some() {
            return Err(self.stopped_by(&yes));
        }
        if let Some(sign) = clinician.filter(|_| is_so) {
            self.see_a_clinician(sign)?;
        }
        Ok(())
    }

    /// `None`: the input ended.
    fn yes_or_no(&mut self, question: &str) -> Result<Option<bool>, Over> {
        loop {
            self.say(question)?;
            self.say("Is that so? y or n.")?;
            match self.answer()?.as_deref().map(str::trim) {
                Some("y" | "Y" | "yes") => return Ok(Some(true)),
                Some("n" | "N" | "no") => return Ok(Some(false)),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// Why nothing at all may start.
    fn barred(&self) -> Fail {
        let bar = self.answers.gate().bar().unwrap_or(Bar::Due);
        gate::barred(&bar, self.safety(), self.answers.number())
    }

    /// What changes from day to day and matters for this; whether there was something to ask and it was answered.
    /// Where nobody can be asked it is said instead.
    fn ask_about_today(&mut self, timeline: &Timeline) -> Result<bool, Over> {
        let items = timeline.items.iter();
        let techniques = items.filter_map(|item| self.library.technique(&item.technique));
        let traits = techniques.flat_map(|technique| &technique.traits);
        let traits: Vec<String> = order::set(traits.cloned()).into_iter().collect();
        let ask = self.answers.gate().to_ask(&traits);
        let rows: Rows = ask
            .iter()
            .map(|known| row(known.id, known.question))
            .collect();
        if rows.is_empty() {
            return Ok(false);
        }
        if !self.input.is_typed() {
            for (_, question) in &rows {
                self.say(&format!("If yes, do not go on: {question}"))?;
            }
            return Ok(false);
        }
        let yes = self.which("Just now", &rows, &rows[0].0)?;
        self.learn_of_today(order::set(rows.into_iter().map(|(id, _)| id)), yes);
        Ok(true)
    }

    /// A list, and which of it are so.
    fn which(
        &mut self,
        heading: &str,
        rows: &Rows,
        such_as: &str,
    ) -> Result<BTreeSet<String>, Over> {
        self.say(&format!("{heading}:"))?;
        for (id, words) in rows {
            self.say(&format!("{id}  {words}"))?;
        }
        loop {
            self.say(&format!(
                "Any of these? Type their ids, such as {such_as}, or Enter for none."
            ))?;
            let Some(line) = self.answer()? else {
                let why = "the safety questions are not answered, so nothing starts";
                return Err(Fail::Refused(why.into()).into());
            };
            match read_ids(&line, rows) {
                Ok(ids) => return Ok(ids),
                Err(word) => self.say(&format!("'{word}' is none of these."))?,
            }
        }
    }

    fn learn(&mut self, asked: Rows, yes: &BTreeSet<String>, whole: bool) {
        self.answers.learn(&Said::Answers {
            at: clock::now().wall,
            asked: order::set(asked.into_iter().map(|(id, _)| id)),
            yes: yes.clone(),
            whole,
        });
    }

    fn learn_of_today(&mut self, asked: BTreeSet<String>, yes: BTreeSet<String>) {
        let at = clock::now().wall;
        self.answers.learn(&Said::Today(Daily { at, asked, yes }));
    }

    /// The text of C.1, and the end.
    fn stopped_by(&self, yes: &BTreeSet<String>) -> Over {
        let signs = self.safety().emergency.signs.iter();
        let signs: Vec<&EmergencySign> = signs.filter(|sign| yes.contains(sign.id)).collect();
        gate::barred(&Bar::Emergency(signs), self.safety(), self.answers.number()).into()
    }

    /// The card of one sign of C.2.
    fn see_a_clinician(&mut self, sign: &ClinicianSign) -> Result<(), Fail> {
        for line in gate::clinician(sign, self.library) {
            self.say(&line)?;
        }
        Ok(())
    }
}

/// The session, and what is left out of it told.
fn told(plan: Plan) -> Timeline {
    for gap in &plan.gaps {
        out::say(&format!("left out: {}", gate::gap(gap)));
    }
    plan.timeline
}

fn row(id: &str, words: &str) -> (String, String) {
    (id.to_owned(), words.to_owned())
}

/// The ids of a typed line, in any case, or their numbers alone; nothing, 'none' or 'no' for none. The error is the
/// word that is no id of these.
fn read_ids(line: &str, rows: &Rows) -> Result<BTreeSet<String>, String> {
    let line = line.trim();
    if ["", "none", "no"].contains(&line.to_lowercase().as_str()) {
        return Ok(BTreeSet::new());
    }
    let kind = rows.first().map_or("", |(id, _)| &id[..1]);
    let words = line.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    let words = words.filter(|word| !word.is_empty());
    let id = |word: &str| {
        let upper = word.to_uppercase();
        let full = if upper.starts_with(|c: char| c.is_ascii_digit()) {
            format!("{kind}{upper}")
        } else {
            upper
        };
        let known = rows.iter().any(|(id, _)| *id == full);
        known.then_some(full).ok_or_else(|| word.to_owned())
    };
    let ids: Vec<String> = words.map(id).collect::<Result<_, _>>()?;
    Ok(order::set(ids))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_however_they_are_typed_and_nothing_else_is() {
        let rows: Rows = ["E1", "E2", "E12"].map(|id| row(id, "")).into();
        let read =
            |line| read_ids(line, &rows).map(|ids| ids.into_iter().collect::<Vec<_>>().join(" "));
        for (line, ids) in [
            ("", ""),
            ("  ", ""),
            ("None", ""),
            ("e1, 12", "E1 E12"),
            ("E2;2 e2", "E2"),
        ] {
            assert_eq!(read(line), Ok(ids.to_owned()), "{line}");
        }
        for (line, word) in [("E3", "E3"), ("1 none", "none"), ("U1", "U1"), ("é", "é")] {
            assert_eq!(read(line), Err(word.to_owned()), "{line}");
        }
    }
}
