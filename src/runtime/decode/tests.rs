use proptest::prelude::*;

use super::*;

/// All at once, then silence.
fn read(bytes: impl AsRef<[u8]>) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut all = decoder.push(bytes.as_ref());
    all.extend(decoder.settle());
    assert_eq!(decoder.patience(), None);
    all
}

fn keys(codes: &[Code]) -> Vec<Input> {
    codes
        .iter()
        .map(|code| Input::Key(Key::plain(*code)))
        .collect()
}

fn held(code: Code, ctrl: bool, alt: bool) -> Vec<Input> {
    vec![Input::Key(Key { code, ctrl, alt })]
}

#[test]
fn whether_the_terminal_is_looked_at_is_no_key() {
    let told = [Input::Focus(false), Input::Focus(true)];
    assert_eq!(read("\x1b[O\x1b[I"), told);
    let mut decoder = Decoder::default();
    let cut: Vec<Input> = "\x1b[O\x1b[I"
        .bytes()
        .flat_map(|byte| decoder.push(&[byte]))
        .collect();
    assert_eq!(cut, told);
    // With parameters it is something else, and after ESC O the keys stay.
    assert_eq!(read("\x1b[1I\x1b[1;2O"), []);
    assert_eq!(read("\x1bOA"), keys(&[Code::Up]));
}

#[test]
fn characters_of_any_script_are_keys() {
    let typed: Vec<Code> = "aZ7 ~ü€腰😀".chars().map(Code::Char).collect();
    assert_eq!(read("aZ7 ~ü€腰😀"), keys(&typed));
    assert_eq!(
        read(b"\xff\xc3a\xe2\x82b\xc2\x9bc"),
        keys(&['a', 'b', 'c'].map(Code::Char))
    );
}

#[test]
fn control_bytes_are_their_keys() {
    assert_eq!(
        read("\r\n\t\x7f\x08"),
        keys(&[
            Code::Enter,
            Code::Enter,
            Code::Tab,
            Code::Backspace,
            Code::Backspace
        ])
    );
    assert_eq!(read("\x03"), held(Code::Char('c'), true, false));
    assert_eq!(read("\x1a"), held(Code::Char('z'), true, false));
    assert_eq!(read("\x00\x1c\x1f"), keys(&[Code::Other; 3]));
    assert_eq!(read("\x1b[2~\x1b[34~"), keys(&[Code::Other; 2]));
}

#[test]
fn arrows_and_their_like_in_every_dialect() {
    for (text, code) in [
        ("\x1b[A", Code::Up),
        ("\x1bOB", Code::Down),
        ("\x1b[H", Code::Home),
        ("\x1b[1~", Code::Home),
        ("\x1b[7~", Code::Home),
        ("\x1bOF", Code::End),
        ("\x1b[4~", Code::End),
        ("\x1b[3~", Code::Delete),
        ("\x1b[5~", Code::PageUp),
        ("\x1b[6~", Code::PageDown),
        ("\x1b[Z", Code::BackTab),
        ("\x1bOP", Code::F(1)),
        ("\x1b[11~", Code::F(1)),
        ("\x1b[[A", Code::F(1)),
        ("\x1b[[E", Code::F(5)),
        ("\x1b[15~", Code::F(5)),
        ("\x1b[21~", Code::F(10)),
        ("\x1b[24~", Code::F(12)),
        ("\x1bOM", Code::Enter),
        ("\x1b[27u", Code::Esc),
    ] {
        assert_eq!(read(text), keys(&[code]), "{text:?}");
    }
    assert_eq!(read("\x1b[1;5D"), held(Code::Left, true, false));
    assert_eq!(read("\x1b[3;3~"), held(Code::Delete, false, true));
    assert_eq!(read("\x1b[99;5u"), held(Code::Char('c'), true, false));
    assert_eq!(read("\x1b[99;5:3u"), Vec::new());
}

#[test]
fn esc_alone_is_esc_and_before_a_key_it_is_alt() {
    assert_eq!(read("\x1b"), keys(&[Code::Esc]));
    assert_eq!(read("\x1b\x1b"), keys(&[Code::Esc, Code::Esc]));
    assert_eq!(read("\x1bx"), held(Code::Char('x'), false, true));
    assert_eq!(read("\x1bü"), held(Code::Char('ü'), false, true));
    assert_eq!(read("\x1b["), held(Code::Char('['), false, true));
    assert_eq!(read("\x1b\x1b[A"), keys(&[Code::Esc, Code::Up]));
    let mut decoder = Decoder::default();
    assert_eq!(decoder.push(b"\x1b"), Vec::new());
    assert_eq!(decoder.patience(), Some(ESC_PATIENCE));
    assert_eq!(decoder.push(b"[A"), keys(&[Code::Up]));
    assert_eq!(decoder.patience(), None);
}

#[test]
fn half_a_sequence_is_nothing_and_does_not_eat_what_follows() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.push(b"\x1b[20"), Vec::new());
    assert_eq!(decoder.settle(), Vec::new());
    assert_eq!(decoder.push(b"q"), keys(&[Code::Char('q')]));
    // A control breaks a sequence off.
    assert_eq!(read("\x1b[12\x03"), held(Code::Char('c'), true, false));
    assert_eq!(read("\x1b[12\x1b[A"), keys(&[Code::Up]));
    assert_eq!(read("\x1bO\x03"), held(Code::Char('c'), true, false));
}

#[test]
fn a_paste_is_one_text_with_everything_in_it() {
    let pasted = |text: &str| vec![Input::Paste(text.into())];
    assert_eq!(
        read("\x1b[200~q\x03\r\n\x1b[A ü\x1b[201~"),
        pasted("q\x03\r\n\x1b[A ü")
    );
    assert_eq!(read("\x1b[200~\x1b[201~"), pasted(""));
    assert_eq!(read("\x1b[201~x"), keys(&[Code::Char('x')]));
}

#[test]
fn a_paste_whose_end_was_lost_ends_with_silence() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.push(b"\x1b[200~abc"), Vec::new());
    assert_eq!(decoder.patience(), Some(PASTE_PATIENCE));
    assert_eq!(decoder.settle(), vec![Input::Paste("abc".into())]);
    assert_eq!(decoder.push(b"\x03"), held(Code::Char('c'), true, false));
}

#[test]
fn a_paste_without_measure_is_cut_and_its_end_still_found() {
    let mut text = b"\x1b[200~".to_vec();
    text.resize(PASTE_MAX + 100_000, b'x');
    text.extend(b"\x1b[201~q");
    let got = read(text);
    assert!(matches!(&got[0], Input::Paste(text) if text.len() == PASTE_MAX));
    assert_eq!(got[1..], keys(&[Code::Char('q')]));
}

#[test]
fn what_nobody_asked_for_is_no_key() {
    // A cursor's place, a colour, device attributes, mouse reports of three kinds.
    for text in [
        "\x1b[12;40R",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1bP>|xterm\x1b\\",
        "\x1b[?62;22c",
        "\x1b[M !!",
        "\x1b[<0;0;0M\x1b[<0;3;4m",
        "\x1b[32;0;0M",
    ] {
        assert_eq!(
            read(format!("{text}k")),
            keys(&[Code::Char('k')]),
            "{text:?}"
        );
    }
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop::sample::select(vec![
            "\x1b",
            "[",
            "O",
            "\x1b[200~",
            "\x1b[201~",
            "\x1b[I",
            "\x1b]",
            "\x07",
            "ü",
            "1;5",
            "~",
            "M"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_cut_up_anywhere_mean_the_same(bytes in bytes(), cuts in prop::collection::vec(1..9_usize, 0..80)) {
        let whole = read(&bytes);
        let mut decoder = Decoder::default();
        let (mut pieces, mut rest) = (Vec::new(), bytes.as_slice());
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            pieces.extend(decoder.push(piece));
            rest = after;
        }
        pieces.extend(decoder.push(rest));
        pieces.extend(decoder.settle());
        prop_assert_eq!(pieces, whole);
    }

    #[test]
    fn after_any_bytes_and_silence_ctrl_c_is_ctrl_c(bytes in bytes()) {
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        decoder.settle();
        prop_assert_eq!(decoder.push(b"\x03"), held(Code::Char('c'), true, false));
    }
}

#[test]
fn presses_and_the_wheel_are_told_with_their_place() {
    let mouse = |pointer, at| Input::Mouse(pointer, at);
    assert_eq!(
        read("\x1b[<0;1;1M\x1b[<0;1;1m\x1b[<64;300;2M\x1b[<65;10;500M\x1b[<16;5;6M"),
        [
            mouse(Pointer::Press, (0, 0)),
            mouse(Pointer::WheelUp, (299, 1)),
            mouse(Pointer::WheelDown, (9, 499)),
            mouse(Pointer::Press, (4, 5)),
        ]
    );
    // Other buttons, motion, and what is no report.
    assert_eq!(
        read(
            "\x1b[<1;1;1M\x1b[<2;1;1M\x1b[<32;4;4M\x1b[<35;4;4M\x1b[<0;0;1M\x1b[<0;1M\x1b[<0;99999;1M\x1b[<;;M"
        ),
        []
    );
}
