//! `--demo`: a year of made-up entries and a store that keeps what is done with them in memory alone. It knows no file:
//! nothing of it is ever saved, and nothing of the person's own log is ever shown beside it.

mod life;
mod random;
mod store;
mod year;

pub use store::serve;
pub use year::{profile, year};
