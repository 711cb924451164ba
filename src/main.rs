//! unkink: parse, dispatch, exit code.

use std::io::Write;
use std::process::ExitCode;

use unkink::{app, content, paths, runtime, ui};

fn main() -> ExitCode {
    match paths::Places::find(None) {
        Ok(places) => {
            let look = ui::Look::from_env(|name| std::env::var(name).ok());
            let (library, troubles) = content::load(&places);
            let setup = app::Setup {
                library,
                troubles,
                ..app::Setup::default()
            };
            ExitCode::from(runtime::run(&places, setup, look))
        }
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "unkink: {why}");
            ExitCode::from(1)
        }
    }
}
