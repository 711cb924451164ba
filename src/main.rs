//! unkink: parse, dispatch, exit code.

use std::process::ExitCode;

use unkink::{app, paths, runtime, ui};

fn main() -> ExitCode {
    match paths::Places::find(None) {
        Ok(places) => {
            let look = ui::Look;
            ExitCode::from(runtime::run(&places, app::Setup::default(), look))
        }
        Err(why) => {
            eprintln!("unkink: {why}");
            ExitCode::from(1)
        }
    }
}
