//! What there is to say of one moment of a session: its digits, its phase, what to do now and next, when to stop.

use ratatui::style::Style;

use crate::app::session_pane::{Ending, Run};
use crate::domain::plan::{Item, Phase, Segment, Timeline};
use crate::domain::session::{Pause, View};
use crate::domain::time::{Now, clock_text};
use crate::ui::Look;

/// What the screen says of this moment.
pub struct Moment<'a> {
    pub view: View,
    pub timeline: &'a Timeline,
    pub segment: Option<&'a Segment>,
    pub item: Option<&'a Item>,
    ending: Option<Ending>,
}

impl<'a> Moment<'a> {
    pub fn of(run: &'a Run, now: &Now) -> Self {
        let view = run.session.view(now);
        let timeline = &run.session.timeline;
        let segment = timeline.segments.get(view.segment);
        let item = segment.or(timeline.segments.last());
        Self {
            item: item.and_then(|segment| timeline.items.get(segment.item)),
            view,
            timeline,
            segment,
            ending: run.ending,
        }
    }

    pub fn digits(&self) -> String {
        clock_text(self.view.left_s.into())
    }

    /// What is going on, in words: 'step 2 of 4, left side'.
    fn phase_words(&self) -> String {
        let Some(segment) = self.segment else {
            return "done".into();
        };
        let words = match segment.phase {
            Phase::GetReady => "get ready".to_owned(),
            Phase::Step { step } => format!("step {} of {}", step + 1, self.steps_of(segment.item)),
            Phase::SideChange => "change sides".into(),
            Phase::ItemChange => "on to the next".into(),
        };
        match segment.side {
            Some(side) => format!("{words}, {} side", side.word()),
            None => words,
        }
    }

    fn steps_of(&self, item: usize) -> usize {
        let steps = self.timeline.segments.iter().filter_map(|segment| {
            match (segment.item == item, segment.phase) {
                (true, Phase::Step { step }) => Some(step + 1),
                _ => None,
            }
        });
        steps.max().unwrap_or(1)
    }

    /// A shape and a style for what is going on.
    pub fn shape(&self, look: &Look) -> (&'static str, Style) {
        let (theme, glyphs) = (&look.theme, &look.glyphs);
        if self.ending.is_some() {
            return (glyphs.done, theme.good);
        }
        if self.view.paused.is_some() {
            return (glyphs.pause, theme.rest);
        }
        match self.segment.map(|segment| segment.phase) {
            Some(Phase::GetReady) => (glyphs.ready, theme.get_ready),
            Some(Phase::Step { .. }) => (glyphs.step, theme.step),
            Some(Phase::SideChange | Phase::ItemChange) => (glyphs.change, theme.change),
            None => (glyphs.done, theme.good),
        }
    }

    pub fn phase_line(&self, look: &Look) -> String {
        let (glyph, _) = self.shape(look);
        match self.ending {
            Some(Ending::Finished) => return format!("{glyph} done"),
            Some(Ending::Stopped) => return format!("{glyph} stopped"),
            None => {}
        }
        let paused = match self.view.paused {
            Some(Pause::Asked) => "paused, ",
            Some(Pause::Away) => "paused while you were away, ",
            None => "",
        };
        format!("{glyph} {paused}{}", self.phase_words())
    }

    /// What to do now.
    pub fn line(&self) -> &str {
        self.segment.map_or("", |segment| &segment.line)
    }

    /// What comes next, with its side when that changes.
    pub fn next(&self) -> String {
        let Some(next) = self.timeline.segments.get(self.view.segment + 1) else {
            return "then: done".into();
        };
        match next.phase {
            Phase::ItemChange => {
                let name = self
                    .timeline
                    .items
                    .get(next.item)
                    .map_or("", |item| &item.name);
                format!("then: {name}")
            }
            _ => format!("then: {}", next.line),
        }
    }

    pub fn stop_if(&self) -> String {
        let words = self.item.map_or("", |item| item.stop_if.as_str());
        format!("stop if: {words}")
    }

    /// The name; within a routine or queue also which part of it this is.
    pub fn name(&self, look: &Look) -> String {
        let name = self.item.map_or("", |item| item.name.as_str());
        let count = self.timeline.items.len();
        match self.segment {
            Some(segment) if count > 1 => {
                format!("{name} {} {} of {count}", look.glyphs.dot, segment.item + 1)
            }
            _ => name.to_owned(),
        }
    }
}
