"""Z: clocks that are wrong, that step, and days that are not what they seem."""

import json
import os
import re
import signal
import time

from common import *
from pty_driver import Terminal


@case("Z02")
def the_clock_at_start_is_far_off():
    for when in ("@1970-01-01 00:00:01", "@2038-01-19 04:14:07", "@2100-02-28 23:59:58", "@9999-12-30 12:00:00"):
        home = Home()
        usual = dict(home.more)
        Clock(home, when)
        home.must_add(0)
        # Ids of this clock in the list, too: the app and the command line open and read.
        check("n0" in home.ok("history").out, "not in the history")
        with Terminal(home, size=(120, 36)) as app:
            app.until("a first frame", lambda: app.text().strip())
            app.settle()
            app.type("\x03")
            same(app.end(), 130, "exit code")
        home.more = usual
        home.must_add(1)
        entries = home.list()
        same([e["note"] for e in entries], ["n0", "n1"] if when < "@2026" else ["n1", "n0"], f"the order after {when}")
        year = time.strftime("%Y")
        check(entries[[e["note"] for e in entries].index("n1")]["started_at"][:4] == year, "the stamp of a right clock")
        home.ok("undo")
        same(home.notes(), ["n0"], "what the undo took back: the newest line, not the newest time")
        home.ok("redo")
        home.inv([0, 1], modes=False)


@case("Z04")
def an_hour_that_comes_twice_and_one_that_never_does():
    home = Home()
    first, second = "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"
    home.jot("x.jsonl", add_line("b", "rb", "second", at=second) + add_line("a", "ra", "first", at=first))
    same(home.notes(), ["first", "second"], "the order")
    Clock(home, "@2026-10-30 12:00:00")
    shown = home.ok("history").out
    same(len(re.findall(r"25 Oct", shown)), 1, "headings for one day")
    ran = home.ok("log", "5", "--at", "2026-10-25 02:30", "--json")
    same(json.loads(ran.raw)["started_at"], first, "of the two, the first")
    check(ran.err.strip(), "nothing is said about it")
    ran = home.run("log", "5", "--at", "2026-03-29 02:30")
    check(ran.code == 2 and "01:59" in ran.err + ran.out or "03:00" in ran.err, ran.said())
    home.more = {}
    home.inv([], modes=False)


@case("Z05")
def written_here_and_read_there():
    home = Home()
    for i, zone in enumerate(("Asia/Tokyo", "Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles")):
        home.must_add(i, env={"TZ": zone})
    lived = [(e["note"], e["started_at"]) for e in home.list()]
    same(len({at[-6:] for _, at in lived}), 4, "offsets")
    lists = {home.list_bytes(env={"TZ": zone}) for zone in ("America/Los_Angeles", "Pacific/Kiritimati", "UTC", "Asia/Kathmandu")}
    same(len(lists), 1, "different lists")
    for zone in ("America/Los_Angeles", "Pacific/Kiritimati"):
        shown = home.ok("history", env={"TZ": zone}).out
        for _, at in lived:
            check(at[11:16] in shown, f"{at} is not shown as lived in {zone}")
    home.inv(range(4))


@case("Z06")
def moments_in_every_form():
    home = Home()
    forms = ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00z", "2026-11-20t10:00:00+05:45", "2026-11-20 10:00:00-12:00", "2026-11-20T10:00:00+14:00", "2026-11-20T10:00:60Z", "2026-11-20T10:00:00.123456789+01:00", "2026-11-20T10:00+01:00", "2026-11-20T10:00:00", "2026-02-29T10:00:00Z", "0000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "99999-01-01T00:00:00Z", "", "x" * 1000, "2026-11-20T24:00:00Z", "2026-11-20T10:00:00+99:99", "1" * 400]
    home.jot("x.jsonl", b"".join(add_line(f"i{n}", f"r{n}", f"form{n}", at=text) for n, text in enumerate(forms)))
    same(sorted(home.notes()), sorted(f"form{n}" for n in range(len(forms))), "entries")
    for command in (("history",), ("history", "--json"), ("history", "--since", "7d"), ("stats",), ("show", "last")):
        if home.run(command[0], "--help").code == 0:
            home.ok(*command)
    told = {p.get("line") for p in home.doctor()["problems"]}
    for n, text in enumerate(forms):
        if n in (9, 11, 12, 13, 14, 15, 16, 17):
            check(n + 1 in told, f"{text[:40]!r} is not reported")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.type("3" + "j" * 20)
        app.settle()
        app.type("\x03")
        same(app.end(), 130, "exit code")
    home.inv([])


@case("Z08")
def days_without_a_midnight():
    for zone, day, before in (
        ("Africa/Cairo", "2026-04-24", "2026-04-23"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28"),
        ("America/Santiago", "2026-09-06", "2026-09-05"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-03"),
        ("Pacific/Apia", "2011-12-31", "2011-12-29"),
    ):
        home = Home()
        home.more["TZ"] = zone
        Clock(home, f"@{day} 12:00:00")
        home.must_add(0)
        home.ok("log", "3", "--note", "n1", "--at", f"{before} 23:30")
        ran = home.run("log", "3", "--at", "2011-12-30 12:00" if "Apia" in zone else f"{day} 00:30")
        check(ran.code == 2 and ran.err.strip(), f"{zone}: {ran.said()}")
        ran = home.ok("history", "--since", "today", "--json")
        same([e["note"] for e in json.loads(ran.raw)], ["n0"], f"entries of the day in {zone}")
        for since, wanted in (("7d", 2), (before, 2), ("yesterday", 1 if "Apia" in zone else 2)):
            ran = home.ok("history", "--since", since, "--json")
            same(len(json.loads(ran.raw)), wanted, f"entries since {since} in {zone}")
        home.ok("history")
        for command in (("stats",), ("suggest",)):
            if home.run(command[0], "--help").code == 0:
                check(home.run(*command).code in (0, 3), command)
        with Terminal(home, size=(120, 36)) as app:
            app.past_first_text()
            app.wait("n0")
            app.type("\x03")
            same(app.end(), 130, "exit code")
        home.inv([0, 1], modes=False)


@case("Z09")
def over_midnight_and_new_year():
    for when, day in (("@2026-12-31 23:59:50", "2026-12-31"), ("@2026-11-23 23:59:50", "2026-11-23")):
        home = Home(answered=False)
        home.put(home.data / "profile.toml", f"asked_on = {day}\n\n[answers]\n")
        home.technique("aa-palm", "Aa palm press", [(3, "Warm the palms."), (9, "Hold still.")])
        Clock(home, when)
        with Terminal(home, args=("start", "aa-palm", "--no-rating")) as app:
            app.past_first_text()
            app.wait("done to the end", 40)
            app.type("q")
            same(app.end(), 0, "exit code")
        entries = home.list()
        same(len(entries), 1, "entries")
        entry = entries[0]
        check(entry["started_at"].startswith(day), entry["started_at"])
        check(not entry["ended_at"].startswith(day), entry["ended_at"])
        same((entry["active_s"], entry["status"]), (12 if entry["planned_s"] == 12 else entry["planned_s"], "finished"), "seconds and status")
        shown = json.loads(home.ok("history", "--json", "--since", day, "--until", day).raw)
        same(len(shown), 1, "entries on the day it began")
        home.more = {}
        home.inv([], modes=False)


@case("Z10")
def stopped_in_mid_session():
    home = Home()
    home.technique("aa-palm", "Aa palm press", [(600, "Hold still.")])
    with Terminal(home) as app:
        app.past_first_text()
        app.type("/aa palm\r")
        app.wait("Aa palm press")
        app.type("\r\r")
        app.wait("Get ready")
        app.wait_gone("Get ready")
        begun = time.monotonic()
        app.signal(signal.SIGSTOP)
        practised = time.monotonic() - begun
        time.sleep(12)
        app.signal(signal.SIGCONT)
        app.wait("Space goes on")
        app.type("\x03")
        same(app.end(), 130, "exit code")
    entry = home.list()[0]
    check(entry["active_s"] <= practised + 2, f"{entry['active_s']} s counted of {practised:.1f} s practised")
    home.inv([])


@case("Z11")
def open_over_midnight():
    home = Home()
    Clock(home, "@2026-11-23 23:59:50")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.type("l")
        app.wait("worst possible pain")
        app.type("4\r")
        app.wait("Saved.")
        app.wait("Today")
        app.wait("Yesterday", 30)
        check("Today" not in app.text() or "Mon 23" not in app.text().split("Today")[1][:20], "the day stands there twice")
        app.type("l")
        app.wait("worst possible pain")
        app.type("6\r")
        app.wait("Today")
        same(app.text().count("Yesterday"), 1, "headings for yesterday")
        same(app.text().count("Today"), 1, "headings for today")
        app.type("\x03")
        same(app.end(), 130, "exit code")
    days = [e["started_at"][:10] for e in home.list()]
    check(days[0].startswith("2026-11-23") and len(set(days)) == 2, days)
    home.more = {}
    home.inv([], modes=False)
