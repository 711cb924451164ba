//! The terminal's bell: another rhythm for each event, a stroke at a time.

use std::time::Duration;

use crate::domain::cue::Kind;

/// BEL.
pub const STROKE: u8 = 0x07;

/// The time between the strokes for an event, in milliseconds; `None`: it has no bell. Never less than 150: terminals
/// that ring at most so often would make one of two. No two events sound alike, in number or in rhythm.
pub fn pattern(kind: Kind) -> Option<&'static [u16]> {
    Some(match kind {
        Kind::Start => &[500, 500],
        Kind::Step => &[],
        Kind::Half => &[800],
        Kind::Side => &[300],
        Kind::Next => &[300, 300, 300],
        Kind::Finish => &[300, 300, 800, 300, 300],
        Kind::Beside => &[800, 800],
        // Quick, so that they are over when the breath has begun.
        Kind::In => &[150],
        Kind::Out => &[150, 150],
        Kind::Ten
        | Kind::Count
        | Kind::Pause
        | Kind::Away
        | Kind::CountIn
        | Kind::GoOn
        | Kind::Stop => {
            return None;
        }
    })
}

/// A pattern under way.
#[derive(Debug, Default)]
pub struct Bell {
    /// When the next stroke is due, on the monotonic clock, and the times between those after it.
    next: Option<(Duration, &'static [u16])>,
}

impl Bell {
    /// Begins an event's pattern; the rest of another is left out. One that yields waits for nobody's end and is left
    /// out itself.
    pub fn ring(&mut self, kind: Kind, now: Duration) {
        if let Some(gaps) = pattern(kind)
            && !(kind.yields() && self.next.is_some())
        {
            self.next = Some((now, gaps));
        }
    }

    /// Whether a stroke is due. After a late one the next keeps its distance.
    pub fn is_due(&mut self, now: Duration) -> bool {
        let Some((_, gaps)) = self.next.filter(|(at, _)| *at <= now) else {
            return false;
        };
        self.next = gaps
            .split_first()
            .map(|(gap, rest)| (now + Duration::from_millis((*gap).into()), rest));
        true
    }

    /// When it wants its turn.
    pub fn deadline(&self) -> Option<Duration> {
        self.next.map(|(at, _)| at)
    }

    /// Leaves out the rest.
    pub fn hush(&mut self) {
        self.next = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(100);

    #[test]
    fn no_two_events_sound_alike_and_no_stroke_is_lost() {
        let patterns: Vec<_> = Kind::ALL.into_iter().filter_map(pattern).collect();
        assert_eq!(patterns.len(), 9);
        for (at, one) in patterns.iter().enumerate() {
            assert!(one.iter().all(|gap| *gap >= 150), "{one:?}");
            assert!(!patterns[..at].contains(one), "{one:?}");
        }
    }

    #[test]
    fn what_begins_changes_or_ends_has_a_bell() {
        for kind in [
            Kind::Start,
            Kind::Half,
            Kind::Side,
            Kind::Step,
            Kind::Next,
            Kind::Finish,
            Kind::In,
            Kind::Out,
            Kind::Beside,
        ] {
            assert!(pattern(kind).is_some(), "{kind:?}");
        }
    }

    /// When the strokes came, in milliseconds from the first, with a turn exactly at each deadline and `late` after.
    fn strokes(bell: &mut Bell, late: u64) -> Vec<u128> {
        let mut came = Vec::new();
        while let Some(at) = bell.deadline() {
            let now = at.max(NOW) + Duration::from_millis(late);
            assert!(bell.is_due(now));
            came.push(now.saturating_sub(NOW).as_millis());
        }
        came
    }

    #[test]
    fn strokes_come_one_by_one_at_their_deadlines() {
        let mut bell = Bell::default();
        bell.ring(Kind::Finish, NOW);
        assert_eq!(strokes(&mut bell, 0), [0, 300, 600, 1400, 1700, 2000]);
        bell.ring(Kind::Side, NOW);
        assert_eq!(
            strokes(&mut bell, 1000),
            [1000, 2300],
            "late, but no two at once"
        );
        assert!(!bell.is_due(NOW * 2));
    }

    #[test]
    fn a_new_pattern_replaces_the_rest_of_the_old_one() {
        let mut bell = Bell::default();
        bell.ring(Kind::Finish, NOW);
        assert!(bell.is_due(NOW));
        bell.ring(Kind::Step, NOW);
        assert_eq!(strokes(&mut bell, 0), [0]);
        // An event without a bell leaves it alone, and so does the breath.
        bell.ring(Kind::Side, NOW);
        bell.ring(Kind::Ten, NOW);
        bell.ring(Kind::In, NOW);
        assert_eq!(strokes(&mut bell, 0), [0, 300]);
        bell.ring(Kind::Side, NOW);
        bell.hush();
        assert_eq!(bell.deadline(), None);
    }
}
