//! The journal as the commands see it: read at once, written at once.

use std::collections::{BTreeSet, HashMap};

use super::out::Fail;
use crate::domain::id::Id;
use crate::domain::record::{Entry, Fields};
use crate::domain::session::Checkpoint;
use crate::domain::storage::{Act, Failure};
use crate::domain::time::Now;
use crate::paths::Places;

/// What came of an act.
#[derive(Debug)]
pub enum Done {
    /// It is on the disk.
    Saved {
        /// About this record.
        rec: Id,
        /// In words, for undo and redo.
        note: String,
    },
    /// There was nothing to do; why.
    Nothing(String),
}

pub struct Store {}
pub struct Running {}
impl Running {
    pub fn progress(&mut self, _c: &Checkpoint) -> Result<(), Failure> {
        todo!()
    }
}
impl Store {
    pub fn read(_p: &Places) -> Self {
        Self {}
    }
    pub fn open(_p: &Places) -> Self {
        Self {}
    }
    pub fn favourites(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }
    pub fn last_done(&self) -> HashMap<String, i64> {
        HashMap::new()
    }
    pub fn entries(&self) -> &[Entry] {
        &[]
    }
    pub fn entry(&self, _rec: &Id) -> Option<&Entry> {
        None
    }
    pub fn fields(&self, _rec: &Id) -> Vec<(String, String)> {
        Vec::new()
    }
    pub fn resolve(&self, _t: &str, nothing: impl FnOnce() -> Fail) -> Result<Id, Fail> {
        Err(nothing())
    }
    pub fn resolve_op(&self, _t: &str) -> Result<Id, Fail> {
        todo!()
    }
    pub fn json(&self, _r: &[Id]) -> String {
        String::new()
    }
    pub fn json_array(&self, _r: &[Id]) -> String {
        String::new()
    }
    pub fn short(&self, _r: &Id) -> String {
        String::new()
    }
    pub fn tell_troubles(&self) {}
    pub fn must_be_read(&self) -> Result<(), Fail> {
        Ok(())
    }
    pub fn write(&mut self, _a: Act, _n: &Now) -> Result<Id, Fail> {
        todo!()
    }
    pub fn perform(&mut self, _a: Act, _n: &Now) -> Result<Done, Fail> {
        todo!()
    }
    pub fn favourite(&mut self, _s: &str, _on: bool) -> Result<(), Fail> {
        todo!()
    }
    pub fn export_json(&self) -> Vec<u8> {
        Vec::new()
    }
    pub fn export_jsonl(&self) -> Vec<u8> {
        Vec::new()
    }
    pub fn start_session(
        &mut self,
        _s: &Fields,
        _c: &Checkpoint,
        _n: &Now,
    ) -> Result<Running, Failure> {
        Ok(Running {})
    }
    pub fn end_session(&mut self, _r: Running, _s: &Fields, _n: &Now) -> Result<(), Failure> {
        Ok(())
    }
}
