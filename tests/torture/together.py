"""C: several processes at once."""

import json
import os
import signal
import subprocess
import threading
import time

from common import *
from pty_driver import Terminal


def start(home, *args, before=(), **more):
    return subprocess.Popen(
        [*before, Place.program, *map(str, args)],
        env=home.env(),
        cwd=home.path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **as_person(),
        **more,
    )


def finish(child, *codes):
    out, err = child.communicate(timeout=60)
    check(child.returncode in (codes or (0,)), f"exit {child.returncode}: {err[-200:]!r}")
    return out


@case("C01")
def a_thousand_entries_of_fifty_processes():
    home = Home()
    script = 'i=0; while [ $i -lt 20 ]; do "$0" log 5 --note "n$1-$i" >/dev/null || exit 1; i=$((i+1)); done'
    children = [
        subprocess.Popen(["sh", "-c", script, Place.program, str(n)], env=home.env(), cwd=home.path, **as_person())
        for n in range(50)
    ]
    for child in children:
        same(child.wait(120), 0, "exit code")
    same(sorted(home.notes()), sorted(f"n{n}-{i}" for n in range(50) for i in range(20)), "entries")
    report = home.doctor()
    same((report["lines"], report["problems"]), (1000, []), "lines and findings")
    home.inv([])


@case("C02")
def the_app_and_the_command_line():
    home = Home()
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        home.ok("log", "7", "2")
        app.wait("pain 7", 2.5)
        app.type("l")
        app.wait("worst possible pain")
        app.type("4")
        home.ok("log", "8", "1")
        app.type("6\r")
        app.wait("Saved.")
        app.wait("pain 8")
        app.type("q")
        same(app.end(), 0, "exit code")
    same(sorted(entry["pain"] for entry in home.list()), [4, 7, 8], "pains")
    home.inv([])


@case("C03")
def two_apps_finish_in_the_same_second():
    home = Home()
    home.technique("aa-palm", "Aa palm press", [(2, "Hold still.")])
    with Terminal(home, size=(120, 36)) as one, Terminal(home, size=(120, 36)) as two:
        apps = one, two
        for app in apps:
            app.past_first_text()
            app.type("/aa palm\r")
            app.wait("Aa palm press")
        for app in apps:
            app.type("\r\r")
        for app in apps:
            app.wait("worst possible pain")
        for app in apps:
            app.type("43")
        for app in apps:
            app.wait("in the log")
            app.type("q")
        for app in apps:
            same(app.end(), 0, "exit code")
    sessions = home.list()
    same([s["status"] for s in sessions], ["finished"] * 2, "sessions")
    same(list((home.state / "sessions").glob("*.jsonl")), [], "progress files")
    home.inv([])


@case("C05", "strace")
def the_holder_of_the_lock_is_killed():
    home = Home()
    home.must_add(0)
    log = home.path / "calls"
    slow = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=fdatasync", "-e", "inject=fdatasync:delay_enter=20000000"]
    child = start(home, "log", "5", "--note", "n1", before=slow, start_new_session=True)
    # While another holds it, the lock is not to be had.
    waiting = ["flock", "-n", str(home.data / ".lock"), "true"]
    poll("the lock to be held", lambda: subprocess.run(waiting, capture_output=True).returncode == 1)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    ran = home.must_add(2)
    check(ran.wall < 2, f"{ran.wall:.1f} s after the holder's death")
    home.inv([0, 2])


@case("C07")
def an_older_copy_under_a_running_app():
    home = Home()
    for i in range(3):
        home.must_add(i)
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.wait("n2")
        for pain in "467":
            app.type("l")
            app.wait("worst possible pain")
            app.type(pain + "1\r")
            app.wait(f"pain {pain}")
        mine = home.own_file()
        kept = b"".join(mine.read_bytes().splitlines(True)[:-3])
        home.put(home.path / "older", kept)
        os.rename(home.path / "older", mine)
        # What this app saved is written again.
        poll("the app's entries", lambda: sorted(e["pain"] for e in home.list()) == [4, 5, 5, 5, 6, 7])
        app.type("q")
        same(app.end(), 0, "exit code")
    home.inv(range(3), {mine: kept})


@case("C08")
def one_undo_from_two_sides():
    for _ in range(15):
        home = Home()
        home.must_add(0)
        home.must_add(1)
        op = json.loads(home.own_file().read_bytes().splitlines()[-1])["id"]
        children = [start(home, "undo", op) for _ in range(2)]
        for child in children:
            finish(child, 0)
        same(home.notes(), ["n0"], "entries after two undos of one act")
        undos = home.own_file().read_bytes().count(b'"op":"undo"')
        same(undos, 1, "undos in the journal")
        finish(start(home, "redo"))
        same(sorted(home.notes()), ["n0", "n1"], "entries after the redo")
        home.inv([0, 1])


@case("C10")
def reading_while_others_write():
    home = Home()
    done = threading.Event()
    failures = []

    def write():
        i = 0
        while not done.is_set():
            if not home.add(i):
                failures.append(i)
            i += 1

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    last, reads, until = 0, 0, time.monotonic() + 20
    try:
        while time.monotonic() < until:
            entries = home.list()
            check(len(entries) >= last, f"{len(entries)} entries after {last}")
            last, reads = len(entries), reads + 1
    finally:
        done.set()
        for writer in writers:
            writer.join()
    same(failures, [], "adds that failed")
    check(reads > 50 and last > 50, f"{reads} reads of {last} entries")
    home.inv([])


@case("C11")
def one_entry_edited_from_two_sides():
    home = Home()
    home.has("edit")
    home.must_add(0)
    rec = home.list()[0]["rec"]
    script = 'i=0; while [ $i -lt 250 ]; do "$0" edit "$1" "--$2" $((i % 11)) >/dev/null || exit 1; i=$((i+1)); done'
    children = [
        subprocess.Popen(["sh", "-c", script, Place.program, rec, field], env=home.env(), cwd=home.path, **as_person())
        for field in ("pain", "stress")
    ]
    for child in children:
        same(child.wait(200), 0, "exit code")
    entry = home.list()[0]
    # Each process alone wrote its field, in order.
    same((entry["pain"], entry["stress"]), (249 % 11, 249 % 11), "the values")
    report = home.doctor()
    same(report["problems"], [], "findings")
    check(report["lines"] >= 400, f"only {report['lines']} lines")
    home.inv([0])
