//! The last days read by themselves are those of the whole log; what the first frame shows is the end of the own file.

use std::collections::HashSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use unkink::domain::id::Id;
use unkink::domain::log::LogChange;

use crate::home::*;
use crate::lines::*;

/// A line about one of four records: its kind, record, day, whether it names a moment, and how it is written.
type Parts = (u8, usize, u32, bool, u8);

fn line(number: usize, (kind, rec, day, moment, form): Parts) -> String {
    let at = if moment {
        let zone = ["+01:00", "-11:00", "+14:00", "Z"][number % 4];
        format!(",\"started_at\":\"2026-11-{day:02}T05:30:00{zone}\"")
    } else {
        String::new()
    };
    let note = if form == 1 {
        "with\\nescapes"
    } else {
        "plain_at"
    };
    let head =
        |op: &str| format!("{{\"v\":1,\"op\":\"{op}\",\"id\":\"i{number:02}\",\"rec\":\"r{rec}\"");
    let seen = format!(",\"seen\":[\"i{:02}\"]", number / 2);
    let text = match kind {
        0..5 => sealed(&format!(
            "{},\"set\":{{\"note\":\"{note}\"{at}}}",
            head("add")
        )),
        5..8 => sealed(&format!(
            "{}{seen},\"set\":{{\"note\":\"{note}\"{at}}}",
            head("edit")
        )),
        8 => sealed(&format!("{}{seen}", head("delete"))),
        9 => sealed(&format!(
            "{},\"of\":\"i{:02}\"{seen}",
            head("undo"),
            number / 2
        )),
        _ => sealed(&head("forget")),
    };
    match form {
        // Written by hand: other blanks, other names for the same letters.
        2 => text.replace(":\"", ": \""),
        3 => text.replace("started_at", "started\\u005fat"),
        4 => text.replace("\"started_at\":", "\"started_at\" :"),
        _ => text,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_last_days_are_those_of_the_whole_log(
        parts in proptest::collection::vec((0..11_u8, 0..4_usize, 1..20_u32, any::<bool>(), 0..5_u8), 1..16),
        since in 1..22_u32,
        files in 1..4_usize,
    ) {
        let home = Home::in_memory();
        let lines: Vec<String> = parts.into_iter().enumerate().map(|(at, parts)| line(at, parts)).collect();
        for file in 0..files {
            let of_it: Vec<String> = lines.iter().skip(file).step_by(files).cloned().collect();
            home.put(&format!("{file}.jsonl"), &joined(&of_it));
        }
        let since = NaiveDate::from_ymd_opt(2026, 11, since).unwrap();
        let mut all = home.journal().load();
        all.retain(|entry| entry.day().is_some_and(|day| day >= since));
        prop_assert_eq!(home.journal().recent(since), all);
    }
}

#[test]
fn the_newest_for_a_screen_are_the_last_entries_and_not_all() {
    let home = Home::in_memory();
    let none = unkink::journal::newest(&home.places, 5);
    assert_eq!(none, LogChange::Whole(Vec::new()), "there is no journal");
    let mut journal = home.journal();
    let recs: Vec<Id> = (0..40)
        .map(|n| add(&mut journal, &format!("note {n}")))
        .collect();
    let LogChange::Preview(newest) = unkink::journal::newest(&home.places, 5) else {
        panic!("there may be more");
    };
    let newest: HashSet<Id> = newest.into_iter().map(|entry| entry.rec).collect();
    assert!((5..20).contains(&newest.len()), "{}", newest.len());
    let last = &recs[recs.len() - newest.len()..];
    assert_eq!(newest, last.iter().cloned().collect());
}
