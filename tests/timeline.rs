//! What lists and files state is what a session takes, for everything that is built in.

use unkink::content::built_in_library;
use unkink::domain::library::real_s;
use unkink::domain::plan::{Side, Timeline};

#[test]
fn every_technique_takes_the_time_that_is_stated() {
    let library = built_in_library();
    assert_eq!(library.techniques.len(), 48);
    for technique in &library.techniques {
        let timeline = Timeline::of_technique(technique, Side::Right);
        let slug = &technique.slug;
        assert_eq!(timeline.stated_s(), technique.total_s, "{slug}");
        assert_eq!(timeline.real_s(), real_s(technique), "{slug}");
    }
}

#[test]
fn every_routine_takes_the_time_that_is_stated() {
    let library = built_in_library();
    assert_eq!(library.routines.len(), 10);
    for routine in &library.routines {
        let timeline = Timeline::of_routine(routine, |slug| library.technique(slug), Side::Left);
        let slug = &routine.slug;
        assert_eq!(timeline.stated_s(), routine.total_s, "{slug}");
        assert_eq!(timeline.real_s(), library.real_s_routine(routine), "{slug}");
    }
}
