//! The insight tabs and the questionnaire in a real terminal, and `unkink stats` saying the same.

use crate::support::home::Home;
use crate::support::pty::Pty;

#[test]
fn peg_is_answered_in_its_tab_and_the_command_line_tells_the_same_score() {
    let home = Home::new();
    for pain in ["3", "5", "4"] {
        assert!(home.command(&["log", pain, "2"]).status.success());
    }
    let mut pty = Pty::start(&home, (100, 30), &[]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("Week of");
    pty.send("3i");
    pty.wait_for("pain 4 (3 to 5, of 3); stress 2 (2 to 2, of 3)");
    pty.send("\x1b[D\x1b[D");
    pty.wait_for("P answers it");
    pty.send("P4t3");
    pty.wait_for("Saved: PEG 5.7");
    pty.wait_for("enjoyment of life 10");
    pty.send("P4\r3");
    pty.wait_for("no score, and nothing is saved");
    // The way back leads to the three panes, and from there out.
    pty.send("\x1b");
    pty.wait_for("Library");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let stats = home.command(&["stats"]);
    let told = String::from_utf8(stats.stdout).unwrap();
    assert!(told.contains("pain 4 (3 to 5, of 3)"), "{told}");
    assert!(
        told.contains("5.7 (pain 4, enjoyment of life 10, general activity 3)"),
        "{told}"
    );
    assert_eq!(told.matches("general activity").count(), 1, "{told}");
}
