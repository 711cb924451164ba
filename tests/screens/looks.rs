//! Themes and signs: contrast on every screen, nothing told by style alone, keys that were put elsewhere.

use unkink::keys::{Keymap, Wish};
use unkink::settings::{Palette, Settings, Signs};

use super::theme::{contrast, measured};
use super::*;

fn in_theme(theme: Palette) -> Look<'static> {
    let settings = Settings {
        theme,
        ..Settings::default()
    };
    Look::chosen(None, &settings, |name| {
        (name == "LANG").then(|| "C.UTF-8".to_owned())
    })
}

#[test]
fn every_cell_of_every_scene_has_the_contrast_of_its_theme() {
    for (palette, least) in measured() {
        let look = in_theme(palette);
        for (name, scene) in scenes().chain(insight::SCENES) {
            for size in [(40, 12), (120, 36)] {
                let buffer = scene(size).draws(size, &look);
                for cell in &buffer.content {
                    let contrast = contrast(cell.fg, cell.bg);
                    assert!(
                        contrast >= least,
                        "{palette:?}, {name}: {contrast} for {cell:?}"
                    );
                    let is_faded = cell.modifier.contains(Modifier::DIM);
                    assert!(!is_faded, "{palette:?}, {name}: {cell:?}");
                }
            }
        }
    }
}

const KEY_SCENES: [&str; 6] = [
    "the library with a log beside it",
    "a step on the left side",
    "a rating, half answered",
    "the log with an older entry selected",
    "the signs that need urgent help",
    "what now",
];

fn key_scenes() -> impl Iterator<Item = Scene> {
    let rating: Scene = ("a rating, half answered", |size| {
        Person::at_home(size)
            .looks_at("desk-reset")
            .presses("Enter 5")
    });
    let all = scenes().chain([rating]);
    all.filter(|(name, _)| KEY_SCENES.contains(name))
}

/// Colours as letters: w white, s grey, f faded, b blue, o orange, k black; then the ground where it is not black.
fn coloured(buffer: &Buffer) -> String {
    let letter = |color| match color {
        Color::Indexed(16) => 'k',
        Color::Indexed(231) => 'w',
        Color::Indexed(252) => 's',
        Color::Indexed(249) => 'f',
        Color::Indexed(117) => 'b',
        Color::Indexed(214) => 'o',
        other => panic!("{other:?} is no colour of the theme"),
    };
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let cells = || (0..buffer.area.width).map(|x| &buffer[(x, y)]);
        let row: String = cells().map(Cell::symbol).collect();
        let colours: String = cells()
            .map(|cell| match (cell.symbol(), letter(cell.bg)) {
                (" ", 'k') => ' ',
                (_, 'k') => letter(cell.fg),
                (_, ground) => ground.to_ascii_uppercase(),
            })
            .collect();
        writeln!(out, "|{}\n  {}", row.trim_end(), colours.trim_end()).unwrap();
    }
    out
}

#[test]
fn key_scenes_in_high_contrast_look_as_approved() {
    for (name, scene) in key_scenes() {
        let mut all = String::new();
        for size in [(40, 12), (80, 24)] {
            let buffer = scene(size).draws(size, &in_theme(Palette::HighContrast));
            writeln!(all, "{}x{}\n{}", size.0, size.1, coloured(&buffer)).unwrap();
        }
        insta::assert_snapshot!(
            format!("high-contrast: {name}").replace([' ', ':', ','], "-"),
            all
        );
    }
}

#[test]
fn key_scenes_in_plain_glyphs_look_as_approved() {
    let more = insight::SCENES.into_iter();
    for (name, scene) in key_scenes().chain(more) {
        let mut all = String::new();
        for size in [(40, 12), (80, 24)] {
            let buffer = scene(size).draws(size, &Look::new(true, false));
            writeln!(all, "{}x{}\n{}", size.0, size.1, dump(&buffer)).unwrap();
        }
        insta::assert_snapshot!(format!("ascii: {name}").replace([' ', ':', ','], "-"), all);
    }
}

/// The bare text of a screen, as it is without any colour or weight.
fn text(person: &Person) -> String {
    let buffer = person.draws(person.app.size, &Look::new(true, false));
    let size = person.app.size;
    let row = |y| {
        (0..size.0)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
    };
    (0..size.1).map(row).collect::<Vec<_>>().join("\n")
}

/// Two states that a person must be able to tell apart: how to get to the first, and on to the second.
const STATES: [(&str, &str, &str); 18] = [
    ("the selected row of the library", "g", "j"),
    ("the selected entry of the log", "3", "j"),
    ("the pane that has the keys", "1", "2"),
    ("a favourite", "g", "*"),
    ("something in the queue", "g", "A"),
    ("the field of a check-in", "l", "Down"),
    ("a rating", "l", "4"),
    ("the field of the filters", "F", "Down"),
    ("a filter", "F", "Right"),
    ("the row of what now", "o", "Down"),
    ("a sign that is so", "S", "Space"),
    ("the selected sign", "S", "Down"),
    ("the place on the map", "l 4 @regions", "Down"),
    ("a place that is chosen", "l 4 @regions", "Space"),
    ("the tab of the insights", "3 i", "Right"),
    ("a session paused", "g Enter Enter", "Space"),
    ("a session muted", "g Enter Enter", "m"),
    ("the floor view paused", "g Enter Enter f", "a"),
];

#[test]
fn no_state_is_told_by_colour_or_weight_alone() {
    for size in [(80, 24), (120, 36)] {
        for (name, there, on) in STATES {
            let before = Person::at_home(size).presses(there);
            let first = text(&before);
            // The line that says what was done goes at the next key.
            let mut after = before.presses(on);
            after.app.notice = None;
            assert_ne!(first, text(&after), "{name} at {size:?}");
        }
    }
}

#[test]
fn footer_and_help_follow_the_keys() {
    let wish = |action: &str, key: &str| Wish {
        action: action.into(),
        keys: vec![key.into()],
    };
    let (keymap, troubles) = Keymap::with(&[wish("search", "Ctrl-f"), wish("help", "F2")]);
    assert_eq!(troubles, []);
    let look = Look::default().with_keys(&keymap);
    let size = (120, 36);
    let shown = dump(&Person::at_home(size).draws(size, &look));
    assert!(
        shown.contains("Ctrl-f search") && shown.contains("F2 help"),
        "{shown}"
    );
    assert!(!shown.contains("/ search"), "{shown}");
    let size = (120, 100);
    let shown = dump(&Person::at_home(size).presses("?").draws(size, &look));
    assert!(shown.contains("F2") && shown.contains("Ctrl-f"), "{shown}");
}

#[test]
fn in_ascii_the_name_of_a_key_says_what_is_held_with_it() {
    let wish = |action: &str, key: &str| Wish {
        action: action.into(),
        keys: vec![key.into()],
    };
    let (keymap, troubles) =
        Keymap::with(&[wish("search", "Ctrl-Left"), wish("suggest", "Alt-Up")]);
    assert_eq!(troubles, []);
    for (ascii, names) in [
        (true, ["Ctrl-Left search", "Alt-Up what now"]),
        (false, ["Ctrl-← search", "Alt-↑ what now"]),
    ] {
        let look = Look::new(ascii, true).with_keys(&keymap);
        let size = (120, 36);
        let shown = dump(&Person::at_home(size).draws(size, &look));
        for name in names {
            assert!(shown.contains(name), "{name}: {shown}");
        }
    }
}

#[test]
fn colour_is_as_the_flag_says_else_the_environment_and_signs_are_as_the_settings_say() {
    let file = Settings {
        theme: Palette::HighContrast,
        glyphs: Signs::Ascii,
        ..Settings::default()
    };
    let look = |colour, settings: &Settings, vars: &[(&str, &str)]| {
        Look::chosen(colour, settings, |name| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    };
    let utf8 = ("LANG", "C.UTF-8");
    let has_colour = |look: &Look| look.theme.accent.fg.is_some();
    let of_file = look(None, &file, &[utf8]);
    assert!(of_file.glyphs.ascii && of_file.theme.ground.bg.is_some());
    assert!(!has_colour(&look(None, &file, &[("NO_COLOR", "1")])));
    assert!(has_colour(&look(Some(true), &file, &[("NO_COLOR", "1")])));
    assert!(!has_colour(&look(Some(false), &file, &[])));
    // A locale that can't show more gets ASCII by itself, unless the settings insist.
    let plain = Settings::default();
    assert!(look(None, &plain, &[("LANG", "C")]).glyphs.ascii);
    assert!(look(None, &plain, &[("LANG", "POSIX")]).glyphs.ascii);
    let unicode = Settings {
        glyphs: Signs::Unicode,
        ..plain
    };
    assert!(!look(None, &unicode, &[("LANG", "C")]).glyphs.ascii);
}
