//! Somebody at the keys of the real app, at fixed times and with a log that is always the same.

use super::*;

/// Somebody at the keys.
pub struct Person {
    pub app: App,
    /// Seconds since the start, 21:30 on a Monday.
    pub at: u32,
    pub effects: Vec<Effect>,
}

pub fn now(at: u32) -> Now {
    let start = chrono::DateTime::parse_from_rfc3339("2026-11-23T21:30:00+01:00").unwrap();
    Now {
        mono: Duration::from_secs(1000) + Duration::from_secs(at.into()),
        boot: None,
        wall: start + chrono::TimeDelta::seconds(at.into()),
    }
}

/// A part of the built-in library, so that a change in the rest leaves the pictures as they are. Read once for all.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    const KEPT: [&str; 12] = [
        "hand-warm-sweep",
        "knuckle-beside-spine",
        "fist-buttock-knead",
        "wall-ball-beside-spine",
        "wall-ball-side-hip",
        "heat-pad-sit",
        "six-breaths",
        "long-exhale",
        "stand-and-shift",
        "seat-shift",
        "quad-stroke",
        "calf-sweep",
    ];
    let mut library = content::built_in_library();
    library
        .techniques
        .retain(|technique| KEPT.contains(&technique.slug.as_str()));
    library
        .routines
        .retain(|routine| ["desk-reset", "ball-on-wall"].contains(&routine.slug.as_str()));
    library
});

impl Person {
    pub fn with(size: (u16, u16), setup: Setup) -> Self {
        let profile = answered(&[]);
        Self::who_answered(size, profile, setup)
    }

    pub fn who_answered(size: (u16, u16), profile: Profile, setup: Setup) -> Self {
        let setup = Setup {
            profile,
            library: LIBRARY.clone(),
            favourites: ["six-breaths", "wall-ball-side-hip"]
                .map(str::to_owned)
                .into(),
            size,
            ..setup
        };
        Self {
            app: App::new(setup, &now(0)),
            at: 0,
            effects: Vec::new(),
        }
    }

    /// Has been here before, and has a log.
    pub fn at_home(size: (u16, u16)) -> Self {
        let mut person = Self::with(
            size,
            Setup {
                seen: seen(),
                ..Setup::default()
            },
        );
        person.hears(Told::Log(LogChange::Whole(entries())));
        person
    }

    /// Has seen the disclaimer and has no entry yet.
    pub fn new_here(size: (u16, u16)) -> Self {
        let mut person = Self::with(
            size,
            Setup {
                seen: seen(),
                ..Setup::default()
            },
        );
        person.hears(Told::Log(LogChange::Whole(Vec::new())));
        person
    }

    pub fn gets(&mut self, msg: Msg) {
        let update = self.app.update(msg, &now(self.at));
        self.effects.extend(update.effects);
    }

    pub fn hears(&mut self, told: Told) {
        self.gets(Msg::Told(told));
    }

    /// Another program writes an entry.
    pub fn elsewhere(&mut self, entry: Entry) {
        let (put, gone) = (vec![entry], Vec::new());
        self.hears(Told::Log(LogChange::Delta { put, gone }));
    }

    /// Goes on in the form until this field has the keys.
    pub fn tabs_to(mut self, field: &str) -> Self {
        for _ in 0..40 {
            if let Some(overlay::Overlay::CheckIn(form)) = self.app.overlays.last()
                && form.row().name == field
            {
                return self;
            }
            self = self.presses("Tab");
        }
        panic!("no {field} in this form");
    }

    /// Presses keys by name, parted by blanks. After an `@` stands a field of the form: Tab goes there.
    pub fn presses(mut self, names: &str) -> Self {
        for name in names.split_whitespace() {
            if let Some(field) = name.strip_prefix('@') {
                self = self.tabs_to(field);
                continue;
            }
            let key = match name {
                "Enter" => Key::plain(Code::Enter),
                "Esc" => Key::plain(Code::Esc),
                "Tab" => Key::plain(Code::Tab),
                "BackTab" => Key::plain(Code::BackTab),
                "Down" => Key::plain(Code::Down),
                "Right" => Key::plain(Code::Right),
                "Space" => Key::char(' '),
                "Ctrl-u" => Key::ctrl('u'),
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
    pub fn waits(mut self, seconds: u32) -> Self {
        for _ in 0..seconds {
            self.at += 1;
            self.gets(Msg::Turn);
        }
        self
    }

    /// The machine sleeps for so many seconds.
    pub fn sleeps(mut self, seconds: u32) -> Self {
        self.at += seconds;
        self.gets(Msg::Turn);
        self.at += 1;
        self
    }

    pub fn pastes(mut self, text: &str) -> Self {
        self.gets(Msg::Paste(text.into()));
        self
    }

    pub fn looks_at(mut self, slug: &str) -> Self {
        let pane = &mut self.app.library_pane;
        pane.select_slug(&self.app.library, slug);
        assert_eq!(pane.selected_slug(&self.app.library), Some(slug));
        self
    }

    /// Selects the evidence card of this title.
    pub fn looks_at_card(self, title: &str) -> Self {
        let mut person = self.presses("/");
        for c in title.chars() {
            person.gets(Msg::Type(c));
        }
        let mut person = person.presses("Enter");
        let is_it = |app: &App| match app.library_pane.selected_hit() {
            Some(Hit::Topic(at)) => app.library.topics()[*at].title == title,
            _ => false,
        };
        while !is_it(&person.app) {
            person = person.presses("Down");
        }
        person
    }

    /// The store could not write what it was asked last.
    pub fn hears_that_the_disk_is_full(mut self) -> Self {
        let asks = self.effects.iter().rev();
        let ask = asks.into_iter().find_map(|effect| match effect {
            Effect::Ask(ask @ Ask::Write(..)) => Some(ask.clone()),
            _ => None,
        });
        self.hears(Told::NotSaved {
            ask: Box::new(ask.unwrap()),
            failure: Failure {
                path: PathBuf::from("/home/sam/.local/share/unkink/journal"),
                why: "no space is left on the device.".into(),
                retry: true,
            },
        });
        self
    }

    pub fn draws(&self, size: (u16, u16), look: &Look) -> Buffer {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buffer = Buffer::empty(area);
        ui::draw_in(area, &mut buffer, &self.app, &now(self.at), look);
        buffer
    }
}

/// Every question answered just now: yes to these, no to the rest.
pub fn answered(yes: &[&str]) -> Profile {
    let today = now(0).wall.date_naive();
    let mut profile = Profile {
        asked_on: Some(today),
        daily: Some(Daily {
            at: now(0).wall,
            asked: ["K5", "K10", "K19", "K22", "K24", "K25"]
                .map(str::to_owned)
                .into(),
            yes: BTreeSet::new(),
        }),
        ..Profile::default()
    };
    for id in yes {
        profile.answer(id, true, today);
    }
    profile
}

/// Has been here before; these answers are in force.
pub fn with_answers(size: (u16, u16), profile: Profile) -> Person {
    let setup = Setup {
        seen: seen(),
        ..Setup::default()
    };
    Person::who_answered(size, profile, setup)
}

pub fn seen() -> BTreeSet<String> {
    [DISCLAIMER_SEEN.to_owned()].into()
}

pub fn entry(n: u8, json: &str) -> Entry {
    entry_with(n, json, Marks::default())
}

pub fn entry_with(n: u8, json: &str, marks: Marks) -> Entry {
    let values: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    let mut fields = Fields::default();
    for (name, value) in &values {
        fields.put(name, value);
    }
    Entry::read(Id::from_bytes([n; 16]), &fields, marks)
}

pub fn entries() -> Vec<Entry> {
    let conflict = Marks {
        conflict: true,
        ..Marks::default()
    };
    let mut entries = vec![
        entry(
            1,
            r#"{"kind":"session","started_at":"2026-11-23T08:10:00+01:00","routine":"desk-reset","status":"finished",
                "active_s":225,"pain_before":5,"pain_after":3,"stress_before":4,"stress_after":4}"#,
        ),
        entry(
            2,
            r#"{"kind":"check-in","started_at":"2026-11-23T12:30:00+01:00","pain":4,"stress":6,
                "note":"sat long in the meeting, then in the train, and then at home in the soft chair again"}"#,
        ),
        entry(
            3,
            r#"{"kind":"session","started_at":"2026-11-22T20:10:00+01:00","technique":"wall-ball-side-hip",
                "status":"stopped","stopped_because":"stopped by the person","active_s":75,"pain_before":5}"#,
        ),
        entry(
            4,
            r#"{"kind":"session","started_at":"2026-11-22T07:10:00+01:00","technique":"six-breaths","status":"running",
                "stress_before":7}"#,
        ),
        entry(
            5,
            r#"{"kind":"check-in","started_at":"2026-11-20T12:30:00+01:00","pain":"five","stress":6}"#,
        ),
        entry_with(
            6,
            r#"{"kind":"check-in","started_at":"2026-11-18T09:05:00+01:00","note":"慢慢来 and rest"}"#,
            conflict,
        ),
    ];
    // The first week is long over.
    entries.push(entry(
        99,
        r#"{"kind":"session","started_at":"2026-01-10T18:00:00+01:00","technique":"six-breaths","status":"finished"}"#,
    ));
    for day in (1..16).filter(|day| day % 5 != 3) {
        let (pain, stress) = (3 + day * day % 5, day * 3 % 8);
        let json = format!(
            r#"{{"kind":"check-in","started_at":"2026-11-{day:02}T18:00:00+01:00","pain":{pain},"stress":{stress}}}"#
        );
        entries.push(entry(100 + u8::try_from(day).unwrap(), &json));
    }
    entries
}
