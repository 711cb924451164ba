//! The signs that screens are drawn with: a set for terminals that show Unicode, and one of plain ASCII.

/// Every sign by its meaning. In both sets each one is a single column wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Whether this is the ASCII set: widgets that draw pictures ask for it.
    pub ascii: bool,
    /// Stands before the chosen row.
    pub marker: &'static str,
    /// A favourite.
    pub star: &'static str,
    /// A person's own technique or routine.
    pub own: &'static str,
    /// Something was cut off here.
    pub ellipsis: &'static str,
    /// Between words of one line.
    pub dot: &'static str,
    /// Before the points of a list.
    pub bullet: &'static str,
    /// From one thing to the next.
    pub arrow: &'static str,
    /// Between two panes.
    pub rule_v: &'static str,
    /// Under a heading.
    pub rule_h: &'static str,
    /// Under the heading of the pane that takes the keys; the part of a bar that is done.
    pub rule_strong: &'static str,
    /// There is more above.
    pub more_up: &'static str,
    /// There is more below.
    pub more_down: &'static str,
    /// There is more to the left.
    pub more_left: &'static str,
    /// There is more to the right.
    pub more_right: &'static str,
    /// Saved, done.
    pub done: &'static str,
    /// Look here.
    pub attention: &'static str,
    /// A running step.
    pub step: &'static str,
    /// Get ready.
    pub ready: &'static str,
    /// Change sides or places.
    pub change: &'static str,
    /// Paused.
    pub pause: &'static str,
    /// No pressure here.
    pub no_pressure: &'static str,
    /// The area to work on, in a legend.
    pub area: &'static str,
    /// A point of pain on the chart.
    pub pain: &'static str,
    /// A point of stress on the chart.
    pub stress: &'static str,
    /// Pain and stress at one point.
    pub both: &'static str,
    /// Points at a value above it.
    pub caret: &'static str,
    /// Where the next character goes.
    pub cursor: &'static str,
    /// A rating by how much it is: not rated, none, a little, some, much.
    pub heat: [&'static str; 5],
    /// How often a place was named, in a legend: least, more, most.
    pub shade: [&'static str; 3],
    /// A place on a short scale, and one between the lowest and the highest.
    pub track: &'static str,
    /// See [`Glyphs::track`].
    pub track_range: &'static str,
    /// A change in a row of them: much lower, lower, the same, higher, much higher.
    pub moved: [&'static str; 5],
    /// Marks the period pointed at.
    pub pointer: &'static str,
}

impl Glyphs {
    /// Braille, box drawing and a few signs that every common font has.
    pub const UNICODE: Self = Self {
        ascii: false,
        marker: "▌",
        star: "★",
        own: "✎",
        ellipsis: "…",
        dot: "·",
        bullet: "•",
        arrow: "→",
        rule_v: "│",
        rule_h: "─",
        rule_strong: "━",
        more_up: "↑",
        more_down: "↓",
        more_left: "‹",
        more_right: "›",
        done: "✓",
        attention: "▲",
        step: "▶",
        ready: "◌",
        change: "⇄",
        pause: "‖",
        no_pressure: "×",
        area: "⣿",
        pain: "●",
        stress: "○",
        both: "◉",
        caret: "▴",
        cursor: "▏",
        heat: ["·", "▁", "░", "▒", "█"],
        shade: ["⠌", "⡪", "⣿"],
        track: "┈",
        track_range: "━",
        moved: ["▄", "▂", "─", "▔", "▀"],
        pointer: "│",
    };

    /// Nothing beyond ASCII.
    pub const ASCII: Self = Self {
        ascii: true,
        marker: ">",
        star: "*",
        own: "+",
        ellipsis: "~",
        dot: "-",
        bullet: "-",
        arrow: ">",
        rule_v: "|",
        rule_h: "-",
        rule_strong: "=",
        more_up: "^",
        more_down: "v",
        more_left: "<",
        more_right: ">",
        done: "*",
        attention: "!",
        step: ">",
        ready: "o",
        change: "%",
        pause: "=",
        no_pressure: "x",
        area: "#",
        pain: "P",
        stress: "s",
        both: "B",
        caret: "^",
        cursor: "_",
        heat: [".", "_", "-", "+", "#"],
        shade: [".", "+", "#"],
        track: ".",
        track_range: "=",
        moved: ["v", ",", "-", "'", "^"],
        pointer: "|",
    };

    /// Every sign, to check them.
    #[cfg(test)]
    fn all(&self) -> [&'static str; 43] {
        [
            self.marker,
            self.star,
            self.own,
            self.ellipsis,
            self.dot,
            self.bullet,
            self.arrow,
            self.rule_v,
            self.rule_h,
            self.rule_strong,
            self.more_up,
            self.more_down,
            self.more_left,
            self.more_right,
            self.heat[0],
            self.heat[1],
            self.heat[2],
            self.heat[3],
            self.heat[4],
            self.shade[0],
            self.shade[1],
            self.shade[2],
            self.track,
            self.track_range,
            self.pointer,
            self.moved[0],
            self.moved[1],
            self.moved[2],
            self.moved[3],
            self.moved[4],
            self.done,
            self.attention,
            self.step,
            self.ready,
            self.change,
            self.pause,
            self.no_pressure,
            self.area,
            self.pain,
            self.stress,
            self.both,
            self.caret,
            self.cursor,
        ]
    }
}

/// Whether a terminal with these variables should get the ASCII set where nobody chose one: the Linux console, or a
/// locale that is not UTF-8. As the C library does, the first of `LC_ALL`, `LC_CTYPE` and `LANG` that says something
/// decides.
pub fn wants_ascii(var: impl Fn(&str) -> Option<String>) -> bool {
    let says = |name| var(name).filter(|value| !value.is_empty());
    // The Linux console's fonts have neither braille nor most signs.
    if says("TERM").is_some_and(|term| term == "linux") {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(says);
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    !(locale.contains("utf-8") || locale.contains("utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_sign_is_one_column_wide_and_the_ascii_set_is_ascii() {
        for glyph in Glyphs::UNICODE.all() {
            assert_eq!(glyph.width(), 1, "{glyph}");
        }
        for glyph in Glyphs::ASCII.all() {
            assert!(glyph.is_ascii() && glyph.len() == 1, "{glyph}");
        }
    }

    fn under(vars: &[(&str, &str)]) -> bool {
        wants_ascii(|name| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_locale_that_is_not_utf_8_gets_ascii() {
        assert!(under(&[]));
        assert!(under(&[("LANG", "C")]));
        assert!(under(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "POSIX")]));
        assert!(under(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!under(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "")]));
        assert!(!under(&[("LANG", "C.utf8")]));
    }

    #[test]
    fn the_linux_console_gets_ascii_whatever_the_locale() {
        assert!(under(&[("LANG", "C.UTF-8"), ("TERM", "linux")]));
        assert!(!under(&[("LANG", "C.UTF-8"), ("TERM", "xterm")]));
    }
}
