//! The floor: about the smallest program that ratatui lets one write. A list, a preview and a line below, drawn when a key
//! or a new size comes, asleep otherwise. `--clock` counts down once a second. What unkink costs is measured beside it.
//!
//! It keeps the default input of its libraries and none of the care: no signal, no panic, no flood is looked after.

use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::Style;
use ratatui::widgets::{Block, List, ListState, Paragraph};

/// Between two looks at the clock.
const TICK: Duration = Duration::from_secs(1);

fn draw(frame: &mut Frame, items: &[String], state: &mut ListState, clock: &str) {
    let [top, footer] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(1)]).areas(frame.area());
    let [left, right] =
        Layout::horizontal([Constraint::Percentage(40), Constraint::Percentage(60)]).areas(top);
    let list = List::new(items.iter().map(String::as_str))
        .block(Block::bordered().title("List"))
        .highlight_style(Style::new().reversed());
    frame.render_stateful_widget(list, left, state);
    frame.render_widget(
        Paragraph::new(clock).block(Block::bordered().title("Preview")),
        right,
    );
    frame.render_widget("READY j k q", footer);
}

fn main() -> std::io::Result<()> {
    let with_clock = std::env::args().any(|word| word == "--clock");
    let items: Vec<String> = (0..200)
        .map(|n| format!("item {n} in a list, about forty columns wide"))
        .collect();
    let mut state = ListState::default().with_selected(Some(0));
    let start = Instant::now();
    let mut next = start + TICK;
    let mut terminal = ratatui::init();
    loop {
        let left = 3600_u64.saturating_sub(start.elapsed().as_secs());
        let clock = if with_clock {
            format!("{:02}:{:02}", left / 60, left % 60)
        } else {
            "--:--".to_owned()
        };
        terminal.draw(|frame| draw(frame, &items, &mut state, &clock))?;
        loop {
            if with_clock && !event::poll(next.saturating_duration_since(Instant::now()))? {
                next += TICK;
                break;
            }
            match event::read()? {
                Event::Key(key) => match key.code {
                    KeyCode::Char('q') => {
                        ratatui::restore();
                        return Ok(());
                    }
                    KeyCode::Char('j') => state.select_next(),
                    KeyCode::Char('k') => state.select_previous(),
                    _ => continue,
                },
                Event::Resize(..) => {}
                _ => continue,
            }
            break;
        }
    }
}
