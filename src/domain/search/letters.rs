//! How typed words are compared with those of a text: without capitals, without the marks on letters, a slip forgiven.

/// Letters from which on a word may have a slip.
const SLIP_FROM: usize = 4;
/// More words than this are not looked at: nobody types them.
pub const WORDS_MAX: usize = 16;

/// How words were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// As they were typed, or the beginning of a word.
    Same,
    /// With a slip.
    Slip,
}

/// How a word stands for a typed one.
pub fn likeness(word: &[char], typed: &[char]) -> Option<Word> {
    if word == typed || (!is_id(typed) && word.starts_with(typed)) {
        return Some(Word::Same);
    }
    (is_forgiving(typed) && begins_with_one_slip(word, typed)).then_some(Word::Slip)
}

/// Whether a typed word may have a slip.
pub fn is_forgiving(typed: &[char]) -> bool {
    typed.len() >= SLIP_FROM && typed.iter().all(|c| c.is_alphabetic())
}

/// 's1' or 'g13': an id, which means itself alone and not 's16' as well.
pub fn is_id(word: &[char]) -> bool {
    matches!(word, [letter, digits @ ..]
        if letter.is_ascii_alphabetic() && !digits.is_empty() && digits.iter().all(char::is_ascii_digit))
}

/// Whether a beginning of `word` is `typed` but for one slip: a letter too many, too few, wrong, or two swapped.
pub fn begins_with_one_slip(word: &[char], typed: &[char]) -> bool {
    let same = word.iter().zip(typed).take_while(|(a, b)| a == b).count();
    let (word, typed) = (&word[same..], &typed[same..]);
    let Some((wrong, rest)) = typed.split_first() else {
        return true;
    };
    let one_too_many = word.starts_with(rest);
    let Some((right, after)) = word.split_first() else {
        return one_too_many;
    };
    let swapped = match (rest.split_first(), after.split_first()) {
        (Some((second, rest)), Some((other, after))) => {
            second == right && wrong == other && after.starts_with(rest)
        }
        _ => false,
    };
    one_too_many || after.starts_with(rest) || after.starts_with(typed) || swapped
}

/// The words of a text in the form they are compared in.
pub fn split(text: &str) -> Vec<String> {
    words_of(&folded(text)).map(str::to_owned).collect()
}

pub fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// A text without capitals and marks.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_lowercase)
        .flat_map(fold)
        .collect()
}

/// A small letter without its marks; letters of other scripts as they are.
fn fold(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // Marks that stand on their own behind their letter.
        '\u{300}'..='\u{36f}' => "",
        _ => return [Some(c), None].into_iter().flatten(),
    };
    let mut letters = plain.chars();
    [letters.next(), letters.next()].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_lose_capitals_and_marks() {
        assert_eq!(
            split("Rücken-Übung, STRASSE"),
            ["rucken", "ubung", "strasse"]
        );
        assert_eq!(split("Straße Œuvre Łódź"), ["strasse", "oeuvre", "lodz"]);
        assert_eq!(split("e\u{301}te\u{301}"), ["ete"]);
        assert_eq!(split("腰 --- S16!"), ["腰", "s16"]);
        assert_eq!(split(" \u{1b}[2J "), ["2j"]);
    }

    #[test]
    fn an_id_is_a_letter_and_a_number() {
        let is = |text: &str| is_id(&text.chars().collect::<Vec<_>>());
        assert!(is("s1") && is("g13"));
        assert!(!is("s") && !is("12") && !is("s1a") && !is("mm12"));
    }

    proptest! {
        #[test]
        fn one_slip_is_what_the_edit_distance_to_some_beginning_says(word in "[abc]{0,7}", typed in "[abc]{1,7}") {
            let letters: Vec<char> = word.chars().collect();
            let expected = (0..=letters.len()).any(|end| {
                let beginning: String = letters[..end].iter().collect();
                strsim::osa_distance(&beginning, &typed) <= 1
            });
            let typed: Vec<char> = typed.chars().collect();
            prop_assert_eq!(begins_with_one_slip(&letters, &typed), expected);
        }
    }
}
