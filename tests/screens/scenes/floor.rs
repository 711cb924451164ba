//! A session seen from the floor, and the pacer.

use super::*;

pub const FLOOR_SCENES: [Scene; 11] = [
    ("the floor view of a step on the left side", |size| {
        on_the_floor(size, "wall-ball-side-hip").waits(30)
    }),
    ("the floor view of a long line", |size| {
        on_the_floor(size, "quad-stroke").waits(6)
    }),
    ("the floor view at a change of sides", |size| {
        on_the_floor(size, "wall-ball-side-hip").waits(83)
    }),
    ("the floor view paused", |size| {
        on_the_floor(size, "wall-ball-side-hip")
            .waits(30)
            .presses("a")
    }),
    ("the floor view after an absence", |size| {
        Person::at_home(size)
            .presses("l 4 6 Enter")
            .hears_that_the_disk_is_full()
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter f")
            .waits(30)
            .sleeps(600)
    }),
    ("the floor view with something unsaved", |size| {
        Person::at_home(size)
            .presses("l 4 6 Enter")
            .hears_that_the_disk_is_full()
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter f")
            .waits(30)
    }),
    ("the floor view counting in", |size| {
        on_the_floor(size, "wall-ball-side-hip")
            .waits(30)
            .presses("a")
            .waits(1)
            .presses("Space")
            .waits(1)
    }),
    ("the floor view when all is done", |size| {
        on_the_floor(size, "stand-and-shift").waits(70)
    }),
    ("the floor view of a paced breath", |size| {
        on_the_floor(size, "six-breaths").waits(41)
    }),
    ("the question whether to stop over the floor view", |size| {
        on_the_floor(size, "wall-ball-side-hip")
            .waits(30)
            .presses("a")
            .waits(1)
            .presses("x")
    }),
    ("a paced breath in the session pane", |size| {
        Person::at_home(size)
            .looks_at("six-breaths")
            .presses("Enter Enter")
            .waits(41)
    }),
];

pub fn on_the_floor(size: (u16, u16), slug: &str) -> Person {
    Person::at_home(size)
        .looks_at(slug)
        .presses("Enter Enter f")
}
