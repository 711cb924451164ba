//! Whatever comes in from the terminal: floods of keys, long and broken pastes, halves of sequences, noise.

use super::opened;
use crate::support::home::Home;

#[test]
fn two_thousand_keys_at_once_with_q_behind_them_quit() {
    let home = Home::new();
    let mut pty = opened(&home);
    let mut keys = "jk".repeat(1000);
    keys.push('q');
    pty.send(keys);
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn a_paste_longer_than_any_buffer_is_text_and_nothing_stays_unread() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send(format!("\x1b[200~{}\x1b[201~", "q".repeat(5000)));
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn half_an_escape_sequence_holds_nothing_up() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send("\x1b[20");
    // The loop still turns: it answers to a new size while the other half is missing.
    pty.forget_written();
    pty.resize(90, 30);
    pty.wait_for_output("a new painting", |pty| pty.written().contains("\x1b[2J"));
    pty.send("0~q\x1b[201~");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn a_paste_whose_end_was_lost_does_not_swallow_the_keys_for_ever() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send("\x1b[200~abc");
    // Whether Ctrl-C still belongs to the paste is a question of time: it is pressed until it is heard.
    pty.press_until_it_ends("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn random_bytes_are_survived_and_ctrl_c_still_leaves() {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let words = [
        "\x1b[",
        "\x1b[<0;0;0M",
        "\x1b[0;0R",
        "\x1bO",
        "\x1b]0;x\x07",
        "\x1b[M",
        "é",
        "1;5",
        "~",
    ];
    for _ in 0..4 {
        let mut noise = Vec::new();
        while noise.len() < 20_000 {
            match random() % 4 {
                0 => noise.extend(words[random() as usize % words.len()].as_bytes()),
                // None of Ctrl-C, Ctrl-Z and Ctrl-\, which are heard: where the noise itself left, the terminal
                // makes signals of what is still to come.
                _ => noise.push(match random() as u8 {
                    0x03 | 0x1a | 0x1c => b'x',
                    byte => byte,
                }),
            }
        }
        let home = Home::new();
        let mut pty = opened(&home);
        pty.send_as_it_takes(&noise);
        pty.press_until_it_ends("\x03");
        let code = pty.wait_exit();
        assert!(
            matches!(code, 0 | 130),
            "ended with {code}: {:?}",
            pty.written()
                .split_once("panicked")
                .map(|said| said.1.to_owned())
        );
        pty.assert_given_back();
    }
}
