//! Whether there is a terminal that the app can use.

use rustix::termios::isatty;

/// Why there is none, in one line; `None` when there is one.
pub fn missing() -> Option<&'static str> {
    if !isatty(rustix::stdio::stdin()) || !isatty(rustix::stdio::stdout()) {
        return Some("the app needs a terminal for input and output");
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Some("the app needs a terminal that can move its cursor, and TERM is 'dumb'");
    }
    None
}

/// Whether there is one.
pub fn is_there() -> bool {
    missing().is_none()
}
