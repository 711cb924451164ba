"""P: other people's permissions, other file types, odd names."""

import os
import subprocess
import time

from common import *
from pty_driver import Terminal


@case("P01", "sh")
def any_umask():
    for umask in ("000", "777", "027"):
        home = Home(answered=False)
        ran = run_any(
            ["sh", "-c", 'umask "$1"; exec "$0" log 5 --note n1', Place.program, umask], env=home.env(), cwd=home.path
        )
        check(ran.code == 0, ran.said())
        home.inv([1], exact=True)
        for i in (2, 3):
            run_any(
                ["sh", "-c", f'umask {umask}; exec "$0" log 5 --note n{i}', Place.program], env=home.env(), cwd=home.path
            )
        home.inv([1, 2, 3], further="more")


@case("P02")
def too_open_at_first():
    home = Home()
    home.must_add(0)
    files = [home.own_file(), home.jot("other.jsonl", add_line("o1", "or1", "theirs"))]
    for path in files:
        path.chmod(0o644)
    for path in (home.data, home.journal):
        path.chmod(0o755)
    told = [p for p in home.doctor()["problems"] if "others" in p["reason"]]
    same(len(told), 4, "remarks about rights")
    home.must_add(1)
    same(sorted(n for n in home.notes() if n in ("n0", "n1", "theirs")), ["n0", "n1", "theirs"], "entries")
    same(oct(files[0].stat().st_mode & 0o777), oct(0o600), "mode of what was written to")
    for path in (files[1], home.data, home.journal):
        check(path.stat().st_mode & 0o777 in (0o600, 0o644, 0o700, 0o755), f"{path.name} was loosened")
    for path in files:
        path.chmod(0o600)
    for path in (home.data, home.journal):
        path.chmod(0o700)
    home.inv([0, 1])


@case("P03", root=True)
def a_read_only_mount():
    home = Home()
    home.must_add(0)
    before = stamps(home.data)
    setup("mount", "--bind", str(home.data), str(home.data))
    setup("mount", "-o", "remount,ro,bind", str(home.data))
    ran = home.run("log", "5", "--note", "n1")
    check(ran.code == 1 and "read-only" in ran.err and "Saved" not in ran.out, ran.said())
    same(home.notes(), ["n0"], "entries")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.wait("read-only")
        app.wait("pain 5")
        app.type("q")
        same(app.end(), 0, "exit code")
    same(stamps(home.data), before, "the data directory")
    setup("umount", str(home.data))
    home.inv([0], exact=True)


@case("P04")
def without_home():
    env = {"PATH": os.environ["PATH"], "TERM": "xterm"}
    for command in (("list",), ("history",), ("paths",), ("doctor",)):
        ran = run_any([Place.program, *command], env=env, cwd="/")
        check(ran.code in (0, 1), ran.said())
        if ran.code and not ran.out:
            same(len(ran.err.strip().splitlines()), 1, f"lines of {ran.err!r}")
    for odd in ({"HOME": ""}, {"HOME": "relative"}, {"HOME": "/", "XDG_DATA_HOME": "relative"}, {"HOME": "/nowhere"}):
        ran = run_any([Place.program, "list"], env={**env, **odd}, cwd="/")
        check(ran.code in (0, 1), ran.said())


@case("P06")
def a_directory_in_the_files_place():
    home = Home()
    home.must_add(0)
    mine = home.own_file()
    kept = mine.read_bytes()
    mine.unlink()
    mine.mkdir(mode=0o700)
    own(mine)
    home.put(mine / "inside", "left alone")
    home.jot("other.jsonl", kept)
    ran = home.run("log", "5", "--note", "n1")
    if ran.code != 0:
        check(mine.name in ran.err, ran.said())
        same(home.notes(), ["n0"], "entries")
    check((mine / "inside").read_text() == "left alone", "what stood there was touched")
    check(any(mine.name in p["file"] for p in home.doctor()["problems"]), "the doctor does not name it")


@case("P07")
def links():
    home = Home()
    home.must_add(0)
    for name, target in (("a.jsonl", "b.jsonl"), ("b.jsonl", "a.jsonl"), ("c.jsonl", "nowhere"), ("d.jsonl", "/dev/zero")):
        os.symlink(target, home.journal / name)
    os.mkfifo(home.journal / "e.jsonl", 0o600)
    own(home.journal / "e.jsonl")
    named = " ".join(p["file"] for p in home.doctor()["problems"])
    for name in "abcde":
        check(f"{name}.jsonl" in named, f"{name}.jsonl is not reported: {named}")
    home.inv([0], modes=False)
    # The whole directory elsewhere.
    home = Home()
    home.put(home.path / "elsewhere/keep", "")
    (home.path / "elsewhere").chmod(0o700)
    (home.data / "profile.toml").unlink()
    home.data.rmdir()
    os.symlink(home.path / "elsewhere", home.data)
    home.must_add(1)
    home.inv([1], modes=False)
    check(home.data.is_symlink() and list((home.path / "elsewhere/journal").glob("*.jsonl")), "the link was replaced")


@case("P09", root=True)
def the_file_is_somebody_elses():
    home = Home()
    home.must_add(0)
    mine = home.own_file()
    home.jot("other.jsonl", add_line("o1", "or1", "theirs"))
    os.chown(mine, 0, 0)
    ran = home.run("log", "5", "--note", "n1")
    check(ran.code == 1 and mine.name in ran.err and "permission" in ran.err.lower(), ran.said())
    ran = home.run("export", "--format", "json")
    check("theirs" in ran.out and mine.name in ran.err, ran.said())
    check(any(mine.name in p["file"] for p in home.doctor()["problems"]), "the doctor does not name it")
    own(mine)
    home.inv([0])


@case("P10", "chattr", root=True)
def immutable():
    home = Home()
    home.must_add(0)
    mine = home.own_file()
    before = home.bytes()
    setup("chattr", "+i", str(mine))
    try:
        ran = home.run("log", "5", "--note", "n1")
        check(ran.code == 1 and mine.name in ran.err, ran.said())
        same(home.notes(), ["n0"], "entries")
    finally:
        subprocess.run(["chattr", "-i", str(mine)], check=True)
    home.inv([0], before, exact=True)


@case("P11")
def odd_names():
    home = Home()
    home.must_add(0)
    names = [b"x" * 249 + b".jsonl", b"a\nb.jsonl", b"\x1b]0;owned\x07.jsonl", b"\xff\xfe.jsonl", b"-rf.jsonl", b"-rf", b"--.jsonl"]
    names += ["\u202eevil.jsonl".encode(), b" .jsonl", b"'; rm x.jsonl"]
    wanted = 1
    for number, name in enumerate(names):
        path = os.path.join(os.fsencode(home.journal), name)
        with open(path, "wb") as file:
            file.write(add_line(f"i{number}", f"r{number}", f"odd{number}") + b"garbage\n")
        os.chmod(path, 0o600)
        if is_root():
            os.chown(path, NOBODY, NOBODY)
        wanted += name.endswith(b".jsonl")
    same(len(home.list()), wanted, "entries")
    for command in (("doctor",), ("doctor", "--json"), ("history",)):
        ran = home.run(*command)
        bads = [b"\x1b", b"\x07", b"\xff", b"a\nb.jsonl"]
        # Programs get the name as it is; on a terminal that output goes through the same filter as any other.
        for bad in bads + (["\u202e".encode()] if "--json" not in command else []):
            check(bad not in ran.raw + ran.raw_err, f"{bad!r} in the output of {command}")
    home.inv([0], modes=False)


@case("P13", alone=True)
def ten_thousand_strangers():
    home = Home()
    home.must_add(0)
    for number in range(5000):
        (home.journal / f"stray{number}.txt").touch()
        (home.journal / f"dir{number}").mkdir()
    (home.journal / "dir1/x.jsonl").write_bytes(add_line("s", "s", "stray"))
    ran = home.ok("export", "--format", "json")
    check("stray" not in ran.out, "a file of a directory below was read")
    check(ran.cpu < 2, f"{ran.cpu:.1f} s")
    home.inv([0], modes=False)
