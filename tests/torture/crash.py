"""K: killed, without power, with failing system calls."""

import os
import shutil
import signal
import subprocess
import time

from common import *


@case("K01")
def killed_while_it_saves():
    """Three hundred kills at any moment: what was said to be saved is there, and a kill tears one line at most."""
    home = Home()
    chance = seeded("K01")
    acks, killed = [], 0
    i = 0
    while killed < 300:
        i += 1
        before = home.bytes()
        child = subprocess.Popen(
            [Place.program, "log", "5", "--note", f"n{i}"],
            env=home.env(),
            cwd=home.path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **as_person(),
        )
        time.sleep(chance.random() * 0.009)
        child.kill()
        out, _ = child.communicate()
        if child.returncode == 0:
            check(b"Saved" in out, "ended well without a word")
            acks.append(i)
        elif child.returncode == -signal.SIGKILL:
            killed += 1
            if b"Saved" in out:
                acks.append(i)
        else:
            raise Failed(f"exit {child.returncode}")
        for path, content in before.items():
            check(path.read_bytes().startswith(content), f"bytes of {path.name} were changed")
    torn = home.doctor()["unreadable_lines"]
    check(torn <= killed, f"{torn} torn lines after {killed} kills")
    home.inv(acks, modes=False)
    # What a death leaves beside goes, or is in nobody's way.
    check(len(acks) < i and acks, f"kills hit nothing: {len(acks)} of {i} saved")
    note("kills (-9) survived", killed)
    notes = home.notes()
    same(len(notes), len(set(notes)), "distinct entries")


@case("K03", "mkfs.ext4", root=True)
def power_goes_after_twenty():
    disk = Ext4(Home("disk"))
    home = disk.home
    for i in range(20):
        home.must_add(i)
    disk.cut_power()
    home.inv(range(20), exact=True)
    note("power cuts survived", 1)


@case("K05", "mkfs.ext4", root=True)
def power_goes_after_the_first():
    """The file and the directories above it are there for good, not its bytes alone."""
    home = Home("disk", answered=False)
    disk = Ext4(home)
    home.must_add(1)
    disk.cut_power()
    home.inv([1], exact=True)
    note("power cuts survived", 1)


@case("K06", "strace")
def a_sync_fails():
    home = Home()
    home.must_add(0)
    before = home.bytes()
    # The file's sync fails once: the line goes on in a second file, where it is safe; it lies twice and counts once.
    once = home.run("log", "5", "--note", "n1", before=strace_inject("inject=fdatasync:error=EIO:when=1"))
    check(once.code == 0 and "Saved" in once.out, once.said())
    check(len(home.own_files()) == 2 and b"n1" in home.own_files()[1].read_bytes(), "it is not in a second file")
    same(home.notes().count("n1"), 1, "times that n1 is listed")
    # That of the second file's directory fails, too, or all of them: not saved, and nobody claims it.
    for i, what in ((2, "inject=fdatasync,fsync:error=EIO:when=1"), (4, "inject=fdatasync,fsync:error=EIO")):
        fresh = Home()
        fresh.must_add(0)
        for place in (home, fresh):
            ran = place.run("log", "5", "--note", f"n{i}", before=strace_inject(what))
            check(ran.code == 1, ran.said())
            check("Saved" not in ran.out and "input/output" in ran.err, ran.said())
            check(place.notes().count(f"n{i}") <= 1, f"n{i} is there twice")
            place.must_add(i + 1)
        fresh.inv([0, i + 1], modes=False)
    home.inv([0, 1, 3, 5], before, modes=False)
    note("injected faults survived", 5)


@case("K06-every", "strace")
def every_call_that_writes_fails_once():
    """Each of the calls that a first and a later entry are made of fails in turn, from outside."""
    survived = 0
    for first in (True, False):
        for call in ("openat", "write", "fdatasync", "fsync", "flock", "mkdir", "rename", "fchmod", "chmod"):
            for errno in ("EIO", "ENOSPC", "EROFS") if call != "flock" else ("EIO",):
                for when in range(1, 40):
                    home = Home()
                    if not first:
                        home.must_add(0)
                    before = home.bytes()
                    log = home.path / "calls"
                    what = f"inject={call}:error={errno}:when={when}"
                    ran = home.run("log", "5", "--note", "n1", before=strace_inject(what, str(log)))
                    hit = "(INJECTED)" in log.read_text() if log.exists() else False
                    acks = [] if first else [0]
                    if ran.code == 0:
                        if not (hit and call == "write"):
                            check("Saved" in ran.out, ran.said())
                        acks.append(1)
                    else:
                        check("Saved" not in ran.out or call == "write", ran.said())
                    check(home.notes().count("n1") <= 1, "n1 is there twice")
                    home.inv(acks, before, modes=False)
                    shutil.rmtree(home.path)
                    if not hit:
                        break
                    survived += 1
    note("injected faults survived", survived)


@case("K08", "strace")
def interrupted_calls():
    for call in ("write", "fdatasync", "fsync", "flock", "openat", "pread64"):
        for when in (1, 2, 3):
            home = Home()
            ran = home.run("log", "5", "--note", "n1", before=strace_inject(f"inject={call}:error=EINTR:when={when}"))
            if ran.code == 127:
                # The loader does not go on, and never came to us.
                continue
            check(ran.code == 0, f"{call} {when}: {ran.said()}")
            home.inv([1], exact=True)
            note("injected faults survived", 1)


@case("K11", "prlimit")
def starved():
    home = Home()
    home.must_add(1)
    before = stamps(home.data)
    for limit in ("--nofile=4", "--as=60000000", "--as=30000000", "--nproc=1", "--stack=65536", "--nofile=3"):
        for command in (("list",), ("history",), ("export", "--format", "json"), ("doctor",)):
            ran = home.run(*command, before=["prlimit", limit])
            if ran.code < 0:
                raise Failed(f"{limit}: {ran.said()}")
    same(stamps(home.data), before, "the data directory")
    home.inv([1])


@case("K12", "strace", "mkfs.ext4", root=True)
def syncs_that_lie():
    home = Home("disk")
    disk = Ext4(home)
    for i in range(5):
        home.must_add(i)
    before = home.bytes()
    for i in range(5, 10):
        # As the tracer's child a program does not change its user: it is the tracer that runs as that user.
        home.run("log", "5", "--note", f"n{i}", before=strace_inject("inject=fdatasync,fsync:retval=0:when=1+"))
    disk.cut_power()
    home.inv(range(5), before, modes=False)
    note("power cuts survived", 1)


def killed(home, chance, args, most):
    """Starts the program and kills it after some thousandths of a second; whether it was done before."""
    child = subprocess.Popen(
        [Place.program, *map(str, args)],
        env=home.env(),
        cwd=home.path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **as_person(),
    )
    time.sleep(chance.random() * most)
    child.kill()
    return child.wait() == 0


@case("K13")
def killed_while_it_erases():
    """Forgetting rewrites files: killed at any moment, it costs no other entry, and done again it is done."""
    home = Home()
    home.has("forget")
    chance = seeded("K13")
    home.jot("import-0198c0de.jsonl", b"".join(add_line(f"i{i}", f"ri{i}", f"i{i}") for i in range(300)))
    survived, done = 0, 0
    for turn in range(60):
        kept = home.list()
        home.must_add(f"secret{turn}")
        rec = [e["rec"] for e in home.list() if e["note"] == f"nsecret{turn}"][0]
        done += killed(home, chance, ["forget", rec, "--yes"], 0.012)
        survived += 1
        without = [e for e in home.list() if e["rec"] != rec]
        same(without, kept, f"the other entries after kill {turn}")
        home.ok("forget", rec, "--yes") if any(e["rec"] == rec for e in home.list()) else None
        same(home.list(), kept, f"the entries once {turn} is forgotten")
    check(0 < done < 60, f"kills hit nothing: {done} of 60 were done")
    # The next entry is one that erases whatever a kill left of those before.
    home.must_add("last")
    secret = [p.name for p in home.journal.iterdir() if b"nsecret" in p.read_bytes()]
    same(secret, [], "files that still hold forgotten text")
    home.inv(["last"])
    note("kills (-9) survived", survived)


@case("K14")
def killed_while_it_imports():
    """All or nothing, at any moment."""
    home = Home()
    home.has("import")
    chance = seeded("K14")
    home.must_add(0)
    file = home.put(home.path / "backup.jsonl", b"".join(add_line(f"i{i}", f"ri{i}", f"i{i}") for i in range(3000)))
    outcomes = set()
    for _ in range(40):
        killed(home, chance, ["import", file], 0.06)
        found = len(home.list())
        check(found in (1, 3001), f"{found} entries: a part of the import is there")
        outcomes.add(found)
        for path in home.journal.glob("import-*"):
            path.unlink()
    check(outcomes == {1, 3001}, f"kills hit nothing: {outcomes}")
    home.ok("import", file)
    same(len(home.list()), 3001, "entries")
    home.inv([0])
    note("kills (-9) survived", 40)
