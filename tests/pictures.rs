//! The README's pictures are drawn from the app's own frames with the demo's year, and this test keeps them current.
//!
//! `UNKINK_DRAW=1 cargo test --test pictures` draws them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use chrono::DateTime;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unkink::app::message::Msg;
use unkink::app::{App, Setup};
use unkink::content;
use unkink::demo;
use unkink::domain::library::Library;
use unkink::domain::log::LogChange;
use unkink::domain::profile::{Daily, Profile};
use unkink::domain::record::{Entry, Marks};
use unkink::domain::safety::DISCLAIMER_SEEN;
use unkink::domain::storage::Told;
use unkink::domain::time::Now;
use unkink::keys::{self, Code, Key};
use unkink::ui::{self, Look};

const CELL: (f64, f64) = (8.4, 18.0);

fn at(second: u64) -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T21:10:00+01:00").unwrap();
    Now {
        mono: Duration::from_secs(100_000 + second),
        boot: None,
        wall: wall + Duration::from_secs(second),
    }
}

/// The demo's year, as the journal would give it.
fn entries(library: &Library) -> Vec<Entry> {
    (demo::year(library, &at(0).wall).iter())
        .map(|(rec, fields)| Entry::read(rec.clone(), fields, Marks::default()))
        .collect()
}

fn app(size: (u16, u16)) -> App {
    let library = content::built_in_library();
    let entries = entries(&library);
    let setup = Setup {
        library,
        favourites: BTreeSet::from(["wall-ball-beside-spine".to_owned(), "desk-reset".to_owned()]),
        seen: BTreeSet::from([DISCLAIMER_SEEN.to_owned()]),
        profile: Profile {
            asked_on: Some(at(0).wall.date_naive()),
            daily: Some(Daily {
                at: at(0).wall,
                asked: ["K5", "K10", "K19", "K22", "K24", "K25"]
                    .map(str::to_owned)
                    .into(),
                yes: BTreeSet::new(),
            }),
            ..Profile::default()
        },
        size,
        ..Setup::default()
    };
    let mut app = App::new(setup, &at(0));
    app.update(Msg::Told(Told::Log(LogChange::Whole(entries))), &at(0));
    app
}

fn press(app: &mut App, keys: &str, now: &Now) {
    for c in keys.chars() {
        let key = match c {
            '\n' => Key::plain(Code::Enter),
            '→' => Key::plain(Code::Right),
            c => Key::char(c),
        };
        if let Some(msg) = keys::message(app.context(), key) {
            app.update(msg, now);
        }
    }
}

fn frame(app: &App, now: &Now) -> Buffer {
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    let mut buffer = Buffer::empty(area);
    ui::draw_in(area, &mut buffer, app, now, &Look::default());
    buffer
}

fn colour(color: Color, default: &'static str) -> &'static str {
    match color {
        Color::Red | Color::LightRed => "#e06c75",
        Color::Green | Color::LightGreen => "#98c379",
        Color::Yellow | Color::LightYellow => "#d9b65d",
        Color::Blue | Color::LightBlue => "#61afef",
        Color::Magenta | Color::LightMagenta => "#c678dd",
        Color::Cyan | Color::LightCyan => "#4fc1c9",
        Color::DarkGray | Color::Gray => "#8a919c",
        Color::Black => "#16181d",
        _ => default,
    }
}

/// One picture: a dark rounded screen with a run of text for each stretch of one style.
fn svg(buffer: &Buffer, title: &str) -> String {
    let (columns, rows) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 24.0, rows * CELL.1 + 24.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace\" font-size=\"14\" \
         xml:space=\"preserve\" shape-rendering=\"crispEdges\">\n"
    );
    for y in 0..buffer.area.height {
        let row: Vec<&Cell> = (0..buffer.area.width).map(|x| &buffer[(x, y)]).collect();
        let mut x = 0;
        for run in row.chunk_by(|a, b| (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier)) {
            draw_run(&mut svg, run, x, y);
            x += run.len();
        }
    }
    svg + "</g>\n</svg>\n"
}

fn draw_run(svg: &mut String, run: &[&Cell], x: usize, y: u16) {
    let style = run[0];
    let (mut ink, mut paper) = (colour(style.fg, "#d7dae0"), colour(style.bg, "none"));
    if style.modifier.contains(Modifier::REVERSED) {
        (ink, paper) = (if paper == "none" { "#16181d" } else { paper }, ink);
    }
    let (left, top) = (12.0 + x as f64 * CELL.0, 12.0 + f64::from(y) * CELL.1);
    let width = run.len() as f64 * CELL.0;
    if paper != "none" {
        writeln!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{paper}\"/>",
            CELL.1
        )
        .unwrap();
    }
    let dim = if style.modifier.contains(Modifier::DIM) {
        " opacity=\"0.6\""
    } else {
        ""
    };
    draw_blocks(svg, run, (left, top), &format!("fill=\"{ink}\"{dim}"));
    let letters = (run.iter()).map(|cell| block(cell.symbol()).map_or(cell.symbol(), |_| " "));
    let text: String = letters.collect();
    if text.trim().is_empty() {
        return;
    }
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let bold = if style.modifier.contains(Modifier::BOLD) {
        " font-weight=\"bold\""
    } else {
        ""
    };
    writeln!(
        svg,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
         fill=\"{ink}\"{bold}{dim}>{text}</text>",
        top + 13.5
    )
    .unwrap();
}

/// A block's upper edge and height, as parts of its cell.
fn block(symbol: &str) -> Option<(f64, f64)> {
    match symbol {
        "█" => Some((0.0, 1.0)),
        "▀" => Some((0.0, 0.5)),
        "▄" => Some((0.5, 0.5)),
        _ => None,
    }
}

/// Blocks as areas: the letters of a font would leave gaps between them.
fn draw_blocks(svg: &mut String, run: &[&Cell], (left, top): (f64, f64), ink: &str) {
    let mut x = 0;
    for same in run.chunk_by(|a, b| a.symbol() == b.symbol()) {
        if let Some((above, height)) = block(same[0].symbol()) {
            writeln!(
                svg,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" {ink}/>",
                left + x as f64 * CELL.0,
                top + above * CELL.1,
                same.len() as f64 * CELL.0,
                height * CELL.1
            )
            .unwrap();
        }
        x += same.len();
    }
}

fn keep_current(name: &str, drawn: &str) {
    let readme = include_str!("../README.md");
    let shown = format!("](assets/pictures/{name})");
    assert!(readme.contains(&shown), "the README does not show {name}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/pictures")
        .join(name);
    if std::env::var_os("UNKINK_DRAW").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        return std::fs::write(&path, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "{} is not what the app shows any more: UNKINK_DRAW=1 cargo test --test pictures",
        path.display()
    );
}

/// After so many keys, and so many seconds looked at once each.
fn drawn(size: (u16, u16), keys: &str, seconds: u64, title: &str) -> String {
    let mut app = app(size);
    press(&mut app, keys, &at(0));
    for second in 1..=seconds {
        app.update(Msg::Turn, &at(second));
    }
    svg(&frame(&app, &at(seconds)), title)
}

#[test]
fn the_picture_of_the_three_panes_is_what_the_app_shows() {
    let title = "unkink: the library, a session under way, and the log";
    keep_current(
        "three-panes.svg",
        &drawn((120, 36), "/ball wall\n\n53", 38, title),
    );
}

#[test]
fn the_picture_of_the_library_is_what_the_app_shows() {
    let title = "unkink: a technique with its place on the back, its steps, cautions and evidence";
    keep_current("library.svg", &drawn((100, 30), "/ball wall\n2z", 0, title));
}

#[test]
fn the_picture_of_the_floor_view_is_what_the_app_shows() {
    let title = "unkink: the floor view of a session, to be read from three metres";
    keep_current(
        "floor.svg",
        &drawn((100, 28), "/ball wall\n\n53f", 38, title),
    );
}

#[test]
fn the_picture_of_the_insight_is_what_the_app_shows() {
    let title = "unkink: a made-up year of pain and stress by week, with the sessions";
    keep_current("insight.svg", &drawn((100, 32), "3i", 0, title));
}
