//! What can only be seen with more than a toolchain: system calls (strace), the rights of another user (setpriv), a
//! voice (espeak-ng), a mouse (tmux).
//! Run with `cargo test --test with_tools -- --ignored --nocapture`, which also prints the figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "with_tools/strace.rs"]
mod strace;
mod support;
#[path = "with_tools/tmux.rs"]
mod tmux;

use std::os::unix::fs::PermissionsExt;

use support::home::Home;
use support::pty::{PROGRAM, Pty, SOON, past_the_first_text};

#[test]
#[ignore = "needs setpriv and root"]
fn a_read_only_data_directory_is_named_and_nothing_typed_is_lost() {
    let home = Home::new();
    assert!(home.command(&["log", "3", "1"]).status.success());
    // All is root's, and others may look.
    let mut paths = vec![home.path()];
    while let Some(path) = paths.pop() {
        let is_dir = path.is_dir();
        let mode = if is_dir { 0o755 } else { 0o644 };
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        if is_dir {
            paths.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        }
    }
    let program = home.path().join("program");
    std::fs::copy(PROGRAM, &program).unwrap();
    let as_nobody = format!(
        "setpriv --reuid=65534 --regid=65534 --clear-groups {}",
        program.display()
    );

    let script = format!("{as_nobody} log 4; echo \"code $?\"; {as_nobody} history");
    let mut pty = Pty::shell(&home, (120, 36), &script);
    assert_eq!(pty.wait_exit(), 0, "{}", pty.written());
    let said = pty.screen().contents();
    assert!(said.contains("code 1"), "{said}");
    assert!(said.contains(home.data().to_str().unwrap()), "{said}");
    assert!(said.contains("pain 3"), "reading goes on: {said}");

    let mut pty = Pty::shell(&home, (120, 36), &as_nobody);
    past_the_first_text(&mut pty);
    pty.wait_for("pain 3");
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("47\r");
    pty.wait_for("Not saved");
    pty.send("\x03");
    assert_eq!(pty.wait_exit_within(SOON), 130);
    pty.assert_given_back();
    let said = pty.screen().contents();
    assert!(said.contains(r#""pain":4,"stress":7"#), "{said}");
    let log = home.command(&["history", "--json"]);
    assert!(!String::from_utf8_lossy(&log.stdout).contains(r#""pain":4"#));
}

/// Seconds of sound in a WAV file of 16-bit samples, and its root mean square.
fn heard(wav: &[u8]) -> (f64, f64) {
    assert_eq!(
        (&wav[..4], &wav[8..16], &wav[36..40]),
        (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..])
    );
    let rate = u32::from_le_bytes(wav[24..28].try_into().unwrap());
    let samples = wav[44..].chunks_exact(2);
    let samples: Vec<f64> = samples
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).into())
        .collect();
    let squares: f64 = samples.iter().map(|sample| sample * sample).sum();
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    (count / f64::from(rate), (squares / count).sqrt())
}

#[test]
#[ignore = "needs espeak-ng"]
fn a_real_voice_speaks_every_cue() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("wav")).unwrap();
    let speak = "espeak-ng -w ~/wav/$(ls ~/wav | wc -l).wav -- \"$1\"";
    home.write_config(&format!(
        "awake.on = false\nspeech.command = ['sh', '-c', '{speak}', 'sh', '{{text}}']\n"
    ));
    let ran = home.command(&["cues", "--test"]);
    assert!(ran.status.success(), "{ran:?}");
    let told = String::from_utf8_lossy(&ran.stdout).into_owned();
    let played: Vec<&str> = told.split("\n\n").nth(1).unwrap().lines().collect();
    assert_eq!(played.len(), 16);
    for (at, line) in played.iter().enumerate() {
        let wav = std::fs::read(home.path().join(format!("wav/{at}.wav"))).unwrap();
        let (seconds, loudness) = heard(&wav);
        println!("{seconds:.2} s, root mean square {loudness:.0}: {line}");
        // Of 32,768; a silent file has 0.
        assert!(
            seconds > 0.3 && loudness > 300.0,
            "{line}: {seconds} s, {loudness}"
        );
    }
}
