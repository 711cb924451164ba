//! The floor view: any key pauses and does nothing else; its end; the flash; when the pacer wants to be drawn.

use proptest::prelude::*;

use super::*;
use crate::domain::session::View;
use crate::domain::technique::Breath;
use crate::keys::TABLE;
use crate::settings::{BreathCues, Settings};

/// So many milliseconds after the start.
fn ms(ms: u64) -> Now {
    let now = at(0);
    Now {
        mono: now.mono + Duration::from_millis(ms),
        wall: now.wall + Duration::from_millis(ms),
        ..now
    }
}

impl Person {
    /// On the floor, in the second second of the first step.
    fn on_the_floor() -> Self {
        let mut person = Self::new(Setup::default());
        person.press("\n\n", &at(0)).press("f", &at(1)).wait(2, 7);
        assert_eq!(person.app.context(), Context::Floor);
        person.effects.clear();
        person
    }

    /// In a step that is breathed to: five seconds in, five out.
    fn breathing(setup: Setup) -> Self {
        let mut person = Self::new(setup);
        let technique = &mut person.app.library.techniques[0];
        technique.breath = Some(Breath { in_s: 5, out_s: 5 });
        technique.steps[0].paced = true;
        technique.steps[0].seconds = 60;
        person.press("\n\n", &at(0)).wait(1, 6);
        person
    }

    fn types(&mut self, key: Key, now: &Now) {
        if let Some(msg) = keys::message(self.app.context(), key) {
            self.tell(msg, now);
        }
    }

    fn view(&self, now: &Now) -> View {
        self.app.run().expect("a session").session.view(now)
    }

    /// Whether it wants to be woken before the digits change.
    fn paces(&self) -> bool {
        let change = self.app.run().and_then(|run| run.session.next_change());
        change.is_some_and(|change| self.app.deadline() < change)
    }
}

/// Every key of the table, held with nothing, Control or Alt, and some that are in no table.
fn all_keys() -> Vec<Key> {
    let known = TABLE.iter().flat_map(|(_, bindings)| *bindings);
    let known = known.flat_map(|binding| binding.keys).copied();
    let others = (b' '..=b'~').map(|byte| Key::char(char::from(byte)));
    let function = (2..=24).map(|n| Key::plain(Code::F(n)));
    let plain: Vec<Key> = known.chain(others).chain(function).collect();
    let held = plain.iter().flat_map(|key| {
        let ctrl = Key { ctrl: true, ..*key };
        [*key, ctrl, Key { alt: true, ..*key }]
    });
    held.collect()
}

fn is_exempt(key: Key) -> bool {
    [
        Key::char('E'),
        Key::plain(Code::F(1)),
        Key::char('m'),
        Key::ctrl('c'),
    ]
    .contains(&key)
}

/// It paused, where it was, and that is all.
fn assert_only_paused(person: &Person, before: &View, now: &Now, key: &dyn std::fmt::Debug) {
    assert_eq!(person.app.context(), Context::FloorPaused, "{key:?}");
    let after = person.view(now);
    assert!(after.paused.is_some(), "{key:?}");
    let as_before = View {
        paused: None,
        count_in_s: before.count_in_s,
        ..after
    };
    assert_eq!(&as_before, before, "{key:?}");
    assert!(person.app.overlays.is_empty(), "{key:?}");
    assert!(!person.app.muted, "{key:?}");
    for effect in &person.effects {
        assert!(
            matches!(effect, Effect::Cue(_) | Effect::Ask(Ask::Progress(..))),
            "{key:?}: {effect:?}"
        );
    }
}

#[test]
fn in_the_floor_view_every_key_but_four_pauses_and_does_nothing_else() {
    let now = ms(7_300);
    for key in all_keys().into_iter().filter(|key| !is_exempt(*key)) {
        let mut person = Person::on_the_floor();
        let before = person.view(&now);
        person.types(key, &now);
        assert_only_paused(&person, &before, &now, &key);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_hand_on_the_keys_is_one_pause_whatever_it_presses(
        chars in proptest::collection::vec(any::<char>(), 1..12),
        gaps in proptest::collection::vec(0_u64..350, 12),
    ) {
        let mut person = Person::on_the_floor();
        let mut now = 7_300;
        let before = person.view(&ms(now));
        for (c, gap) in chars.iter().zip(gaps).filter(|(c, _)| !is_exempt(Key::char(**c))) {
            person.types(Key::char(*c), &ms(now));
            assert_only_paused(&person, &before, &ms(now), c);
            now += gap;
        }
    }
}

#[test]
fn a_pasted_text_pauses_too() {
    let mut person = Person::on_the_floor();
    let before = person.view(&at(7));
    person.tell(Msg::Paste("xk".into()), &at(7));
    assert_only_paused(&person, &before, &at(7), &"a paste");
}

#[test]
fn urgent_signs_open_at_once_and_back_is_the_floor_view_paused() {
    for key in [Key::char('E'), Key::plain(Code::F(1))] {
        let mut person = Person::on_the_floor();
        person.types(key, &at(8));
        assert_eq!(person.app.context(), Context::Card);
        assert!(person.view(&at(8)).paused.is_some());
        person.press("\x1b", &at(9));
        assert_eq!(person.app.context(), Context::FloorPaused);
    }
}

#[test]
fn urgent_signs_open_even_right_behind_a_pause() {
    let mut person = Person::on_the_floor();
    person.press("a", &ms(7_300)).press("E", &ms(7_350));
    assert_eq!(person.app.context(), Context::Card);
}

#[test]
fn m_mutes_and_does_not_pause_and_control_c_leaves() {
    let mut person = Person::on_the_floor();
    person.press("m", &at(8));
    assert!(person.app.muted);
    assert_eq!(person.app.context(), Context::Floor);
    assert_eq!(person.notice(), "Voice and bell are off.");
    person.types(Key::ctrl('c'), &at(9));
    assert!(matches!(person.effects.last(), Some(Effect::Quit(130))));
}

#[test]
fn going_on_counts_in_and_any_key_meanwhile_pauses_again() {
    let mut person = Person::on_the_floor();
    person.press("a", &at(7)).press(" ", &at(9));
    assert_eq!(person.view(&at(9)).count_in_s, Some(3));
    assert_eq!(person.app.context(), Context::Floor);
    person.wait(10, 10).press("n", &ms(10_500));
    assert_eq!(person.app.context(), Context::FloorPaused);
    let segment = person.view(&ms(10_500)).segment;
    assert_eq!(segment, 1, "'n' paused and went nowhere");
    person.press("\n", &at(12)).wait(13, 16);
    assert_eq!(person.view(&at(16)).count_in_s, None);
    assert_eq!(person.app.context(), Context::Floor);
}

#[test]
fn once_paused_keys_act_and_f_or_esc_leaves_the_view() {
    for leave in ["f", "\x1b"] {
        let mut person = Person::on_the_floor();
        person.press("a", &at(7)).press("n", &at(8));
        assert_eq!(person.view(&at(8)).segment, 3);
        person.press(leave, &at(9));
        assert_eq!(person.app.context(), Context::Paused);
    }
}

#[test]
fn keys_of_a_sleep_that_was_only_now_noticed_do_nothing() {
    let mut person = Person::on_the_floor();
    let key = keys::message(person.app.context(), Key::char(' ')).expect("any key");
    person.tell(key, &at(4_000));
    assert_eq!(person.app.context(), Context::FloorPaused);
    assert!(person.notice().contains("away"), "{}", person.notice());
}

#[test]
fn the_end_waits_for_a_key_and_no_key_answers_the_rating_by_accident() {
    let mut person = Person::on_the_floor();
    person.wait(8, 32);
    // The last second; the key comes with the very turn that ends it.
    let key = keys::message(person.app.context(), Key::char('5')).expect("any key");
    person.tell(key, &ms(33_200));
    assert_eq!(person.app.context(), Context::FloorDone);
    person.press("\n5", &ms(33_900));
    assert_eq!(person.app.context(), Context::FloorDone);
    assert!(person.app.overlays.is_empty());
    person.wait(34, 60).press("\n", &at(60));
    assert_eq!(person.app.context(), Context::Rating);
    person.press("\n5", &ms(60_200));
    assert_eq!(person.app.context(), Context::Rating, "still the same hand");
    assert!(person.closing().is_none());
    person.press("53", &at(62));
    let entry = person.closing().expect("a closing line");
    assert_eq!((entry.pain_after, entry.stress_after), (scale(5), scale(3)));
    assert_eq!(person.app.context(), Context::Preview);
}

#[test]
fn without_ratings_done_stays_until_a_key() {
    let mut person = Person::new(Setup {
        no_rating: true,
        ..Setup::default()
    });
    person.tell(Msg::Told(endings::cut_off(9)), &at(0));
    person
        .press("\x1b", &at(1))
        .press("\n", &at(2))
        .press("f", &at(3))
        .wait(4, 50);
    assert_eq!(person.app.context(), Context::FloorDone);
    assert!(person.closing().is_some());
    person.press(" ", &at(51));
    assert_eq!(person.app.context(), Context::Preview);
}

#[test]
fn leaving_while_done_is_shown_keeps_the_session() {
    let mut person = Person::on_the_floor();
    person.wait(8, 40).types(Key::ctrl('c'), &at(41));
    assert_eq!(person.closing().and_then(|entry| entry.active_s), Some(20));
}

#[test]
fn who_skips_to_the_end_is_at_the_keys_and_rates_at_once() {
    let mut person = Person::on_the_floor();
    person.press("a", &at(7)).press("nn", &at(8));
    assert_eq!(person.app.context(), Context::Rating);
}

#[test]
fn without_a_session_f_says_what_it_is_for() {
    let mut person = Person::new(Setup::default());
    person.press("f", &at(1));
    assert_eq!(person.app.context(), Context::Library);
    assert!(person.notice().contains("running session"));
}

/// Settings with these two.
fn moving(reduced_motion: bool, flash: bool) -> Setup {
    Setup {
        settings: Settings {
            reduced_motion,
            flash,
            ..Settings::default()
        },
        ..Setup::default()
    }
}

#[test]
fn a_new_phase_lights_the_screen_up_once_and_shortly() {
    let mut person = Person::new(moving(false, true));
    person
        .press("\n\n", &at(0))
        .wait(1, 2)
        .press("f", &at(2))
        .wait(3, 5);
    assert!(person.app.is_flashing());
    assert_eq!(person.app.deadline(), ms(5_400).mono);
    assert!(person.tell(Msg::Turn, &ms(5_400)), "back again is drawn");
    assert!(!person.app.is_flashing());
    person.wait(6, 14);
    assert!(!person.app.is_flashing(), "not within a phase");
    person.wait(15, 15);
    assert!(person.app.is_flashing());
}

#[test]
fn two_new_phases_within_a_second_are_one_flash() {
    let mut person = Person::new(moving(false, true));
    person.app.library.techniques[0].steps[0].seconds = 1;
    person.press("\n\n", &at(0)).press("f", &at(1)).wait(2, 4);
    // A turn that comes late, so that the next phase begins half a second after it.
    person.tell(Msg::Turn, &ms(5_500));
    assert!(person.app.is_flashing());
    person.tell(Msg::Turn, &at(6));
    assert!(!person.app.is_flashing());
    person.wait(7, 14);
    assert!(person.app.is_flashing(), "the next one is seen again");
}

#[test]
fn no_flash_with_reduced_motion_when_it_is_off_or_outside_the_floor_view() {
    for (reduced_motion, flash, key) in [(true, true, "f"), (false, false, "f"), (false, true, "")]
    {
        let mut person = Person::new(moving(reduced_motion, flash));
        person.press("\n\n", &at(0)).press(key, &at(1)).wait(2, 5);
        assert!(!person.app.is_flashing());
        assert_eq!(person.app.deadline(), at(6).mono);
    }
}

#[test]
fn the_pacer_wants_to_be_drawn_only_where_it_is_in_sight_and_moves() {
    let mut person = Person::breathing(Setup::default());
    assert!(person.paces(), "three panes show it");
    person.tell(Msg::Resize(80, 24), &at(6));
    assert!(person.paces(), "the session pane shows it");
    person.tell(Msg::Resize(80, 23), &at(6));
    assert!(!person.paces(), "no room");
    person.press("f", &at(6));
    assert!(person.paces(), "the floor view always has room");
    person.tell(Msg::Resize(39, 12), &at(6));
    assert!(!person.paces(), "one line");
    person.tell(Msg::Resize(80, 24), &at(6));
    person.press("m", &at(6));
    assert!(person.paces());
    person.press("a", &at(6));
    assert!(!person.paces(), "paused");
    let mut person = Person::breathing(Setup::default());
    person.tell(Msg::Resize(80, 24), &at(6));
    person.press("1", &at(6));
    assert!(!person.paces(), "the library is what shows");
    person.press("2l", &at(6));
    assert!(!person.paces(), "a check-in lies over it");
    let mut still = Person::breathing(moving(true, true));
    assert!(!still.paces());
    still.press("f", &at(6));
    assert!(!still.paces());
}

#[test]
fn the_pacer_is_drawn_when_its_level_changes_and_not_between() {
    let mut person = Person::breathing(Setup::default());
    let mut drawn = 0;
    for now in (6_001..16_000).step_by(10) {
        let due = person.app.deadline() <= ms(now).mono;
        let draws = person.tell(Msg::Turn, &ms(now));
        assert!(due || !draws, "drawn at {now} without being due");
        if draws {
            drawn += 1;
        }
    }
    // A breath: 32 levels, and ten seconds of which some come with a level.
    assert!((32..=42).contains(&drawn), "{drawn}");
    let mut still = Person::breathing(moving(true, true));
    let draws = (6_001..16_000)
        .step_by(10)
        .filter(|now| still.tell(Msg::Turn, &ms(*now)));
    assert_eq!(draws.count(), 9, "the seconds only");
}

#[test]
fn b_tells_the_breath_aloud_or_not() {
    let mut person = Person::breathing(Setup::default());
    assert_eq!(person.app.breath_cues, BreathCues::Off);
    person.press("b", &at(6));
    assert_eq!(person.app.breath_cues, BreathCues::Voice);
    assert!(person.notice().contains("spoken"));
    person.press("b", &at(7));
    assert_eq!(person.app.breath_cues, BreathCues::Off);
    let settings = Settings {
        breath_cues: BreathCues::Bell,
        ..Settings::default()
    };
    let mut person = Person::breathing(Setup {
        settings,
        ..Setup::default()
    });
    person.press("bb", &at(6));
    assert_eq!(person.app.breath_cues, BreathCues::Bell, "as it was set");
}
