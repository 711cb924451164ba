//! The themes by themselves: colours that every palette shows, contrast, and what the colour blind see.

use ratatui::style::Style;

use unkink::settings::Palette;
use unkink::ui::theme::Theme;

use super::*;

/// Every role: one that is new is to be named here.
fn styles(theme: &Theme) -> Vec<Style> {
    macro_rules! each {
        ($($role:ident),+) => {{
            let Theme { $($role),+ } = *theme;
            vec![$($role),+]
        }};
    }
    each!(
        ground,
        behind,
        text,
        dim,
        heading,
        accent,
        focus,
        selected,
        selected_away,
        chosen,
        good,
        warn,
        danger,
        get_ready,
        step,
        change,
        rest,
        pain,
        stress,
        no_pressure
    )
}

/// The themes that set their own ground, so that what is drawn in them can be measured, with the least contrast each
/// has: 4.5, as WCAG 2.2 asks of text at level AA, or what its name promises.
pub fn measured() -> impl Iterator<Item = (Palette, f64)> {
    let all = Palette::ALL.iter().copied();
    let own = all.filter(|palette| Theme::of(*palette).ground.bg.is_some());
    own.map(|palette| {
        let promises_more = palette == Palette::HighContrast;
        (palette, if promises_more { 7.0 } else { 4.5 })
    })
}

#[test]
fn the_plain_theme_names_no_colour() {
    for style in styles(&Theme::plain()) {
        assert_eq!((style.fg, style.bg), (None, None));
    }
}

#[test]
fn the_colours_are_named_ones_that_light_and_dark_palettes_both_show() {
    let all = Palette::ALL.iter().map(|palette| Theme::of(*palette));
    let of_the_terminal: Vec<_> = all.filter(|theme| theme.ground.bg.is_none()).collect();
    assert!(of_the_terminal.contains(&Theme::of(Palette::Terminal)));
    for style in of_the_terminal.iter().flat_map(styles) {
        assert_eq!(style.bg, None, "a fixed background fits only some palettes");
        let fits = [
            None,
            Some(Color::Cyan),
            Some(Color::Green),
            Some(Color::Yellow),
            Some(Color::Red),
            Some(Color::Magenta),
        ];
        assert!(fits.contains(&style.fg), "{style:?}");
    }
}

/// Of the fixed part of the 256-colour palette: a cube of six steps, then greys. Parts from 0 to 255.
fn rgb(color: Color) -> [f64; 3] {
    let Color::Indexed(at @ 16..) = color else {
        panic!("{color:?} is another colour in each palette");
    };
    let step = |n: u8| f64::from(if n == 0 { 0 } else { 55 + 40 * n });
    match at {
        ..=231 => [(at - 16) / 36, (at - 16) / 6 % 6, (at - 16) % 6].map(step),
        _ => [f64::from(8 + 10 * (at - 232)); 3],
    }
}

/// The light of a colour's parts, 0 to 1: the curve of sRGB.
fn linear(color: Color) -> [f64; 3] {
    rgb(color).map(|part| {
        let part = part / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// WCAG 2.2: relative luminance.
fn luminance(color: Color) -> f64 {
    let [r, g, b] = linear(color);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG 2.2: contrast ratio, from 1 to 21.
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn contrast_of(style: Style) -> f64 {
    let (Some(fg), Some(bg)) = (style.fg, style.bg) else {
        panic!("{style:?} leaves a colour to the terminal");
    };
    contrast(fg, bg)
}

#[test]
fn every_style_has_the_contrast_of_its_theme_on_its_own_ground() {
    // The two figures that everybody knows, so that the measure itself is right.
    let pair = |fg, bg| contrast(Color::Indexed(fg), Color::Indexed(bg));
    assert!((pair(231, 16) - 21.0).abs() < 1e-9);
    assert!((pair(16, 16) - 1.0).abs() < 1e-9);
    assert!(measured().any(|(palette, least)| palette == Palette::HighContrast && least >= 7.0));
    for (palette, least) in measured() {
        for style in styles(&Theme::of(palette)) {
            let contrast = contrast_of(style);
            assert!(contrast >= least, "{palette:?}: {style:?}: {contrast}");
            for faded in [Modifier::DIM, Modifier::REVERSED] {
                assert!(
                    !style.add_modifier.contains(faded),
                    "{palette:?}: {style:?}"
                );
            }
        }
    }
}

/// How the three kinds of colour blindness see linear light, in full: protanopia, deuteranopia, tritanopia. From Machado,
/// Oliveira and Fernandes (2009), A Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE
/// Transactions on Visualization and Computer Graphics 15(6), severity 1.0.
const BLIND: [[[f64; 3]; 3]; 3] = [
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

/// How far apart two colours are for such an eye; black and white are the root of three apart.
fn apart(matrix: &[[f64; 3]; 3], a: Color, b: Color) -> f64 {
    let seen = |color| {
        let light = linear(color);
        matrix.map(|row| row.iter().zip(light).map(|(m, part)| m * part).sum::<f64>())
    };
    let (a, b) = (seen(a), seen(b));
    let parts = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
    parts.sum::<f64>().sqrt()
}

#[test]
fn pain_and_stress_stay_apart_for_every_kind_of_colour_blindness() {
    let (black, white) = (Color::Indexed(16), Color::Indexed(231));
    for (palette, _) in measured() {
        let theme = Theme::of(palette);
        let (pain, stress) = (theme.pain.fg.unwrap(), theme.stress.fg.unwrap());
        for matrix in BLIND {
            let most = apart(&matrix, black, white);
            let apart = apart(&matrix, pain, stress);
            assert!(apart > most / 2.0, "{palette:?}: {apart} of {most}");
        }
    }
    // The measure itself: a red and a green of much the same brightness are near each other for those who can't tell them.
    let (red, green) = (Color::Indexed(160), Color::Indexed(64));
    for matrix in &BLIND[..2] {
        let (apart, most) = (apart(matrix, red, green), apart(matrix, black, white));
        assert!(apart < most / 4.0, "{apart} of {most}");
    }
}
