//! Keeps a running session on the disk by way of the journal's thread: the very asks that the app makes, each waited for.

use std::sync::mpsc::{Receiver, channel};

use crate::domain::record::Fields;
use crate::domain::session::Checkpoint;
use crate::domain::storage::{Ask, Failure, Ticket, Told};
use crate::journal::Journal;
use crate::journal::thread::Store;
use crate::paths::Places;
use crate::runtime::clock;

/// There is one session, so one ticket.
const TICKET: Ticket = 1;

/// One session and its record.
pub struct Keeper {
    store: Store,
    told: Receiver<Told>,
}

impl Keeper {
    /// Writes the session's start. The failure goes with the keeper: the end tries once more.
    pub fn begin(
        places: &Places,
        set: Fields,
        checkpoint: Checkpoint,
    ) -> Result<(Self, Option<Failure>), Failure> {
        let (tell, told) = channel();
        let store = Store::start(
            Journal::open(places),
            Box::new(|| clock::now().wall),
            // Nobody listens any more: then nobody needs to be told.
            Box::new(move |what| drop(tell.send(what))),
        );
        let store = store.map_err(|error| Failure {
            path: places.journal(),
            why: format!("no thread to write with: {error}"),
            retry: true,
        })?;
        let keeper = Self { store, told };
        let failed = keeper.ask(Ask::StartSession {
            ticket: TICKET,
            set,
            checkpoint,
        });
        Ok((keeper, failed.err()))
    }

    /// Notes where the session stands; nobody waits for it.
    pub fn progress(&self, checkpoint: Checkpoint) {
        self.store.ask(Ask::Progress(TICKET, checkpoint));
    }

    /// Writes the session's end, and its start if that is still to be written.
    pub fn end(self, set: Fields) -> Result<(), Failure> {
        self.ask(Ask::EndSession(TICKET, Some(set)))
    }

    /// Asks and waits for the answer.
    fn ask(&self, ask: Ask) -> Result<(), Failure> {
        self.store.ask(ask);
        for told in &self.told {
            match told {
                Told::Saved { ticket, .. } | Told::Nothing(ticket, _) if ticket == TICKET => {
                    return Ok(());
                }
                Told::NotSaved { failure, .. } => return Err(failure),
                _ => {}
            }
        }
        Err(Failure {
            path: std::path::PathBuf::new(),
            why: "the journal's thread has ended".into(),
            retry: false,
        })
    }
}
