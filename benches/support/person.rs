//! Somebody at the keys of the real app, without a terminal.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unkink::app::message::{Effect, Msg};
use unkink::app::{App, Setup};
use unkink::content;
use unkink::domain::log::LogChange;
use unkink::domain::profile::{Daily, Profile};
use unkink::domain::record::Entry;
use unkink::domain::safety::DISCLAIMER_SEEN;
use unkink::domain::storage::Told;
use unkink::domain::time::Now;
use unkink::keys::{self, Code, Key};
use unkink::ui::{self, Look};

/// Columns and rows.
pub const SIZE: (u16, u16) = (120, 36);

/// The evening on which the made-up log ends, and so many seconds more.
pub fn now(at: u64) -> Now {
    let wall: DateTime<FixedOffset> =
        DateTime::parse_from_rfc3339("2026-11-23T21:30:00+01:00").unwrap();
    Now {
        mono: Duration::from_secs(1000 + at),
        boot: None,
        wall: wall + TimeDelta::seconds(at.cast_signed()),
    }
}

pub struct Person {
    pub app: App,
    /// Seconds since the start.
    pub at: u64,
}

impl Person {
    /// Has answered the safety questions, none with yes, and has this log.
    pub fn with(entries: Vec<Entry>) -> Self {
        let library = content::built_in_library();
        let asked = library
            .safety()
            .ids()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let profile = Profile {
            asked_on: Some(now(0).wall.date_naive()),
            daily: Some(Daily {
                at: now(0).wall,
                asked,
                yes: [].into(),
            }),
            ..Profile::default()
        };
        let setup = Setup {
            library,
            profile,
            seen: [DISCLAIMER_SEEN.to_owned()].into(),
            size: SIZE,
            ..Setup::default()
        };
        let mut person = Self {
            app: App::new(setup, &now(0)),
            at: 0,
        };
        person.gets(Msg::Told(Told::Log(LogChange::Whole(entries))));
        // What an old log may ask about on a first start.
        person.app.overlays.clear();
        person
    }

    pub fn gets(&mut self, msg: Msg) -> Vec<Effect> {
        self.app.update(msg, &now(self.at)).effects
    }

    /// Presses keys by name, parted by blanks; one that means nothing there fails.
    pub fn presses(mut self, names: &str) -> Self {
        for name in names.split_whitespace() {
            let key = match name {
                "Enter" => Key::plain(Code::Enter),
                "Esc" => Key::plain(Code::Esc),
                "Tab" => Key::plain(Code::Tab),
                "Right" => Key::plain(Code::Right),
                "Space" => Key::char(' '),
                _ => Key::char(name.chars().next().unwrap()),
            };
            let msg = keys::message(self.app.context(), key);
            self.gets(msg.unwrap_or_else(|| panic!("{name} means nothing here")));
        }
        self
    }

    pub fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.gets(Msg::Type(c));
        }
        self
    }

    /// Lets the clock run, a turn each second.
    pub fn waits(mut self, seconds: u64) -> Self {
        for _ in 0..seconds {
            self.at += 1;
            self.gets(Msg::Turn);
        }
        self
    }

    pub fn looks_at(mut self, slug: &str) -> Self {
        self.app.library_pane.select_slug(&self.app.library, slug);
        assert_eq!(
            self.app.library_pane.selected_slug(&self.app.library),
            Some(slug)
        );
        self
    }

    /// Has begun a session of this, without rating first.
    pub fn starts(self, slug: &str) -> Self {
        let person = self.looks_at(slug).presses("Enter Enter");
        assert!(person.app.run().is_some(), "{slug} does not run");
        person
    }

    /// A frame, and what of it has changed, as for a real terminal.
    pub fn draws(&self, on: &mut Terminal<TestBackend>) {
        let draw = |frame: &mut ratatui::Frame| {
            ui::draw_in(
                frame.area(),
                frame.buffer_mut(),
                &self.app,
                &now(self.at),
                &Look::default(),
            );
        };
        on.draw(draw).unwrap();
    }
}

/// An empty one of [`SIZE`].
pub fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap()
}
