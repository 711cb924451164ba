//! What can be read from three metres, over every line that there is.
#![allow(clippy::panic)]

use super::*;
use crate::content;

/// Columns and rows, as the view gets them: the row for messages, the footer and the bar are not among them.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

fn lines() -> Vec<String> {
    let library = content::built_in_library();
    let steps = library.techniques.iter().flat_map(|it| &it.steps);
    let mut lines: Vec<String> = steps.map(|step| step.line.clone()).collect();
    lines.extend(library.techniques.iter().flat_map(|it| {
        [
            format!("Get ready: {}.", it.position),
            format!("Next: {} ({}).", it.name, it.position),
        ]
    }));
    assert!(lines.len() > 200);
    lines
}

fn heroes() -> impl Iterator<Item = Hero> {
    ["0:07", "12:34"].into_iter().flat_map(|text| {
        [None, Some(Side::Left), Some(Side::Right)].map(|side| Hero {
            text: text.into(),
            side,
            sign: Sign::Step,
        })
    })
}

#[test]
fn every_line_leaves_the_digits_40_mm_and_is_large_itself() {
    let look = Look::default();
    for line in lines() {
        for (hero, (columns, rows)) in
            heroes().flat_map(|hero| SIZES.map(|size| (hero.clone(), size)))
        {
            let (width, free) = (columns - 2, rows - 6);
            let body = Body::fit(&line, None, width, free, &hero, &look);
            let fitted = hero.fit(width, free - body.rows(), false);
            let at = format!("{line:?} with {} at {columns}x{rows}", hero.text);
            // Two ninths, and the half row below that may stay free.
            assert!(
                u32::from(fitted.rows) * 9 + 5 >= u32::from(rows) * 2,
                "{at}: {} rows",
                fitted.rows
            );
            assert!(fitted.has_sign(), "{at}");
            let (size, _) = body
                .large
                .as_ref()
                .unwrap_or_else(|| panic!("nothing is large: {at}"));
            assert!(
                size.rows() * 12 >= rows,
                "{at}: letters of {} rows",
                size.rows()
            );
        }
    }
}

#[test]
fn every_line_can_be_read_whole_in_blocks_or_plain() {
    for look in [Look::default(), Look::new(true, false)] {
        for line in lines() {
            for (hero, (columns, rows)) in
                heroes().flat_map(|hero| SIZES.map(|size| (hero.clone(), size)))
            {
                let body = Body::fit(&line, None, columns - 2, rows - 6, &hero, &look);
                let whole = !body.plain.is_empty() || body.large.is_some();
                let plain = body.plain.join(" ");
                assert!(
                    whole && (plain.is_empty() || plain == line),
                    "{line:?} {plain:?}"
                );
                let fits = body
                    .plain
                    .iter()
                    .all(|row| text::columns(row) <= usize::from(columns - 2));
                assert!(fits, "{line:?} is cut at {columns}x{rows}");
            }
        }
    }
}
