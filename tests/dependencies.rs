//! What comes into the program: licences, doubled versions, banned crates and where they are from, by the rules of
//! `.ci/deny.toml` and with nothing but cargo.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

const TARGET: &str = "x86_64-unknown-linux-gnu";

/// The packages that are built on the system that is tested, our own left out.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(["--filter-platform", TARGET])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let used: BTreeSet<&str> = (all["resolve"]["nodes"].as_array().unwrap().iter())
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let packages = all["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| used.contains(package["id"].as_str().unwrap()))
        .filter(|package| !package["source"].is_null())
        .cloned()
        .collect()
}

fn rules() -> toml::Table {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/deny.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn words(rules: &toml::Table, part: &str, name: &str) -> Vec<String> {
    let list = rules[part][name].as_array().unwrap().iter();
    list.map(|value| match value.get("crate") {
        Some(of) => of.as_str().unwrap().to_owned(),
        None => value.as_str().unwrap().to_owned(),
    })
    .collect()
}

fn text<'a>(package: &'a Value, name: &str) -> &'a str {
    package[name].as_str().unwrap_or_default()
}

/// An SPDX expression under way: words and brackets, read from the left.
struct Expression<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<String>>,
    allowed: &'a dyn Fn(&str) -> bool,
}

impl Expression<'_> {
    fn takes(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| token == word).is_some()
    }

    fn any(&mut self) -> bool {
        let mut holds = self.all();
        while self.takes("OR") {
            holds |= self.all();
        }
        holds
    }

    fn all(&mut self) -> bool {
        let mut holds = self.one();
        while self.takes("AND") {
            holds &= self.one();
        }
        holds
    }

    fn one(&mut self) -> bool {
        if self.takes("(") {
            let holds = self.any();
            assert!(self.takes(")"), "a bracket is not closed");
            return holds;
        }
        let Some(licence) = self.tokens.next() else {
            return false;
        };
        // An exception only gives more rights.
        if self.takes("WITH") {
            self.tokens.next();
        }
        (self.allowed)(&licence)
    }
}

/// Whether an expression can be satisfied with the licences that are allowed. `/` is an old way to say OR.
fn may_be_used(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    let tokens = tokens.into_iter().peekable();
    Expression { tokens, allowed }.any()
}

#[test]
fn every_licence_is_one_that_was_agreed_to() {
    let rules = rules();
    let agreed = words(&rules, "licenses", "allow");
    let exceptions = rules["licenses"]["exceptions"].as_array().unwrap();
    for package in packages() {
        let name = text(&package, "name");
        let excepted = exceptions
            .iter()
            .filter(|exception| exception["crate"].as_str() == Some(name))
            .flat_map(|exception| exception["allow"].as_array().unwrap())
            .map(|licence| licence.as_str().unwrap().to_owned());
        let allowed: Vec<String> = agreed.iter().cloned().chain(excepted).collect();
        let expression = text(&package, "license");
        assert!(
            may_be_used(expression, &|licence| allowed.iter().any(|a| a == licence)),
            "{name}: '{expression}'"
        );
    }
}

#[test]
fn an_expression_is_read_as_it_is_meant() {
    let mit = |licence: &str| licence == "MIT";
    for (expression, usable) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("GPL-3.0 AND Zlib OR MIT", true),
        ("(GPL-3.0 OR MIT) AND Zlib", false),
        ("MIT WITH Some-exception", true),
        ("", false),
    ] {
        assert_eq!(may_be_used(expression, &mit), usable, "{expression}");
    }
}

#[test]
fn no_crate_comes_in_two_versions_but_those_that_are_named() {
    let skipped = words(&rules(), "bans", "skip");
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for package in packages() {
        let (name, version) = (text(&package, "name"), text(&package, "version"));
        let full = format!("{name}@{version}");
        if skipped.contains(&full) {
            known.insert(full);
        } else {
            let of_it = versions.entry(name.to_owned()).or_default();
            of_it.insert(version.to_owned());
        }
    }
    versions.retain(|_, of_it| of_it.len() > 1);
    assert!(versions.is_empty(), "{versions:?}");
    let gone: Vec<_> = skipped.iter().filter(|one| !known.contains(*one)).collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");
}

#[test]
fn nothing_that_is_banned_comes_in_and_all_is_from_the_registry() {
    let rules = rules();
    let banned = words(&rules, "bans", "deny");
    let from = words(&rules, "sources", "allow-registry");
    let packages = packages();
    assert!(packages.len() > 50);
    for package in packages {
        let (name, source) = (text(&package, "name"), text(&package, "source"));
        assert!(!banned.iter().any(|one| one == name), "{name}");
        let registry = source.strip_prefix("registry+").unwrap_or_default();
        assert!(from.iter().any(|one| one == registry), "{name}: {source}");
    }
}
