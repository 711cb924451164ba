//! The merge of one record: from its operations to its state, a pure function of their set.
//!
//! Rules 2 to 6 of the journal; rule 1 (several lines of one id) is settled before.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::line::{Check, Kind, Op};
use crate::domain::id::Id;
use crate::domain::order;
use crate::domain::record::{FIELDS, Fields, Marks};

/// Whether a record is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has no add yet.
    Waiting,
    /// It is shown.
    Visible,
    /// It was deleted.
    Deleted,
    /// It was forgotten: nothing brings it back.
    Forgotten,
}

/// A field that was changed on two machines that had not seen each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub name: String,
    /// The operation whose value shows.
    pub shown: Id,
    /// The others, with their values' JSON text; `None`: taken away.
    pub others: Vec<(Id, Option<String>)>,
}

/// What came out.
#[derive(Debug, Clone)]
pub struct Merged {
    /// Whether it is to be seen.
    pub standing: Standing,
    /// Its fields: known ones in documented order, then the others by name.
    pub fields: Fields,
    /// What else there is to say.
    pub marks: Marks,
    /// Fields with more than one value.
    pub conflicts: Vec<Conflict>,
    /// What a writer has seen now.
    pub heads: Vec<Id>,
    /// For each operation given: whether it is on. An add is off here while an undo that names it is on.
    pub on: Vec<bool>,
    /// Undos that have no effect (yet), by their place among the operations given.
    pub idle_undos: Vec<usize>,
    /// Number of adds.
    pub adds: usize,
}

impl Merged {
    /// Whether people see the same in both.
    pub fn looks_like(&self, other: &Self) -> bool {
        let texts = |merged: &Self| -> Vec<(String, String)> {
            let pairs = merged.fields.iter();
            pairs
                .map(|(name, raw)| (name.to_owned(), raw.get().to_owned()))
                .collect()
        };
        self.standing == other.standing
            && (self.standing != Standing::Visible || texts(self) == texts(other))
    }
}

/// Merges the operations of one record. Their ids are distinct.
pub fn merge(ops: &[Op<'_>]) -> Merged {
    let by_id: HashMap<&Id, usize> = ops
        .iter()
        .enumerate()
        .map(|(at, op)| (&op.id, at))
        .collect();
    let undos = Undos::of(ops, &by_id);
    let graph = Graph::of(ops, &by_id, &undos);
    let adds = ops.iter().filter(|op| op.kind == Kind::Add).count();
    let live = |at: usize| ops[at].kind == Kind::Add || undos.on[at];
    let mut merged = Merged {
        standing: Standing::Visible,
        fields: Fields::default(),
        marks: Marks {
            damaged: ops.iter().any(|op| op.check == Check::Wrong),
            ..Marks::default()
        },
        conflicts: Vec::new(),
        heads: graph.heads(ops),
        idle_undos: undos.idle.clone(),
        adds,
        on: Vec::new(),
    };
    let deletes: Vec<usize> = (0..ops.len())
        .filter(|&at| undos.on[at] && graph.is_delete(ops, at))
        .collect();
    if ops.iter().any(|op| op.kind == Kind::Forget) {
        merged.standing = Standing::Forgotten;
    } else if adds == 0 {
        merged.standing = Standing::Waiting;
    } else if !deletes.is_empty() {
        let seen = graph.reached_from(&deletes);
        let unseen = (0..ops.len())
            .any(|at| matches!(ops[at].kind, Kind::Add | Kind::Edit) && live(at) && !seen[at]);
        if unseen {
            merged.marks.deleted_elsewhere = true;
        } else {
            merged.standing = Standing::Deleted;
        }
    }
    if merged.standing != Standing::Forgotten {
        fill_fields(&mut merged, ops, &graph, live);
    }
    merged.on = undos.on;
    merged
}

/// Rule 2: which operations are on.
struct Undos {
    on: Vec<bool>,
    /// What an undo with an effect names.
    target: Vec<Option<usize>>,
    idle: Vec<usize>,
}

impl Undos {
    fn of(ops: &[Op<'_>], by_id: &HashMap<&Id, usize>) -> Self {
        let mut undos = Self {
            on: vec![true; ops.len()],
            target: vec![None; ops.len()],
            idle: Vec::new(),
        };
        if ops.iter().all(|op| op.kind != Kind::Undo) {
            return undos;
        }
        let names: Vec<Option<usize>> = ops
            .iter()
            .map(|op| {
                let of = (op.kind == Kind::Undo).then_some(op.of.as_ref()?)?;
                by_id.get(of).copied()
            })
            .collect();
        let depths = depths(ops, &names);
        let mut deepest_first: Vec<(usize, usize)> = Vec::new();
        for (at, depth) in depths.iter().enumerate() {
            match depth {
                Some(0) => {}
                Some(depth) => deepest_first.push((*depth, at)),
                None if ops[at].kind == Kind::Undo => undos.idle.push(at),
                None => {}
            }
        }
        order::by(&mut deepest_first, |a, b| b.cmp(a));
        // All undos of an undo are deeper than it, so it is settled when its turn comes.
        for (_, at) in deepest_first {
            undos.target[at] = names[at];
            if let Some(target) = names[at].filter(|_| undos.on[at]) {
                undos.on[target] = false;
            }
        }
        undos
    }
}

/// How many undos lead from each operation to an act: 0 for the act itself, `None` where none is reached.
fn depths(ops: &[Op<'_>], names: &[Option<usize>]) -> Vec<Option<usize>> {
    #[derive(Clone, Copy)]
    enum Known {
        No,
        OnPath,
        Yes(Option<usize>),
    }
    let mut known: Vec<Known> = ops
        .iter()
        .map(|op| match op.kind {
            Kind::Undo => Known::No,
            Kind::Forget => Known::Yes(None),
            Kind::Add | Kind::Edit | Kind::Delete => Known::Yes(Some(0)),
        })
        .collect();
    for start in 0..ops.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        let end = loop {
            let Some(here) = at else { break None };
            match known[here] {
                Known::Yes(depth) => break depth,
                Known::OnPath => break None,
                Known::No => {
                    known[here] = Known::OnPath;
                    path.push(here);
                    at = names[here];
                }
            }
        };
        for (steps, &here) in path.iter().rev().enumerate() {
            known[here] = Known::Yes(end.map(|depth| depth + steps + 1));
        }
    }
    known
        .into_iter()
        .map(|known| match known {
            Known::Yes(depth) => depth,
            Known::No | Known::OnPath => None,
        })
        .collect()
}

/// Rule 3: who has seen whom. Its nodes are adds, edits, deletes, and undos that name an add, which are deletes.
struct Graph {
    /// What each node has seen.
    seen: Vec<Vec<usize>>,
    node: Vec<bool>,
    /// Nodes that lead to each other share a number.
    ring: Vec<usize>,
}

impl Graph {
    fn of(ops: &[Op<'_>], by_id: &HashMap<&Id, usize>, undos: &Undos) -> Self {
        let names_add =
            |at: usize| undos.target[at].filter(|&target| ops[target].kind == Kind::Add);
        let node: Vec<bool> = (0..ops.len())
            .map(|at| ops[at].kind.is_act() || names_add(at).is_some())
            .collect();
        let mut seen = vec![Vec::new(); ops.len()];
        for (at, op) in ops.iter().enumerate().filter(|&(at, _)| node[at]) {
            match &op.seen {
                Some(ids) => {
                    let present = ids.iter().filter_map(|id| by_id.get(id).copied());
                    seen[at].extend(present.filter(|&target| node[target]));
                }
                None if op.kind == Kind::Add => {}
                None => seen[at].extend((0..ops.len()).filter(|&add| ops[add].kind == Kind::Add)),
            }
            seen[at].extend(names_add(at));
        }
        let ring = rings(&seen);
        Self { seen, node, ring }
    }

    fn is_delete(&self, ops: &[Op<'_>], at: usize) -> bool {
        ops[at].kind == Kind::Delete || (ops[at].kind == Kind::Undo && self.node[at])
    }

    /// Everything that these have seen, at first or second hand.
    fn reached_from(&self, starts: &[usize]) -> Vec<bool> {
        let mut reached = vec![false; self.seen.len()];
        let mut todo: Vec<usize> = starts
            .iter()
            .flat_map(|&at| self.seen[at].iter().copied())
            .collect();
        while let Some(at) = todo.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                todo.extend(&self.seen[at]);
            }
        }
        reached
    }

    /// For each of these: whether it is before none of the others.
    fn latest(&self, writers: &[usize]) -> Vec<bool> {
        if writers.len() < 2 {
            return vec![true; writers.len()];
        }
        // Whatever is reached after leaving a writer's own ring is before that writer.
        let mut reached = vec![false; self.seen.len()];
        let mut inside = vec![false; self.seen.len()];
        let mut todo = Vec::new();
        let mut within: Vec<usize> = writers.to_vec();
        while let Some(at) = within.pop() {
            if std::mem::replace(&mut inside[at], true) {
                continue;
            }
            for &next in &self.seen[at] {
                if self.ring[next] == self.ring[at] {
                    within.push(next);
                } else {
                    todo.push(next);
                }
            }
        }
        while let Some(at) = todo.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                todo.extend(&self.seen[at]);
            }
        }
        writers.iter().map(|&at| !reached[at]).collect()
    }

    /// Nodes that no other act names; of a ring that nothing outside names, all. An undo of an add counts as named by
    /// others but hides none itself, so that readers agree whether or not they take it for a node.
    fn heads(&self, ops: &[Op<'_>]) -> Vec<Id> {
        let mut is_named = vec![false; ops.len()];
        for at in (0..ops.len()).filter(|&at| ops[at].kind.is_act()) {
            let rings = self.seen[at].iter().map(|&target| self.ring[target]);
            for ring in rings.filter(|&ring| ring != self.ring[at]) {
                is_named[ring] = true;
            }
        }
        let heads = (0..ops.len()).filter(|&at| self.node[at] && !is_named[self.ring[at]]);
        let mut heads: Vec<Id> = heads.map(|at| ops[at].id.clone()).collect();
        heads.sort_unstable();
        heads
    }
}

/// Numbers the strongly connected parts (Kosaraju's way, without recursion).
fn rings(seen: &[Vec<usize>]) -> Vec<usize> {
    let count = seen.len();
    let mut back = vec![Vec::new(); count];
    for (at, targets) in seen.iter().enumerate() {
        for &target in targets {
            back[target].push(at);
        }
    }
    let mut finished = Vec::with_capacity(count);
    let mut visited = vec![false; count];
    for start in 0..count {
        let mut path = vec![(start, 0)];
        if std::mem::replace(&mut visited[start], true) {
            continue;
        }
        while let Some((at, next)) = path.last_mut() {
            if let Some(&target) = seen[*at].get(*next) {
                *next += 1;
                if !std::mem::replace(&mut visited[target], true) {
                    path.push((target, 0));
                }
            } else {
                finished.push(*at);
                path.pop();
            }
        }
    }
    let mut ring = vec![usize::MAX; count];
    for &start in finished.iter().rev() {
        let mut todo = vec![start];
        while let Some(at) = todo.pop() {
            if ring[at] == usize::MAX {
                ring[at] = start;
                todo.extend(back[at].iter().filter(|&&next| ring[next] == usize::MAX));
            }
        }
    }
    ring
}

/// Rule 4.
fn fill_fields(merged: &mut Merged, ops: &[Op<'_>], graph: &Graph, live: impl Fn(usize) -> bool) {
    let mut writers: HashMap<&str, Vec<(usize, Option<&RawValue>)>> = HashMap::new();
    for (at, op) in ops.iter().enumerate() {
        if !matches!(op.kind, Kind::Add | Kind::Edit) || !live(at) {
            continue;
        }
        for (name, value) in &op.set {
            writers.entry(name).or_default().push((at, Some(value)));
        }
        for name in &op.unset {
            let known = writers.entry(name).or_default();
            if known.last().is_none_or(|&(last, _)| last != at) {
                known.push((at, None));
            }
        }
    }
    let names = writers.keys().map(|name| (place(name), *name));
    let mut names: Vec<(usize, &str)> = names.collect();
    order::by(&mut names, Ord::cmp);
    for (_, name) in names {
        let all = &writers[name];
        let places: Vec<usize> = all.iter().map(|&(at, _)| at).collect();
        let latest = graph.latest(&places);
        let mut left: Vec<(usize, Option<&RawValue>)> = (all.iter().zip(latest))
            .filter_map(|(&writer, latest)| latest.then_some(writer))
            .collect();
        order::by(&mut left, |a, b| ops[b.0].id.cmp(&ops[a.0].id));
        let Some(&(shown, value)) = left.first() else {
            continue;
        };
        if let Some(value) = value {
            merged.fields.push_raw(name, value.to_owned());
        }
        let text = |value: Option<&RawValue>| value.map(|raw| raw.get().to_owned());
        if left.iter().any(|&(_, other)| text(other) != text(value)) {
            merged.marks.conflict = true;
            merged.conflicts.push(Conflict {
                name: name.to_owned(),
                shown: ops[shown].id.clone(),
                others: (left[1..].iter())
                    .map(|&(at, value)| (ops[at].id.clone(), text(value)))
                    .collect(),
            });
        }
    }
}

/// A known field's place in the documented order; unknown ones come after.
pub fn place(name: &str) -> usize {
    FIELDS
        .iter()
        .position(|known| *known == name)
        .unwrap_or(FIELDS.len())
}

#[cfg(test)]
mod tests;
