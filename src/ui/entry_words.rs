//! An entry of the log in words: what it is called, its ratings, how far a session came, what is odd about it.

use chrono::NaiveDate;

use super::Look;
use crate::app::App;
use crate::domain::id::Id;
use crate::domain::kindness;
use crate::domain::library::Library;
use crate::domain::record::{Entry, Kind, ScaleField, Status, What};
use crate::domain::scale::{Scale, change_text};
use crate::domain::session::STOPPED;
use crate::domain::time::{Now, clock_text};

/// Whether ratings are told as numbers, or as words where the person has hidden numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// 'pain 4'.
    Shown,
    /// 'some pain'.
    Hidden,
}

impl Numbers {
    /// As the log shows them just now.
    pub fn of(app: &App) -> Self {
        if app.log_pane.numbers_hidden {
            Self::Hidden
        } else {
            Self::Shown
        }
    }

    /// A rating with its name.
    pub fn rating(self, what: &str, value: Scale) -> String {
        match self {
            Self::Shown => format!("{what} {value}"),
            Self::Hidden => kindness::about(what, value.get().into()),
        }
    }

    /// A rating whose name stands beside it.
    pub fn value(self, value: Scale) -> String {
        match self {
            Self::Shown => value.to_string(),
            Self::Hidden => match kindness::how_much(value.get().into()) {
                "no" => "none".to_owned(),
                words => words.to_owned(),
            },
        }
    }

    fn change(self, what: &str, before: Scale, after: Scale) -> String {
        match self {
            Self::Shown => change_text(what, before, after),
            Self::Hidden => kindness::about_change(what, before, after),
        }
    }
}

/// What an entry is called, and its length where it has one.
pub fn title(entry: &Entry, library: &Library, numbers: Numbers, look: &Look) -> (String, String) {
    let words = match (entry.kind, &entry.what) {
        (Kind::CheckIn, _) => {
            let ratings = ratings(entry, numbers);
            if ratings.is_empty() {
                "Check-in".to_owned()
            } else {
                ratings.join(&format!(" {} ", look.glyphs.dot))
            }
        }
        (Kind::Questionnaire, _) => "Questionnaire".to_owned(),
        (Kind::Plan, _) => "Plan".to_owned(),
        (Kind::Unknown, _) => "Entry of a newer version".to_owned(),
        (_, Some(What::Technique(slug))) => library
            .technique(slug)
            .map_or_else(|| slug.to_string(), |technique| technique.name.clone()),
        (_, Some(What::Routine(slug))) => library
            .routine(slug)
            .map_or_else(|| slug.to_string(), |routine| routine.name.clone()),
        _ => {
            let count = entry.more.as_ref().map_or(0, |more| more.items.len());
            format!("A queue of {count}")
        }
    };
    let length = match entry.kind {
        Kind::Session => entry
            .active_s
            .map_or_else(String::new, |seconds| clock_text(seconds.into())),
        _ => String::new(),
    };
    (words, length)
}

/// What it is, and when: for a question about it.
pub fn in_two_lines(entry: &Entry, app: &App, now: &Now, look: &Look) -> [String; 2] {
    let (what, length) = title(entry, &app.library, Numbers::of(app), look);
    let what = if length.is_empty() {
        what
    } else {
        format!("{what}, {length}")
    };
    let day = day(entry.day(), now.wall.date_naive());
    let time = entry.started_at.map(|at| at.format(", %H:%M").to_string());
    [what, day + &time.unwrap_or_default()]
}

/// 'Today, Mon 23 Nov', 'Mon 16 Nov', 'Mon 3 Feb 2025'.
pub fn day(day: Option<NaiveDate>, today: NaiveDate) -> String {
    use chrono::Datelike;
    let Some(day) = day else {
        return "Without a date".into();
    };
    let date = if day.year() == today.year() {
        day.format("%a %-d %b").to_string()
    } else {
        day.format("%a %-d %b %Y").to_string()
    };
    if day == today {
        format!("Today, {date}")
    } else if Some(day) == today.pred_opt() {
        format!("Yesterday, {date}")
    } else {
        date
    }
}

/// Pain and stress in words: the change where there are both values, else the value.
pub fn ratings(entry: &Entry, numbers: Numbers) -> Vec<String> {
    let one = |what: &str, now: Option<Scale>, before: Option<Scale>, after: Option<Scale>| match (
        now, before, after,
    ) {
        (Some(now), ..) => Some(numbers.rating(what, now)),
        (None, Some(before), Some(after)) => Some(numbers.change(what, before, after)),
        (None, Some(before), None) => Some(numbers.rating(what, before) + " before"),
        (None, None, Some(after)) => Some(numbers.rating(what, after) + " after"),
        (None, None, None) => None,
    };
    [
        one("pain", entry.pain, entry.pain_before, entry.pain_after),
        one(
            "stress",
            entry.stress,
            entry.stress_before,
            entry.stress_after,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where, what it is like and what goes with it, in one line.
pub fn lists(entry: &Entry, numbers: Numbers) -> Option<String> {
    let more = entry.more.as_ref()?;
    let places = more.regions.iter().chain(&more.travels_to);
    let places = places.map(|word| place(word));
    let scales = ScaleField::ALL.into_iter().filter(|scale| scale.is_extra());
    let scales =
        scales.filter_map(|scale| Some((scale.name().replace('_', " "), scale.get(entry)?)));
    let scales = scales.map(|(name, value)| numbers.rating(&name, value));
    let words = [
        &more.qualities,
        &more.day,
        &more.triggers,
        &more.actions,
        &more.mood,
        &more.tags,
    ];
    let words = words.into_iter().flatten().cloned();
    let all: Vec<String> = scales.chain(places).chain(words).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A place without the signs of the log.
pub fn place(word: &str) -> String {
    word.replace(['-', ':'], " ")
}

/// How far a session came, where that needs a word.
pub fn standing(entry: &Entry, running: Option<&Id>) -> Option<String> {
    let because = || {
        let more = entry.more.as_ref()?;
        more.stopped_because.as_deref()
    };
    match entry.status? {
        Status::Finished => None,
        Status::Stopped => Some(match because() {
            // The person's own doing needs no reason.
            Some(because) if because != STOPPED => {
                format!("stopped early: {because}")
            }
            _ => "stopped early".to_owned(),
        }),
        Status::Running => Some(if running == Some(&entry.rec) {
            "under way".into()
        } else {
            "not finished, elsewhere or lost".into()
        }),
    }
}

/// What the journal has to say about it.
pub fn flags(entry: &Entry, look: &Look) -> Vec<String> {
    let mut out = Vec::new();
    if entry.marks.conflict {
        out.push(look.hint("two versions[; <settle> settles]"));
    }
    if entry.marks.deleted_elsewhere {
        out.push(look.hint("deleted and changed[; <settle> settles]"));
    }
    if entry.marks.damaged {
        out.push("a line of it is damaged".to_owned());
    }
    let invalid = entry.more.iter().flat_map(|more| &more.invalid);
    let names: Vec<&str> = invalid.map(|(name, _)| name.as_str()).collect();
    if !names.is_empty() {
        out.push(format!("not readable: {}", names.join(", ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::sample;

    #[test]
    fn every_rating_list_and_word_of_a_check_in_shows_in_the_log() {
        let shown = |entry: &Entry| {
            let numbers = Numbers::Shown;
            (
                ratings(entry, numbers),
                lists(entry, numbers),
                entry.note().map(str::to_owned),
            )
        };
        let others = ["kind", "started_at", "peg", "roland_morris", "plan"];
        for (name, [without, with]) in sample::each_but(&others) {
            if with.kind == Kind::CheckIn {
                assert_ne!(shown(&without), shown(&with), "'{name}' does not show");
            }
        }
    }
}
