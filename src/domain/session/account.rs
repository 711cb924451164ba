//! What a session leaves behind: checkpoints to go on from after a crash, and the fields of its record.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Gait, Pause, Session, Turn};
use crate::domain::plan::{Phase, Side, Timeline, Title};
use crate::domain::record::{Fields, ItemDone, Status, moment_text};
use crate::domain::time::Now;

/// Where a session stands, as its progress file keeps it: enough to go on after a crash, or to settle it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What the session is.
    pub title: Title,
    /// Technique by technique what was done; and to see whether one has changed since.
    pub items: Vec<ItemDone>,
    /// The stretch it is in; one past the last when it came to its end.
    pub segment: usize,
    /// Milliseconds gone of that stretch.
    pub gone_ms: u64,
    /// Milliseconds in running steps so far.
    pub active_ms: u64,
    /// Steps ended.
    pub steps_done: u32,
    /// The side that blocks begin with.
    pub side_first: Side,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When this was noted, RFC 3339.
    pub at: String,
    /// What going on to the millisecond takes besides.
    #[serde(default)]
    pub detail: Detail,
}

/// The finer part of a [`Checkpoint`]. Left out, the session goes on with planned lengths and whole seconds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The current stretch's length in seconds where it is not the planned one.
    pub length_s: Option<u32>,
    /// The stretches that ended by themselves.
    pub ended: Vec<usize>,
    /// Milliseconds in running steps, item by item.
    pub active_ms: Vec<u64>,
    /// Whether sides play a part, so that `side_first` belongs into the record.
    pub sided: bool,
    /// When it came to its end, RFC 3339.
    pub ended_at: Option<String>,
}

impl Checkpoint {
    /// The closing fields for a session that is kept as far as it came: stopped, with this reason; or finished, if its
    /// end was reached before it was cut off.
    pub fn stopped_fields(&self, because: &str) -> Fields {
        let closing = Closing {
            finished: self.detail.ended_at.is_some() && is_done_to_the_end(&self.items),
            because: Some(because),
            ended_at: self.detail.ended_at.as_deref().unwrap_or(&self.at),
            items: &self.items,
            active_ms: self.active_ms,
            steps_done: self.steps_done,
            side_first: self.detail.sided.then_some(self.side_first),
        };
        closing.fields()
    }
}

impl Session {
    /// Takes up a session that was cut off, paused at its checkpoint. `None` when the timeline no longer fits it.
    pub fn resume(timeline: Timeline, checkpoint: &Checkpoint, now: &Now) -> Option<Self> {
        let fits = timeline.title == checkpoint.title
            && timeline.items.len() == checkpoint.items.len()
            && timeline
                .items
                .iter()
                .zip(&checkpoint.items)
                .all(|(item, done)| {
                    item.technique == done.technique && item.planned_s == done.planned_s
                });
        if !fits {
            return None;
        }
        let detail = &checkpoint.detail;
        let at = checkpoint.segment;
        let mut session = Self::start(timeline, now);
        if let Some(length) = session.lengths.get_mut(at) {
            *length = detail.length_s.unwrap_or(*length);
            let gone = Duration::from_millis(checkpoint.gone_ms);
            if gone > Duration::from_secs((*length).into()) {
                return None;
            }
            session.gone = gone;
            session.gait = Gait::Stands(Pause::Away);
        } else if at > session.lengths.len() {
            return None;
        }
        session.at = at;
        for &ended in &detail.ended {
            *session.ended.get_mut(ended)? = true;
        }
        session.active = active(checkpoint);
        session.turn = Turn::of(now);
        session.started_at.clone_from(&checkpoint.started_at);
        session.ended_at.clone_from(&detail.ended_at);
        Some(session)
    }

    /// Where it stands.
    pub fn checkpoint(&self, now: &Now) -> Checkpoint {
        let session = self.at_time(now);
        let planned = |at: usize| session.timeline.segments.get(at).map(|s| s.seconds);
        let length_s = session.lengths.get(session.at).copied();
        let ended = session.ended.iter().enumerate();
        Checkpoint {
            title: session.timeline.title.clone(),
            items: session.items_done(),
            segment: session.at,
            gone_ms: millis(session.gone),
            active_ms: millis(session.active.iter().sum()),
            steps_done: session.steps_done(),
            side_first: session.timeline.side_first,
            started_at: session.started_at.clone(),
            at: moment_text(&now.wall),
            detail: Detail {
                length_s: length_s.filter(|&length| planned(session.at) != Some(length)),
                ended: ended
                    .filter(|(_, ended)| **ended)
                    .map(|(at, _)| at)
                    .collect(),
                active_ms: session.active.iter().copied().map(millis).collect(),
                sided: session.timeline.is_sided(),
                ended_at: session.ended_at.clone(),
            },
        }
    }

    /// The fields of the `add` that starts the record: kind, moment, technique or routine, items, status running,
    /// planned seconds, and the first side where sides play a part.
    pub fn opening_fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.put("kind", "session");
        fields.put("started_at", &self.started_at);
        match &self.timeline.title {
            Title::Technique(slug) => fields.put("technique", slug),
            Title::Routine(slug) => fields.put("routine", slug),
            Title::Queue(slugs) => fields.put("queue", slugs),
        }
        let items: Vec<ItemDone> = self.timeline.items.iter().map(untouched).collect();
        fields.put("items", &items);
        fields.put("status", &Status::Running);
        fields.put("planned_s", &self.timeline.planned_s());
        if self.timeline.is_sided() {
            fields.put("side_first", &self.timeline.side_first);
        }
        fields
    }

    /// The fields of the `edit` that ends it: status, end, active seconds, steps done, items, the first side where sides
    /// play a part, and why it was stopped. Finished is as
    /// [`Session::is_done`] has it.
    pub fn closing_fields(&self, because: Option<&str>, now: &Now) -> Fields {
        let session = self.at_time(now);
        let items = session.items_done();
        let now_text = moment_text(&now.wall);
        let closing = Closing {
            finished: session.is_finished() && is_done_to_the_end(&items),
            because,
            ended_at: session.ended_at.as_deref().unwrap_or(&now_text),
            items: &items,
            active_ms: millis(session.active.iter().sum()),
            steps_done: session.steps_done(),
            side_first: session
                .timeline
                .is_sided()
                .then_some(session.timeline.side_first),
        };
        closing.fields()
    }

    /// Whether its end was reached by doing the last step, not by skipping it: what its record calls finished.
    pub fn is_done(&self) -> bool {
        self.is_finished() && is_done_to_the_end(&self.items_done())
    }

    /// Steps ended so far, each side of a sided one for itself.
    pub fn steps_done(&self) -> u32 {
        let steps = (0..self.lengths.len()).filter(|&at| self.ended[at] && self.is_step(at));
        steps.count() as u32
    }

    /// This session as it stands at `now`.
    fn at_time(&self, now: &Now) -> Self {
        let mut session = self.clone();
        session.advance(now);
        session
    }

    fn items_done(&self) -> Vec<ItemDone> {
        let items = self.timeline.items.iter().enumerate();
        items
            .map(|(at, item)| ItemDone {
                active_s: self.active[at].as_secs() as u32,
                done: self.is_item_done(at),
                ..untouched(item)
            })
            .collect()
    }

    /// Whether the item's last step ended, on both sides if it has sides.
    fn is_item_done(&self, item: usize) -> bool {
        let steps = || {
            let segments = self.timeline.segments.iter().zip(&self.ended);
            segments.filter_map(move |(segment, &ended)| match segment.phase {
                Phase::Step { step } if segment.item == item => Some((step, ended)),
                _ => None,
            })
        };
        let Some(last) = steps().map(|(step, _)| step).max() else {
            return false;
        };
        steps().all(|(step, ended)| step != last || ended)
    }
}

fn is_done_to_the_end(items: &[ItemDone]) -> bool {
    items.last().is_some_and(|item| item.done)
}

fn untouched(item: &crate::domain::plan::Item) -> ItemDone {
    ItemDone {
        technique: item.technique.clone(),
        planned_s: item.planned_s,
        active_s: 0,
        done: false,
    }
}

/// Active time item by item: to the millisecond where it was noted so, else in the whole seconds of the items.
fn active(checkpoint: &Checkpoint) -> Vec<Duration> {
    let noted = &checkpoint.detail.active_ms;
    if noted.len() == checkpoint.items.len() {
        return noted.iter().copied().map(Duration::from_millis).collect();
    }
    let seconds = checkpoint.items.iter().map(|item| item.active_s.into());
    seconds.map(Duration::from_secs).collect()
}

/// What the end of a session says in its record.
struct Closing<'a> {
    finished: bool,
    because: Option<&'a str>,
    ended_at: &'a str,
    items: &'a [ItemDone],
    active_ms: u64,
    steps_done: u32,
    side_first: Option<Side>,
}

impl Closing<'_> {
    fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        let status = if self.finished {
            Status::Finished
        } else {
            Status::Stopped
        };
        fields.put("ended_at", self.ended_at);
        fields.put("items", self.items);
        fields.put("status", &status);
        if let (false, Some(because)) = (self.finished, self.because) {
            fields.put("stopped_because", because);
        }
        fields.put("active_s", &(self.active_ms / 1000));
        fields.put("steps_done", &self.steps_done);
        if let Some(side) = self.side_first {
            fields.put("side_first", &side);
        }
        fields
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
