//! `unkink completions`: the script that a shell loads.

use clap::ValueEnum;

use super::Shell;
use super::out::Fail;

/// Print a script that completes commands, options and names in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Techniques, routines, evidence cards and the words of the log complete as well, your own\n\
among them: the script asks unkink, so it need not be made again when they change.\n\
bash finds it where bash-completion is installed; without, source the file in ~/.bashrc.\n\
zsh finds it once ~/.zshrc says, before compinit: fpath=(~/.zfunc $fpath)")]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Which,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    Bash,
    Zsh,
    Fish,
}

/// The script.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let script = match args.shell {
        Which::Bash => include_str!("../../assets/completions/unkink.bash"),
        Which::Zsh => include_str!("../../assets/completions/unkink.zsh"),
        Which::Fish => include_str!("../../assets/completions/unkink.fish"),
    };
    shell.out.bytes(script.as_bytes())?;
    Ok(0)
}
