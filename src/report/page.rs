//! What stands on the page, in its order, as blocks that know neither HTML nor Markdown.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::counts::{self, Counts};
use super::{body, chart, tell};
use crate::domain::id::Id;
use crate::domain::insight::causes::{Caution, MEANINGFUL, OTHER_CAUSES, ROUGH_GUIDE, STRESS};
use crate::domain::insight::figures::Figures;
use crate::domain::insight::hush::{Hush, hush};
use crate::domain::insight::words;
use crate::domain::library::Library;
use crate::domain::log::Log;
use crate::domain::profile::Profile;

/// So many places and words are named.
const MOST: usize = 6;
/// So many of the newest months are rows.
const MONTHS: usize = 24;

/// What the page is to be about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// When the page is made.
    pub now: DateTime<FixedOffset>,
    /// The entries whose notes the person wants on it.
    pub notes: Vec<Id>,
    /// What the person wants to ask.
    pub questions: Vec<String>,
    /// Words of the log that are to be left out, besides those that can be hidden everywhere (F.5).
    pub without: Vec<String>,
    /// The entries are made up.
    pub demo: bool,
}

/// A part of the page. Texts are as they are: who writes them down makes them harmless.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Of the whole page.
    Title(String),
    /// Of what follows.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// The same, less weighty.
    Small(String),
    /// One line each.
    List(Vec<String>),
    /// A heading for each column, and rows of as many cells.
    Table {
        /// Of the columns.
        head: Vec<String>,
        /// Cells from left to right.
        rows: Vec<Vec<String>>,
    },
    /// A picture.
    Figure(Figure),
    /// A picture with lines beside it.
    Beside(Figure, Vec<String>),
    /// What the person wrote, with its moment.
    Quote {
        /// When.
        of: String,
        /// The note.
        text: String,
    },
}

/// A picture with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// An SVG element.
    pub svg: String,
    /// The same in words, for whoever does not see it.
    pub words: String,
}

/// The page as blocks.
pub fn page(log: &Log, profile: &Profile, library: &Library, asked: &Asked) -> Vec<Block> {
    let asked = Asked {
        from: tell::from(log, asked),
        ..asked.clone()
    };
    let asked = &asked;
    let counts = Counts::of(log, asked, library);
    let mut page = Page {
        log,
        profile,
        library,
        asked,
        counts,
        figures: Figures::of(log, Some(asked.from), asked.to),
        blocks: Vec::new(),
    };
    let hush = hush(library.safety(), profile);
    page.head();
    page.in_short(hush.is_some());
    page.flags();
    page.questions();
    match &hush {
        Some(hush) => page.silence(hush),
        None => page.over_time(),
    }
    // What is short comes first, so that it fills the first sheet: the map wants room of its own.
    if hush.is_none() {
        page.questionnaires();
    }
    page.in_words();
    page.wheres();
    if hush.is_none() {
        page.tried();
    }
    page.notes();
    page.sources();
    page.blocks
}

struct Page<'a> {
    log: &'a Log,
    profile: &'a Profile,
    library: &'a Library,
    asked: &'a Asked,
    counts: Counts<'a>,
    figures: Figures<'a>,
    blocks: Vec<Block>,
}

impl Page<'_> {
    fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(text.to_owned()));
    }

    fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    fn small(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Small(text.into()));
    }

    fn list(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::List(lines));
        }
    }

    fn head(&mut self) {
        let Asked { from, to, now, .. } = self.asked;
        let (from, to) = (tell::day(*from), tell::day(*to));
        self.blocks
            .push(Block::Title(format!("Low back: {from} to {to}")));
        if self.asked.demo {
            self.text("DEMO: made-up data of nobody.");
        }
        self.small(format!(
            "A person's own log, written down on {} by unkink. Ratings are whole numbers from 0 to 10: pain from 'no \
             pain' to 'worst possible pain' (M3), stress from 'completely calm' to 'as stressed as you can imagine'. They \
             are self-reports, not measurements, and no diagnosis.",
            tell::day(now.date_naive())
        ));
    }

    fn in_short(&mut self, is_silent: bool) {
        self.heading("In short");
        let overview = &self.figures.overview;
        let days = (self.asked.to - self.asked.from).num_days() + 1;
        let mut lines = vec![format!(
            "{} on {} of {days} days",
            words::some(overview.entries as u64, "entry"),
            overview.days
        )];
        // While a sign is open, counts say what there is and no number says how it went.
        if !is_silent {
            let both = [("Pain", overview.all.pain), ("Stress", overview.all.stress)];
            lines.extend(
                both.into_iter()
                    .filter_map(|(what, summary)| tell::middle(what, summary)),
            );
        }
        if overview.all.sessions > 0 {
            lines.push(format!(
                "{} of self-massage and other self-care, {} in all",
                words::some(overview.all.sessions, "session"),
                tell::minutes(overview.all.practised_s)
            ));
        }
        let marked = self.counts.days.iter();
        lines.extend(
            marked.map(|(word, days)| {
                format!("{} marked '{word}'", words::some(*days as u64, "day"))
            }),
        );
        self.list(lines);
    }

    fn silence(&mut self, hush: &Hush<'_>) {
        self.heading("Before anything else");
        let signs = match hush {
            Hush::Emergency(signs) => signs.iter().map(|sign| sign.sign.to_owned()).collect(),
            Hush::Clinician(signs) => signs.iter().map(|sign| sign.sign.to_owned()).collect(),
            Hush::Unreadable => {
                vec!["The answers to the safety questions can't be read.".to_owned()]
            }
        };
        self.text("This was answered with yes and is open, so no trend and no change is shown:");
        self.list(signs);
    }

    fn over_time(&mut self) {
        self.heading("Pain and stress");
        let figure = chart::chart(&self.figures.days, &self.figures.weeks);
        self.blocks.push(Block::Figure(figure));
        let months = &self.figures.months;
        let (_, newest) = months.split_at(months.len().saturating_sub(MONTHS));
        let rows = newest.iter().map(tell::month).collect();
        let left_out = months.len() - newest.len();
        self.blocks.push(Block::Table {
            head: ["Month", "Pain", "Stress", "Sessions"]
                .map(str::to_owned)
                .to_vec(),
            rows,
        });
        if left_out > 0 {
            self.small(format!(
                "The newest {MONTHS} months; the picture and the numbers at the top count the {left_out} before them as well."
            ));
        }
    }

    fn tried(&mut self) {
        let helped = &self.figures.helped;
        if helped.rows.is_empty() {
            return;
        }
        self.heading("What was tried, and what followed");
        let rows = self
            .figures
            .helped
            .rows
            .iter()
            .map(|row| tell::tried(row, self.library));
        self.blocks.push(Block::Table {
            head: [
                "What",
                "Sessions",
                "Pain, after minus before",
                "Stress, after minus before",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: rows.collect(),
        });
        self.list(words::compared(&self.figures.helped, self.library));
        for caution in [MEANINGFUL, ROUGH_GUIDE, STRESS] {
            self.small(caution.words());
        }
        let causes: Vec<String> = OTHER_CAUSES.iter().map(Caution::words).collect();
        self.small(format!(
            "A fall may have other causes. {}",
            causes.join(" ")
        ));
    }

    fn questionnaires(&mut self) {
        let lines = tell::questionnaires(&self.figures);
        if !lines.is_empty() {
            self.heading("Questionnaire");
            self.list(lines);
        }
    }

    fn wheres(&mut self) {
        if self.figures.places.cells.is_empty() {
            return;
        }
        self.heading("Where");
        let places = &self.figures.places;
        let named = places.cells.iter().take(MOST).map(|cell| {
            let place = words::place(cell, self.library);
            format!("{place}: {} of {}", cell.count, places.entries)
        });
        let mut lines: Vec<String> = named.collect();
        if !self.counts.travels.is_empty() {
            let travels = counts::words(&self.counts.travels, MOST);
            lines.push(format!("travels down to: {travels}"));
        }
        let map = body::map(places, self.library);
        self.blocks.push(Block::Beside(map, lines));
    }

    fn in_words(&mut self) {
        let told = [
            ("Feels like", &self.counts.qualities),
            ("Before it", &self.counts.triggers),
            ("Done about it", &self.counts.actions),
            ("Medicines, by class, in days", &self.counts.medicines),
        ];
        let lines: Vec<String> = (told.into_iter())
            .filter(|(_, words)| !words.is_empty())
            .map(|(what, words)| format!("{what}: {}", counts::words(words, MOST)))
            .collect();
        if !lines.is_empty() {
            self.heading("In words");
            self.list(lines);
        }
    }

    fn flags(&mut self) {
        let lines = tell::flags(self.log, self.profile, self.library, self.asked);
        self.heading("Safety questions");
        // Silence here would be read as 'no' to each of them.
        match (self.profile.is_due(self.asked.to), lines.is_empty()) {
            (true, _) => self.text(
                "The questions themselves have not been answered in the last 28 days, so that none is here does not \
                 mean no.",
            ),
            (false, true) => {
                self.text("Nothing in these days raised one, and none is answered with yes.");
            }
            (false, false) => {}
        }
        self.list(lines);
    }

    fn notes(&mut self) {
        let chosen: Vec<Block> = (self.asked.notes.iter())
            .filter_map(|rec| {
                let entry = self.log.find(rec)?;
                let of = entry
                    .started_at
                    .map(|at| at.format("%-d %b %Y, %H:%M").to_string());
                Some(Block::Quote {
                    of: of.unwrap_or_default(),
                    text: entry.note()?.to_owned(),
                })
            })
            .collect();
        if !chosen.is_empty() {
            self.heading("Notes");
            self.blocks.extend(chosen);
        }
    }

    fn questions(&mut self) {
        self.heading("Questions to ask");
        let own = self.asked.questions.clone();
        if own.is_empty() {
            self.list(tell::QUESTIONS.map(str::to_owned).to_vec());
        } else {
            self.list(own);
        }
    }

    fn sources(&mut self) {
        let lines = tell::sources(&self.blocks, self.library);
        if !lines.is_empty() {
            self.heading("Sources");
            self.small(lines.join(" · "));
        }
    }
}
