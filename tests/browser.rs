//! The page for the clinician in a real browser: what a person wrote stays text there, nothing is fetched, and it prints
//! on A4. `cargo test --test browser -- --ignored`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};

const HOSTILE: &str = "</p><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">&lt;b&gt;";

/// Runs the browser on a file, with an empty profile and nothing in the background.
fn chromium(home: &Path, args: &[&str], page: &Path) -> Output {
    let profile = home.join("profile");
    let mut command = Command::new("chromium");
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.args(args).arg(format!("file://{}", page.display()));
    command.env("HOME", home).output().unwrap()
}

fn unkink(home: &Path, args: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_unkink"))
        .args(args)
        .env_clear()
        .env("HOME", home)
        .output()
        .unwrap();
    assert!(done.status.success(), "{args:?}: {done:?}");
}

#[test]
#[ignore = "needs Chromium"]
fn a_hostile_note_is_text_in_a_real_browser() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let page = home.join("back.html");
    unkink(
        home,
        &["log", "4", "--where", "belt-line:right", "--note", HOSTILE],
    );
    unkink(
        home,
        &[
            "report",
            "--note",
            "last",
            "--output",
            page.to_str().unwrap(),
        ],
    );
    let dom = chromium(home, &["--dump-dom"], &page);
    let dom = String::from_utf8_lossy(&dom.stdout);
    // As the browser understood it: the note is there as text, and no element came of it.
    assert!(
        dom.contains("&lt;script&gt;document.title='taken'&lt;/script&gt;"),
        "{dom}"
    );
    assert!(dom.contains("&amp;lt;b&amp;gt;"), "{dom}");
    assert!(!dom.contains("<script") && !dom.contains("<img"), "{dom}");
    let title = dom
        .split("<title>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert!(title.starts_with("Low back:"), "{title}");
    assert!(dom.contains("<svg") && dom.contains("</svg>"));
}

#[test]
#[ignore = "needs Chromium"]
fn the_made_up_year_shows_its_pictures_and_prints_on_a4_in_a_real_browser() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let page = home.join("back.html");
    unkink(
        home,
        &[
            "report",
            "--demo",
            "--since",
            "365d",
            "--output",
            page.to_str().unwrap(),
        ],
    );
    let (shot, pdf) = (home.join("page.png"), home.join("page.pdf"));
    let to = format!("--screenshot={}", shot.display());
    chromium(home, &["--window-size=900,1800", &to], &page);
    let to = format!("--print-to-pdf={}", pdf.display());
    chromium(home, &["--no-pdf-header-footer", &to], &page);
    let shot = std::fs::read(shot).unwrap();
    assert!(shot.starts_with(b"\x89PNG"));
    // An empty or unreadable page of this size is packed into a few kilobytes.
    assert!(shot.len() > 60_000, "{} bytes", shot.len());
    let pdf = std::fs::read(pdf).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    // 210 x 297 mm in points, to the nearest.
    assert!(
        text.contains("/MediaBox [0 0 594.95996 841.91998]")
            || text.contains("/MediaBox [0 0 595 842]"),
        "A4"
    );
    let pages = text
        .matches("/Type /Page\n")
        .count()
        .max(text.matches("/Type /Page ").count());
    assert!((1..=4).contains(&pages), "{pages} pages");
}
