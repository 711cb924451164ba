//! What each field of an entry holds when its form opens.

use chrono::{DateTime, FixedOffset};

use super::field::Field;
use super::part::Part;
use super::pick::Pick;
use super::places::{Places, Spot};
use super::row::Value;
use super::tags::Tags;
use super::words::{MOODS, Words};
use crate::app::text_area::TextArea;
use crate::app::text_field::TextField;
use crate::domain::library::Library;
use crate::domain::record::{Entry, ItemDone, ListField, More, Status};
use crate::domain::time::clock_text;
use crate::domain::vocabulary::WordField;

/// What a row is made from.
pub struct Source<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// What there is to choose from.
    pub library: &'a Library,
    /// Words that this person does not want on the screen.
    pub hidden: &'a [String],
    /// A moment as the person would type it.
    pub typed: &'a dyn Fn(&DateTime<FixedOffset>) -> String,
}

/// The value of a field.
pub(super) fn value_of(field: Field, more: &More, from: &Source) -> Value {
    let entry = from.entry;
    let vocabulary = from.library.vocabulary();
    let line = |text: Option<String>| Value::Line(TextField::with_text(&text.unwrap_or_default()));
    let length = |seconds: Option<u32>| line(seconds.map(|seconds| clock_text(seconds.into())));
    let moment = |at: Option<DateTime<FixedOffset>>| line(at.as_ref().map(from.typed));
    match field {
        Field::Scale(scale) => Value::Scale(scale.get(entry)),
        Field::Active => length(entry.active_s),
        Field::Planned => length(more.planned_s),
        Field::Steps => line(more.steps_done.map(|steps| steps.to_string())),
        Field::RolandMorris => line(more.roland_morris.map(|score| score.to_string())),
        Field::StoppedBecause => line(more.stopped_because.as_deref().map(str::to_owned)),
        Field::Plan => line(more.plan.as_deref().and_then(text_of)),
        Field::Peg(at) => Value::Scale(more.peg.and_then(|peg| peg.get(at).copied())),
        Field::What => Value::Pick(Pick::new(entry, from.library)),
        Field::Part(at) | Field::Added(at) => part_of(at, more, from.library),
        Field::MorePart => Value::Pick(Pick::part(from.library)),
        Field::Kept => Value::Kept {
            raw: String::new(),
            taken: false,
        },
        Field::Status => {
            let ended = match entry.status {
                Some(Status::Finished) => &["finished".to_owned()][..],
                Some(Status::Stopped) => &["stopped".to_owned()],
                Some(Status::Running) | None => &[],
            };
            let offered = owned(vec!["finished", "stopped"]);
            Value::Words(Words::new(offered, ended, Some(1)))
        }
        Field::SideFirst => {
            let first: Vec<String> = more.side_first.iter().map(ToString::to_string).collect();
            Value::Words(Words::new(owned(vec!["left", "right"]), &first, Some(1)))
        }
        Field::When => moment(entry.started_at),
        Field::Ended => moment(more.ended_at),
        Field::RatedAfter => moment(more.rated_after_at),
        Field::Note => Value::Note(TextArea::with_text(
            more.note.as_deref().unwrap_or_default(),
        )),
        Field::Words(list) => Value::Words(words_of(list, more, from)),
        Field::Tags => Value::Tags(Tags {
            chosen: more.tags.to_vec(),
            typed: TextField::default(),
            known: Vec::new(),
        }),
        Field::Where => {
            let known = vocabulary.regions.iter();
            let spots = known.map(|region| spot(&region.id, &region.label, region.midline));
            Value::Places(Places::new(spots.collect(), &more.regions, true))
        }
        Field::TravelsTo => {
            let known = vocabulary.travels_to.iter();
            let spots = known.map(|end| spot(&end.id, &end.label, false));
            Value::Places(Places::new(spots.collect(), &more.travels_to, false))
        }
    }
}

/// The part at this place; one that is not there is empty.
fn part_of(at: usize, more: &More, library: &Library) -> Value {
    let none = ItemDone {
        technique: String::new(),
        planned_s: 0,
        active_s: 0,
        done: false,
    };
    let item = more.items.get(at).unwrap_or(&none);
    let known = library.technique(&item.technique);
    let name = known.map_or(&item.technique, |technique| &technique.name);
    Value::Part(Part::new(item, name.clone()))
}

fn spot(id: &str, label: &str, midline: bool) -> Spot {
    Spot {
        id: id.to_owned(),
        label: label.to_owned(),
        midline,
    }
}

fn words_of(list: WordField, more: &More, from: &Source) -> Words {
    let vocabulary = from.library.vocabulary();
    let hidden = |word: &str| from.hidden.iter().any(|hidden| hidden == word);
    let left_out: Vec<&str> = vocabulary
        .actions
        .iter()
        .filter(|word| word.automatic || word.can_hide && hidden(&word.word))
        .filter(|_| list == WordField::Actions)
        .map(|word| &*word.word)
        .collect();
    let mut known = vocabulary.words(list);
    known.retain(|word| !left_out.contains(word));
    let most = (list == WordField::Mood).then_some(MOODS);
    Words::new(owned(known), ListField::Words(list).get(more), most)
}

pub(super) fn owned(words: Vec<&str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

/// The text of a JSON text.
pub(super) fn text_of(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}
