//! What may be changed in an entry: which field belongs to which kind, what cannot be taken away, and what moves along
//! when its time or its technique changes. For the app and the command line alike.

use chrono::{DateTime, FixedOffset};

use super::{Entry, FIELDS, Fields, ItemDone, Kind, moment_text, parse_moment};

/// Fields that only sessions have.
pub const OF_SESSIONS: [&str; 16] = [
    "ended_at",
    "rated_after_at",
    "technique",
    "routine",
    "queue",
    "items",
    "status",
    "stopped_because",
    "planned_s",
    "active_s",
    "steps_done",
    "side_first",
    "pain_before",
    "pain_after",
    "stress_before",
    "stress_after",
];

impl Kind {
    /// With its article: 'a session'.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Session => "a session",
            Self::CheckIn => "a check-in",
            Self::Questionnaire => "a questionnaire",
            Self::Plan => "a plan",
            Self::Unknown => "an entry of a kind that this version does not know",
        }
    }

    /// Whether an entry of this kind has such a field; the error names what it has instead.
    pub fn takes(self, field: &str) -> Result<(), String> {
        let for_session = OF_SESSIONS.contains(&field) || field == "pressure";
        let for_moment = matches!(field, "pain" | "stress");
        let for_questions = matches!(field, "peg" | "roland_morris");
        let fits = match self {
            Self::Unknown => true,
            Self::Session => !for_moment && !for_questions,
            Self::CheckIn => !for_session && !for_questions,
            Self::Questionnaire => !for_session && !for_moment,
            Self::Plan => !for_session && !for_moment && !for_questions,
        };
        if fits {
            return Ok(());
        }
        let noun = self.noun();
        let option = field.replace('_', "-");
        Err(match (self, field) {
            (Self::Session, "pain" | "stress") => {
                format!("this is {noun}: give --{option}-before or --{option}-after")
            }
            (Self::CheckIn, "pain_before" | "pain_after") => format!("this is {noun}: give --pain"),
            (Self::CheckIn, "stress_before" | "stress_after") => {
                format!("this is {noun}: give --stress")
            }
            _ => format!("this is {noun}, which has no '{field}'"),
        })
    }

    /// Whether a field may be taken away from an entry of this kind; the error says what to do instead.
    pub fn can_lack(self, field: &str) -> Result<(), String> {
        let why = match (self, field) {
            (_, "kind") => "its kind says how to read it",
            (_, "started_at") => "an entry needs its time; --at moves it",
            (Self::Session, "technique" | "routine" | "items") => {
                "a session needs to say what it was; --technique or --routine says another"
            }
            (Self::Session, "status") => {
                "a session needs to say how far it came; --status says another"
            }
            _ => return Ok(()),
        };
        Err(format!("'{field}' can't be taken away: {why}"))
    }
}

/// The known field that a typed name means: as it stands, with hyphens, or by the option that sets it.
pub fn field_named(typed: &str) -> Option<&'static str> {
    let name = typed.trim().to_lowercase().replace(['-', ' '], "_");
    let name = match name.as_str() {
        "where" | "region" => "regions",
        "quality" => "qualities",
        "trigger" => "triggers",
        "action" => "actions",
        "tag" => "tags",
        "moods" => "mood",
        "active" => "active_s",
        "planned" => "planned_s",
        "at" => "started_at",
        name => name,
    };
    FIELDS.into_iter().find(|field| *field == name)
}

/// Moves an entry to another moment; what ended and was rated after it moves along by the same time.
pub fn move_to(to: DateTime<FixedOffset>, before: &Fields, set: &mut Fields) {
    set.put("started_at", &moment_text(&to));
    let Some(from) = moment(before, "started_at") else {
        return;
    };
    let by = to.signed_duration_since(from);
    for name in ["ended_at", "rated_after_at"] {
        let moved = moment(before, name).and_then(|at| at.checked_add_signed(by));
        if let Some(moved) = moved {
            set.put(name, &moment_text(&moved.with_timezone(to.offset())));
        }
    }
}

/// Makes a session one of this technique alone.
pub fn make_technique(slug: &str, before: &Fields, set: &mut Fields, unset: &mut Vec<String>) {
    set.put("technique", slug);
    unset.extend(["routine".to_owned(), "queue".to_owned()]);
    let items = items(before);
    if before.get("items").is_none() {
        return;
    }
    let sum = |seconds: fn(&ItemDone) -> u32| {
        items
            .iter()
            .fold(0_u32, |sum, item| sum.saturating_add(seconds(item)))
    };
    let item = ItemDone {
        technique: slug.to_owned(),
        planned_s: number(before, "planned_s").unwrap_or_else(|| sum(|item| item.planned_s)),
        active_s: number(before, "active_s").unwrap_or_else(|| sum(|item| item.active_s)),
        done: items.last().is_some_and(|item| item.done),
    };
    set.put("items", &[item]);
}

/// Makes a session one of this routine; which parts of it were done is no longer known.
pub fn make_routine(slug: &str, set: &mut Fields, unset: &mut Vec<String>) {
    set.put("routine", slug);
    unset.extend(["technique", "queue", "items"].map(str::to_owned));
}

/// Says how long a session took; where it was one technique, so did that.
pub fn make_active(seconds: u32, before: &Fields, set: &mut Fields) {
    set.put("active_s", &seconds);
    let known = if set.get("items").is_some() {
        &*set
    } else {
        before
    };
    if let [only] = &items(known)[..] {
        let only = ItemDone {
            active_s: seconds,
            ..only.clone()
        };
        set.put("items", &[only]);
    }
}

/// Says what was done of these parts of a session: place, seconds, whether to its end. The whole takes as much longer
/// as they do, unless it is said besides. False: one of them is not there.
pub fn make_parts(parts: &[(usize, u32, bool)], before: &Fields, set: &mut Fields) -> bool {
    let is_said = set.get("active_s").is_some();
    let known = if set.get("items").is_some() {
        &*set
    } else {
        before
    };
    let mut items = items(known);
    let mut whole = number(before, "active_s").map(i64::from);
    for (at, active_s, done) in parts {
        let Some(item) = items.get_mut(*at) else {
            return false;
        };
        whole = whole.map(|whole| whole + i64::from(*active_s) - i64::from(item.active_s));
        (item.active_s, item.done) = (*active_s, *done);
    }
    set.put("items", &items);
    let whole = whole.and_then(|whole| u32::try_from(whole.max(0)).ok());
    if let Some(whole) =
        whole.filter(|whole| !is_said && Some(*whole) != number(before, "active_s"))
    {
        set.put("active_s", &whole);
    }
    true
}

/// Leaves only what differs from what is stored, but for these fields, which are written in any case.
pub fn keep_changes(
    before: &Fields,
    set: &Fields,
    unset: Vec<String>,
    always: &[String],
) -> Change {
    let wanted = |name: &str| always.iter().any(|known| known == name);
    let mut changed = Fields::default();
    for (name, value) in set.iter() {
        if wanted(name)
            || !before
                .get(name)
                .is_some_and(|raw| is_same(raw.get(), value.get()))
        {
            changed.put_raw(name, value.to_owned());
        }
    }
    let mut gone: Vec<String> = Vec::new();
    for name in unset {
        let there = before.get(&name).is_some() || wanted(&name);
        if there && set.get(&name).is_none() && !gone.contains(&name) {
            gone.push(name);
        }
    }
    Change {
        set: changed,
        unset: gone,
    }
}

/// Whether an entry says nothing but when it was; such an edit is refused. A session says at least what it was.
pub fn says_nothing(entry: &Entry) -> bool {
    let bare = Entry {
        kind: entry.kind,
        started_at: entry.started_at,
        marks: entry.marks,
        ..Entry::blank(entry.rec.clone())
    };
    entry.kind != Kind::Session && *entry == bare
}

/// What an edit writes.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Fields with new values.
    pub set: Fields,
    /// Fields taken away.
    pub unset: Vec<String>,
}

impl Change {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.unset.is_empty()
    }

    /// The fields as they will be.
    pub fn applied(&self, before: &Fields) -> Fields {
        let mut after = Fields::default();
        for (name, value) in before.iter() {
            if !self.unset.iter().any(|gone| gone == name) {
                after.put_raw(name, value.to_owned());
            }
        }
        for (name, value) in self.set.iter() {
            after.put_raw(name, value.to_owned());
        }
        after
    }
}

/// Whether two JSON texts say the same.
pub fn is_same(a: &str, b: &str) -> bool {
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    a == b || value(a).is_some_and(|a| value(b) == Some(a))
}

fn moment(fields: &Fields, name: &str) -> Option<DateTime<FixedOffset>> {
    let text: String = serde_json::from_str(fields.get(name)?.get()).ok()?;
    parse_moment(&text)
}

fn number(fields: &Fields, name: &str) -> Option<u32> {
    fields.get(name)?.get().parse().ok()
}

fn items(fields: &Fields) -> Vec<ItemDone> {
    let raw = fields.get("items");
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::id::Id;

    fn fields(json: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, raw) in json {
            let raw = serde_json::value::RawValue::from_string((*raw).to_owned()).unwrap();
            fields.put_raw(name, raw);
        }
        fields
    }

    fn raw<'a>(fields: &'a Fields, name: &str) -> &'a str {
        fields.get(name).map_or("", |raw| raw.get())
    }

    #[test]
    fn each_kind_takes_its_own_ratings_and_names_them() {
        assert_eq!(Kind::CheckIn.takes("pain"), Ok(()));
        assert_eq!(Kind::Session.takes("pain_after"), Ok(()));
        let why = Kind::Session.takes("pain").unwrap_err();
        assert!(why.contains("--pain-before or --pain-after"), "{why}");
        let why = Kind::CheckIn.takes("stress_after").unwrap_err();
        assert!(why.contains("--stress"), "{why}");
        assert!(Kind::CheckIn.takes("active_s").is_err());
        for kind in [
            Kind::Session,
            Kind::CheckIn,
            Kind::Questionnaire,
            Kind::Plan,
        ] {
            for field in ["note", "tags", "regions", "started_at", "tightness"] {
                assert_eq!(kind.takes(field), Ok(()));
            }
        }
    }

    #[test]
    fn every_field_of_the_record_belongs_to_some_kind() {
        let kinds = [
            Kind::Session,
            Kind::CheckIn,
            Kind::Questionnaire,
            Kind::Plan,
        ];
        for field in FIELDS {
            assert!(
                kinds.iter().any(|kind| kind.takes(field).is_ok()),
                "{field}"
            );
            assert_eq!(field_named(&field.replace('_', "-")), Some(field));
        }
    }

    #[test]
    fn what_came_after_the_start_moves_along_with_it() {
        let before = fields(&[
            ("started_at", "\"2026-11-23T21:30:00+01:00\""),
            ("ended_at", "\"2026-11-23T21:42:10+01:00\""),
            ("rated_after_at", "\"soon\""),
        ]);
        let mut set = Fields::default();
        let to = parse_moment("2026-07-01T09:00:00+02:00").unwrap();
        move_to(to, &before, &mut set);
        assert_eq!(raw(&set, "started_at"), "\"2026-07-01T09:00:00+02:00\"");
        assert_eq!(raw(&set, "ended_at"), "\"2026-07-01T09:12:10+02:00\"");
        assert_eq!(raw(&set, "rated_after_at"), "");
    }

    #[test]
    fn another_technique_takes_the_time_along_and_ends_the_routine() {
        let before = fields(&[
            ("routine", "\"desk-reset\""),
            ("planned_s", "300"),
            ("active_s", "240"),
            (
                "items",
                "[{\"technique\":\"a\",\"planned_s\":100,\"active_s\":100,\"done\":true},\
                 {\"technique\":\"b\",\"planned_s\":200,\"active_s\":140,\"done\":false}]",
            ),
        ]);
        let (mut set, mut unset) = (Fields::default(), Vec::new());
        make_technique("six-breaths", &before, &mut set, &mut unset);
        make_active(60, &before, &mut set);
        assert_eq!(unset, ["routine", "queue"]);
        assert_eq!(
            raw(&set, "items"),
            "[{\"technique\":\"six-breaths\",\"planned_s\":300,\"active_s\":60,\"done\":false}]"
        );
        let mut alone = Fields::default();
        make_active(60, &before, &mut alone);
        assert_eq!(
            raw(&alone, "items"),
            "",
            "which part was longer is not known"
        );
    }

    #[test]
    fn parts_that_took_longer_make_the_whole_longer_unless_that_is_said_besides() {
        let before = fields(&[
            ("active_s", "250"),
            (
                "items",
                "[{\"technique\":\"a\",\"planned_s\":100,\"active_s\":100,\"done\":true},\
                 {\"technique\":\"b\",\"planned_s\":200,\"active_s\":140,\"done\":false}]",
            ),
        ]);
        let mut set = Fields::default();
        assert!(make_parts(
            &[(0, 90, true), (1, 180, true)],
            &before,
            &mut set
        ));
        assert_eq!(raw(&set, "active_s"), "280");
        assert_eq!(items(&set)[1].active_s, 180);
        let mut set = fields(&[("active_s", "400")]);
        assert!(make_parts(&[(1, 180, true)], &before, &mut set));
        assert_eq!(raw(&set, "active_s"), "400");
        assert!(!make_parts(&[(2, 1, true)], &before, &mut set));
    }

    #[test]
    fn only_what_differs_is_written_unless_it_settles_something() {
        let before = fields(&[("pain", "4"), ("tags", "[\"a\", \"b\"]"), ("note", "\"x\"")]);
        let set = fields(&[("pain", "4"), ("tags", "[\"a\",\"b\"]"), ("stress", "2")]);
        let unset = vec!["mood".to_owned(), "note".to_owned(), "note".to_owned()];
        let change = keep_changes(&before, &set, unset, &[]);
        assert_eq!(change.set.iter().count(), 1);
        assert_eq!(raw(&change.set, "stress"), "2");
        assert_eq!(change.unset, ["note"]);
        let after = change.applied(&before);
        assert_eq!(after.iter().count(), 3);
        let settles = keep_changes(&before, &set, Vec::new(), &["pain".to_owned()]);
        assert_eq!(raw(&settles.set, "pain"), "4");
    }

    #[test]
    fn an_entry_says_nothing_when_only_its_kind_and_its_time_are_left() {
        let read = |json: &[(&str, &str)]| {
            Entry::read(Id::new("x"), &fields(json), super::super::Marks::default())
        };
        let at = ("started_at", "\"2026-11-23T21:30:00+01:00\"");
        let check_in = ("kind", "\"check-in\"");
        assert!(says_nothing(&read(&[check_in, at])));
        assert!(says_nothing(&read(&[check_in])));
        for said in [
            ("pain", "4"),
            ("tags", "[\"a\"]"),
            ("pain", "\"much\""),
            ("new", "1"),
        ] {
            assert!(!says_nothing(&read(&[check_in, at, said])), "{said:?}");
        }
        assert!(!says_nothing(&read(&[("kind", "\"session\""), at])));
    }
}
