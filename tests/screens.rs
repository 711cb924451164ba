//! Every pane and overlay as it looks, driven by keys through the real app at fixed times.
//!
//! A snapshot holds a scene at four sizes: the text, and below each row its styles as runs of columns (`0-6cb`: cyan and
//! bold; d faded, v reversed; c g y r m colours).

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "screens/doing.rs"]
mod doing;
#[path = "screens/hints.rs"]
mod hints;
#[path = "screens/insight.rs"]
mod insight;
#[path = "screens/looks.rs"]
mod looks;
#[path = "screens/mouse.rs"]
mod mouse;
#[path = "screens/mouse_on_cards.rs"]
mod mouse_on_cards;
#[path = "screens/mouse_on_form.rs"]
mod mouse_on_form;
#[path = "screens/person.rs"]
mod person;
#[path = "screens/scenes.rs"]
mod scenes;
#[path = "screens/theme.rs"]
mod theme;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use unkink::app::library_pane::Hit;
use unkink::app::message::{Effect, Msg};
use unkink::app::overlay;
use unkink::app::{App, Setup};
use unkink::content;
use unkink::domain::differing::{Deleted, Differing, Unsettled, Version};
use unkink::domain::id::Id;
use unkink::domain::library::Library;
use unkink::domain::log::LogChange;
use unkink::domain::profile::{Daily, Profile};
use unkink::domain::record::{Entry, Fields, Marks};
use unkink::domain::safety::DISCLAIMER_SEEN;
use unkink::domain::storage::{Ask, Failure, Told};
use unkink::domain::time::Now;
use unkink::keys::{self, Code, Key};
use unkink::ui::{self, Look};

use person::*;
use scenes::*;

/// The sizes that every scene is kept at.
const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 36), (200, 50)];

/// The letters of a cell's style, or nothing for plain text.
fn style_letters(cell: &Cell) -> String {
    let mut letters = String::new();
    letters.push_str(match cell.fg {
        Color::Reset => "",
        Color::Cyan => "c",
        Color::Green => "g",
        Color::Yellow => "y",
        Color::Red => "r",
        Color::Magenta => "m",
        other => panic!("{other:?} is no colour of the theme"),
    });
    assert_eq!(
        cell.bg,
        Color::Reset,
        "a background fits only some terminals"
    );
    for (modifier, letter) in [
        (Modifier::BOLD, 'b'),
        (Modifier::DIM, 'd'),
        (Modifier::REVERSED, 'v'),
    ] {
        if cell.modifier.contains(modifier) {
            letters.push(letter);
        }
    }
    letters
}

fn style_runs(buffer: &Buffer, y: u16) -> String {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        let letters = style_letters(cell);
        let blank = cell.symbol() == " " && !letters.contains('v');
        if blank || letters.is_empty() {
            continue;
        }
        match runs.last_mut() {
            // Blanks between words do not part a run.
            Some((_, end, known)) if *known == letters && x - *end <= 2 => *end = x,
            _ => runs.push((x, x, letters)),
        }
    }
    let run = |(from, to, letters): &(u16, u16, String)| format!("{from}-{to}{letters}");
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

/// A buffer's text, each row followed by its styles.
fn dump(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut skip = 0;
        let mut row = String::new();
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            // The cell after a wide character belongs to it.
            if skip == 0 {
                row.push_str(symbol);
                skip = unicode_width::UnicodeWidthStr::width(symbol).max(1);
            }
            skip -= 1;
        }
        writeln!(out, "|{}", row.trim_end()).unwrap();
        let styles = style_runs(buffer, y);
        if !styles.is_empty() {
            writeln!(out, "  ~ {styles}").unwrap();
        }
    }
    out
}

#[test]
fn every_scene_looks_as_it_was_approved() {
    for (name, scene) in scenes().chain(insight::SCENES) {
        let mut all = String::new();
        for size in SIZES {
            let buffer = scene(size).draws(size, &Look::default());
            writeln!(all, "{}x{}\n{}", size.0, size.1, dump(&buffer)).unwrap();
        }
        insta::assert_snapshot!(name.replace(' ', "-"), all);
    }
}

#[test]
fn the_plain_glyphs_draw_nothing_beyond_ascii() {
    let look = Look::new(true, false);
    for (name, scene) in scenes().chain(insight::SCENES) {
        for size in SIZES {
            let buffer = scene(size).draws(size, &look);
            for cell in &buffer.content {
                // What the person wrote stays as it is.
                let own = cell.symbol().chars().all(|c| "慢来".contains(c));
                assert!(cell.symbol().is_ascii() || own, "{name}: {}", cell.symbol());
                assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
            }
        }
    }
}

#[test]
fn no_screen_panics_at_any_small_size() {
    // Both kinds of glyphs, in turns: they differ in what a cell holds, not in where it is.
    let looks = [false, true].map(|ascii| Look::new(ascii, true));
    for (_, scene) in scenes() {
        let person = scene((60, 20));
        for width in 0..=60 {
            for height in 0..=20 {
                let look = &looks[usize::from((width + height) % 2)];
                person.draws((width, height), look);
            }
        }
    }
}

#[test]
fn no_screen_panics_at_odd_large_sizes() {
    for (_, scene) in scenes() {
        let person = scene((60, 20));
        for size in [
            (300, 100),
            (1000, 4),
            (4, 1000),
            (100, 28),
            (99, 40),
            (1000, 60),
        ] {
            person.draws(size, &Look::default());
        }
    }
}

#[test]
fn a_very_small_terminal_still_shows_the_running_timer() {
    let person = Person::at_home((20, 5))
        .looks_at("wall-ball-side-hip")
        .presses("Enter Enter")
        .waits(30);
    let text = dump(&person.draws((24, 3), &Look::default()));
    assert!(text.starts_with("|0:35 ▶ step 2 of 3, left"), "{text}");
}
