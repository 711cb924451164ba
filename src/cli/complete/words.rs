//! What completes a word of the log: its places, its lists, and the tags that a person made up.

use super::Candidate;
use crate::domain::often::Often;
use crate::domain::vocabulary::Vocabulary;
use crate::journal::tail;
use crate::paths::Places;

/// Regions, each with the sides that it needs where it is logged. A search also takes those of any side, and where a pain
/// travels to.
pub fn places(vocabulary: &Vocabulary, is_search: bool) -> Vec<Candidate> {
    let regions = vocabulary.regions.iter().flat_map(|region| {
        let bare = (is_search && !region.midline).then(|| region.id.clone());
        let given = bare.into_iter().chain(region.as_given());
        given.map(|place| (place, region.label.clone()))
    });
    let ends = vocabulary.travels_to.iter().filter(|_| is_search);
    let mut all: Vec<Candidate> = regions.collect();
    for end in ends {
        if !all.iter().any(|(place, _)| *place == end.id) {
            all.push((end.id.clone(), end.label.clone()));
        }
    }
    all
}

/// Words of a list, by the option that takes them.
pub fn of_a_list(option: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let words = match option {
        "travels-to" => {
            let ends = vocabulary.travels_to.iter();
            return ends
                .map(|end| (end.id.clone(), end.label.clone()))
                .collect();
        }
        "mood" => {
            let moods = vocabulary.mood.iter();
            return moods.map(|mood| bare(&mood.word)).collect();
        }
        "quality" => &vocabulary.qualities,
        "trigger" => &vocabulary.triggers,
        "action" => &vocabulary.actions,
        "day" => &vocabulary.day,
        _ => return Vec::new(),
    };
    let typed = words.iter().filter(|word| !word.automatic);
    typed.map(|word| bare(&word.word)).collect()
}

/// A word that needs none said of it; typed with hyphens it is the same, and needs no quotes.
pub fn bare(word: &str) -> Candidate {
    (word.replace(' ', "-"), String::new())
}

/// One's own tags, those used most first, as far as the newest part of the log has them; and the words of the lists,
/// which are taken for tags as well: those of the day by a search alone.
pub fn tags(vocabulary: &Vocabulary, places: Option<Places>, is_search: bool) -> Vec<Candidate> {
    let entries = places.map_or_else(Vec::new, |places| tail::tail(&places).entries);
    let often = Often::of(&entries);
    let own = often.tags.most_first().into_iter();
    let mut all: Vec<Candidate> = own
        .filter(|tag| needs_no_quotes(tag))
        .map(|tag| (tag.to_owned(), "your own".to_owned()))
        .collect();
    let lists = ["quality", "trigger", "action", "mood"].into_iter();
    for list in lists.chain(is_search.then_some("day")) {
        let mut words = of_a_list(list, vocabulary);
        words.retain(|(word, _)| !all.iter().any(|(tag, _)| tag == word));
        all.extend(words);
    }
    all
}

/// Whether a tag is one word to every shell, and to us: bash puts it on the line as it stands, and anything may stand in
/// a log.
fn needs_no_quotes(tag: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    tag.starts_with(char::is_alphanumeric) && tag.chars().all(is_plain)
}
