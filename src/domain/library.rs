//! Everything there is to choose from: techniques, routines, evidence cards and sources, looked up by slug or id.

use super::evidence::{Source, Topic};
use super::routine::Routine;
use super::technique::Technique;

/// The library: built-in content and the person's own.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// In the order of the catalogue; a person's own after the built-in ones of their group.
    pub techniques: Vec<Technique>,
    /// In the order of the catalogue.
    pub routines: Vec<Routine>,
    /// Evidence cards.
    pub topics: Vec<Topic>,
    /// Sources by id.
    pub sources: Vec<Source>,
}

impl Library {
    /// The technique of this slug.
    pub fn technique(&self, slug: &str) -> Option<&Technique> {
        self.techniques
            .iter()
            .find(|technique| technique.slug == slug)
    }

    /// The routine of this slug.
    pub fn routine(&self, slug: &str) -> Option<&Routine> {
        self.routines.iter().find(|routine| routine.slug == slug)
    }

    /// The evidence card of this slug.
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.slug == slug)
    }

    /// The source of this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}
