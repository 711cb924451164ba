//! Imports: what lies in the journal while one is under way.

/// The name of an import under way.
pub(super) const TEMPORARY: &str = ".import.tmp";
