"""S: no room, no inodes, a limit on file sizes."""

import os

from common import *
from pty_driver import Terminal


@case("S02", root=True)
def a_full_disk_and_room_again():
    home = small_home("size=64k")
    i = 0
    for i in range(3):
        home.must_add(i)
    filler = fill(home.path / "filler")
    before = home.bytes()
    refused = 0
    for size in range(0, 4096, 400):
        ran = home.run("log", "5", "--note", "x" * 300 + f" {size}")
        if ran.code != 0:
            refused += 1
            check("Saved" not in ran.out and "full" in ran.err, ran.said())
    check(refused, "the disk was never full")
    listed = len(home.notes())
    os.unlink(filler)
    home.must_add("later")
    home.inv([0, 1, 2, "later"], before)
    same(len(home.notes()), listed + 2, "entries")


def to_page_end(home, journal):
    """Grows the journal until its last page has little room, so that the next line needs another one."""
    while not 20 <= (room := 4096 - journal.stat().st_size % 4096) <= 200:
        home.ok("log", "5", "--note", "y" * (1 if not 320 < room < 900 else room - 300))


@case("S02-torn", root=True)
def a_torn_piece_swallows_nothing():
    """A page is the least that a tmpfs gives: a line that crosses its end is torn."""
    home = small_home("size=64k")
    home.must_add(0)
    journal = home.own_file()
    to_page_end(home, journal)
    filler = fill(home.path / "filler")
    before = home.bytes()
    ran = home.run("log", "5", "--note", "z" * 600)
    check(ran.code == 1 and "full" in ran.err, ran.said())
    torn = len(journal.read_bytes()) - len(before[journal])
    os.unlink(filler)
    home.must_add(1)
    home.inv([0, 1], before)
    check(torn > 0, "no piece was left, so that nothing was shown")
    same(home.doctor()["unreadable_lines"], 1, "torn lines")
    same(home.notes().count("z" * 600), 0, "entries that were said not to be saved")


@case("S03", root=True)
def no_inodes():
    home = small_home("size=1m,nr_inodes=2", answered=False)
    ran = home.run("log", "5")
    check(ran.code == 1 and ran.err.strip(), ran.said())
    check("Saved" not in ran.out, ran.said())
    home = small_home("size=1m,nr_inodes=40", name="later")
    home.must_add(1)
    number = 0
    try:
        while True:
            (home.path / f"filler{number}").touch()
            number += 1
    except OSError:
        pass
    home.must_add(2)
    home.list()
    ran = home.run("favourite", "knuckle-beside-spine")
    check(ran.code in (0, 1), ran.said())
    for n in range(number):
        (home.path / f"filler{n}").unlink()
    home.inv([1, 2])


@case("S04", "sh")
def a_limit_on_file_sizes():
    home = Home()
    acks, refused = [], 0
    for i in range(40):
        ran = run_any(
            ["sh", "-c", 'ulimit -f 4; exec "$0" log 5 --note "$1"', Place.program, f"n{i}"], env=home.env(), cwd=home.path
        )
        if ran.code == 0:
            acks.append(i)
        else:
            refused += 1
            check(ran.code > 0 and "size" in ran.err, ran.said())
    check(refused and acks, f"{refused} refused, {len(acks)} saved")
    home.inv(acks)


@case("S05", root=True)
def reading_needs_no_room():
    home = small_home("size=128k,nr_inodes=60")
    for i in range(3):
        home.must_add(i)
    fill(home.path / "filler")
    before = stamps(home.data)
    same(len(home.list()), 3, "entries")
    for command in (("history",), ("list",), ("doctor",), ("stats",), ("suggest",)):
        if home.run(command[0], "--help").code == 0:
            check(home.run(*command).code in (0, 1, 3), command)
    with Terminal(home) as app:
        app.past_first_text()
        app.type("3")
        app.wait("pain 5")
        app.type("1jjj/ball\r")
        app.settle()
        app.type("q")
        same(app.end(), 0, "exit code")
    same(stamps(home.data), before, "the data directory")


@case("S07", root=True)
def full_at_the_end_of_a_session():
    for way in ("retry", "quit"):
        home = small_home("size=128k,nr_inodes=80", name=way)
        home.technique("aa-palm", "Aa palm press", [(1, "Warm the palms."), (3, "Hold still.")])
        home.must_add(0)
        with Terminal(home, size=(120, 36)) as app:
            app.past_first_text()
            app.type("/aa palm\r")
            app.wait("Aa palm press")
            app.type("\r\r")
            app.wait("Hold still.")
            to_page_end(home, home.own_file())
            filler = fill(home.path / "filler")
            app.wait("worst possible pain")
            app.type("43")
            app.wait("ot saved")
            # That line may have been there before: the session's end itself is to be told, too.
            app.settle(1.5)
            if way == "quit":
                app.type("q")
                app.wait("leave without saving")
            os.unlink(filler)
            app.type("R" if way == "retry" else "r")
            app.wait("in the log")
            app.type("q")
            same(app.end(), 0, "exit code")
        sessions = [entry for entry in home.list() if entry["kind"] == "session"]
        same(len(sessions), 1, f"sessions ({way})")
        same(sessions[0]["status"], "finished", f"status ({way})")
        same(sessions[0]["pain_after"], 4, f"the rating ({way})")
        home.inv([0])
