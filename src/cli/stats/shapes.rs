//! The members of the answer for programs, in their order; `src/cli/json.md` says what each is.

use serde::Serialize;

/// The whole answer. While it is silent there are no numbers.
#[derive(Serialize)]
pub struct Answer<'a> {
    pub since: Option<String>,
    pub until: String,
    pub silent: Option<Silent<'a>>,
    #[serde(flatten)]
    pub numbers: Option<Numbers<'a>>,
}

#[derive(Serialize)]
pub struct Silent<'a> {
    pub emergency: Vec<&'a str>,
    pub clinician: Vec<&'a str>,
    pub unreadable: bool,
}

#[derive(Serialize)]
pub struct Numbers<'a> {
    pub entries: usize,
    pub days: usize,
    pub days_with_both: usize,
    pub sessions: u32,
    pub practised_s: u64,
    pub pain: Option<Ratings>,
    pub stress: Option<Ratings>,
    pub by_day: Vec<Stretch>,
    pub by_week: Vec<Stretch>,
    pub by_month: Vec<Stretch>,
    pub by_time: Vec<Hours>,
    pub places: Places<'a>,
    pub helped: Vec<Helped<'a>>,
    pub compared: Vec<Compared<'a>>,
    pub peg: Peg,
    pub roland_morris: RolandMorris,
    pub cautions: Vec<Said>,
}

#[derive(Serialize)]
pub struct Ratings {
    pub n: u32,
    pub median: f64,
    pub min: u8,
    pub max: u8,
}

#[derive(Serialize)]
pub struct Stretch {
    pub from: String,
    pub pain: Option<Ratings>,
    pub stress: Option<Ratings>,
    pub sessions: u32,
    pub practised_s: u64,
}

#[derive(Serialize)]
pub struct Hours {
    pub from_hour: u32,
    pub to_hour: u32,
    pub pain: Option<Ratings>,
    pub stress: Option<Ratings>,
}

#[derive(Serialize)]
pub struct Places<'a> {
    pub entries: usize,
    pub cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
pub struct Cell<'a> {
    pub region: &'a str,
    pub side: Option<&'static str>,
    pub count: usize,
}

#[derive(Serialize)]
pub struct Helped<'a> {
    pub kind: &'static str,
    pub slug: &'a str,
    pub name: &'a str,
    pub sessions: usize,
    pub stopped: usize,
    pub pain: Changes,
    pub stress: Changes,
    pub pain_without: Option<Alike>,
    pub stress_without: Option<Alike>,
    pub same_day: Vec<Action<'a>>,
}

/// What is told of changes, or why nothing is.
#[derive(Serialize)]
pub struct Changes {
    pub said: &'static str,
    pub why: Option<String>,
    pub n: usize,
    pub pairs: Vec<Rated>,
    pub median: Option<f64>,
    pub interval: Option<Spread>,
    pub start_median: Option<f64>,
    pub lowest: Option<i16>,
    pub highest: Option<i16>,
    pub lower: Option<usize>,
    pub same: Option<usize>,
    pub higher: Option<usize>,
    pub meaningfully_lower: Option<OfSome>,
    pub worse: Option<OfSome>,
}

#[derive(Serialize)]
pub struct Rated {
    pub day: String,
    pub before: u8,
    pub after: u8,
}

#[derive(Serialize)]
pub struct Spread {
    pub low: i16,
    pub high: i16,
    pub place: usize,
    pub covers: f64,
}

#[derive(Serialize)]
pub struct OfSome {
    pub count: usize,
    pub of: usize,
    pub left_out: usize,
}

#[derive(Serialize)]
pub struct Alike {
    pub n: usize,
    pub median: f64,
}

#[derive(Serialize)]
pub struct Action<'a> {
    pub action: &'a str,
    pub days: usize,
}

#[derive(Serialize)]
pub struct Compared<'a> {
    pub first: &'a str,
    pub second: &'a str,
    pub found: &'static str,
}

#[derive(Serialize)]
pub struct Peg {
    pub is_due: bool,
    pub answers: Vec<PegAnswers>,
    pub change: Option<Moved>,
}

#[derive(Serialize)]
pub struct PegAnswers {
    pub day: String,
    pub peg: [u8; 3],
    pub score: f64,
}

#[derive(Serialize)]
pub struct RolandMorris {
    pub answers: Vec<RolandMorrisScore>,
    pub change: Option<Moved>,
}

#[derive(Serialize)]
pub struct RolandMorrisScore {
    pub day: String,
    pub score: u8,
}

#[derive(Serialize)]
pub struct Moved {
    pub by: f64,
    pub judged: &'static str,
    pub rule: &'static str,
}

#[derive(Serialize)]
pub struct Said {
    pub text: &'static str,
    pub sources: &'static [&'static str],
}
