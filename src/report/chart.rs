//! Pain and stress over the days as one picture: single days as points, weekly medians as lines, gaps as gaps, sessions
//! as ticks. Told apart by shape and dash, so that a grey print says as much.

use chrono::{Datelike, NaiveDate};
use svg::Document;
use svg::node::element::{Circle, Group, Line, Path, Rectangle, Text, Title, path::Data};

use super::page::Figure;
use crate::domain::insight::middle::Summary;
use crate::domain::insight::series::Period;

/// The whole picture, and the room for the lines within it.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 28.0;
const RIGHT: f64 = 708.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 180.0;
/// Where the ticks of the sessions stand.
const SESSIONS: f64 = 190.0;

const PAIN: &str = "#8a1c5b";
const STRESS: &str = "#1f6f78";
const GRID: &str = "#c8c8c8";
const INK: &str = "#444444";

/// Beyond so many days they are no longer told apart: weeks alone are drawn.
const FINE: usize = 800;
/// Beyond so many months only years are named.
const MONTHS: usize = 26;

/// `days` and `weeks` of the same time, oldest first; of a long time the days may be cut off before the newest.
pub(super) fn chart(days: &[Period], weeks: &[Period]) -> Figure {
    let words = words(weeks);
    let is_fine = days.len() <= FINE;
    let start = if is_fine { days.first() } else { weeks.first() };
    let (Some(first), Some(last)) = (start, days.last()) else {
        return Figure {
            svg: String::new(),
            words,
        };
    };
    let scene = Scene {
        from: first.from,
        days: (last.from - first.from).num_days().max(1) as f64,
    };
    let single = if is_fine { days } else { &[] };
    let document = Document::new()
        .set("viewBox", (0, 0, WIDTH, HEIGHT))
        .set("role", "img")
        .set("font-family", "sans-serif")
        .set("font-size", 10)
        .add(Title::new(words.clone()))
        .add(grid())
        .add(scene.months(last.from))
        .add(scene.ticks(if is_fine { days } else { weeks }))
        .add(scene.points(single, |day| day.stress, STRESS, false))
        .add(scene.points(single, |day| day.pain, PAIN, true))
        .add(scene.medians(weeks, |week| week.stress, STRESS, "5 3"))
        .add(scene.medians(weeks, |week| week.pain, PAIN, "none"))
        .add(legend(is_fine));
    Figure {
        svg: document.to_string(),
        words,
    }
}

/// The first and the last weeks with a median, in words.
fn words(weeks: &[Period]) -> String {
    let told = |what: &str, of: fn(&Period) -> Option<Summary>| {
        let mut medians = weeks
            .iter()
            .filter_map(|week| Some((week.from, of(week)?.median)));
        let first = medians.next()?;
        let last = medians.next_back().unwrap_or(first);
        let day = |day: NaiveDate| day.format("%-d %b %Y");
        let ((from, begun), (to, ended)) = (first, last);
        if from == to {
            return Some(format!(
                "{what}: weekly median {begun} in the week of {}",
                day(from)
            ));
        }
        Some(format!(
            "{what}: weekly median {begun} in the week of {}, {ended} in the week of {}",
            day(from),
            day(to)
        ))
    };
    let told = [
        told("pain", |week| week.pain),
        told("stress", |week| week.stress),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if told.is_empty() {
        "No ratings in these days.".into()
    } else {
        format!("Pain and stress over time. {}.", told.join("; "))
    }
}

fn height(value: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * value / 10.0
}

fn line(from: (f64, f64), to: (f64, f64), colour: &str, width: f64) -> Line {
    Line::new()
        .set("x1", from.0)
        .set("y1", from.1)
        .set("x2", to.0)
        .set("y2", to.1)
        .set("stroke", colour)
        .set("stroke-width", width)
}

fn label(text: impl Into<String>, x: f64, y: f64, anchor: &str) -> Text {
    Text::new(text)
        .set("x", x)
        .set("y", y)
        .set("fill", INK)
        .set("text-anchor", anchor)
}

fn grid() -> Group {
    let mut group = Group::new();
    for value in [0, 2, 4, 6, 8, 10] {
        let y = height(value.into());
        group = group.add(line((LEFT, y), (RIGHT, y), GRID, 0.6)).add(label(
            value.to_string(),
            LEFT - 5.0,
            y + 3.5,
            "end",
        ));
    }
    group
}

fn legend(is_fine: bool) -> Group {
    let (what, with) = if is_fine {
        ("days, weekly median", "a day with a session")
    } else {
        ("weekly median", "a week with a session")
    };
    let y = HEIGHT - 4.0;
    let entry = |x: f64, colour: &str, dash: &str, filled: bool, text: &str| {
        Group::new()
            .add(line((x, y - 3.5), (x + 22.0, y - 3.5), colour, 2.0).set("stroke-dasharray", dash))
            .add(point(x + 11.0, y - 3.5, 2.6, colour, filled))
            .add(label(text, x + 27.0, y, "start"))
    };
    Group::new()
        .add(entry(LEFT, PAIN, "none", true, &format!("pain: {what}")))
        .add(entry(
            LEFT + 190.0,
            STRESS,
            "5 3",
            false,
            &format!("stress: {what}"),
        ))
        .add(tick(LEFT + 400.0, y - 7.0))
        .add(label(with, LEFT + 406.0, y, "start"))
}

fn point(x: f64, y: f64, radius: f64, colour: &str, filled: bool) -> Circle {
    Circle::new()
        .set("cx", x)
        .set("cy", y)
        .set("r", radius)
        .set("fill", if filled { colour } else { "#ffffff" })
        .set("stroke", colour)
        .set("stroke-width", 0.8)
}

fn tick(x: f64, y: f64) -> Rectangle {
    Rectangle::new()
        .set("x", x)
        .set("y", y)
        .set("width", 1.4)
        .set("height", 7)
        .set("fill", INK)
}

struct Scene {
    from: NaiveDate,
    days: f64,
}

impl Scene {
    fn across(&self, day: NaiveDate) -> f64 {
        self.at((day - self.from).num_days() as f64)
    }

    fn at(&self, days: f64) -> f64 {
        let share = (days / self.days).clamp(0.0, 1.0);
        LEFT + 4.0 + (RIGHT - LEFT - 8.0) * share
    }

    /// A line at the first of each month, or year where there are too many, with its name.
    fn months(&self, last: NaiveDate) -> Group {
        let mut group = Group::new();
        let firsts: Vec<NaiveDate> = (self.from.iter_days())
            .take_while(|day| *day <= last)
            .filter(|day| day.day() == 1)
            .collect();
        let by_year = firsts.len() > MONTHS;
        let firsts = firsts.into_iter();
        let firsts: Vec<NaiveDate> = firsts.filter(|day| !by_year || day.month() == 1).collect();
        // Names that would run into each other are left out.
        let apart = (firsts.len() / 13).max(1);
        for (at, day) in firsts.into_iter().enumerate() {
            let x = self.across(day);
            group = group.add(line((x, TOP), (x, BOTTOM), GRID, 0.4));
            if at.is_multiple_of(apart) && x < RIGHT - 24.0 {
                let name = match (by_year, day.month()) {
                    (true, _) => "%Y",
                    (false, 1) => "%b %Y",
                    (false, _) => "%b",
                };
                group = group.add(label(
                    day.format(name).to_string(),
                    x + 3.0,
                    SESSIONS + 20.0,
                    "start",
                ));
            }
        }
        group
    }

    fn ticks(&self, days: &[Period]) -> Group {
        let with = days.iter().filter(|day| day.sessions > 0);
        with.fold(Group::new(), |group, day| {
            group.add(tick(self.across(day.from), SESSIONS))
        })
    }

    fn points(
        &self,
        days: &[Period],
        of: fn(&Period) -> Option<Summary>,
        colour: &str,
        filled: bool,
    ) -> Group {
        let group = Group::new().set("opacity", 0.45);
        let rated = days
            .iter()
            .filter_map(|day| Some((day.from, of(day)?.median)));
        rated.fold(group, |group, (day, median)| {
            group.add(point(self.across(day), height(median), 1.7, colour, filled))
        })
    }

    /// A line through the middles of the weeks, broken where a week has no rating; a lone week is a dot.
    fn medians(
        &self,
        weeks: &[Period],
        of: fn(&Period) -> Option<Summary>,
        colour: &str,
        dash: &str,
    ) -> Group {
        let mut group = Group::new();
        for run in weeks.chunk_by(|a, b| of(a).is_some() == of(b).is_some()) {
            let points: Vec<(f64, f64)> = (run.iter())
                .filter_map(|week| {
                    let middle = (week.from - self.from).num_days() as f64 + 3.0;
                    Some((self.at(middle), height(of(week)?.median)))
                })
                .collect();
            let Some((first, rest)) = points.split_first() else {
                continue;
            };
            if rest.is_empty() {
                group = group.add(point(first.0, first.1, 2.6, colour, true));
                continue;
            }
            let data = rest
                .iter()
                .fold(Data::new().move_to(*first), |data, point| {
                    data.line_to(*point)
                });
            group = group.add(
                Path::new()
                    .set("d", data)
                    .set("fill", "none")
                    .set("stroke", colour)
                    .set("stroke-width", 2)
                    .set("stroke-dasharray", dash),
            );
        }
        group
    }
}
