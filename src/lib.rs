//! unkink: a terminal companion for a stiff lower back. It teaches self-massage, guides timed sessions and keeps an
//! honest log of pain and stress.
//!
//! ```text
//!  main ──► cli ─────────────┐
//!    │                       ▼
//!    └────► runtime ──► app ──► domain ◄── journal
//!              │         ▲       ▲           (the files)
//!              ├──► ui ──┴───────┤
//!              ├──► keys         │
//!              └──► cues, config, content, journal, demo
//! ```
//!
//! `paths`, `sanitize`, `settings`, `sys` (clocks, signals, standard error) and `toml_file` lie below and serve those that
//! need them.
//!
//! Arrows point towards `domain`, which knows no terminal, no file and no clock.

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
