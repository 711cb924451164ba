//! unkink: a terminal companion for a stiff lower back. It teaches self-massage, guides timed sessions and keeps an
//! honest log of pain and stress.
//!
//! ```text
//!  main ──► cli                                  commands, one file each
//!            │
//!         runtime                                the one wait and the loop, for the app
//!            │
//!      ┌─────┴──┐
//!      ui     config                             draws the app · reads the settings file
//!      └──┬─────┘
//!        keys                                    the one table of keys
//!         │
//!        app   journal  cues  content            decides · the files · the ear · techniques
//!         │       │      │       │
//!         │       │      │       │   demo  report  sys      made-up data · the page · the system
//!         └───────┴──────┴───────┴─────┴─────┴──────┘
//!                        │
//!                      domain                    what unkink knows and decides: no terminal, no file, no clock
//! ```
//!
//! A line leads from who knows to who is known, never upwards; `cli` and `runtime` know all that is below them. Not
//! drawn: `settings` (plain values, read by many), `paths`, `sanitize` and `toml_file` (helpers below all). Which arrows
//! there are, and why no more, stands in `tests/architecture.rs`, which enforces them and the places named below.
//!
//! # Where each feature lives
//!
//! | feature | files below `src/` |
//! | --- | --- |
//! | techniques, routines, sources, safety texts | `../assets`, through `domain/technique.rs`, `domain/routine.rs`, `domain/evidence.rs`, `domain/safety.rs` |
//! | reading them; a person's own | `content.rs`, `content/own.rs`, checked by `domain/check.rs` |
//! | the library: search, order, favourites | `domain/search.rs`, `app/library_pane.rs`, `ui/library_pane.rs`, `ui/preview.rs` |
//! | the body map | `domain/anatomy.rs`, `domain/back_map.rs`, `ui/widgets/body_map` |
//! | what may start, and why not | `domain/gate.rs`, asked by `app/gate.rs` and `cli/gate.rs` |
//! | the answers about a person | `domain/profile.rs`, kept by `journal/profile.rs` |
//! | how much and how often | `domain/dose.rs` |
//! | what in the log asks for a second look | `domain/warning.rs`, `app/raised.rs`, `cli/saved.rs` |
//! | what now | `domain/suggest.rs`, `app/suggest.rs`, `cli/suggest.rs` |
//! | from a technique to a timeline | `domain/plan.rs`, `domain/length.rs` |
//! | a running session and its clock | `domain/session.rs`, `app/run.rs`, `app/ending.rs`, `ui/running.rs` |
//! | the floor view, the breathing pacer | `app/floor.rs`, `ui/running/floor.rs`, `domain/breath.rs`, `ui/widgets/pacer.rs` |
//! | a session line by line | `cli/plain.rs` |
//! | voice, bell, hooks, awake | `domain/cue.rs`, `domain/spoken.rs`, `cues`, `runtime/cues.rs` |
//! | a session cut off by a crash | `domain/session/account.rs`, `journal/progress.rs`, `journal/session.rs` |
//! | an entry: its fields and their meaning | `domain/record.rs`, `domain/record/change.rs`, `domain/vocabulary.rs` |
//! | the form of an entry | `app/overlay/check_in`, `ui/overlays/check_in`, `app/edit.rs` |
//! | ratings before and after | `app/overlay/rating.rs`, `ui/overlays/rating.rs` |
//! | the log: list, find, days, weeks | `domain/log.rs`, `domain/find.rs`, `domain/week.rs`, `app/log_pane`, `ui/log_pane` |
//! | undo, redo, conflicts | `journal/undo.rs`, `journal/merge.rs`, `domain/differing.rs`, `app/overlay/settle.rs` |
//! | saved means saved | `journal/append.rs`, `journal/disk.rs`, `journal/thread.rs`, `runtime/leave.rs` |
//! | erased means erased | `journal/forget.rs` |
//! | export, import, what is wrong with the files | `journal/export.rs`, `journal/import.rs`, `journal/cells.rs`, `journal/doctor.rs` |
//! | what the log comes to | `domain/insight`, `app/insight`, `ui/insight`, `cli/stats.rs` |
//! | the questionnaire | `domain/insight/questions.rs`, `app/overlay/peg.rs`, `cli/ask.rs` |
//! | the page for the clinician | `report`, `cli/report.rs` |
//! | beside a command; breaks | `cli/while_running.rs`, `app/beside.rs`, `sys/command.rs`; `cli/remind.rs`, `domain/remind.rs` |
//! | a line for tmux | `cli/status.rs`, `domain/glance.rs`, `journal/tail.rs` |
//! | keys, and keys put elsewhere | `app/message/action.rs`, `keys.rs`, `keys/keymap.rs`, `config/keys.rs` |
//! | the mouse | `ui/zones.rs`, `app/point.rs` |
//! | settings | `settings.rs`, `config/options.rs`, `config/environment.rs`, `toml_file.rs` |
//! | themes and signs | `ui/theme.rs`, `ui/glyphs.rs` |
//! | any text on a terminal | `sanitize.rs` |
//! | the terminal taken and given back | `runtime/terminal.rs`, `runtime/screen.rs`, `runtime/paint.rs`, `runtime/decode.rs` |
//! | the demo's year | `demo` |
//! | completion, manual, help | `cli/complete.rs`, `cli/man.rs`, `cli/examples.rs` |
//!
//! # Three walks
//!
//! *A key.* `runtime/wait.rs` wakes, `runtime/decode.rs` makes bytes a key, `keys/keymap.rs` makes it an
//! [`Action`](app::message::Action) of the place that has the keys, [`App::update`](app::App::update) hands it to the
//! file that knows it and gives back effects, `runtime/turn.rs` carries these out and draws what changed.
//!
//! *A second of a session.* [`App::deadline`](app::App::deadline) says when the screen next changes, the loop sleeps
//! until then, `domain/session.rs` looks at the clock (it counts nothing), cues go to `cues/player.rs`, and
//! `ui/running.rs` draws.
//!
//! *A saved entry.* The form gives fields, `app/edit.rs` makes them an act with a ticket, `runtime/store.rs` sends it to
//! the journal's thread, `journal/acts.rs` makes a line of it and `journal/append.rs` puts that on the disk; the answer
//! comes back as a message, and only then does the screen say 'saved'.

pub mod app;
pub mod cli;
pub mod config;
pub mod content;
pub mod cues;
pub mod demo;
pub mod domain;
pub mod journal;
pub mod keys;
pub mod paths;
pub mod report;
pub mod runtime;
pub mod sanitize;
pub mod settings;
pub mod sys;
mod toml_file;
pub mod ui;
