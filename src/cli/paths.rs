//! `unkink paths`: where everything lives.

use super::Shell;
use super::out::Fail;

/// Say where the log, this machine's state and the settings live
#[derive(Debug, clap::Args)]
pub struct Args {}

/// One line each: name, path.
pub fn run(_: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let places = &shell.places;
    let lines = [
        ("data", places.data.clone()),
        ("journal", places.journal()),
        ("state", places.state.clone()),
        ("config", places.config.clone()),
        ("settings", places.settings()),
        ("techniques", places.config.join("techniques")),
        ("routines", places.config.join("routines")),
    ];
    for (name, path) in lines {
        shell.out.line(&format!("{name:<11} {}", path.display()))?;
    }
    Ok(0)
}
