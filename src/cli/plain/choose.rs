//! Nothing was named: three suggestions, and a typed number that chooses.

use super::{Asks, Over, Plain, Ratings};
use crate::cli::out::Fail;
use crate::domain::suggest::{Suggestion, Wish};
use crate::domain::time::clock_text;
use crate::paths::Places;

/// The error where nothing is named and nobody chooses.
pub fn nothing_named() -> Fail {
    Fail::Usage(
        "name a technique or routine to start with --plain; 'unkink list' and 'unkink suggest' show them"
            .into(),
    )
}

impl Plain<'_> {
    /// What was named, or what is chosen now. How it is is then asked first, so that what is offered fits that, and not
    /// again.
    pub(super) fn named(
        &mut self,
        slugs: &[String],
        given: Ratings,
        asks: Asks,
        places: &Places,
    ) -> Result<(Vec<String>, Ratings, Asks), Over> {
        if !slugs.is_empty() {
            return Ok((slugs.to_vec(), given, asks));
        }
        if !self.input.is_open() {
            return Err(nothing_named().into());
        }
        self.disclaim(places)?;
        let before = if asks.before {
            self.ratings("now")?
        } else {
            given
        };
        self.answers.pain = before[0];
        let wish = Wish {
            side: asks.side,
            pain: before[0],
            ..Wish::default()
        };
        let offered = self.answers.suggest(&wish);
        let chosen = self.choose(&offered)?;
        let asks = Asks {
            before: false,
            ..asks
        };
        Ok((vec![chosen], before, asks))
    }

    fn choose(&mut self, offered: &[Suggestion]) -> Result<String, Over> {
        if offered.is_empty() {
            return Err(Fail::Refused("nothing may start just now".into()).into());
        }
        for (number, one) in (1..).zip(offered) {
            let length = clock_text(one.real_s.into());
            self.say(&format!(
                "{number}. {}, {length}: {}.",
                one.name, one.reason
            ))?;
        }
        let last = offered.len();
        let question = match last {
            1 => "Type 1 to start it.".to_owned(),
            _ => format!("Which one? Type a number from 1 to {last}."),
        };
        self.say(&question)?;
        while let Some(line) = self.answer()? {
            let number: Option<usize> = line.trim().parse().ok();
            let chosen = number.and_then(|number| offered.get(number.checked_sub(1)?));
            if let Some(one) = chosen {
                return Ok(one.slug.clone());
            }
            self.say(&question)?;
        }
        Err(nothing_named().into())
    }
}
