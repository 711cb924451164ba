//! Keys on the panes: moving, choosing, searching, favourites and the queue.

use super::message::{Action, Edit, Effect};
use super::overlay::card::{self, Card};
use super::overlay::filter::FilterForm;
use super::overlay::question::Question;
use super::saying::Saying;
use super::session_pane::Stage;
use super::store::Purpose;
use super::{App, Overlay, Pane, Wanted};
use crate::domain::plan::Side;
use crate::domain::record::{Entry, What};
use crate::domain::storage::{Act, Ask};
use crate::domain::time::Now;

use super::library_pane::{Hit, SEARCH_MAX};

impl App {
    pub(super) fn act_on_pane(&mut self, action: Action, now: &Now, effects: &mut Vec<Effect>) {
        if matches!(
            action,
            Action::NextPane | Action::PreviousPane | Action::Pane(_)
        ) {
            self.end_own_zoom();
        }
        match action {
            Action::NextPane => self.focus_by(1),
            Action::PreviousPane => self.focus_by(2),
            Action::Pane(place) => self.focus = Pane::ALL[usize::from(place).min(2)],
            Action::Zoom => self.zoom(),
            Action::Insight => self.toggle_insight(),
            Action::Peg => self.open_peg(now),
            Action::Left | Action::Right if self.focus == Pane::Log => {
                self.turn_tab(action == Action::Right);
            }
            Action::CheckIn => self.open_check_in(),
            Action::Undo => self.history(Act::Undo { op: None }, effects),
            Action::Redo => self.history(Act::Redo, effects),
            Action::Retry => self.retry(effects),
            Action::Repeat => self.repeat(now, effects),
            Action::Floor => self.open_floor(),
            Action::Answers => self.open_answers(),
            Action::Suggest if self.run().is_some() => {
                self.say("A session is under way[; <stop> stops it].");
            }
            Action::Suggest => self.open_suggestions(None, now),
            Action::Quit => self.quit(now, effects),
            _ => match self.focus {
                Pane::Library => self.act_in_library(action, now, effects),
                Pane::Session => self.act_in_session(action, now, effects),
                Pane::Log if self.insight_tab().is_some() => self.act_in_insight(action, effects),
                Pane::Log => self.act_in_log(action, now, effects),
            },
        }
    }

    pub(super) fn focus_by(&mut self, by: usize) {
        let place = Pane::ALL
            .iter()
            .position(|pane| *pane == self.focus)
            .unwrap_or(0);
        self.focus = Pane::ALL[(place + by) % 3];
    }

    fn act_in_library(&mut self, action: Action, now: &Now, effects: &mut Vec<Effect>) {
        match action {
            Action::Down => self.select(|pane| pane.step(1)),
            Action::Up => self.select(|pane| pane.step(-1)),
            Action::PageDown => self.select(|pane| pane.page(1)),
            Action::PageUp => self.select(|pane| pane.page(-1)),
            Action::Top => self.select(|pane| pane.jump(false)),
            Action::Bottom => self.select(|pane| pane.jump(true)),
            Action::Search => self.library_pane.searching = true,
            Action::Edit(edit) if self.library_pane.searching => self.edit_search(edit),
            Action::Enter if self.library_pane.searching => self.library_pane.searching = false,
            Action::Back => self.back_in_library(),
            Action::Filter => {
                let form = FilterForm::new(self.library_pane.filter.clone(), &self.library);
                self.overlays.push(Overlay::Filter(form));
            }
            Action::Favourite => self.toggle_favourite(effects),
            Action::NewTechnique if self.run().is_some() => {
                self.say("A session is under way[; <stop> stops it].");
            }
            Action::NewTechnique if self.demo => {
                self.say("Nothing is kept here; without --demo a technique can be written.");
            }
            Action::NewTechnique => effects.push(Effect::NewTechnique),
            Action::Enqueue => self.enqueue(),
            Action::Enter => self.open_selected(now, effects),
            Action::Start => self.start_queue_or_selected(now, effects),
            _ => {}
        }
    }

    fn select(&mut self, change: impl FnOnce(&mut super::LibraryPane)) {
        change(&mut self.library_pane);
        // Choosing on is the way from the summary back to the preview.
        if matches!(self.stage, Stage::Done(_)) {
            self.stage = Stage::Preview;
        }
    }

    pub(super) fn type_search(&mut self, text: &str) {
        if self.library_pane.search.insert(text, SEARCH_MAX) {
            self.search_anew();
        }
    }

    fn edit_search(&mut self, edit: Edit) {
        self.library_pane.search.edit(edit);
        self.search_anew();
    }

    fn search_anew(&mut self) {
        self.library_pane.refresh(&self.library);
        self.select(super::LibraryPane::select_first);
    }

    /// Back undoes one thing at a time: the search, then the filters, then the queue.
    fn back_in_library(&mut self) {
        let pane = &mut self.library_pane;
        if pane.searching || !pane.search.text().is_empty() {
            pane.searching = false;
            pane.search = super::text_field::TextField::default();
            pane.refresh(&self.library);
        } else if !pane.filter.is_empty() {
            pane.filter = crate::domain::search::Filter::default();
            pane.refresh(&self.library);
            self.say("All techniques are shown again.");
        } else if !pane.queue.is_empty() {
            pane.queue.clear();
            self.say("The queue is empty again.");
        } else {
            self.zoomed = false;
        }
    }

    fn toggle_favourite(&mut self, effects: &mut Vec<Effect>) {
        let Some(slug) = self
            .library_pane
            .selected_slug(&self.library)
            .map(str::to_owned)
        else {
            return self.say("Techniques and routines can be favourites.");
        };
        let on = !self.library_pane.favourites.remove(&slug);
        if on {
            self.library_pane.favourites.insert(slug.clone());
        }
        let ticket = self.outbox.ticket(Purpose::Favourite);
        effects.push(Effect::Ask(Ask::Favourite(ticket, slug, on)));
        self.say(if on {
            "A favourite now."
        } else {
            "No longer a favourite."
        });
        self.library_pane.refresh(&self.library);
    }

    fn enqueue(&mut self) {
        let Some(slug) = self.library_pane.selected_slug(&self.library) else {
            return self.say("The queue takes techniques and routines.");
        };
        let slug = slug.to_owned();
        self.put_into_queue(slug);
    }

    pub(super) fn put_into_queue(&mut self, slug: String) {
        self.library_pane.queue.push(slug);
        let count = self.library_pane.queue.len();
        let hint = " in the queue.[ <start> starts it.] <back> empties it.";
        self.say(Saying::new(count.to_string(), hint));
    }

    fn open_selected(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        match self.library_pane.selected_hit() {
            Some(Hit::Topic(at)) => self
                .overlays
                .push(Overlay::Card(Card::new(card::Kind::Topic(*at)))),
            Some(_) => {
                if let Some(slug) = self
                    .library_pane
                    .selected_slug(&self.library)
                    .map(str::to_owned)
                {
                    self.begin(&Wanted::of(&[slug]), now, effects);
                }
            }
            None => self.say("Nothing is selected. <back> shows everything again."),
        }
    }

    fn start_queue_or_selected(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        if self.library_pane.queue.is_empty() {
            self.open_selected(now, effects);
        } else {
            let queue = Wanted::of(&self.library_pane.queue);
            self.begin(&queue, now, effects);
        }
    }

    fn repeat(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        match self.log.entries().iter().rev().find_map(again) {
            Some(wanted) => self.begin(&wanted, now, effects),
            None => self.say("Nothing to repeat yet."),
        }
    }

    fn history(&mut self, act: Act, effects: &mut Vec<Effect>) {
        if self.run().is_some() {
            self.say("A session is under way; end it first[, <stop>].");
        } else if self.log.is_whole() {
            let ticket = self.outbox.ticket(Purpose::History);
            effects.push(Effect::Ask(Ask::Write(ticket, act)));
        } else {
            self.say("Still reading the log; in a moment.");
        }
    }

    fn quit(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        if self.run().is_some() {
            self.ask_to_stop(true, now, effects);
        } else if self.outbox.unsaved.is_empty() {
            self.quitting = Some(0);
            effects.push(Effect::Quit(0));
        } else {
            self.ask(Question::Unsaved);
        }
    }
}

/// What an entry's session would be once more; `None` where it was none.
fn again(entry: &Entry) -> Option<Wanted> {
    let more = entry.more.as_ref();
    let slugs = match entry.what.as_ref()? {
        What::Technique(slug) | What::Routine(slug) => vec![slug.to_string()],
        What::Queue => match more?.queue.to_vec() {
            // Of an older version or another program: the techniques are known, what they were part of is not.
            slugs if slugs.is_empty() => {
                let items = more?.items.iter();
                items.map(|item| item.technique.clone()).collect()
            }
            slugs => slugs,
        },
    };
    let is_right = more.and_then(|more| more.side_first.as_deref()) == Some(Side::Right.word());
    Some(Wanted {
        side: is_right.then_some(Side::Right),
        ..Wanted::of(&slugs)
    })
}
