//! The parts that screens are put together from; each draws itself into a buffer and knows nothing of the app.

pub mod blocks;
pub mod body_map;
pub mod digits;
mod dots;
pub mod footer;
pub mod heat;
pub mod list;
pub mod pacer;
mod plain;
pub mod plot;
pub mod progress;
pub mod scale;
pub mod tabs;
pub mod text;
pub mod text_area;
pub mod track;
pub mod trend;
pub mod typed_line;

#[cfg(test)]
pub(crate) mod testing {
    //! Draws a part into a buffer of its own and reads it back as lines.

    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    /// What is drawn at this size, line by line, without trailing blanks.
    pub fn drawn(width: u16, height: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        draw(area, &mut buffer);
        lines(&buffer)
    }

    /// A buffer line by line, without trailing blanks.
    pub fn lines(buffer: &Buffer) -> Vec<String> {
        let area = buffer.area;
        let row = |y| {
            let cells = (area.left()..area.right()).map(|x| buffer[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        (area.top()..area.bottom()).map(row).collect()
    }
}
