//! The library's query: words that forgive a slip, filters, and the order of what is found.
use super::library::Library;
use std::collections::BTreeSet;
/// F
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// p
    pub position: Option<String>,
    /// t
    pub tool: Option<String>,
    /// m
    pub minutes: Option<u32>,
    /// f
    pub purpose: Option<String>,
}
/// H
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Hit {
    Technique(usize),
    Routine(usize),
    Topic(usize),
}
/// find
pub fn find(
    library: &Library,
    words: &str,
    filter: &Filter,
    favourites: &BTreeSet<String>,
    last_done: impl Fn(&str) -> Option<i64>,
) -> Vec<(String, Vec<Hit>)> {
    let _ = (library, words, filter, favourites, last_done(""));
    Vec::new()
}

/// Every word of the library with where it stands.
#[derive(Debug, Clone, Default)]
pub struct Index {}

impl Index {
    /// Reads the whole library.
    pub fn of(library: &super::library::Library) -> Self {
        let _ = library;
        Self::default()
    }
}
