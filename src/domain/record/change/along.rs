//! What moves along when a part of an entry changes: its other times with its start, its parts with its technique.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::domain::record::{Fields, ItemDone, moment_text, parse_moment};

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
    let item = ItemDone {
        technique: slug.to_owned(),
        planned_s: number(before, "planned_s")
            .unwrap_or_else(|| sum(&items, |item| item.planned_s)),
        active_s: number(before, "active_s").unwrap_or_else(|| sum(&items, |item| item.active_s)),
        done: items.last().is_some_and(|item| item.done),
    };
    set.put("items", &[item]);
}

/// Makes a session one of this routine; which parts of it were done is no longer known.
pub fn make_routine(slug: &str, set: &mut Fields, unset: &mut Vec<String>) {
    set.put("routine", slug);
    unset.extend(["technique", "queue", "items"].map(str::to_owned));
}

/// Makes a session a queue of these techniques and routines; which parts of it were done is no longer known.
pub fn make_queue(slugs: &[String], set: &mut Fields, unset: &mut Vec<String>) {
    set.put("queue", slugs);
    unset.extend(["technique", "routine", "items"].map(str::to_owned));
}

/// Says part by part what was done; the session took and was planned for as long as its parts together. The error says
/// what contradicts: a session of one technique has that one part.
pub fn make_items(items: &[ItemDone], before: &Fields, set: &mut Fields) -> Result<(), String> {
    let is_several = |fields: &Fields| {
        ["routine", "queue"]
            .iter()
            .any(|name| fields.get(name).is_some())
    };
    let known = if set.get("technique").is_some() || is_several(set) {
        &*set
    } else {
        before
    };
    if let (Some(technique), false) = (text(known, "technique"), is_several(known)) {
        let fits = matches!(items, [only] if only.technique == technique);
        if !fits {
            return Err(format!(
                "this is a session of '{technique}' alone, so its items are that one"
            ));
        }
    }
    set.put("items", items);
    set.put("active_s", &sum(items, |item| item.active_s));
    set.put("planned_s", &sum(items, |item| item.planned_s));
    Ok(())
}

/// Says how long a session was planned to take; where it was one technique, so was that.
pub fn make_planned(seconds: u32, before: &Fields, set: &mut Fields) {
    set.put("planned_s", &seconds);
    change_only_item(before, set, |only| only.planned_s = seconds);
}

/// Says how long a session took; where it was one technique, so did that.
pub fn make_active(seconds: u32, before: &Fields, set: &mut Fields) {
    set.put("active_s", &seconds);
    change_only_item(before, set, |only| only.active_s = seconds);
}

/// Where a session came to its end and was one technique, that was done to its end too.
pub fn finish_only_item(before: &Fields, set: &mut Fields) {
    let status = text(set, "status").or_else(|| text(before, "status"));
    if status.as_deref() == Some("finished") {
        change_only_item(before, set, |only| only.done = true);
    }
}

/// Seconds that a session says to have been active, and the fewer ones from its start to its end.
pub fn longer_than_its_times(fields: &Fields) -> Option<(u32, u32)> {
    let active = number(fields, "active_s")?;
    let (began, ended) = (moment(fields, "started_at")?, moment(fields, "ended_at")?);
    let span = ended.signed_duration_since(began).num_seconds();
    let span = u32::try_from(span).ok()?;
    // Times are often typed to the minute.
    (active > span.saturating_add(60)).then_some((active, span))
}

fn change_only_item(before: &Fields, set: &mut Fields, change: impl FnOnce(&mut ItemDone)) {
    if let [only] = &mut items(known(before, set))[..] {
        change(only);
        set.put("items", &[only]);
    }
}

/// Says what was done of these parts of a session: place, seconds, whether to its end. The whole takes as much longer
/// as they do, unless it is said besides. False: one of them is not there.
pub fn make_parts(parts: &[(usize, u32, bool)], before: &Fields, set: &mut Fields) -> bool {
    let is_said = set.get("active_s").is_some();
    let mut items = items(known(before, set));
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

/// Changes parts of a session by their places, each as it is now or `None` where it is taken away, and adds others after
/// them. Where no more than what was done changes, the whole moves as by [`make_parts`], else as by [`make_items`]; what
/// is said of the whole besides stays. The error says what contradicts, in one line.
pub fn change_parts(
    changed: &[(usize, Option<ItemDone>)],
    added: &[ItemDone],
    before: &Fields,
    set: &mut Fields,
) -> Result<(), PartsRefused> {
    let mut parts: Vec<Option<ItemDone>> =
        items(known(before, set)).into_iter().map(Some).collect();
    let mut done = Vec::new();
    for (at, part) in changed {
        let slot = parts.get_mut(*at).ok_or(PartsRefused::Gone)?;
        let is_planned =
            |part: &ItemDone| Some(part.planned_s) == slot.as_ref().map(|was| was.planned_s);
        if let Some(part) = part.as_ref().filter(|part| is_planned(part)) {
            done.push((*at, part.active_s, part.done));
        }
        slot.clone_from(part);
    }
    if added.is_empty() && done.len() == changed.len() {
        make_parts(&done, before, set);
        return Ok(());
    }
    let parts: Vec<ItemDone> = parts.into_iter().flatten().chain(added.to_vec()).collect();
    if parts.is_empty() {
        return Err(PartsRefused::None);
    }
    if parts.len() > super::PARTS_MAX {
        return Err(PartsRefused::TooMany);
    }
    let said = ["active_s", "planned_s"].map(|name| (name, set.get(name).map(ToOwned::to_owned)));
    make_items(&parts, before, set).map_err(|_| PartsRefused::Alone)?;
    for (name, raw) in said {
        if let Some(raw) = raw {
            set.put_raw(name, raw);
        }
    }
    Ok(())
}

/// Why the parts of a session cannot be these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartsRefused {
    /// A part that is changed is not there.
    Gone,
    /// None would be left.
    None,
    /// There would be more than [`super::PARTS_MAX`].
    TooMany,
    /// A session of one technique has that one part.
    Alone,
}

/// Where the items are that hold once this is set.
fn known<'a>(before: &'a Fields, set: &'a Fields) -> &'a Fields {
    if set.get("items").is_some() {
        set
    } else {
        before
    }
}

/// Two times of an entry that do not follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disorder {
    /// One line.
    pub why: String,
    /// The field that should be the later one, but soon after the other.
    pub then: &'static str,
}

/// Whether the times of an entry follow each other: a session ends and is rated after it began, within a day. What was
/// wrong before is no reason to refuse another change. `named` says how the error calls a field.
pub fn check_times(
    before: &Fields,
    after: &Fields,
    named: impl Fn(&'static str) -> String,
) -> Result<(), Disorder> {
    for (first, then) in [
        ("started_at", "ended_at"),
        ("started_at", "rated_after_at"),
        ("ended_at", "rated_after_at"),
    ] {
        let apart = |fields: &Fields| {
            let (first, then) = (moment(fields, first)?, moment(fields, then)?);
            Some(then.signed_duration_since(first))
        };
        let shown = |name| {
            let at = moment(after, name).map(|at| at.format(" (%Y-%m-%d %H:%M %:z)").to_string());
            named(name) + &at.unwrap_or_default()
        };
        let is_early = |apart: &TimeDelta| *apart < TimeDelta::zero();
        let is_late = |apart: &TimeDelta| *apart > TimeDelta::days(1);
        let is_new = |wrong: &dyn Fn(&TimeDelta) -> bool| {
            apart(after).is_some_and(|apart| wrong(&apart))
                && !apart(before).is_some_and(|apart| wrong(&apart))
        };
        if is_new(&is_early) {
            let why = format!("{} is before {}", shown(then), shown(first));
            return Err(Disorder { why, then });
        }
        if is_new(&is_late) {
            let why = format!("{} is more than a day after {}", shown(then), shown(first));
            return Err(Disorder { why, then });
        }
    }
    Ok(())
}

/// A field's moment, where it is a readable one.
pub fn moment(fields: &Fields, name: &str) -> Option<DateTime<FixedOffset>> {
    parse_moment(&text(fields, name)?)
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    serde_json::from_str(fields.get(name)?.get()).ok()
}

fn number(fields: &Fields, name: &str) -> Option<u32> {
    fields.get(name)?.get().parse().ok()
}

fn items(fields: &Fields) -> Vec<ItemDone> {
    let raw = fields.get("items");
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
        .unwrap_or_default()
}

fn sum(items: &[ItemDone], seconds: impl Fn(&ItemDone) -> u32) -> u32 {
    let seconds = items.iter().map(seconds);
    seconds.fold(0, u32::saturating_add)
}
