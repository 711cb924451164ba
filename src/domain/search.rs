//! The library's query: words that forgive a slip, filters, and the order of what is found.

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
