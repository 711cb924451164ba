//! What is told once an entry is saved or changed: its line or its JSON, and what to do where it raises a question of
//! the gate.

use super::Shell;
use super::entry::{self, Alike};
use super::gate;
use super::out::{self, Fail};
use super::store::Store;
use crate::domain::library::Library;
use crate::domain::profile::Profile;
use crate::domain::record::Entry;
use crate::domain::scale::Scale;
use crate::domain::time::Now;
use crate::domain::warning::{JUMP, Raised, of_pain, open_questions};
use crate::domain::when;

/// 'Saved: today 21:30  pain 4'.
pub fn line(did: &str, entry: &Entry, library: &Library, now: &Now) -> String {
    let day = entry.day().map_or_else(String::new, |day| {
        when::day_text(day, now.wall.date_naive()) + " "
    });
    format!(
        "{did}: {day}{}",
        entry::line(entry, &Alike::default(), library)
    )
}

/// The questions that an entry raises by its words.
pub fn by_words(entry: &Entry, now: &Now) -> Vec<Raised> {
    open_questions(std::slice::from_ref(entry), &Profile::default(), &now.wall)
}

/// Whether its pain may be a jump: no lower value can be that much above others, so the log need not be read for it.
pub fn may_jump(entry: &Entry) -> bool {
    let is_high = |pain: Scale| i16::from(pain.get()) >= JUMP;
    entry.pain.or(entry.pain_before).is_some_and(is_high)
}

/// The questions that an entry's pain raises, if it is the newest pain of the log.
pub fn by_pain(entry: &Entry, store: &Store, now: &Now) -> Vec<Raised> {
    let mut rated = store.entries().iter().rev();
    let newest = rated.find(|known| known.pain.or(known.pain_before).is_some());
    if newest.is_some_and(|newest| newest.rec == entry.rec) {
        of_pain(store.entries(), &now.wall)
    } else {
        Vec::new()
    }
}

/// Both, each question once.
pub fn raised(mut by_words: Vec<Raised>, by_pain: Vec<Raised>) -> Vec<Raised> {
    for one in by_pain {
        if by_words.iter().all(|known| known.id != one.id) {
            by_words.push(one);
        }
    }
    by_words
}

/// The card, on standard error, after the answer.
pub fn tell_raised(raised: &[Raised], library: &Library, shell: &mut Shell) -> Result<(), Fail> {
    shell.out.flush()?;
    if !raised.is_empty() {
        let number = gate::profile(shell, library).emergency_number;
        out::say_card(&gate::card(raised, library.safety(), number.as_deref()));
    }
    Ok(())
}
