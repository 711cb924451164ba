//! The tabs of the zoomed log pane: which one is open, which stretch of time it shows, and what was counted for
//! it. The counting is the domain's, the pictures are the drawing's.

mod counted;

use super::message::{Action, Effect};
use super::overlay::peg::PegForm;
use super::scroll::Scroll;
use super::store::Purpose;
use super::{App, Overlay, Pane};
use crate::domain::insight::Measure;
use crate::domain::insight::hush::{Hush, hush};
use crate::domain::insight::questions::{Peg, is_peg_due, last_peg};
use crate::domain::insight::series::{Period, Span};
use crate::domain::record::{Fields, moment_text};
use crate::domain::scale::Scale;
use crate::domain::storage::{Act, Ask};
use crate::domain::time::Now;
pub use counted::{Answers, Counted, Help, Helps, Named, Places, Trends};

/// Makes [`Tab`] of a list: what it shows, its name, its heading.
macro_rules! tabs {
    ($($(#[$what:meta])* $tab:ident $title:literal,)+) => {
        /// The tabs of the log pane, left to right.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum Tab {
            $($(#[$what])* $tab,)+
        }

        impl Tab {
            /// Left to right.
            pub const ALL: [Self; [$($title),+].len()] = [$(Self::$tab),+];

            /// Its heading.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$tab => $title,)+
                }
            }
        }
    };
}

tabs! {
    /// The entries.
    #[default]
    Log "Log",
    /// Pain and stress over time, on one axis, with sessions.
    Trends "Trends",
    /// A year of days.
    Year "Year",
    /// By the time of day.
    Day "Time of day",
    /// The body map by how often a place was named.
    Places "Where",
    /// What came after what.
    Helps "What helps",
    /// The questionnaire.
    Peg "PEG",
}

impl Tab {
    /// Its place among [`Tab::ALL`].
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|tab| *tab == self).unwrap_or(0)
    }

    fn turned(self, forward: bool) -> Self {
        let all = Self::ALL.len();
        let by = if forward { 1 } else { all - 1 };
        Self::ALL[(self.place() + by) % all]
    }
}

/// What the tabs show.
#[derive(Debug)]
pub struct Insight {
    /// The open tab, as long as the log pane is zoomed.
    pub tab: Tab,
    /// The one that was open last, to come back to.
    last: Tab,
    /// How long a period of the trends is.
    pub span: Span,
    /// What the year shows.
    pub measure: Measure,
    /// How many periods before the newest one the pointer of the trends stands.
    pub back: usize,
    /// The same in days, for the year.
    pub days_back: usize,
    /// How far the text of the open tab is scrolled.
    pub scroll: Scroll,
    /// What was counted for the tabs that were opened since the log last changed.
    pub counted: Counted,
    /// PEG is this start's to offer: the day's one unasked line.
    pub offers_peg: bool,
    /// Opening a tab has zoomed the pane, so leaving it ends that.
    zoomed_here: bool,
}

impl Default for Insight {
    fn default() -> Self {
        Self {
            tab: Tab::Log,
            last: Tab::Trends,
            // Weeks first: single ratings mislead.
            span: Span::Week,
            measure: Measure::Pain,
            back: 0,
            days_back: 0,
            scroll: Scroll::default(),
            counted: Counted::default(),
            offers_peg: false,
            zoomed_here: false,
        }
    }
}

impl Insight {
    fn open(&mut self, tab: Tab) {
        self.tab = tab;
        self.scroll = Scroll::default();
        if tab != Tab::Log {
            self.last = tab;
        }
    }

    /// Moves the pointer of the tab that has one; `by`: periods, forward or back.
    fn point(&mut self, by: isize) {
        self.point_with(|back| back.saturating_add_signed(-by));
    }

    /// Points at the period so many before the newest.
    pub(super) fn point_at(&mut self, back: usize) {
        self.point_with(|_| back);
    }

    fn point_with(&mut self, change: impl FnOnce(usize) -> usize) {
        let (at, len) = match self.tab {
            Tab::Trends => (
                &mut self.back,
                self.counted.trends.as_ref().map(Trends::len),
            ),
            Tab::Year => (
                &mut self.days_back,
                self.counted.days.as_ref().map(Vec::len),
            ),
            _ => return,
        };
        let most = len.unwrap_or(0).saturating_sub(1);
        *at = change(*at).min(most);
        self.scroll = Scroll::default();
    }

    /// Whether the open tab has a picture, in which keys move: without a rating it has none.
    fn is_drawn(&self) -> bool {
        let counted = &self.counted;
        match (self.tab, &counted.trends, &counted.days) {
            (Tab::Trends, Some(trends), _) => {
                let all = &trends.overview.all;
                all.pain.is_some() || all.stress.is_some()
            }
            (Tab::Year, _, Some(days)) => days.iter().any(|day| match self.measure {
                Measure::Pain => day.pain.is_some(),
                Measure::Stress => day.stress.is_some(),
            }),
            _ => false,
        }
    }

    /// Periods of a long step: about the next longer span.
    fn long_step(&self) -> isize {
        match (self.tab, self.span) {
            (Tab::Year, _) | (_, Span::Day) => 7,
            (_, Span::Week) => 4,
            (_, Span::Month) => 12,
        }
    }

    /// Another span, pointing at the same time as before.
    fn take_span(&mut self, span: Span) {
        // The last day of the period pointed at: the newest then stays the newest.
        self.counted.point_at = self.counted.trends.take().and_then(|trends| {
            let after = trends.periods.get(trends.len().checked_sub(self.back)?);
            after?.from.pred_opt()
        });
        self.span = span;
        self.back = 0;
        self.scroll = Scroll::default();
    }
}

impl App {
    /// The open tab, where it is another than the entries.
    pub fn insight_tab(&self) -> Option<Tab> {
        let shown = self.shows_log_tabs() && self.insight.tab != Tab::Log;
        shown.then_some(self.insight.tab)
    }

    /// Whether the log pane fills the screen, with its tabs above it.
    pub fn shows_log_tabs(&self) -> bool {
        self.focus == Pane::Log && self.zoomed
    }

    /// What keeps the statistics silent just now (G.6).
    pub fn hush(&self) -> Option<Hush<'_>> {
        hush(self.library.safety(), &self.profile)
    }

    /// Whether the open tab does something with a key that only some tabs take.
    pub fn insight_takes(&self, action: Action) -> bool {
        let Some(tab) = self.insight_tab() else {
            return true;
        };
        let shows = self.hush().is_none();
        match action {
            Action::Span(span) => {
                shows && tab == Tab::Trends && span != self.insight.span && self.insight.is_drawn()
            }
            Action::Earlier | Action::Later => {
                shows && matches!(tab, Tab::Trends | Tab::Year) && self.insight.is_drawn()
            }
            Action::Measure => shows && tab == Tab::Year,
            Action::Peg => tab == Tab::Peg,
            _ => true,
        }
    }

    pub(super) fn act_in_insight(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let insight = &mut self.insight;
        match action {
            Action::Earlier => insight.point(-1),
            Action::Later => insight.point(1),
            Action::MuchEarlier => insight.point(-insight.long_step()),
            Action::MuchLater => insight.point(insight.long_step()),
            Action::Span(span) if insight.tab == Tab::Trends && insight.span != span => {
                insight.take_span(span);
            }
            Action::Measure if insight.tab == Tab::Year => {
                let (measure, said) = match insight.measure {
                    Measure::Pain => (Measure::Stress, "Stress is shown[; <measure> shows pain]."),
                    Measure::Stress => (Measure::Pain, "Pain is shown[; <measure> shows stress]."),
                };
                insight.measure = measure;
                // Where it is narrow the picture has no heading.
                self.say(said);
            }
            Action::Numbers => self.toggle_numbers(effects),
            Action::Back => self.leave_insight(),
            movement => insight.scroll.act(movement),
        }
    }

    /// Opens the tab that was open last, or goes back to the entries.
    pub(super) fn toggle_insight(&mut self) {
        if self.insight_tab().is_some() {
            return self.leave_insight();
        }
        self.focus = Pane::Log;
        self.insight.zoomed_here |= !self.zoomed;
        self.zoomed = true;
        self.insight.open(self.insight.last);
    }

    fn leave_insight(&mut self) {
        self.insight.open(Tab::Log);
        self.end_own_zoom();
    }

    /// Another pane is not to stay zoomed because a tab was opened here.
    pub(super) fn end_own_zoom(&mut self) {
        if std::mem::take(&mut self.insight.zoomed_here) {
            self.zoomed = false;
        }
    }

    pub(super) fn zoom(&mut self) {
        self.zoomed = !self.zoomed;
        self.insight.zoomed_here = false;
    }

    /// To the tab beside this one; without tabs to the pane beside it.
    pub(super) fn turn_tab(&mut self, forward: bool) {
        if self.shows_log_tabs() {
            let tab = self.insight.tab.turned(forward);
            self.insight.open(tab);
        } else {
            self.focus_by(if forward { 1 } else { 2 });
        }
    }

    /// Counts what the open tab needs, where that is not counted yet.
    pub(super) fn count_insight(&mut self, now: &Now) {
        let Some(tab) = self.insight_tab() else {
            return;
        };
        if !self.log.is_whole() || self.hush().is_some() {
            return;
        }
        let today = now.wall.date_naive();
        let insight = &mut self.insight;
        let is_new = (insight.counted).count(tab, insight.span, &self.log, &self.library, today);
        if !is_new {
            return;
        }
        // The newest period may have nothing to tell yet: then the pointer begins with one that has.
        let newest = |periods: &[Period]| {
            let mut back = periods.iter().rev();
            back.position(|it| it.pain.is_some() || it.stress.is_some())
        };
        let start = |back: usize, periods: &[Period]| match back {
            0 => newest(periods).unwrap_or(0),
            back => back.min(periods.len().saturating_sub(1)),
        };
        match tab {
            Tab::Trends => {
                if let Some(trends) = &insight.counted.trends {
                    let day = insight.counted.point_at.take();
                    insight.back = day.map_or(insight.back, |day| trends.back_to(day));
                    insight.back = start(insight.back, &trends.periods);
                }
            }
            Tab::Year => {
                if let Some(days) = &insight.counted.days {
                    insight.days_back = start(insight.days_back, days);
                }
            }
            _ => {}
        }
    }

    /// Whether the line that offers PEG stands in the log pane: it was asked for before, and a week has gone.
    pub fn offers_peg(&self, now: &Now) -> bool {
        self.insight.offers_peg && self.is_next_peg_due(now)
    }

    /// Whether PEG was answered before, and that is a week ago.
    pub(super) fn is_next_peg_due(&self, now: &Now) -> bool {
        let today = now.wall.date_naive();
        let last = last_peg(&self.log, today);
        last.is_some() && is_peg_due(last, today)
    }

    /// Asks the questionnaire; more often than once a week is said to be too often.
    pub(super) fn open_peg(&mut self, now: &Now) {
        let today = now.wall.date_naive();
        if !self.log.is_whole() {
            return self.say("Still reading the log; in a moment.");
        }
        if last_peg(&self.log, today).is_some_and(|last| !is_peg_due(Some(last), today)) {
            self.say("PEG asks about a week, so once a week is enough. <back> leaves it.");
        }
        self.overlays.push(Overlay::Peg(PegForm::default()));
    }

    /// Saves what is whole; a question that was skipped leaves no score (F.6).
    pub(super) fn save_peg(
        &mut self,
        answers: [Option<Scale>; 3],
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        let [Some(a), Some(b), Some(c)] = answers else {
            return self.say("A question was skipped: no score, and nothing is saved.");
        };
        let answers = [a, b, c];
        let mut set = Fields::default();
        set.put("kind", "questionnaire");
        set.put("started_at", &moment_text(&now.wall));
        set.put("peg", &answers.map(Scale::get));
        let peg = Peg {
            day: now.wall.date_naive(),
            answers,
        };
        let ticket = self.outbox.ticket(Purpose::Peg(peg.sum()));
        effects.push(Effect::Ask(Ask::Write(ticket, Act::Add { set })));
    }

    /// That a PEG is saved, with its score where numbers are shown; `sum`: of its answers.
    pub(super) fn say_peg_saved(&mut self, sum: u8) {
        if self.log_pane.numbers_hidden {
            return self.say("Saved.");
        }
        let score = (f64::from(sum) * 10.0 / 3.0).round() / 10.0;
        self.say(format!("Saved: PEG {score:.1}, the mean of the three."));
    }
}
