//! The floor view in a real pseudo-terminal: a hand that comes down on the keys pauses, and the end waits for one.
use std::time::Duration;

use crate::support::home::Home;
use crate::support::pty::{Pty, let_pass};

/// Longer than the silence after which keys count again.
const SILENCE: Duration = Duration::from_millis(700);

/// A session of one step in the floor view.
fn on_the_floor(home: &Home, seconds: u32) -> Pty {
    home.write_technique(
        "rest",
        "Palm rest",
        &[(seconds, false, "Rest both palms on the warm muscles.")],
    );
    let mut pty = Pty::start(home, (80, 24), &["start", "rest", "--no-rating"]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("get ready");
    pty.send("f");
    pty.wait_for("any key pauses");
    pty
}

#[test]
fn whatever_a_hand_presses_pauses_and_does_nothing_else() {
    let home = Home::new();
    let mut pty = on_the_floor(&home, 300);
    for hand in [
        " ",
        "\r",
        "q",
        "xk\r",
        "n\x1b[Cn",
        "\x1a",
        "\x0c",
        "\x1b",
        "\x1b[A\x1b[B",
        "\x1b[2~",
        "\x1b[15~",
        "\x1b[34~",
        "\x00",
        "\x1c",
        "ü腰",
        "\x1b[200~xk\r\x1b[201~",
        "ee",
        "fffff",
        "uR+-rsw?b",
    ] {
        pty.send(hand);
        pty.wait_for("go on");
        let_pass(SILENCE);
        let shown = pty.screen().contents();
        assert!(shown.contains("go on"), "after {hand:?}: {shown}");
        assert!(
            shown.contains("then: Rest both palms"),
            "after {hand:?}: {shown}"
        );
        assert!(
            !shown.contains("End the session"),
            "after {hand:?}: {shown}"
        );
        pty.send(" ");
        pty.wait_for("any key pauses");
    }
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn the_urgent_signs_are_one_key_away() {
    let home = Home::new();
    let mut pty = on_the_floor(&home, 300);
    pty.send("E");
    pty.wait_for("seek emergency care now");
    pty.send("\r");
    pty.wait_for("Space go on");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn done_stays_on_the_screen_until_somebody_comes_to_the_keys() {
    let home = Home::new();
    let mut pty = on_the_floor(&home, 1);
    pty.wait_for("any key goes on");
    // The hand that meant to pause comes too late.
    pty.send("q");
    let_pass(SILENCE);
    assert!(pty.screen().contents().contains("any key goes on"));
    let_pass(Duration::from_millis(1_500));
    pty.send(" ");
    pty.wait_for("done to the end");
    let_pass(SILENCE);
    pty.wait_until("the panes", |screen| !screen.contents().contains("any key"));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}
