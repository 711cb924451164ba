//! What to do now: the screen opened, kept current, and answered.

use super::message::Effect;
use super::overlay::rating::Ratings;
use super::overlay::suggest::{Pick, SuggestForm};
use super::saying::Saying;
use super::{App, Overlay, Wanted};
use crate::domain::gate::{Bar, Gate};
use crate::domain::spoken;
use crate::domain::suggest::{Known, Past, suggest, to_loosen};
use crate::domain::time::Now;

impl App {
    /// Opens the screen with what was last wished for. `before`: ratings given already.
    pub(super) fn open_suggestions(&mut self, before: Option<Ratings>, now: &Now) {
        let form = SuggestForm::new(self.wish.clone(), before, &self.library);
        self.overlays.push(Overlay::Suggest(form));
        self.reread_past(now);
    }

    /// The log or the answers have changed.
    pub(super) fn reread_past(&mut self, now: &Now) {
        for overlay in &mut self.overlays {
            if let Overlay::Suggest(form) = overlay {
                form.past = Past::of(self.log.entries(), &self.library, &now.wall);
            }
        }
        self.suggest_anew(now);
    }

    /// Offers what fits the wishes as they stand.
    pub(super) fn suggest_anew(&mut self, now: &Now) {
        let entries = self.log.entries();
        let gate = Gate::new(self.library.safety(), &self.profile, entries, now.wall);
        for overlay in &mut self.overlays {
            let Overlay::Suggest(form) = overlay else {
                continue;
            };
            let known = Known {
                library: &self.library,
                gate: gate.clone(),
                past: &form.past,
                favourites: &self.library_pane.favourites,
                now: now.wall,
            };
            let offered = match gate.bar() {
                Some(Bar::Emergency(_)) => {
                    Err("Nothing can be started while an urgent sign is answered with yes.".into())
                }
                Some(Bar::Due | Bar::New(_)) => {
                    Err("The safety questions come first[: <answers>].".into())
                }
                // Lengths and reasons are in the log.
                None if !self.log.is_whole() => Err("Reading the log; in a moment.".into()),
                None => match to_loosen(&known, &form.wish) {
                    Some(why) => Err(spoken::sentence(&why).into()),
                    None => Ok(suggest(&known, &form.wish)),
                },
            };
            form.offer(offered);
        }
    }

    /// Adds the suggestion that has the keys to the queue.
    pub(super) fn enqueue_suggestion(&mut self, form: &SuggestForm) {
        if let Some(one) = form.selected() {
            self.library_pane.queue.push(one.slug.clone());
            let count = self.library_pane.queue.len();
            let hint = " in the queue[; back in the library, <start> starts it].";
            self.say(Saying::new(count.to_string(), hint));
        }
    }

    /// Starts what was picked.
    pub(super) fn picked(&mut self, pick: Pick, now: &Now, effects: &mut Vec<Effect>) {
        let wanted = Wanted {
            slugs: vec![pick.slug],
            side: pick.side,
            pain: pick.pain,
        };
        match pick.before {
            Some(before) => self.prepare(&wanted, Some(before), now),
            None => self.begin(&wanted, now, effects),
        }
    }
}
