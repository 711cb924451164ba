//! The terminal's bell.

/// What makes it sound `times` times. The bytes go out together: terminals that ring at most once in a while make one
/// sound of them, so no meaning may rest on the count alone.
pub fn bytes(times: u8) -> Vec<u8> {
    vec![0x07; usize::from(times)]
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_byte_for_each_sound() {
        assert_eq!(super::bytes(3), b"\x07\x07\x07");
        assert!(super::bytes(0).is_empty());
    }
}
