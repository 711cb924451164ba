//! Draws the app; changes nothing.

use ratatui::Frame;

use crate::app::App;
use crate::domain::time::Now;

/// How everything looks: colours and glyphs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App, now: &Now, look: &Look) {
    let _ = (app, now, look);
    frame.render_widget("unkink", frame.area());
}
