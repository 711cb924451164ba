//! The page for the clinician: what the log says of some weeks or months. `page` decides what stands on it, as plain
//! blocks; `html` and `markdown` write these down, and whatever the person wrote stays text in both.

mod body;
mod chart;
mod counts;
mod html;
mod markdown;
mod page;
mod tell;

pub use html::html;
pub use markdown::markdown;
pub use page::{Asked, Block, Figure, page};
