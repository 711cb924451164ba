//! Where everything lives: data, state and configuration, resolved once at start. What lies there is not known here, and
//! nothing is made.

use std::path::PathBuf;

/// The places of one person on one machine. Nothing is made before something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The log and what belongs to it (`journal/`, `favourites.txt`, `.lock`).
    pub data: PathBuf,
    /// What this machine alone needs (`device.json`, `sessions/`, `seen.json`).
    pub state: PathBuf,
    /// `config.toml`, `techniques/*.toml`, `routines/*.toml`; no health data.
    pub config: PathBuf,
}

impl Places {
    /// The directory that machines share.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal")
    }

    /// Progress files of running sessions.
    pub fn sessions(&self) -> PathBuf {
        self.state.join("sessions")
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// `data_dir` (`--data-dir`), else `UNKINK_DATA_DIR`, else the system's data directory; state and configuration as
    /// the system has them. The error is one line for people.
    pub fn find(data_dir: Option<PathBuf>) -> Result<Self, String> {
        let dirs = directories::ProjectDirs::from("", "", "unkink")
            .ok_or("no home directory: set HOME, or give --data-dir")?;
        let from_env = || {
            std::env::var_os("UNKINK_DATA_DIR")
                .filter(|dir| !dir.is_empty())
                .map(PathBuf::from)
        };
        let data = data_dir
            .or_else(from_env)
            .unwrap_or_else(|| dirs.data_dir().to_path_buf());
        let data =
            std::path::absolute(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        Ok(Self {
            data,
            state: dirs
                .state_dir()
                .unwrap_or_else(|| dirs.data_local_dir())
                .to_path_buf(),
            config: dirs.config_dir().to_path_buf(),
        })
    }
}
