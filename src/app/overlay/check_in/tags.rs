//! Own tags: typed, completed from those used before, parted by commas.

use crate::app::message::Edit;
use crate::app::text_field::TextField;
use crate::domain::record::{TAG_MAX, TAGS_MAX};

/// Said when a tag would pass its length.
const TOO_LONG: &str = "A tag holds 200 bytes; this would be longer. Nothing was changed.";
const TOO_MANY: &str = "An entry takes 64 tags here. Nothing was changed.";

/// The tags and the one being typed.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    /// Those that are set.
    pub chosen: Vec<String>,
    /// The one being typed.
    pub typed: TextField,
    /// Those used before, most often first.
    pub known: Vec<String>,
}

impl Tags {
    /// The known tags that begin with what is typed, most often used first; without those already set.
    pub fn matching(&self) -> impl Iterator<Item = &str> {
        let typed = self.typed.text().trim_start().to_lowercase();
        let known = self.known.iter().map(String::as_str);
        known.filter(move |tag| tag.to_lowercase().starts_with(&typed) && !self.holds(tag))
    }

    /// What would be added to the typed text by taking the first match.
    pub fn completion(&self) -> Option<&str> {
        let typed = self.typed.text();
        if typed.trim().is_empty() || !self.typed.around_cursor().1.is_empty() {
            return None;
        }
        let first = self.matching().next()?;
        first.get(typed.trim_start().len()..)
    }

    /// Takes typed or pasted text; a comma or a line break ends a tag.
    pub fn insert(&mut self, text: &str) -> Result<(), &'static str> {
        let before = self.clone();
        let mut parts = text.split([',', '\n']);
        let mut result = self.type_on(parts.next().unwrap_or_default());
        for part in parts {
            result = result.and_then(|()| self.settle());
            result = result.and_then(|()| self.type_on(part));
        }
        if result.is_err() {
            *self = before;
        }
        result
    }

    fn type_on(&mut self, text: &str) -> Result<(), &'static str> {
        let taken = self.typed.insert(text, TAG_MAX);
        if taken { Ok(()) } else { Err(TOO_LONG) }
    }

    /// Edits: Backspace before the first letter takes the last tag back, Right at the end takes the completion.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Backspace if self.typed.text().is_empty() => {
                self.chosen.pop();
            }
            Edit::Right | Edit::End if self.completion().is_some() => {
                let first = self.matching().next().map(str::to_owned);
                if let Some(first) = first {
                    self.typed = TextField::with_text(&first);
                }
            }
            other => self.typed.edit(other),
        }
    }

    /// Sets this one of those that fit, in the place of what is typed.
    pub fn take(&mut self, at: usize) -> Result<(), &'static str> {
        let Some(tag) = self.matching().nth(at).map(str::to_owned) else {
            return Ok(());
        };
        let typed = std::mem::replace(&mut self.typed, TextField::with_text(&tag));
        let taken = self.settle();
        if taken.is_err() {
            self.typed = typed;
        }
        taken
    }

    /// Sets what is typed as a tag, as far as there is anything.
    pub fn settle(&mut self) -> Result<(), &'static str> {
        let tag = self.typed.text().trim().to_owned();
        if !tag.is_empty() && !self.holds(&tag) {
            if self.chosen.len() >= TAGS_MAX {
                return Err(TOO_MANY);
            }
            self.chosen.push(tag);
        }
        self.typed = TextField::default();
        Ok(())
    }

    fn holds(&self, tag: &str) -> bool {
        let tag = tag.to_lowercase();
        self.chosen.iter().any(|known| known.to_lowercase() == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags() -> Tags {
        Tags {
            known: ["choir", "Chess", "bike"].map(String::from).into(),
            ..Tags::default()
        }
    }

    #[test]
    fn a_tag_is_completed_from_those_used_before() {
        let mut tags = tags();
        assert_eq!(tags.insert("ch"), Ok(()));
        assert_eq!(tags.completion(), Some("oir"));
        tags.edit(Edit::Right);
        assert_eq!(tags.settle(), Ok(()));
        assert_eq!(tags.chosen, ["choir"]);
        assert_eq!(tags.insert("c"), Ok(()));
        assert_eq!(tags.completion(), Some("hess"));
    }

    #[test]
    fn commas_part_tags_and_one_that_is_set_is_not_set_again() {
        let mut tags = tags();
        assert_eq!(tags.insert("sofa, Sofa ,new desk"), Ok(()));
        assert_eq!(tags.chosen, ["sofa"]);
        assert_eq!(tags.typed.text(), "new desk");
    }

    #[test]
    fn too_much_is_refused_and_changes_nothing() {
        let mut tags = tags();
        assert_eq!(tags.insert("sofa"), Ok(()));
        let long = format!(",{}", "x".repeat(TAG_MAX + 1));
        assert_eq!(tags.insert(&long), Err(TOO_LONG));
        assert_eq!((tags.typed.text(), tags.chosen.len()), ("sofa", 0));
        assert_eq!(tags.insert(&",a".repeat(TAGS_MAX)), Ok(()));
    }

    #[test]
    fn backspace_before_the_first_letter_takes_the_last_tag_back() {
        let mut tags = tags();
        assert_eq!(tags.insert("sofa,x"), Ok(()));
        tags.edit(Edit::Backspace);
        tags.edit(Edit::Backspace);
        assert!(tags.chosen.is_empty());
    }
}
