//! The README's pictures are drawn from the app's own frames, and this test keeps them current.
//!
//! `UNKINK_DRAW=1 cargo test --test pictures` draws them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Days};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unkink::app::message::Msg;
use unkink::app::{App, Setup};
use unkink::content;
use unkink::domain::id::Id;
use unkink::domain::log::LogChange;
use unkink::domain::profile::{Daily, Profile};
use unkink::domain::record::{Entry, Fields, Marks, moment_text};
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

/// Made-up entries of three weeks, newest last.
fn entries() -> Vec<Entry> {
    let now = at(0).wall;
    let days: [(u64, &str, u8, u8, u8, u8); 9] = [
        (20, "heat-pad-sit", 7, 5, 6, 5),
        (17, "six-breaths", 6, 5, 7, 4),
        (15, "desk-reset", 5, 4, 5, 4),
        (12, "wall-ball-beside-spine", 6, 4, 4, 4),
        (9, "knee-rolls", 4, 4, 3, 3),
        (6, "desk-reset", 5, 3, 6, 4),
        (3, "long-exhale", 4, 3, 6, 3),
        (1, "wall-ball-side-hip", 4, 2, 3, 2),
        (0, "desk-reset", 3, 2, 4, 3),
    ];
    let mut entries = Vec::new();
    for (place, (ago, what, before, after, tense, calm)) in days.into_iter().enumerate() {
        let mut fields = Fields::default();
        fields.put("kind", "session");
        let evening = now.checked_sub_days(Days::new(ago)).unwrap() - Duration::from_secs(3_600);
        fields.put("started_at", &moment_text(&evening));
        let kind = if what == "desk-reset" {
            "routine"
        } else {
            "technique"
        };
        fields.put(kind, what);
        fields.put("status", "finished");
        fields.put("active_s", &180);
        fields.put("pain_before", &before);
        fields.put("pain_after", &after);
        fields.put("stress_before", &tense);
        fields.put("stress_after", &calm);
        entries.push(Entry::read(
            Id::from_bytes([place as u8; 16]),
            &fields,
            Marks::default(),
        ));
    }
    // The first week is long over.
    let mut first = Fields::default();
    first.put("kind", "session");
    first.put(
        "started_at",
        &moment_text(&(now - Duration::from_secs(200 * 86_400))),
    );
    first.put("technique", "six-breaths");
    first.put("status", "finished");
    entries.push(Entry::read(
        Id::from_bytes([201; 16]),
        &first,
        Marks::default(),
    ));
    let mut fields = Fields::default();
    fields.put("kind", "check-in");
    fields.put(
        "started_at",
        &moment_text(&(now - Duration::from_secs(36_000))),
    );
    fields.put("pain", &3);
    fields.put("stress", &5);
    fields.put("note", "long drive, then the stairs were easier");
    entries.push(Entry::read(
        Id::from_bytes([200; 16]),
        &fields,
        Marks::default(),
    ));
    entries
}

fn app() -> App {
    let setup = Setup {
        library: content::built_in_library(),
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
        size: (120, 36),
        ..Setup::default()
    };
    let mut app = App::new(setup, &at(0));
    app.update(Msg::Told(Told::Log(LogChange::Whole(entries()))), &at(0));
    app
}

fn press(app: &mut App, keys: &str, now: &Now) {
    for c in keys.chars() {
        let key = if c == '\n' {
            Key::plain(Code::Enter)
        } else {
            Key::char(c)
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
         xml:space=\"preserve\">\n"
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
    let text: String = run.iter().map(|cell| cell.symbol()).collect();
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
    let dim = if style.modifier.contains(Modifier::DIM) {
        " opacity=\"0.6\""
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

fn keep_current(name: &str, drawn: &str) {
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

#[test]
fn the_picture_of_the_three_panes_is_what_the_app_shows() {
    let mut app = app();
    press(&mut app, "/ball wall\n", &at(0));
    keep_current(
        "three-panes.svg",
        &svg(&frame(&app, &at(0)), "unkink: library, session and log"),
    );
}

#[test]
fn the_picture_of_a_session_is_what_the_app_shows() {
    let mut app = app();
    press(&mut app, "/ball wall\n\n53", &at(0));
    for second in 1..=60 {
        app.update(Msg::Turn, &at(second));
    }
    keep_current(
        "session.svg",
        &svg(&frame(&app, &at(60)), "unkink: a session under way"),
    );
}
