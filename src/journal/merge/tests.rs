//! The rules word by word, and the merge against a slow reading of them.
#![allow(clippy::unwrap_used)]

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

/// An operation of the one record 'r'.
fn op<'a>(kind: Kind, id: &str) -> Op<'a> {
    Op {
        kind,
        id: Id::new(id),
        rec: Id::new("r"),
        of: None,
        seen: None,
        set: Vec::new(),
        unset: Vec::new(),
        at: None,
        check: Check::Right,
        doubled: false,
    }
}

fn raw(text: &'static str) -> &'static RawValue {
    serde_json::from_str(text).unwrap()
}

trait With: Sized {
    fn set(self, name: &'static str, value: &'static str) -> Self;
    fn unset(self, name: &'static str) -> Self;
    fn seen(self, ids: &[&str]) -> Self;
    fn of(self, id: &str) -> Self;
}

impl With for Op<'_> {
    fn set(mut self, name: &'static str, value: &'static str) -> Self {
        self.set.push((Cow::Borrowed(name), raw(value)));
        self
    }
    fn unset(mut self, name: &'static str) -> Self {
        self.unset.push(Cow::Borrowed(name));
        self
    }
    fn seen(mut self, ids: &[&str]) -> Self {
        self.seen = Some(ids.iter().map(|id| Id::new(id)).collect());
        self
    }
    fn of(mut self, id: &str) -> Self {
        self.of = Some(Id::new(id));
        self
    }
}

fn add(id: &str) -> Op<'static> {
    op(Kind::Add, id)
}
fn edit(id: &str, seen: &[&str]) -> Op<'static> {
    op(Kind::Edit, id).seen(seen)
}
fn delete(id: &str, seen: &[&str]) -> Op<'static> {
    op(Kind::Delete, id).seen(seen)
}
fn undo(id: &str, of: &str, seen: &[&str]) -> Op<'static> {
    op(Kind::Undo, id).of(of).seen(seen)
}

fn field(merged: &Merged, name: &str) -> Option<String> {
    merged.fields.get(name).map(|raw| raw.get().to_owned())
}

fn standing(ops: &[Op<'_>]) -> Standing {
    merge(ops).standing
}

fn heads(ops: &[Op<'_>]) -> Vec<String> {
    merge(ops).heads.iter().map(Id::to_string).collect()
}

#[test]
fn a_later_edit_wins_and_an_unset_takes_away() {
    let a = add("a").set("x", "1").set("y", "1").set("z", "1");
    let ops = [
        a,
        edit("b", &["a"]).set("x", "2").unset("y"),
        edit("c", &["b"]).set("x", "3"),
    ];
    let merged = merge(&ops);
    assert_eq!(field(&merged, "x").as_deref(), Some("3"));
    assert_eq!(field(&merged, "y"), None);
    assert_eq!(field(&merged, "z").as_deref(), Some("1"));
    assert!(merged.conflicts.is_empty() && !merged.marks.conflict);
    assert_eq!(heads(&ops), ["c"]);
}

#[test]
fn two_edits_that_did_not_see_each_other_are_a_conflict_unless_they_agree() {
    let a = add("a").set("x", "1");
    let (b, c) = (
        edit("b", &["a"]).set("x", "2"),
        edit("c", &["a"]).set("x", "3"),
    );
    let merged = merge(&[a.clone(), c.clone(), b.clone()]);
    assert_eq!(field(&merged, "x").as_deref(), Some("3"));
    assert_eq!(
        merged.conflicts,
        [Conflict {
            name: "x".into(),
            shown: Id::new("c"),
            others: vec![(Id::new("b"), Some("2".into()))],
        }]
    );
    let settled = merge(&[
        a.clone(),
        b,
        c.clone(),
        edit("d", &["b", "c"]).set("x", "2"),
    ]);
    assert_eq!(field(&settled, "x").as_deref(), Some("2"));
    assert!(settled.conflicts.is_empty());
    let agreed = merge(&[a.clone(), edit("b", &["a"]).set("x", "3"), c.clone()]);
    assert!(agreed.conflicts.is_empty());
    // As JSON text: 3 and 3.0 differ. Taken away is a value of its own.
    assert!(
        merge(&[a.clone(), edit("b", &["a"]).set("x", "3.0"), c.clone()])
            .marks
            .conflict
    );
    let merged = merge(&[a, edit("z", &["a"]).unset("x"), c]);
    assert_eq!((field(&merged, "x"), merged.marks.conflict), (None, true));
}

#[test]
fn setting_and_taking_away_in_one_line_sets() {
    let merged = merge(&[
        add("a").set("x", "1"),
        edit("b", &["a"]).set("x", "2").unset("x"),
    ]);
    assert_eq!(field(&merged, "x").as_deref(), Some("2"));
    assert!(!merged.marks.conflict);
}

#[test]
fn an_edit_leads_through_an_undone_one() {
    let ops = [
        add("a").set("x", "1"),
        edit("b", &["a"]).set("x", "2"),
        undo("u", "b", &["b"]),
        edit("c", &["b"]).set("x", "3"),
    ];
    let merged = merge(&ops);
    assert_eq!(field(&merged, "x").as_deref(), Some("3"));
    assert!(!merged.marks.conflict);
}

#[test]
fn undos_of_undos_count_down_to_the_act() {
    let mut ops = vec![
        add("a").set("x", "1"),
        edit("b", &["a"]).set("x", "2"),
        undo("u1", "b", &["b"]),
    ];
    let x = |ops: &[Op<'_>]| field(&merge(ops), "x").unwrap();
    assert_eq!(x(&ops), "1");
    ops.push(undo("u2", "u1", &["b"]));
    assert_eq!(x(&ops), "2");
    ops.push(undo("u3", "u2", &["b"]));
    assert_eq!(x(&ops), "1");
    ops.push(undo("u4", "b", &["b"]));
    assert_eq!(x(&ops), "1");
    // Two undos that are on both have to go.
    ops.push(undo("u5", "u4", &["b"]));
    assert_eq!(x(&ops), "1");
    ops.push(undo("u6", "u3", &["b"]));
    assert_eq!(x(&ops), "2");
}

#[test]
fn undos_in_a_circle_or_of_nothing_have_no_effect_and_are_reported() {
    let ops = [
        add("a").set("x", "1"),
        undo("u", "u", &["a"]),
        undo("v", "w", &["a"]),
        undo("w", "v", &["a"]),
        undo("x", "v", &["a"]),
        undo("y", "nowhere", &["a"]),
        undo("z", "y", &["a"]),
    ];
    let merged = merge(&ops);
    assert_eq!(merged.standing, Standing::Visible);
    assert_eq!(merged.idle_undos, [1, 2, 3, 4, 5, 6]);
    assert_eq!(heads(&ops), ["a"]);
}

#[test]
fn an_undo_of_an_add_is_a_delete_that_has_seen_it() {
    let (a, u) = (add("a").set("x", "1"), undo("u", "a", &[]));
    assert_eq!(standing(&[a.clone(), u.clone()]), Standing::Deleted);
    assert!(!merge(&[a.clone(), u.clone()]).on[0]);
    assert_eq!(
        standing(&[a.clone(), u.clone(), undo("v", "u", &["a"])]),
        Standing::Visible
    );
    // What it had not seen shows the record again, flagged.
    let merged = merge(&[a.clone(), u.clone(), edit("e", &["a"]).set("x", "2")]);
    assert_eq!(
        (merged.standing, merged.marks.deleted_elsewhere),
        (Standing::Visible, true)
    );
    let seen = undo("u", "a", &["e"]);
    assert_eq!(
        standing(&[a.clone(), seen, edit("e", &["a"]).set("x", "2")]),
        Standing::Deleted
    );
    // Whoever names it in `seen` has seen the add, too.
    let merged = merge(&[
        a.clone(),
        u.clone(),
        undo("v", "u", &[]),
        edit("e", &["u"]).set("x", "2"),
    ]);
    assert_eq!(
        (field(&merged, "x").as_deref(), merged.marks.conflict),
        (Some("2"), false)
    );
    assert_eq!(heads(&[a, u]), ["a", "u"]);
}

#[test]
fn a_delete_hides_what_it_had_seen_and_nothing_newer() {
    let (a, d) = (add("a"), delete("d", &["a"]));
    assert_eq!(standing(&[a.clone(), d.clone()]), Standing::Deleted);
    let merged = merge(&[a.clone(), d.clone(), edit("e", &["a"])]);
    assert_eq!(
        (merged.standing, merged.marks.deleted_elsewhere),
        (Standing::Visible, true)
    );
    // A second delete that has seen the edit holds; so does one of two deletes between them.
    assert_eq!(
        standing(&[
            a.clone(),
            d.clone(),
            edit("e", &["a"]),
            delete("f", &["e", "d"])
        ]),
        Standing::Deleted
    );
    assert_eq!(
        standing(&[a.clone(), d.clone(), edit("e", &["a"]), delete("f", &["e"])]),
        Standing::Deleted
    );
    // An edit that was undone brings nothing back, and a delete that was undone hides nothing.
    assert_eq!(
        standing(&[
            a.clone(),
            d.clone(),
            edit("e", &["a"]),
            undo("u", "e", &["e"])
        ]),
        Standing::Deleted
    );
    let merged = merge(&[a.clone(), d.clone(), undo("u", "d", &["d"])]);
    assert_eq!(
        (merged.standing, merged.marks.deleted_elsewhere),
        (Standing::Visible, false)
    );
    // Two deletes need both be undone.
    let both = [a, d, delete("f", &["a"]), undo("u", "d", &["d", "f"])];
    assert_eq!(standing(&both), Standing::Deleted);
}

#[test]
fn without_seen_an_edit_or_delete_has_seen_the_adds() {
    let a = add("a").set("x", "1");
    let merged = merge(&[a.clone(), op(Kind::Edit, "0").set("x", "2")]);
    assert_eq!(
        (field(&merged, "x").as_deref(), merged.marks.conflict),
        (Some("2"), false)
    );
    assert_eq!(
        standing(&[a.clone(), op(Kind::Delete, "d")]),
        Standing::Deleted
    );
    assert_eq!(
        standing(&[a.clone(), op(Kind::Delete, "d"), edit("e", &["a"])]),
        Standing::Visible
    );
    // An empty list has seen nothing.
    assert!(merge(&[a, edit("b", &[]).set("x", "2")]).marks.conflict);
}

#[test]
fn operations_that_lead_to_each_other_are_unordered() {
    let ops = [
        add("a").set("x", "1"),
        edit("b", &["c", "a"]).set("x", "2"),
        edit("c", &["b"]).set("x", "3"),
    ];
    let merged = merge(&ops);
    assert_eq!(field(&merged, "x").as_deref(), Some("3"));
    assert_eq!(
        merged.conflicts[0].others,
        [(Id::new("b"), Some("2".into()))]
    );
    assert_eq!(
        heads(&ops),
        ["b", "c"],
        "a ring has no head, so all of it counts"
    );
}

#[test]
fn an_edit_before_its_add_waits_and_two_adds_are_two_writers() {
    assert_eq!(
        standing(&[edit("e", &["a"]).set("x", "1")]),
        Standing::Waiting
    );
    let merged = merge(&[add("a").set("x", "1"), add("b").set("x", "2")]);
    assert_eq!(
        (field(&merged, "x").as_deref(), merged.adds),
        (Some("2"), 2)
    );
    assert!(merged.marks.conflict);
}

#[test]
fn what_is_forgotten_stays_forgotten() {
    let forget = op(Kind::Forget, "f");
    let ops = [
        add("a").set("x", "1"),
        forget,
        undo("u", "f", &[]),
        edit("e", &["a"]).set("x", "2"),
    ];
    let merged = merge(&ops);
    assert_eq!(merged.standing, Standing::Forgotten);
    assert!(merged.fields.is_empty());
    assert_eq!(standing(&ops[1..2]), Standing::Forgotten);
}

#[test]
fn fields_come_in_documented_order_then_by_name() {
    let merged = merge(&[add("a")
        .set("zeta", "1")
        .set("note", "1")
        .set("alpha", "1")
        .set("kind", "1")]);
    let names: Vec<&str> = merged.fields.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["kind", "note", "alpha", "zeta"]);
}

#[test]
fn a_long_history_is_merged_without_deep_calls() {
    let mut ops = vec![add("0").set("x", "0")];
    for n in 1..20_000 {
        let before = (n - 1).to_string();
        ops.push(edit(&n.to_string(), &[&before]).set("x", "1"));
    }
    for n in 20_000..40_000 {
        let before = (n - 1).to_string();
        ops.push(undo(&n.to_string(), &before, &[]));
    }
    let merged = merge(&ops);
    assert_eq!(merged.standing, Standing::Visible);
    assert!(merged.on[19_999]);
}

// ---- the slow reading ----

struct Slow<'a, 'b>(&'a [Op<'b>]);

impl Slow<'_, '_> {
    fn at(&self, id: &Id) -> Option<usize> {
        self.0.iter().position(|op| op.id == *id)
    }

    fn effective(&self, undo: usize) -> bool {
        let mut at = undo;
        for _ in 0..=self.0.len() {
            if self.0[at].kind != Kind::Undo {
                return self.0[at].kind.is_act();
            }
            match self.0[at].of.as_ref().and_then(|of| self.at(of)) {
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    fn undone(&self, at: usize) -> bool {
        (0..self.0.len()).any(|undo| {
            let op = &self.0[undo];
            op.kind == Kind::Undo
                && op.of.as_ref() == Some(&self.0[at].id)
                && self.effective(undo)
                && !self.undone(undo)
        })
    }

    fn deletes_add(&self, at: usize) -> Option<usize> {
        let op = &self.0[at];
        let target = op
            .of
            .as_ref()
            .filter(|_| op.kind == Kind::Undo)
            .and_then(|of| self.at(of))?;
        (self.0[target].kind == Kind::Add).then_some(target)
    }

    fn is_node(&self, at: usize) -> bool {
        self.0[at].kind.is_act() || self.deletes_add(at).is_some()
    }

    fn sees(&self, at: usize, other: usize) -> bool {
        if !self.is_node(at) || !self.is_node(other) {
            return false;
        }
        let named = match &self.0[at].seen {
            Some(seen) => seen.contains(&self.0[other].id),
            None => self.0[at].kind != Kind::Add && self.0[other].kind == Kind::Add,
        };
        named || self.deletes_add(at) == Some(other)
    }

    fn leads(&self, from: usize, to: usize) -> bool {
        let mut reached = vec![false; self.0.len()];
        let mut changed = true;
        while changed {
            changed = false;
            for x in 0..self.0.len() {
                let now =
                    self.sees(from, x) || (0..self.0.len()).any(|y| reached[y] && self.sees(y, x));
                changed |= now && !reached[x];
                reached[x] |= now;
            }
        }
        reached[to]
    }

    fn before(&self, x: usize, y: usize) -> bool {
        self.leads(y, x) && !self.leads(x, y)
    }

    fn standing(&self) -> (Standing, bool) {
        let all = 0..self.0.len();
        if all.clone().any(|at| self.0[at].kind == Kind::Forget) {
            return (Standing::Forgotten, false);
        }
        if !all.clone().any(|at| self.0[at].kind == Kind::Add) {
            return (Standing::Waiting, false);
        }
        let deletes: Vec<usize> = all
            .clone()
            .filter(|&at| self.0[at].kind == Kind::Delete || self.deletes_add(at).is_some())
            .filter(|&at| !self.undone(at))
            .collect();
        let unseen = all.clone().any(|at| {
            let live = match self.0[at].kind {
                Kind::Add => true,
                Kind::Edit => !self.undone(at),
                _ => false,
            };
            live && !deletes.iter().any(|&delete| self.leads(delete, at))
        });
        match (deletes.is_empty(), unseen) {
            (true, _) => (Standing::Visible, false),
            (false, true) => (Standing::Visible, true),
            (false, false) => (Standing::Deleted, false),
        }
    }

    /// The value that shows, and whether there is a conflict.
    fn field(&self, name: &str) -> (Option<String>, bool) {
        let value = |at: usize| -> Option<Option<String>> {
            let op = &self.0[at];
            if !(op.kind == Kind::Add || (op.kind == Kind::Edit && !self.undone(at))) {
                return None;
            }
            let set = op.set.iter().find(|(known, _)| known == name);
            let set = set.map(|(_, raw)| Some(raw.get().to_owned()));
            set.or_else(|| op.unset.iter().any(|known| known == name).then_some(None))
        };
        let writers: Vec<usize> = (0..self.0.len())
            .filter(|&at| value(at).is_some())
            .collect();
        let left: Vec<usize> = (writers.iter().copied())
            .filter(|&x| !writers.iter().any(|&y| self.before(x, y)))
            .collect();
        let values: Vec<Option<String>> = left.iter().filter_map(|&at| value(at)).collect();
        let shown = left
            .iter()
            .max_by_key(|&&at| &self.0[at].id)
            .and_then(|&at| value(at));
        (
            shown.flatten(),
            values.iter().any(|value| *value != values[0]),
        )
    }
}

const NAMES: [&str; 3] = ["note", "pain", "own"];
const VALUES: [&str; 3] = ["1", "2", "3"];

fn some_op(count: usize) -> impl Strategy<Value = Op<'static>> {
    let kinds = prop_oneof![
        3 => Just(Kind::Add),
        6 => Just(Kind::Edit),
        2 => Just(Kind::Delete),
        5 => Just(Kind::Undo),
        1 => prop_oneof![9 => Just(Kind::Delete), 1 => Just(Kind::Forget)],
    ];
    let id = |n: usize| Id::new(&format!("op{n}"));
    let seen = proptest::option::weighted(0.9, proptest::collection::vec(0..count + 1, 0..3));
    let set = proptest::collection::btree_map(0..3_usize, 0..3_usize, 0..3);
    let unset = proptest::collection::btree_set(0..3_usize, 0..2);
    (kinds, seen, 0..count + 1, set, unset).prop_map(move |(kind, seen, of, set, unset)| Op {
        seen: seen
            .filter(|_| kind != Kind::Add)
            .map(|seen| seen.into_iter().map(id).collect()),
        of: (kind == Kind::Undo).then(|| id(of)),
        set: (set.into_iter())
            .filter(|_| matches!(kind, Kind::Add | Kind::Edit))
            .map(|(name, value)| (Cow::Borrowed(NAMES[name]), raw(VALUES[value])))
            .collect(),
        unset: unset
            .into_iter()
            .map(|name| Cow::Borrowed(NAMES[name]))
            .collect(),
        ..op(kind, "")
    })
}

fn some_ops() -> impl Strategy<Value = Vec<Op<'static>>> {
    (1..9_usize)
        .prop_flat_map(|count| proptest::collection::vec(some_op(count), count))
        .prop_map(|mut ops| {
            for (at, op) in ops.iter_mut().enumerate() {
                op.id = Id::new(&format!("op{at}"));
            }
            ops
        })
        .prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_merge_is_what_the_rules_say(ops in some_ops()) {
        let merged = merge(&ops);
        let slow = Slow(&ops);
        let (standing, flagged) = slow.standing();
        prop_assert_eq!(merged.standing, standing);
        prop_assert_eq!(merged.marks.deleted_elsewhere, flagged);
        for (at, op) in ops.iter().enumerate() {
            prop_assert_eq!(merged.on[at], !slow.undone(at), "{:?}", op.id);
        }
        let idle: Vec<usize> = (0..ops.len())
            .filter(|&at| ops[at].kind == Kind::Undo && !slow.effective(at))
            .collect();
        prop_assert_eq!(&merged.idle_undos, &idle);
        if standing != Standing::Forgotten {
            for name in NAMES {
                let (value, conflict) = slow.field(name);
                prop_assert_eq!(field(&merged, name), value, "{}", name);
                prop_assert_eq!(merged.conflicts.iter().any(|known| known.name == name), conflict, "{}", name);
            }
        }
    }

    #[test]
    fn whoever_has_seen_the_heads_has_seen_every_act(ops in some_ops()) {
        let mut later = ops.clone();
        let mut last = op(Kind::Edit, "zz").set("note", "\"mine\"").set("pain", "0").set("own", "0");
        last.seen = Some(merge(&ops).heads);
        later.push(last);
        let merged = merge(&later);
        if merged.standing != Standing::Forgotten {
            prop_assert!(merged.conflicts.is_empty());
            prop_assert_eq!(field(&merged, "note"), Some("\"mine\"".to_owned()));
        }
    }
}
