//! Rust read closely enough to tell who names whom: code without its comments, texts and tests, and the paths in it.

/// Where a word stands, whole.
pub fn words(code: &str, word: &str) -> Vec<usize> {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|&at| {
            !code[..at].ends_with(in_name)
                && (word.ends_with('!') || !code[at + word.len()..].starts_with(in_name))
        })
        .collect()
}

/// The paths that follow a root such as `crate::`, groups in braces taken apart: `{a, b::{c, d}}` is `a`, `b::c`, `b::d`.
pub fn paths_after(code: &str, root: &str) -> Vec<(usize, String)> {
    let starts = words(code, root.trim_end_matches("::")).into_iter();
    starts
        .filter(|&at| code[at..].starts_with(root) && !code[..at].ends_with("::"))
        .flat_map(|at| {
            let mut paths = Vec::new();
            take_tree(&code[at + root.len()..], "", &mut paths);
            paths.into_iter().map(move |path| (at, path))
        })
        .collect()
}

/// Reads one use tree; the rest of the code after it.
fn take_tree<'a>(code: &'a str, above: &str, paths: &mut Vec<String>) -> &'a str {
    let mut rest = code.trim_start();
    let mut path = above.to_owned();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            rest = group.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let before = rest.len();
                rest = take_tree(rest, &path, paths).trim_start();
                rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
                if rest.len() == before {
                    return rest;
                }
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        // `self` in a group is the module itself.
        if name != "self" && !name.is_empty() {
            path = if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}::{name}")
            };
        }
        rest = &rest[end..];
        if let Some(below) = rest.strip_prefix("::") {
            rest = below;
            continue;
        }
        paths.push(path);
        // `as other` and the like up to what ends this tree.
        let end = rest
            .find([',', '}', ';', '\n', '(', ')'])
            .unwrap_or(rest.len());
        return &rest[end..];
    }
}

/// Blanks out inline test modules; a `#[cfg(test)] mod tests;` is only a name.
pub fn without_tests(code: &str) -> String {
    let mut left = code.to_owned();
    while let Some(at) = left.find("#[cfg(test)]") {
        let rest = &left[at..];
        let end = match (rest.find('{'), rest.find(';')) {
            (Some(open), semi) if semi.is_none_or(|semi| open < semi) => closing(rest, open),
            (_, Some(semi)) => semi + 1,
            _ => rest.len(),
        };
        let blank: String = rest[..end].chars().filter(|&c| c == '\n').collect();
        left.replace_range(at..at + end, &blank);
    }
    left
}

fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return open + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// The code without comments and without what stands in texts; lines stay where they are.
pub fn bare(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_text(rest) {
            length
        } else if c == '"' {
            quoted(rest, '"')
        } else if c == '\'' {
            // A character, or else a lifetime.
            let mut next = rest.chars().skip(1);
            match (next.next(), next.next()) {
                (Some('\\'), _) | (_, Some('\'')) => quoted(rest, '\''),
                _ => 0,
            }
        } else {
            0
        };
        if skip == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.extend(rest[..skip].chars().filter(|&c| c == '\n'));
            rest = &rest[skip..];
        }
    }
    out
}

/// The length of a raw text that begins here.
fn raw_text(code: &str) -> Option<usize> {
    let after = code.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(2 + hashes + length)
}

fn quoted(code: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    code.len()
}
