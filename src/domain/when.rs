//! Days and moments as people type and read them. No clock is read here: now and the zone come in.

#[cfg(test)]
mod tests;

use crate::domain::order;
use chrono::{
    DateTime, Datelike, Days, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime,
    Offset, TimeDelta, TimeZone, Weekday,
};

use super::record::parse_moment;

/// What a WHEN may be, for error lines and help.
pub const DAY_FORMS: &str = "2026-11-01, today, yesterday, 7d, 2w or a weekday such as mon";
/// What a TIME may be, for error lines and help.
pub const TIME_FORMS: &str =
    "2026-11-01T21:30, '2026-11-01 21:30', 'yesterday 21:30', 21:30, -2h or -90m";

/// What a DURATION may be, for error lines and help.
pub const DURATION_FORMS: &str = "12m, 90s, 1h5m or 4:30 (minutes and seconds)";

/// A moment that was typed, and what the person should know about how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The moment with the zone's offset, or the offset that was typed.
    pub at: DateTime<FixedOffset>,
    /// One line: it came twice, or lies ahead.
    pub note: Option<String>,
}

/// Reads a WHEN: the day it names, or the first day of the span (`7d` is today and the six days before).
/// The error is one line: what was typed and what is accepted.
pub fn parse_day(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let typed = text.trim().to_lowercase();
    named_day(&typed, today)
        .or_else(|| span(&typed).and_then(|days| today.checked_sub_days(Days::new(days - 1))))
        .or_else(|| iso_day(&typed))
        .ok_or_else(|| {
            if is_iso_shaped(&typed) {
                format!("'{text}' is no day of the calendar: give {DAY_FORMS}")
            } else {
                format!("'{text}' is not a day: give {DAY_FORMS}")
            }
        })
}

/// Reads a TIME in the person's zone. A local time that the clocks skipped is refused with its two neighbours; one that
/// came twice is the earlier. A day alone is no moment: its time is asked for, not guessed. The error is one line: what
/// was typed and what is accepted.
pub fn parse_time<Tz: TimeZone>(
    text: &str,
    now: &DateTime<FixedOffset>,
    zone: &Tz,
) -> Result<Moment, String> {
    let typed = text.trim();
    let moment = if let Some(at) = with_offset(typed) {
        Moment { at, note: None }
    } else if let Some(back) = back(typed) {
        let at = now.checked_sub_signed(back);
        let at = at.ok_or_else(|| format!("'{text}' is too long ago"))?;
        Moment {
            at: fixed(&zone.from_utc_datetime(&at.naive_utc())),
            note: None,
        }
    } else {
        let local = local_time(&typed.to_lowercase(), now.date_naive())
            .ok_or_else(|| no_time(text, now.date_naive()))?;
        in_zone(text, local, zone)?
    };
    if !(1..=9999).contains(&moment.at.year()) {
        return Err(format!("'{text}' is outside the years 1 to 9999"));
    }
    let ahead = (moment.at > *now).then(|| {
        let at = moment.at.format("%Y-%m-%d %H:%M");
        format!("{at} is still ahead, and is kept so; undo takes it back")
    });
    Ok(Moment {
        note: moment.note.or(ahead),
        ..moment
    })
}

/// Reads a moment as files write it: a date and a time, with an offset or in the zone; a date alone is its noon. Nothing
/// that depends on today.
pub fn parse_written<Tz: TimeZone>(text: &str, zone: &Tz) -> Result<Moment, String> {
    let typed = text.trim();
    if let Some(at) = with_offset(typed) {
        return Ok(Moment { at, note: None });
    }
    let noon = iso_day(typed).and_then(|day| day.and_hms_opt(12, 0, 0));
    let dated = || {
        let (date, _) = typed.split_once(['T', 't', ' '])?;
        is_iso_shaped(date).then(|| local_time(&typed.to_lowercase(), NaiveDate::MIN))?
    };
    match noon.or_else(dated) {
        Some(local) if (1..=9999).contains(&local.year()) => in_zone(text, local, zone),
        _ => Err(format!(
            "'{text}' is not a moment: give 2026-11-01 21:30, 2026-11-01T21:30:00+01:00, or a date alone"
        )),
    }
}

/// Reads a DURATION of at most a day, in seconds: `12m`, `90s`, `1h5m`, `1h5m30s`, `4:30`, `1:02:03`. A bare number is
/// refused: it may mean minutes or seconds.
pub fn parse_duration(text: &str) -> Result<u32, String> {
    let typed = text.trim().to_lowercase();
    let seconds = clock_seconds(&typed).or_else(|| unit_seconds(&typed));
    match seconds {
        Some(seconds) if seconds <= 24 * 3600 => Ok(seconds as u32),
        Some(_) => Err(format!("'{text}' is longer than a day")),
        None => Err(format!("'{text}' is not a duration: give {DURATION_FORMS}")),
    }
}

/// `4:30`, `1:02:03`: whatever stands behind a colon is below sixty and has two digits.
fn clock_seconds(typed: &str) -> Option<u64> {
    let mut parts = typed.split(':');
    let mut seconds = digits(parts.next()?)?;
    let mut count = 0;
    for part in parts {
        let next = digits(part).filter(|next| part.len() == 2 && *next < 60)?;
        seconds = seconds.checked_mul(60)?.checked_add(next)?;
        count += 1;
    }
    (1..=2).contains(&count).then_some(seconds)
}

/// Hours, minutes and seconds in this order, each at most once and one at least.
fn unit_seconds(typed: &str) -> Option<u64> {
    let (mut rest, mut seconds, mut any) = (typed, 0_u64, false);
    for (unit, length) in [('h', 3600), ('m', 60), ('s', 1)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds = seconds.checked_add(digits(number)?.checked_mul(length)?)?;
            (rest, any) = (after, true);
        }
    }
    (any && rest.is_empty()).then_some(seconds)
}

/// 'today', 'yesterday', 'Mon 23 Nov', with the year where it is another.
pub fn day_text(day: NaiveDate, today: NaiveDate) -> String {
    match today.signed_duration_since(day).num_days() {
        0 => "today".into(),
        1 => "yesterday".into(),
        _ if day.year() == today.year() => day.format("%a %-d %b").to_string(),
        _ => day.format("%a %-d %b %Y").to_string(),
    }
}

/// The time of day that clocks showed: '21:30', or '02:30 +01:00' where that alone does not say the moment.
pub fn time_text(at: &DateTime<FixedOffset>, with_offset: bool) -> String {
    let form = if with_offset { "%H:%M %:z" } else { "%H:%M" };
    at.format(form).to_string()
}

/// The minute that clocks showed, counted from 1970: of two moments by different clocks it may be the same.
pub fn shown_minute(at: &DateTime<FixedOffset>) -> i64 {
    at.naive_local().and_utc().timestamp().div_euclid(60)
}

/// How long ago a day was: 'today', 'yesterday', '3 days ago', '2 weeks ago', '5 months ago', '2 years ago'.
pub fn ago_text(day: NaiveDate, today: NaiveDate) -> String {
    let days = today.signed_duration_since(day).num_days();
    let (count, unit) = match days {
        i64::MIN..0 => return day_text(day, today),
        0 => return "today".into(),
        1 => return "yesterday".into(),
        2..14 => (days, "day"),
        14..61 => (days / 7, "week"),
        61..730 => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// 'today', 'yesterday' or a weekday's name.
fn named_day(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    match typed {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        _ => {
            let weekday = typed.parse::<Weekday>().ok()?;
            let back = today.weekday().days_since(weekday);
            today.checked_sub_days(Days::new(back.into()))
        }
    }
}

/// `7d` and `2w` in days, at least one.
fn span(typed: &str) -> Option<u64> {
    let (number, days) = match typed.strip_suffix('d') {
        Some(number) => (number, 1),
        None => (typed.strip_suffix('w')?, 7),
    };
    digits(number)?.checked_mul(days).filter(|days| *days > 0)
}

fn digits(text: &str) -> Option<u64> {
    let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

fn iso_day(typed: &str) -> Option<NaiveDate> {
    is_iso_shaped(typed).then(|| typed.parse().ok())?
}

/// Four digits, two, two.
fn is_iso_shaped(typed: &str) -> bool {
    let mut parts = typed
        .split('-')
        .map(|part| digits(part).map(|_| part.len()));
    let shape = [parts.next(), parts.next(), parts.next(), parts.next()];
    shape == [Some(Some(4)), Some(Some(2)), Some(Some(2)), None]
}

/// A full moment with its own offset, a `T` or a blank between date and time.
fn with_offset(typed: &str) -> Option<DateTime<FixedOffset>> {
    let (date, time) = typed.split_once(['T', 't', ' '])?;
    is_iso_shaped(date).then(|| parse_moment(&format!("{date}T{}", time.trim_start())))?
}

/// `-2h`, `-90m`, `-1h30m`.
fn back(typed: &str) -> Option<TimeDelta> {
    let amount = typed.strip_prefix('-')?.to_lowercase();
    let (hours, minutes) = match amount.split_once('h') {
        Some((hours, "")) => (digits(hours)?, 0),
        Some((hours, minutes)) => (digits(hours)?, digits(minutes.strip_suffix('m')?)?),
        None => (0, digits(amount.strip_suffix('m')?)?),
    };
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    TimeDelta::try_minutes(i64::try_from(minutes).ok()?)
}

/// Why this is no time: of a day alone, how it would be one.
fn no_time(text: &str, today: NaiveDate) -> String {
    let typed = text.trim().to_lowercase();
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if named_day(&words, today).is_some() {
        return format!("'{text}' is a day: add a time of day, such as '{words} 21:30'");
    }
    let ago = typed
        .strip_prefix('-')
        .and_then(span)
        .and_then(|days| today.checked_sub_days(Days::new(days)));
    let day = ago
        .or_else(|| parse_day(&words, today).ok())
        .or_else(|| iso_day(typed.trim_end_matches('t')));
    if let Some(day) = day {
        return format!("'{text}' is a day: add a time of day, such as '{day} 21:30'");
    }
    let date = typed.split(['t', ' ']).next().unwrap_or_default();
    if is_iso_shaped(date) && iso_day(date).is_none() {
        return match last_day(date) {
            Some(last) => format!("'{date}' is no day of the calendar: that month ends on {last}"),
            None => format!("'{date}' is no day of the calendar"),
        };
    }
    format!("'{text}' is not a time: give {TIME_FORMS}")
}

/// The last day of the month of a date that is past it.
fn last_day(date: &str) -> Option<NaiveDate> {
    let month = date.get(..7)?;
    let mut days = (28..=31).rev().map(|day| format!("{month}-{day}"));
    let last = days.find_map(|date| iso_day(&date))?;
    (date > last.to_string().as_str()).then_some(last)
}

/// A date or day word and a clock time, or a clock time of today.
fn local_time(typed: &str, today: NaiveDate) -> Option<NaiveDateTime> {
    let (day, time) = match typed.split_once(['t', ' ']) {
        Some((day, time)) if is_iso_shaped(day) => (iso_day(day)?, time),
        _ => match typed.split_once(' ') {
            Some((day, time)) => (named_day(day, today)?, time),
            None => (today, typed),
        },
    };
    Some(day.and_time(clock_time(time.trim_start())?))
}

/// A time of day: `21:30` or `21:30:05`.
pub fn clock_time(typed: &str) -> Option<NaiveTime> {
    let parts: Option<Vec<u32>> = typed
        .split(':')
        .map(|part| digits(part).filter(|_| part.len() <= 2).map(|n| n as u32))
        .collect();
    match parts?[..] {
        [hour, minute] => NaiveTime::from_hms_opt(hour, minute, 0),
        [hour, minute, second] => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    }
}

fn in_zone<Tz: TimeZone>(text: &str, local: NaiveDateTime, zone: &Tz) -> Result<Moment, String> {
    match instants(local, zone)[..] {
        [at] => Ok(Moment { at, note: None }),
        [first, second, ..] => {
            let note = format!(
                "{} came twice that day: taken as the first, {}; the second is {}",
                local.format("%H:%M"),
                first.format("%Y-%m-%dT%H:%M%:z"),
                second.format("%Y-%m-%dT%H:%M%:z"),
            );
            Ok(Moment {
                at: first,
                note: Some(note),
            })
        }
        [] => Err(match gap(local, zone) {
            Some((before, after)) => format!(
                "'{text}' was skipped when the clocks changed: give {} or {}",
                before.format("'%Y-%m-%d %H:%M'"),
                after.format("'%Y-%m-%d %H:%M'"),
            ),
            None => format!("'{text}' does not exist in this time zone: give {TIME_FORMS}"),
        }),
    }
}

/// Whether the clocks of this zone showed this moment's time of day twice that day, so that the time alone does not say
/// which of both it was.
pub fn came_twice<Tz: TimeZone>(at: &DateTime<FixedOffset>, zone: &Tz) -> bool {
    let utc = at.naive_utc();
    let around = |by: TimeDelta| {
        let beside = utc.checked_add_signed(by)?;
        Some(zone.offset_from_utc_datetime(&beside).fix())
    };
    // A list of many entries asks this of each: where nothing changed there is nothing to look for.
    let (before, after) = (around(TimeDelta::hours(-26)), around(TimeDelta::hours(26)));
    if before == after {
        return false;
    }
    let found = instants(at.naive_local(), zone);
    found.len() > 1 && found.contains(at)
}

/// Every instant at which the clocks on the wall show this, earliest first. What the zone answers about local times is
/// tried and proved by way of UTC: at the very edge of a change it may be wrong.
fn instants<Tz: TimeZone>(local: NaiveDateTime, zone: &Tz) -> Vec<DateTime<FixedOffset>> {
    let day = TimeDelta::hours(26);
    let around = [local.checked_sub_signed(day), local.checked_add_signed(day)];
    let mut offsets: Vec<FixedOffset> = around
        .iter()
        .flatten()
        .map(|utc| zone.offset_from_utc_datetime(utc).fix())
        .collect();
    match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(one) => offsets.push(one.fix()),
        MappedLocalTime::Ambiguous(one, other) => offsets.extend([one.fix(), other.fix()]),
        MappedLocalTime::None => {}
    }
    let mut found: Vec<DateTime<FixedOffset>> = offsets
        .into_iter()
        .filter_map(|offset| {
            let utc = local.checked_sub_offset(offset)?;
            let proved = zone.offset_from_utc_datetime(&utc).fix() == offset;
            proved.then(|| offset.from_utc_datetime(&utc))
        })
        .collect();
    order::by(&mut found, Ord::cmp);
    found.dedup();
    found
}

/// The last minute before and the first after a gap; a gap may be a whole day (Apia, 30 December 2011).
fn gap<Tz: TimeZone>(local: NaiveDateTime, zone: &Tz) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let minute = TimeDelta::minutes(1);
    let whole = local.date().and_hms_opt(
        chrono::Timelike::hour(&local),
        chrono::Timelike::minute(&local),
        0,
    )?;
    let exists = |at: &NaiveDateTime| !instants(*at, zone).is_empty();
    let walk = |step: TimeDelta| {
        std::iter::successors(Some(whole), move |at| at.checked_add_signed(step))
            .take(2 * 24 * 60)
            .find(exists)
    };
    Some((walk(-minute)?, walk(minute)?))
}

fn fixed<Tz: TimeZone>(at: &DateTime<Tz>) -> DateTime<FixedOffset> {
    at.with_timezone(&at.offset().fix())
}
