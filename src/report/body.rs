//! The back map as a picture: each place that was named, the darker the more often, with its number in it.

use svg::Document;
use svg::node::element::{ClipPath, Definitions, Ellipse, Group, Path, Text, Title, path::Data};

use super::page::Figure;
use crate::domain::anatomy;
use crate::domain::insight::places::Places;
use crate::domain::insight::words;
use crate::domain::library::Library;
use crate::domain::vocabulary::PlaceSide;

const INK: &str = "#444444";
const FILL: &str = "#8a1c5b";
/// From the middle of the back to below the buttocks, where all that is named lies there.
const LOW: (f64, f64) = (-8.0, 60.0);

/// The places with how often they were named.
pub(super) fn map(places: &Places<'_>, library: &Library) -> Figure {
    let most = places
        .cells
        .iter()
        .map(|cell| cell.count)
        .max()
        .unwrap_or(1);
    let lowest = places
        .cells
        .iter()
        .filter_map(|cell| anatomy::cell(cell.region));
    let is_low = lowest.clone().all(|cell| cell.span().1 <= LOW.1);
    let (top, bottom) = if is_low {
        LOW
    } else {
        (LOW.0, anatomy::BOTTOM + 2.0)
    };
    let (shades, numbers) = shades(places, most);
    let words = words(places, library);
    let side = |text: &str, x: f64| {
        Text::new(text)
            .set("x", x)
            .set("y", top + 4.0)
            .set("text-anchor", "middle")
            .set("fill", INK)
    };
    let outline = || Path::new().set("d", outline());
    let document = Document::new()
        .set("viewBox", (-30, top, 60, bottom - top))
        .set("role", "img")
        .set("font-family", "sans-serif")
        .set("font-size", 3.4)
        .add(Title::new(words.clone()))
        .add(Definitions::new().add(ClipPath::new().set("id", "back").add(outline())))
        .add(
            outline()
                .set("fill", "#f4f1ee")
                .set("stroke", INK)
                .set("stroke-width", 0.4),
        )
        .add(shades)
        .add(numbers)
        .add(side("left", -25.0))
        .add(side("right", 25.0));
    Figure {
        svg: document.to_string(),
        words,
    }
}

/// The places, the darker the nearer to `most`, and how often each was named.
fn shades(places: &Places<'_>, most: usize) -> (Group, Group) {
    let mut group = Group::new().set("clip-path", "url(#back)");
    let mut numbers = Group::new();
    for place in &places.cells {
        let Some(cell) = anatomy::cell(place.region) else {
            continue;
        };
        let (x, y) = cell.middle();
        let x = if place.side == Some(PlaceSide::Left) {
            -x
        } else {
            x
        };
        let (across, down) = cell.half();
        let share = place.count as f64 / most as f64;
        group = group.add(
            Ellipse::new()
                .set("cx", x)
                .set("cy", y)
                .set("rx", across)
                .set("ry", down)
                .set("fill", FILL)
                .set("fill-opacity", 0.15 + 0.65 * share),
        );
        numbers = numbers.add(
            Text::new(place.count.to_string())
                .set("x", x)
                .set("y", y + 1.2)
                .set("text-anchor", "middle")
                .set("fill", if share > 0.5 { "#ffffff" } else { "#000000" }),
        );
    }
    (group, numbers)
}

fn outline() -> Data {
    let mut points = anatomy::outline().into_iter();
    let start = points.next().unwrap_or_default();
    points
        .fold(Data::new().move_to(start), |data, point| {
            data.line_to(point)
        })
        .close()
}

fn words(places: &Places<'_>, library: &Library) -> String {
    let named: Vec<String> = (places.cells.iter())
        .map(|cell| format!("{} {}", words::place(cell, library), cell.count))
        .collect();
    format!(
        "The back, seen from behind, with how many of {} entries name each place: {}.",
        places.entries,
        named.join("; ")
    )
}
