//! The library's list: what is shown, what is selected, the search, the filters and the queue.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use crate::domain::library::Library;
use crate::domain::log::last_done;
use crate::domain::record::Entry;
use crate::domain::search::{Filter, Item, Preference, Query};

use super::text_field::TextField;

/// The longest search text, in bytes.
pub const SEARCH_MAX: usize = 200;

/// Something to choose, by its place in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A technique.
    Technique(usize),
    /// A routine.
    Routine(usize),
    /// An evidence card.
    Topic(usize),
}

impl Hit {
    fn of(library: &Library, item: Item) -> Option<Self> {
        fn place<T>(list: &[T], one: &T) -> Option<usize> {
            list.iter().position(|known| std::ptr::eq(known, one))
        }
        match item {
            Item::Technique(one) => place(&library.techniques, one).map(Self::Technique),
            Item::Routine(one) => place(&library.routines, one).map(Self::Routine),
            Item::Topic(one) => place(library.topics(), one).map(Self::Topic),
        }
    }
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A group's name.
    Heading(String),
    /// Something to choose.
    Item(Hit),
}

/// The library pane.
#[derive(Debug, Default)]
pub struct LibraryPane {
    /// Rows as they stand under search and filter.
    pub rows: Vec<Row>,
    /// The selected row, always an item unless there is none.
    pub selected: usize,
    /// First row on the screen; kept by the drawing so that the list moves only when it must.
    pub top: Cell<usize>,
    /// Rows that the last drawing had room for: a page.
    pub page: Cell<usize>,
    /// The search as typed.
    pub search: TextField,
    /// Whether the search field has the keys.
    pub searching: bool,
    /// The filters.
    pub filter: Filter,
    /// Slugs of what is off.
    pub off: BTreeSet<String>,
    /// Slugs of what made it worse lately.
    pub resting: BTreeSet<String>,
    /// Slugs marked as favourites.
    pub favourites: BTreeSet<String>,
    /// Slugs of techniques and routines waiting to be done one after the other.
    pub queue: Vec<String>,
    /// When each technique or routine was last done, by slug: seconds since 1970.
    last_done: HashMap<String, i64>,
    /// It was counted from the whole log that is told next.
    knows_whole: bool,
}

impl LibraryPane {
    /// With these favourites and nothing listed yet.
    pub fn new(favourites: BTreeSet<String>) -> Self {
        Self {
            favourites,
            ..Self::default()
        }
    }

    /// Lists anew; the selection stays on its item if that is still there.
    pub fn refresh(&mut self, library: &Library) {
        let kept = self.selected_hit().copied();
        let query = Query {
            words: self.search.text().to_owned(),
            filter: self.filter.clone(),
        };
        let last_done = |slug: &str| self.last_done.get(slug).copied();
        let preference = Preference {
            favourites: &self.favourites,
            last_done: &last_done,
            off: &self.off,
            resting: &self.resting,
        };
        let found = library.find_grouped(&query, &preference);
        self.rows.clear();
        for group in found {
            self.rows.push(Row::Heading(group.heading.to_owned()));
            self.rows.extend(
                group
                    .items
                    .iter()
                    .filter_map(|item| Hit::of(library, *item))
                    .map(Row::Item),
            );
        }
        let again = kept.and_then(|hit| self.rows.iter().position(|row| *row == Row::Item(hit)));
        self.selected = again.unwrap_or(0);
        self.settle(1);
    }

    /// Selects the best hit: the first item.
    pub fn select_first(&mut self) {
        self.selected = 0;
        self.top.set(0);
        self.settle(1);
    }

    /// Learns from entries when each thing was last done.
    pub fn learn(&mut self, entries: &[Entry]) {
        for (slug, at) in last_done(entries) {
            self.learn_one(slug, at);
        }
    }

    /// The same from the whole log, unless that was told already.
    pub fn learn_whole(&mut self, entries: &[Entry]) {
        if !std::mem::take(&mut self.knows_whole) {
            self.learn(entries);
        }
    }

    /// The same as it was counted elsewhere from the whole log that is told next.
    pub fn hear_last_done(&mut self, last: HashMap<String, i64>) {
        for (slug, at) in last {
            self.learn_one(slug, at);
        }
        self.knows_whole = true;
    }

    fn learn_one(&mut self, slug: String, at: i64) {
        let known = self.last_done.entry(slug).or_insert(at);
        *known = at.max(*known);
    }

    /// What is selected.
    pub fn selected_hit(&self) -> Option<&Hit> {
        match self.rows.get(self.selected) {
            Some(Row::Item(hit)) => Some(hit),
            _ => None,
        }
    }

    /// The slug of the selected technique or routine.
    pub fn selected_slug<'a>(&self, library: &'a Library) -> Option<&'a str> {
        match self.selected_hit()? {
            Hit::Technique(at) => library
                .techniques
                .get(*at)
                .map(|technique| &*technique.slug),
            Hit::Routine(at) => library.routines.get(*at).map(|routine| &*routine.slug),
            Hit::Topic(_) => None,
        }
    }

    /// Selects the technique, routine or card of this slug if it is listed.
    pub fn select_slug(&mut self, library: &Library, slug: &str) {
        let is_it = |row: &Row| match row {
            Row::Item(Hit::Technique(at)) => library.techniques[*at].slug == slug,
            Row::Item(Hit::Routine(at)) => library.routines[*at].slug == slug,
            _ => false,
        };
        if let Some(at) = self.rows.iter().position(is_it) {
            self.selected = at;
        }
    }

    /// Moves the selection by rows, over headings.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.settle(by.signum());
    }

    /// Selects the item in this row; false where there is none.
    pub fn select_row(&mut self, at: usize) -> bool {
        let is_item = matches!(self.rows.get(at), Some(Row::Item(_)));
        if is_item {
            self.selected = at;
        }
        is_item
    }

    /// A page at a time.
    pub fn page(&mut self, pages: isize) {
        let rows = self.page.get().saturating_sub(1).max(1);
        self.step(pages * isize::try_from(rows).unwrap_or(1));
    }

    /// To the first or last item.
    pub fn jump(&mut self, to_last: bool) {
        self.selected = if to_last {
            self.rows.len().saturating_sub(1)
        } else {
            0
        };
        self.settle(if to_last { -1 } else { 1 });
    }

    /// Leaves a heading in this direction, or the other way at an end.
    fn settle(&mut self, direction: isize) {
        let is_item = |row: &Row| matches!(row, Row::Item(_));
        let down = || (self.selected..self.rows.len()).find(|at| is_item(&self.rows[*at]));
        let up = || {
            (0..=self.selected)
                .rev()
                .find(|at| self.rows.get(*at).is_some_and(is_item))
        };
        let found = if direction < 0 {
            up().or_else(down)
        } else {
            down().or_else(up)
        };
        self.selected = found.unwrap_or(0);
    }
}
