//! The pure core: what unkink knows and decides.
//!
//! Nothing here names a terminal, a file, a clock or printing; time comes in as a [`time::Now`].
//! Arrows point here and never out.

pub mod anatomy;
pub mod back_map;
pub mod breath;
pub mod check;
pub mod cue;
pub mod differing;
pub mod dose;
pub mod evidence;
pub mod find;
pub mod find_line;
pub mod gate;
pub mod glance;
pub mod id;
pub mod insight;
pub mod kindness;
pub mod length;
pub mod library;
pub mod log;
pub mod nearest;
pub mod often;
pub mod order;
pub mod plan;
pub mod profile;
pub mod record;
pub mod remind;
pub mod routine;
pub mod safety;
pub mod scale;
pub mod search;
pub mod session;
pub mod spoken;
pub mod storage;
pub mod suggest;
pub mod technique;
pub mod time;
pub mod trend;
pub mod vocabulary;
pub mod warning;
pub mod week;
pub mod when;
