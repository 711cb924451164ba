//! Reads the terminal's input through crossterm's decoder and says what it means.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::message::{Context, Msg};
use crate::keys::{self, Code, Key};

/// How long a look at the decoder takes. With zero it would not even see what it has already decoded.
const GLANCE: Duration = Duration::from_micros(20);
/// The same for the second look, long enough that being preempted once does not spoil it.
const LOOK: Duration = Duration::from_micros(200);

/// One thing read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or repeats.
    Key(Key),
    /// Text was pasted.
    Paste(String),
}

/// The next input, if there is one. Call only while the terminal is there.
pub fn next(thoroughly: bool) -> io::Result<Option<Input>> {
    while event::poll(if thoroughly { LOOK } else { GLANCE })? {
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                if let Some(key) = translate(key) {
                    return Ok(Some(Input::Key(key)));
                }
            }
            Event::Paste(text) => return Ok(Some(Input::Paste(text))),
            // Sizes come by our own signal, which also comes when this decoder is not being asked.
            _ => {}
        }
    }
    Ok(None)
}

/// What it means where keys go just now; `None` when it means nothing there.
pub fn message(context: Context, input: Input) -> Option<Msg> {
    match input {
        Input::Paste(text) => Some(Msg::Paste(text)),
        Input::Key(key) => keys::message(context, key),
    }
}

fn translate(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        translate(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn keys_keep_their_modifiers_and_capitals_are_their_own_character() {
        assert_eq!(
            read(KeyCode::Char('c'), KeyModifiers::CONTROL),
            Some(Key::ctrl('c'))
        );
        assert_eq!(
            read(KeyCode::Char('G'), KeyModifiers::SHIFT),
            Some(Key::char('G'))
        );
        assert_eq!(
            read(KeyCode::BackTab, KeyModifiers::SHIFT),
            Some(Key::plain(Code::BackTab))
        );
        assert_eq!(read(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn a_paste_is_text_wherever_keys_go() {
        let pasted = message(Context::Library, Input::Paste("q".into()));
        assert!(matches!(pasted, Some(Msg::Paste(text)) if text == "q"));
    }
}
