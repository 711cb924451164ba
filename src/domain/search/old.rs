//! Interim: what the app still uses.
use crate::domain::library::Library;
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
/// Stands in until the real one is here: every technique, by group.
pub fn find(
    library: &Library,
    words: &str,
    filter: &Filter,
    favourites: &BTreeSet<String>,
    last_done: impl Fn(&str) -> Option<i64>,
) -> Vec<(String, Vec<Hit>)> {
    let _ = (filter, favourites, last_done(""));
    let mut found: Vec<(String, Vec<Hit>)> = Vec::new();
    for (at, one) in library.techniques.iter().enumerate() {
        if !one.name.to_lowercase().contains(words) {
            continue;
        }
        if found.last().is_none_or(|(group, _)| *group != one.group) {
            found.push((one.group.clone(), Vec::new()));
        }
        if let Some(last) = found.last_mut() {
            last.1.push(Hit::Technique(at));
        }
    }
    found.push((
        "Routines".into(),
        (0..library.routines.len()).map(Hit::Routine).collect(),
    ));
    found.push((
        "Evidence".into(),
        (0..library.topics().len()).map(Hit::Topic).collect(),
    ));
    found.retain(|(_, hits)| !hits.is_empty());
    found
}
