//! 'Did you mean': the word that a typed one was probably meant to be.

/// The form that words are compared in: no capitals; hyphens, underscores and runs of blanks are one blank.
pub fn key(text: &str) -> String {
    let text = text.to_lowercase().replace(['-', '_'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The likeliest of these words for a typed one: at most two slips, or a third of its letters, and less than all of
/// them. Names of techniques, which are several words in an order that nobody remembers, have a measure of their own:
/// [`Library::nearest`](super::library::Library::nearest).
pub fn nearest<'a>(typed: &str, mut words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    likeliest(typed, &mut words)
}

/// The same, once for all kinds of lists.
fn likeliest<'a>(typed: &str, words: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = key(typed);
    if typed.is_empty() || typed.chars().count() > 64 {
        return None;
    }
    words
        .map(|word| (slips(&typed, &key(word)), word))
        .filter(|(slips, word)| {
            let letters = word.chars().count();
            *slips <= (letters / 3).max(2) && *slips < letters
        })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// Slips between two texts; a typed beginning of a word counts as half right.
fn slips(typed: &str, word: &str) -> usize {
    if typed.len() >= 3 && (word.starts_with(typed) || typed.starts_with(word)) {
        return 1;
    }
    // The same beginning tells more than the same number of letters: 'achy' is 'aching'.
    let begins_alike = typed.chars().zip(word.chars()).take_while(|(a, b)| a == b);
    let slips = strsim::damerau_levenshtein(typed, word);
    match begins_alike.count() {
        3.. => slips.min(2 + slips / 4),
        _ => slips,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str) -> Option<&'static str> {
        nearest(typed, ["Up", "Space", "breath-cues", "PgDn"].into_iter())
    }

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        assert_eq!(near("Spcae"), Some("Space"));
        assert_eq!(near("breath_cue"), Some("breath-cues"));
        assert_eq!(near("pgdwn"), Some("PgDn"));
        // Of a short word something must be right.
        assert_eq!(near("xy"), None);
        assert_eq!(near("nonsense"), None);
        assert_eq!(near(""), None);
    }
}
