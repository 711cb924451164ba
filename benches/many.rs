//! Prints a made-up log of so many lines, as a file of the journal: `cargo run --release --example many -- 1000000`.

#[path = "support/log.rs"]
mod log;

use std::io::{self, BufWriter};

fn main() -> io::Result<()> {
    let lines = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let Some(lines) = lines else {
        return Err(io::Error::other("how many lines?"));
    };
    log::write(
        &mut BufWriter::with_capacity(1 << 20, io::stdout().lock()),
        lines,
        0,
    )
}
