//! Finding in a log of 100,000 entries: the first look, then each letter. `cargo bench --bench find`.
//!
//! Each line: the whole of the work, how many goes it takes as the app does it, and the longest go: what a key waits for.

use std::time::{Duration, Instant};

use unkink::content;
use unkink::domain::find::{Find, Looking, Texts};
use unkink::domain::id::Id;
use unkink::domain::library::Library;
use unkink::domain::record::{Entry, Fields, Marks};

/// Entries of the log.
const ENTRIES: u32 = 100_000;
/// Bytes of one go, as in the app.
const GO: usize = 256 * 1024;

/// Seven check-ins in ten, a note on every second entry; notes of ten words out of two thousand and a rare one.
fn entry(n: u32) -> Entry {
    let mut fields = Fields::default();
    let (day, hour) = (n / 12, n % 12 + 8);
    let (year, month, day) = (2005 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
    let at = format!("{year}-{month:02}-{day:02}T{hour:02}:30:00+01:00");
    fields.put("started_at", &at);
    if n % 10 < 7 {
        fields.put("kind", "check-in");
        fields.put("regions", &["belt-line:left"]);
        fields.put("tags", &[format!("tag{}", n % 40)]);
    } else {
        fields.put("kind", "session");
        fields.put("technique", "six-breaths");
    }
    if n.is_multiple_of(2) {
        let mut state = n.wrapping_mul(2_654_435_761);
        let words = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            word(state >> 8 & 2047)
        });
        let mut note = words.take(10).collect::<Vec<_>>().join(" ");
        if n.is_multiple_of(100) {
            note.push_str(" rare");
            note.push_str(&n.to_string());
        }
        fields.put("note", &note);
    }
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    Entry::read(Id::from_bytes(id), &fields, Marks::default())
}

fn word(n: u32) -> String {
    let parts = ["dri", "gar", "den", "ve", "lon", "mo", "ru", "ti"];
    (0..4)
        .map(|at| parts[(n >> (3 * at) & 7) as usize])
        .collect()
}

fn look(name: &str, find: Find, log: &[Entry], texts: &mut Texts, library: &Library) {
    let (mut goes, mut longest) = (0, Duration::ZERO);
    let begin = Instant::now();
    let mut looking = Looking::new(find);
    while !looking.is_over() {
        let begin = Instant::now();
        looking.go_on(log, texts, library, GO);
        longest = longest.max(begin.elapsed());
        goes += 1;
    }
    println!(
        "{name:<22} {:>8.2} ms in {goes:>3} goes, the longest {:>6.2} ms; {} found",
        begin.elapsed().as_secs_f64() * 1000.0,
        longest.as_secs_f64() * 1000.0,
        looking.places().len()
    );
}

fn main() {
    let library = content::built_in_library();
    let log: Vec<Entry> = (0..ENTRIES).map(entry).collect();
    let mut texts = Texts::default();
    let text = |text: &str| Find {
        text: text.into(),
        ..Find::default()
    };
    look("d, nothing read yet", text("d"), &log, &mut texts, &library);
    for typed in [
        "d",
        "dr",
        "drivelon",
        "belt dri",
        "\"driveve gar\"",
        "rare500",
        "dirvelon",
        "zzzz",
        "xqxqx belt",
    ] {
        look(typed, text(typed), &log, &mut texts, &library);
    }
    let tag = Find {
        tag_words: vec!["tag6".into()],
        ..Find::default()
    };
    look("tag:tag6", tag, &log, &mut texts, &library);
    let since = Find {
        since: chrono::NaiveDate::from_ymd_opt(2020, 1, 1),
        ..Find::default()
    };
    look("since:2020-01-01", since, &log, &mut texts, &library);
}
