//! What lists and files state is what a session takes, for everything that is built in.

use unkink::content::built_in_library;
use unkink::domain::length::{routine_real_s, routine_stated_s, technique_real_s};
use unkink::domain::plan::{Side, Timeline};

#[test]
fn every_technique_takes_the_time_that_is_stated() {
    let library = built_in_library();
    for technique in &library.techniques {
        let timeline = Timeline::of_technique(technique, Side::Right);
        let slug = &technique.slug;
        assert_eq!(timeline.planned_s(), technique.total_s, "{slug}");
        assert_eq!(timeline.real_s(), technique_real_s(technique), "{slug}");
    }
}

#[test]
fn every_routine_takes_the_time_that_is_stated() {
    let library = built_in_library();
    assert!(!library.routines.is_empty());
    for routine in &library.routines {
        let timeline = Timeline::of_routine(routine, |slug| library.technique(slug), Side::Left);
        let slug = &routine.slug;
        assert_eq!(
            routine_stated_s(routine, &library),
            Some(routine.total_s.into()),
            "{slug}"
        );
        assert_eq!(
            timeline.real_s(),
            routine_real_s(routine, &library),
            "{slug}"
        );
    }
}
