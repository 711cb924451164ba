//! unkink: parse, dispatch, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(unkink::cli::main(std::env::args_os()))
}
