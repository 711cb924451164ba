//! What a technique, a routine or an evidence card says about itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::widgets::body_map::{self, Fill};
use super::widgets::text;
use super::{Look, layout};
use crate::app::App;
use crate::domain::dose::halved_s;
use crate::domain::evidence::Topic;
use crate::domain::gate::Standing;
use crate::domain::library::Library;
use crate::domain::plan::Timeline;
use crate::domain::plan::{Phase, Side};
use crate::domain::routine::Routine;
use crate::domain::technique::{Sides, Step, Technique};
use crate::domain::time::clock_text;

/// Columns from which text and map stand side by side.
const BESIDE: u16 = 66;
/// The most columns of text, with the one of the signs that there is more.
const TEXT: u16 = 77;
/// Rows from which the map stands above the text.
const ABOVE: u16 = 26;

/// Draws a technique: the map and the text, beside or below each other as there is room.
pub fn technique(area: Rect, buffer: &mut Buffer, technique: &Technique, app: &App, look: &Look) {
    let fills: Vec<Fill> = technique
        .regions
        .iter()
        .map(|region| Fill::read(region))
        .collect();
    let room = with_map(area, buffer, &fills, look);
    let width = usize::from(room.width.saturating_sub(1));
    let lines = technique_lines(technique, app, width, look);
    scrolled(room, buffer, &lines, app, look);
}

/// Draws a routine.
pub fn routine(area: Rect, buffer: &mut Buffer, routine: &Routine, app: &App, look: &Look) {
    let regions: Vec<&str> = routine
        .items
        .iter()
        .filter_map(|item| app.library.technique(&item.technique))
        .flat_map(|technique| technique.regions.iter().map(String::as_str))
        .collect();
    let fills: Vec<Fill> = regions.iter().map(|region| Fill::read(region)).collect();
    let room = with_map(area, buffer, &fills, look);
    let lines = routine_lines(
        routine,
        app,
        usize::from(room.width.saturating_sub(1)),
        look,
    );
    scrolled(room, buffer, &lines, app, look);
}

/// Draws the lines of what is selected, from where they are scrolled to.
pub fn scrolled(area: Rect, buffer: &mut Buffer, lines: &[Line<'static>], app: &App, look: &Look) {
    let first = app
        .preview_scroll
        .first(lines.len(), usize::from(area.height));
    text::scrolled(area, buffer, lines, first, look);
}

/// Draws the map where there is room for it and something to show; returns the room for the text.
fn with_map(area: Rect, buffer: &mut Buffer, fills: &[Fill], look: &Look) -> Rect {
    if fills.is_empty() {
        return layout::at_most(area, TEXT);
    }
    if area.width >= BESIDE && area.height >= body_map::LEAST.1 {
        let columns = (area.width * 2 / 5).clamp(body_map::LEAST.0, 44);
        let (left, map) = layout::split_left(area, area.width - columns);
        let rows = map.height.min(columns).min(30);
        body_map::draw(
            Rect {
                height: rows,
                ..map
            },
            buffer,
            fills,
            look,
        );
        let (left, _) = layout::split_left(left, left.width - 2);
        return left;
    }
    if area.height >= ABOVE && area.width >= body_map::LEAST.0 {
        let rows = (area.height * 2 / 5).clamp(body_map::LEAST.1, 18);
        let (map, below) = layout::split_top(area, rows);
        body_map::draw(map, buffer, fills, look);
        return layout::split_top(below, 1).1;
    }
    layout::at_most(area, TEXT)
}

/// Lines with a label before the text and the text hanging under itself.
struct Lines<'a> {
    done: Vec<Line<'static>>,
    width: usize,
    look: &'a Look<'a>,
}

impl<'a> Lines<'a> {
    fn new(width: usize, look: &'a Look<'a>) -> Self {
        Self {
            done: Vec::new(),
            width,
            look,
        }
    }

    fn gap(&mut self) {
        self.done.push(Line::default());
    }

    fn heading(&mut self, words: &str) {
        let style = self.look.theme.heading;
        self.done.extend(text::wrapped(words, self.width, style));
    }

    fn words(&mut self, words: &str) {
        let style = self.look.theme.text;
        self.done.extend(text::wrapped(words, self.width, style));
    }

    fn dim(&mut self, words: &str) {
        let style = self.look.theme.dim;
        self.done.extend(text::wrapped(words, self.width, style));
    }

    /// `label` over its text where it is narrow, else before it.
    fn labelled(&mut self, label: &str, words: &str) {
        const COLUMN: usize = 11;
        let theme = &self.look.theme;
        if self.width < 36 {
            let lead = Span::styled(format!("{label}: "), theme.dim);
            let mut line = text::wrap(&format!("{label}: {words}"), self.width).into_iter();
            if let Some(first) = line.next() {
                let rest = first
                    .chars()
                    .skip(label.chars().count() + 2)
                    .collect::<String>();
                self.done
                    .push(Line::from(vec![lead, Span::styled(rest, theme.text)]));
            }
            self.done
                .extend(line.map(|line| Line::styled(line, theme.text)));
            return;
        }
        let lead = Span::styled(format!("{label:<COLUMN$}"), theme.dim);
        self.done
            .extend(text::hanging(&lead, words, self.width, theme.text));
    }
}

fn technique_lines(
    technique: &Technique,
    app: &App,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let library = &app.library;
    let favourite = app.library_pane.favourites.contains(&technique.slug);
    let mut out = Lines::new(width, look);
    let star = if favourite {
        format!(" {}", look.glyphs.star)
    } else {
        String::new()
    };
    out.heading(&format!("{}{star}", technique.name));
    out.dim(&facts(technique, app, look));
    off(&mut out, app.standings.get(&technique.slug));
    careful(&mut out, app);
    out.gap();
    steps(&mut out, &technique.steps, app.care.is_halved);
    out.gap();
    out.labelled("position", &technique.position);
    out.labelled("tools", &technique.tools);
    out.labelled("where", &technique.area);
    out.labelled("pressure", &technique.pressure(app.care.pressure_max));
    out.labelled("breathing", &technique.breathing);
    if !technique.good_for.is_empty() {
        out.labelled("good for", &technique.good_for.join(", "));
    }
    out.gap();
    stop_if(&mut out, &technique.stop_if);
    if let Some(note) = &technique.note {
        out.gap();
        out.labelled("note", note);
    }
    out.gap();
    evidence(&mut out, technique, library);
    if let Some(words) = library.safety().leave_out(&technique.traits) {
        out.gap();
        out.labelled("leave out", &words);
    }
    out.done
}

/// What it would go through if it started now: gentler in the first week.
fn now(slug: &str, app: &App) -> Timeline {
    let slug = [slug.to_owned()];
    let timeline = Timeline::of_slugs(&app.library, &slug, Side::Left, |_| true, app.care);
    timeline.unwrap_or_else(|_| Timeline::empty())
}

/// Length and sides in one line.
fn facts(technique: &Technique, app: &App, look: &Look) -> String {
    let sides = match technique.sides {
        Sides::Both => None,
        Sides::LeftThenRight => Some("left, then right"),
        Sides::Either => Some("the easier side"),
        Sides::InTurn => Some("side to side"),
    };
    let length = clock_text(now(&technique.slug, app).real_s().into());
    match sides {
        Some(sides) => format!("{length} {} {sides}", look.glyphs.dot),
        None => length,
    }
}

/// The steps with their times; those done for each side stand under a word that says so.
fn steps(out: &mut Lines, steps: &[Step], is_halved: bool) {
    let seconds = |step: &Step| {
        if is_halved {
            halved_s(step.seconds)
        } else {
            step.seconds
        }
    };
    let theme = &out.look.theme;
    let mut each_side = false;
    let times = steps
        .iter()
        .map(|step| clock_text(seconds(step).into()).len());
    let wide = times.max().unwrap_or(0);
    for (number, step) in (1..).zip(steps) {
        if step.each_side != each_side {
            each_side = step.each_side;
            let words = if each_side { "each side" } else { "then, once" };
            out.done.extend(text::wrapped(words, out.width, theme.dim));
        }
        let time = clock_text(seconds(step).into());
        let lead = Span::styled(format!("{number:>2}  {time:>wide$}  "), theme.dim);
        out.done
            .extend(text::hanging(&lead, &step.line, out.width, theme.text));
    }
}

fn stop_if(out: &mut Lines, words: &str) {
    warned(out, &format!("stop if: {words}"));
}

/// That the first week is gentler than usual, as the times below say already.
fn careful(out: &mut Lines, app: &App) {
    if app.care.is_halved {
        out.dim("your first week: times are halved, pressure stays at 4 of 10 or less");
    }
}

/// Why it is off, rule by rule.
fn off(out: &mut Lines, standing: Option<&Standing>) {
    for reason in standing.iter().flat_map(|known| &known.off) {
        warned(out, &format!("off ({}): {}", reason.id, reason.words));
    }
}

/// Words behind the sign that says 'look here'.
fn warned(out: &mut Lines, words: &str) {
    let lead = Span::styled(
        format!("{} ", out.look.glyphs.attention),
        out.look.theme.warn,
    );
    let style = out.look.theme.text;
    out.done
        .extend(text::hanging(&lead, words, out.width, style));
}

fn evidence(out: &mut Lines, technique: &Technique, library: &Library) {
    let letter = technique.evidence;
    out.heading(&format!("Evidence {}", letter.name()));
    out.dim(letter.meaning());
    sources(out, &technique.sources, library);
}

fn routine_lines(routine: &Routine, app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let library = &app.library;
    let mut out = Lines::new(width, look);
    out.heading(&routine.name);
    let timeline = now(&routine.slug, app);
    let length = clock_text(timeline.real_s().into());
    let count = routine.items.len();
    out.dim(&format!(
        "{length} {} {count} {}",
        look.glyphs.dot,
        if count == 1 { "part" } else { "parts" }
    ));
    out.gap();
    let standing = app.standings.get(&routine.slug);
    if let Some(standing) = standing.filter(|known| !known.gaps.is_empty()) {
        let words = if standing.off.is_empty() {
            "some of it is left out with your answers"
        } else {
            "off: too little of it is left with your answers"
        };
        warned(&mut out, words);
        for (name, reasons) in &standing.gaps {
            let why: Vec<&str> = reasons.iter().map(|reason| reason.words.as_str()).collect();
            out.dim(&format!("{name}: {}", why.join("; ")));
        }
        out.gap();
    }
    careful(&mut out, app);
    out.words(&routine.summary);
    out.gap();
    for (index, item) in timeline.items.iter().enumerate() {
        let seconds: u32 = timeline
            .segments
            .iter()
            .filter(|segment| segment.item == index)
            .filter(|segment| matches!(segment.phase, Phase::Step { .. }))
            .map(|segment| segment.seconds)
            .sum();
        let time = clock_text(seconds.into());
        let lead = Span::styled(format!("{:>2}  {time:>5}  ", index + 1), look.theme.dim);
        out.done
            .extend(text::hanging(&lead, &item.name, width, look.theme.text));
    }
    out.gap();
    out.labelled("why", &routine.why);
    sources(&mut out, &routine.sources, library);
    out.done
}

/// The lines of an evidence card.
pub fn topic(topic: &Topic, library: &Library, width: usize, look: &Look) -> Vec<Line<'static>> {
    let mut out = Lines::new(width, look);
    out.heading(topic.title);
    out.gap();
    out.labelled("is said", topic.said);
    out.gap();
    out.labelled("measured", topic.measured);
    out.gap();
    out.labelled("how sure", topic.how_sure);
    sources(&mut out, &topic.sources, library);
    out.done
}

/// Each source with what it found, how strong that is, and where it stands.
fn sources(out: &mut Lines, ids: &[impl AsRef<str>], library: &Library) {
    let known: Vec<_> = ids
        .iter()
        .filter_map(|id| library.source(id.as_ref()))
        .collect();
    if known.is_empty() {
        return;
    }
    out.gap();
    out.heading("Sources");
    let theme = &out.look.theme;
    for source in known {
        let lead = Span::styled(format!("{:<5}", source.id), theme.dim);
        let mut words = vec![(lead, source.finding, theme.text)];
        let below = [source.strength, source.doubt(), source.citation];
        words.extend(below.map(|words| (Span::raw("     "), words, theme.dim)));
        for (lead, words, style) in words.into_iter().filter(|(_, words, _)| !words.is_empty()) {
            out.done
                .extend(text::hanging(&lead, words, out.width, style));
        }
    }
}
