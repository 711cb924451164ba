//! unkink: parse, dispatch, exit code.

fn main() {}
