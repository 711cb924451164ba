//! A session that was cut off earlier: told, and gone on with, kept or discarded as the person says.

use super::{Begun, Over, Plain, Record};
use crate::cli::out;
use crate::domain::id::Id;
use crate::domain::record::Fields;
use crate::domain::session::{Event, Pause, Session};
use crate::journal::{Journal, Running};
use crate::paths::Places;
use crate::sys::clock;

/// Asks about each session that was cut off on this machine until one is to go on. Where nobody can be asked, says so
/// once and leaves them as they are.
pub fn settle(plain: &mut Plain<'_>, places: &Places) -> Result<Option<Begun>, Over> {
    // There hardly ever is one, and then nothing is read.
    if !Journal::has_progress(places) {
        return Ok(None);
    }
    let mut journal = Journal::open(places);
    let entries = journal.load();
    for (rec, checkpoint) in journal.cut_off() {
        if checkpoint.is_over() {
            end(&mut journal, &rec, Some(checkpoint.kept_fields()));
            continue;
        }
        let [what, how_far] = checkpoint.words(plain.library, &clock::now().wall);
        if !plain.input.is_typed() {
            out::say(&format!(
                "a session was cut off: {what} {how_far} The app asks what to do with it"
            ));
            return Ok(None);
        }
        plain.say(&format!("A session was cut off: {what} {how_far}"))?;
        plain
            .say("g goes on with it, k keeps what was done, d discards it; Enter decides later.")?;
        let answer = plain.answer()?.unwrap_or_default();
        let done = match answer.trim() {
            "g" => {
                let entry = entries.iter().find(|entry| entry.rec == rec);
                let line = plain.ready(checkpoint.slugs(), checkpoint.side_first)?;
                if let Err(fail) = &line {
                    plain.say(&fail.to_string())?;
                }
                if let Some(session) = line
                    .ok()
                    .and_then(|line| Session::resume(line, &checkpoint, &clock::now()))
                    && let Some((running, _)) = Running::resume(places, &rec, clock::now().wall)
                {
                    let at = session.view(&clock::now()).segment;
                    return Ok(Some(Begun {
                        first: vec![Event::Began(at), Event::Paused(Pause::Away)],
                        session,
                        record: Record {
                            journal,
                            running,
                            opening: Fields::default(),
                        },
                        before: entry.map_or([None; 2], |e| [e.pain_before, e.stress_before]),
                    }));
                }
                plain.say("Its steps have changed since, or it goes on elsewhere.")?;
                false
            }
            "k" => end(&mut journal, &rec, Some(checkpoint.kept_fields())),
            "d" => end(&mut journal, &rec, None),
            _ => false,
        };
        plain.say(if done { "Done." } else { "Left as it is." })?;
    }
    Ok(None)
}

/// Writes what ends it: these fields, or for `None` a delete. Whether that is on the disk.
fn end(journal: &mut Journal, rec: &Id, set: Option<Fields>) -> bool {
    let now = clock::now().wall;
    let Some((mut running, _)) = Running::resume(journal.places(), rec, now) else {
        return false;
    };
    let written = running.end(journal, set, now);
    if let Err(failure) = &written {
        out::say(&format!("not saved: {failure}"));
    } else {
        // A progress file that stays is settled at the next start.
        let _ = running.settled(journal);
    }
    written.is_ok()
}
