//! A week of the log in a few words.

use chrono::{Datelike, NaiveDate};
use ratatui::text::Line;

use crate::domain::kindness;
use crate::domain::week::{Rated, Week};
use crate::ui::Look;
use crate::ui::entry_words::Numbers;
use crate::ui::widgets::text;

/// The rows above a week's entries: which week, then what it came to. Without `numbers` nothing is said of its ratings.
pub fn rows(
    week: &Week,
    today: NaiveDate,
    numbers: Option<Numbers>,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let name = if week.monday.year() == today.year() {
        week.monday.format("Week of %-d %b").to_string()
    } else {
        week.monday.format("Week of %-d %b %Y").to_string()
    };
    let room = width.saturating_sub(2);
    let rule = look
        .glyphs
        .rule_h
        .repeat(room.saturating_sub(text::columns(&name) + 1));
    let heading = format!(" {} {rule}", text::cut(&name, room, look));
    let mut rows = vec![Line::styled(heading, theme.dim)];
    for words in packed(&parts(week, numbers), room, look) {
        rows.push(Line::styled(format!(" {words}"), theme.dim));
    }
    rows
}

fn parts(week: &Week, numbers: Option<Numbers>) -> Vec<String> {
    let days = match week.days {
        7 => format!("{} of 7 days", week.logged),
        1 => "1 of 1 day so far".to_owned(),
        days => format!("{} of {days} days so far", week.logged),
    };
    let mut parts = vec![days];
    if let Some(numbers) = numbers {
        parts.extend(rated("pain", &week.pain, numbers));
        parts.extend(rated("stress", &week.stress, numbers));
    }
    if week.sessions > 0 {
        let plural = if week.sessions == 1 { "" } else { "s" };
        let time = practised(week.practised_s);
        parts.push(format!("{} session{plural}, {time}", week.sessions));
    }
    parts
}

/// One or two values as they are, more as their median with how many they are.
fn rated(what: &str, rated: &Rated, numbers: Numbers) -> Option<String> {
    match (rated, numbers) {
        (Rated::Few(values), _) if values.is_empty() => None,
        (Rated::Few(values), _) => {
            let values: Vec<String> = values.iter().map(|value| numbers.value(*value)).collect();
            Some(format!("{what} {}", values.join(", ")))
        }
        (Rated::Median(middle, count), Numbers::Shown) => {
            Some(format!("{what} median {middle} (n {count})"))
        }
        (Rated::Median(middle, _), Numbers::Hidden) => Some(kindness::about(what, *middle)),
    }
}

/// Whole minutes, or seconds below one.
fn practised(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min", (seconds + 30) / 60),
    }
}

/// As many parts a line as have room whole.
fn packed(parts: &[String], width: usize, look: &Look) -> Vec<String> {
    let gap = format!(" {} ", look.glyphs.dot);
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line)
                if text::columns(line) + text::columns(&gap) + text::columns(part) <= width =>
            {
                *line += &gap;
                *line += part;
            }
            _ => lines.push(text::cut(part, width, look).into_owned()),
        }
    }
    lines
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::domain::scale::Scale;

    fn scale(value: u8) -> Scale {
        Scale::new(value).expect("on the scale")
    }

    fn week() -> Week {
        Week {
            monday: NaiveDate::from_ymd_opt(2026, 11, 16).expect("a date"),
            logged: 5,
            days: 7,
            pain: Rated::Median(4.5, 6),
            stress: Rated::Few(vec![scale(3), scale(0)]),
            sessions: 4,
            practised_s: 2270,
        }
    }

    #[test]
    fn a_week_says_a_median_with_its_number_and_few_values_as_they_are() {
        let expected = [
            "5 of 7 days",
            "pain median 4.5 (n 6)",
            "stress 3, 0",
            "4 sessions, 38 min",
        ];
        assert_eq!(parts(&week(), Some(Numbers::Shown)), expected);
    }

    #[test]
    fn with_numbers_hidden_a_week_says_no_rating_as_a_number() {
        let expected = [
            "5 of 7 days",
            "some pain",
            "stress a little, none",
            "4 sessions, 38 min",
        ];
        assert_eq!(parts(&week(), Some(Numbers::Hidden)), expected);
    }

    #[test]
    fn a_week_that_may_tell_no_rating_says_what_was_done() {
        assert_eq!(parts(&week(), None), ["5 of 7 days", "4 sessions, 38 min"]);
    }

    #[test]
    fn the_week_under_way_is_told_of_its_days_so_far() {
        let under_way = |logged, days| Week {
            logged,
            days,
            pain: Rated::Few(Vec::new()),
            stress: Rated::Few(Vec::new()),
            sessions: 0,
            ..week()
        };
        assert_eq!(
            parts(&under_way(1, 1), Some(Numbers::Shown)),
            ["1 of 1 day so far"]
        );
        assert_eq!(
            parts(&under_way(2, 3), Some(Numbers::Shown)),
            ["2 of 3 days so far"]
        );
    }

    #[test]
    fn parts_stay_whole_where_lines_are_short() {
        let parts = parts(&week(), Some(Numbers::Shown));
        let lines = packed(&parts, 28, &Look::default());
        let expected = [
            "5 of 7 days",
            "pain median 4.5 (n 6)",
            "stress 3, 0",
            "4 sessions, 38 min",
        ];
        assert_eq!(lines, expected);
        assert_eq!(packed(&parts, 60, &Look::default()).len(), 2);
    }
}
