"""T: the terminal is taken and given back, whatever happens to it."""

import json
import os
import re
import shutil
import signal
import termios
import time

from common import *
from pty_driver import Terminal

LONG = [(600, "Hold still.")]


OTHER = "fedcba9876543210"


def with_a_technique(steps=LONG):
    home = Home()
    home.technique("aa-palm", "Aa palm press", steps)
    return home


def with_everything(name):
    """A home in which every screen can be shown: also an entry that two machines changed."""
    home = with_a_technique()
    ours, theirs = ({"note": f"{who} words"} for who in ("our", "their"))
    lines = [add_line("two-a", "two", "first"), op_line("edit", "two-b", "two", seen=["two-a"], set=ours)]
    home.jot(f"{OTHER}.jsonl", b"".join(lines))
    home.jot("0123456789abcdef.jsonl", op_line("edit", "two-c", "two", seen=["two-a"], set=theirs))
    if name == "a first look":
        (home.data / "profile.toml").unlink()
    if name == "cut off":
        with opened(home) as app:
            get_ready(app)
            app.wait_gone("Get ready")
            app.signal(signal.SIGKILL)
            app.child.wait()
    return home


def opened(home, size=(80, 24), **more):
    app = Terminal(home, size=size, **more)
    app.past_first_text()
    return app


def to_the_technique(app):
    app.type("/aa palm\r")
    app.wait("Aa palm press")


def get_ready(app):
    to_the_technique(app)
    app.type("\r\r")
    app.wait("Get ready")


def paused(app):
    get_ready(app)
    app.type(" ")
    app.wait_any("Paused", "paused", "Space goes on")


def rating(app):
    to_the_technique(app)
    app.type("\r")
    app.wait("worst possible pain")


def press(*keys):
    def do(app):
        for key in keys:
            app.type(key)
            app.settle(0.1)

    return do


def to(text, *keys, first=None):
    """By these keys to a screen that says this."""

    def go(app):
        if first:
            first(app)
        press(*keys)(app)
        app.wait(text)

    return go


def find(app):
    press("3", "/", "words")(app)
    app.wait("1 found")


def in_floor_view(app):
    get_ready(app)
    press("f")(app)


def floor_view_paused(app):
    in_floor_view(app)
    app.type(" ")
    app.wait_any("paused", "PAUSED", "go on")
    # A hand that still lies on the keys is no second one.
    app.settle(0.8)


# Every screen and every layer over it, by the keys that lead there.
SCREENS = {
    "library": press(),
    "a first look": to("Urgent signs: is any of these so?"),
    "session": press("2"),
    "log": press("3"),
    "zoomed": press("z"),
    "search": press("/", "ball"),
    "filter": to("Show only what fits", "F"),
    "what now": to("What now", "o"),
    "find": find,
    "go to a day": to("Go to a day", "3", "J", "yest"),
    "entry": press("3", "\r"),
    "settle": to("Two machines wrote", "3", "G", "c"),
    "delete?": press("3", "d"),
    "check-in": press("l", "4"),
    "whole form": to("Tightness", "l", "4", "\t"),
    "places": to("L", "l", "4", "\t", "\t"),
    "form's map": press("l", "4", "\t", "\t", "\t"),
    "words": press("l", "4", "\t", "\t", "\t", "\t"),
    "note": press("l", "n", "some words"),
    "leave the form?": press("l", "n", "some words", "\x1b"),
    "change an entry": press("3", "e"),
    "help": press("?"),
    "urgent signs": press("E"),
    "urgent signs while typing": press("/", "ball", "\x1bOP"),
    "answers": press("S"),
    "rating": rating,
    "get ready": get_ready,
    "paused": paused,
    "stop?": lambda app: (get_ready(app), press("q")(app)),
    "rating after": lambda app: (get_ready(app), app.wait_gone("Get ready"), press("x")(app)),
    "when to stop": lambda app: (get_ready(app), press("w")(app)),
    "floor view": in_floor_view,
    "floor view, paused": floor_view_paused,
    "elsewhere while it runs": lambda app: (get_ready(app), press("3")(app)),
    "cut off": to("cut off"),
}


@case("T01")
def a_signal_on_every_screen():
    for number, (name, go) in enumerate(SCREENS.items()):
        signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)
        for sent in signals if number < 2 else [signals[number % 4], signals[(number + 1) % 4]]:
            home = with_everything(name)
            home.must_add(0)
            with opened(home) as app:
                go(app)
                app.signal(sent)
                same(app.end(5), 128 + sent, f"exit code after {sent.name} in '{name}'")
                app.check_given_back()
            home.inv([0])


@case("T02")
def the_terminal_is_gone_and_nobody_says_so():
    for name in ("library", "check-in", "get ready", "paused"):
        home = with_a_technique()
        # A shell that ignores SIGHUP leads; what it used is in `used`.
        script = 'trap "" HUP; "$unkink"; echo $? >code; times >used; mv used ended'
        app = Terminal(home, argv=["sh", "-c", script])
        try:
            app.past_first_text()
            SCREENS[name](app)
            begun = time.monotonic()
            app.hang_up()
            ended = home.path / "ended"
            poll(f"its end in '{name}'", ended.exists, 6)
            check(time.monotonic() - begun < 4, f"{time.monotonic() - begun:.1f} s until its end in '{name}'")
            same((home.path / "code").read_text().strip(), "129", f"exit code in '{name}'")
            minutes = ended.read_text().splitlines()[1].split()
            used = sum(float(t.split("m")[1].rstrip("s")) for t in minutes)
            check(used < 0.5, f"{used} s of work in '{name}'")
            if name in ("get ready", "paused"):
                same([e["status"] for e in home.list()], ["stopped"], f"the session in '{name}'")
            home.inv([])
        finally:
            app.close()


def job(home, size=(80, 24)):
    """The program as a job of a shell, so that it can be stopped."""
    script = 'set -m; "$unkink"; code=$?; while jobs >.jobs; [ -s .jobs ]; do echo "[shell]"; read -r go; fg >.fg; code=$?; done; exit $code'
    return Terminal(home, size=size, argv=["sh", "-c", script])


@case("T03")
def stopped_and_continued_on_every_screen():
    for number, (name, go) in enumerate(SCREENS.items()):
        home = with_everything(name)
        with job(home) as app:
            app.past_first_text()
            go(app)
            for turn in range(10 if number == 0 else 2):
                if name == "floor view" and turn == 0:
                    # There any key only pauses.
                    app.type(" ")
                    app.wait_any("paused", "PAUSED", "go on")
                    app.settle(0.8)
                mark = len(app.written)
                app.type("\x1a")
                app.until(f"the shell ('{name}')", lambda: b"[shell]" in app.written[mark:])
                check(termios.tcgetattr(app.master)[3] & termios.ICANON, f"raw while stopped in '{name}'")
                app.resize(90 + turn, 28)
                mark = len(app.written)
                app.type("\n")
                app.until(f"a new painting ('{name}')", lambda: b"\x1b[?1049h" in app.written[mark:] and app.text().strip())
                app.settle(0.1)
                check(not termios.tcgetattr(app.master)[3] & termios.ICANON, f"not raw again in '{name}'")
            app.type("\x03")
            same(app.end(), 130, f"exit code in '{name}'")
            app.check_given_back()
        home.inv([])


@case("T04")
def in_the_background():
    home = Home()
    # Started with &: it stops by SIGTTOU or SIGTTIN and does not spin.
    script = 'set -m; "$unkink" & sleep 1; echo pid=$!; cat /proc/$!/stat; kill -KILL $!; wait $! 2>/dev/null; echo over'
    with Terminal(home, argv=["sh", "-c", script]) as app:
        app.end()
        said = app.written.decode("utf-8", "replace")
        stat = [line for line in said.splitlines() if "(unkink)" in line]
        check(stat, said[-300:])
        fields = stat[0].rsplit(")", 1)[1].split()
        check(fields[0] == "T", f"it is not stopped but {fields[0]}")
        check(int(fields[11]) + int(fields[12]) < 20, "it spins")
        check("\x1b[?1049h" not in said, "it painted over the shell")
    # Without a shell to continue it.
    with opened(home) as app:
        app.type("\x1a")
        app.settle(0.3)
        app.type("?")
        app.settle(0.2)
        app.type("\x1b")
        app.settle(0.2)
        app.type("q")
        same(app.end(), 0, "exit code")
        app.check_given_back()


@case("T05", "bash")
def half_a_terminal():
    home = Home()
    home.must_add(0)
    before = stamps(home.data)
    for script in ("</dev/null", ">out", "| cat", "<&-", ">&-", "<&- >&-", "<&- >&- 2>&-", "2>&-  </dev/null", "<out"):
        with Terminal(home, argv=["bash", "-c", f'touch out; set -o pipefail; "$unkink" {script}; echo "code $?"']) as app:
            app.end()
            check(b"code 2" in app.written and b"\x1b" not in app.written, f"{script}: {app.written[-200:]!r}")
            check(b"\x1b" not in (home.path / "out").read_bytes(), f"{script}: escapes in the file")
    same(stamps(home.data), before, "the data directory")
    # With nothing open, no file of the log may become what messages go to.
    for command in ("log 5 --note n1 <&- >&- 2>&-", "log 5 --note n2 >&- 2>&-", "history 2>&- >&-", "doctor <&- 2>&-"):
        run_any(["bash", "-c", f'"$0" {command}', Place.program], env=home.env(), cwd=home.path)
    for line in home.own_file().read_bytes().splitlines():
        check(line.startswith(b'{"v":1,') and line.endswith(b'"}'), f"a message in the log: {line[:80]!r}")
    home.inv([0, 1, 2], modes=False)


@case("T06")
def any_kind_of_terminal():
    home = Home()
    for env in ({"TERM": None}, {"TERM": ""}, {"TERM": "nonsense"}, {"TERM": "linux"}, {"COLORTERM": "truecolor"}, {"NO_COLOR": "1"}, {"LANG": "C", "LC_ALL": "C"}, {"LANG": "C", "LC_ALL": "POSIX"}, {"LANG": None}):
        with Terminal(home, env=env) as app:
            app.past_first_text()
            app.wait_any("Library")
            app.type("?")
            app.settle(0.1)
            app.type("\x03")
            same(app.end(), 130, f"exit code with {env}")
            app.check_given_back()
            if "POSIX" in env.values() or env.get("LC_ALL") == "C":
                high = [c for c in app.text() if ord(c) > 126]
                same(high, [], f"characters beyond ASCII with {env}")
            if "NO_COLOR" in env:
                colours = re.findall(rb"\x1b\[(?:[0-9]+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8)(?:;[0-9]+)*m", app.written)
                same(colours, [], "colours with NO_COLOR")
    with Terminal(home, env={"TERM": "dumb"}) as app:
        same(app.end(), 2, "exit code on a dumb terminal")
        check(b"\x1b" not in app.written, "escapes on a dumb terminal")


@case("T07")
def any_size_on_every_screen():
    for name, go in SCREENS.items():
        home = with_everything(name)
        home.must_add(0)
        with opened(home) as app:
            go(app)
            for size in ((0, 0), (1, 1), (2, 1), (5, 3), (20, 5), (39, 9), (300, 100), (1000, 4), (40, 12), (0, 7)):
                mark = len(app.written)
                app.resize(*size)
                app.until(f"a painting at {size} in '{name}'", lambda: b"\x1b[2J" in app.written[mark:], 5)
            app.resize(80, 24)
            app.settle(0.2)
            check(app.text().strip(), f"nothing is left in '{name}'")
            app.type("\x03")
            same(app.end(), 130, f"exit code in '{name}'")
        home.inv([0])
    for size in ((0, 0), (1, 1), (39, 9), (1000, 4)):
        with Terminal(Home(), size=size) as app:
            app.until("its opening", lambda: b"\x1b[?25l" in app.written)
            app.type("\x03")
            same(app.end(), 130, f"exit code at {size}")


@case("T08")
def noise():
    chance = seeded("T08")
    words = [b"\x1b[", b"\x1b[<0;0;0M", b"\x1b[0;0R", b"\x1bO", b"\x1b]0;x\x07", b"\x1b[M", "é".encode(), b"1;5", b"~", b"\x1b[200~", b"\x1b[201~", b"\x1bP", b"\xff\xfe", b"\x1b[99999999999999m", b"\x1b[I", b"\x1b[O"]
    kinds = {"add", "edit", "delete", "undo"}
    seeds = int(os.environ.get("UNKINK_TORTURE_SEEDS", "50"))
    for _ in range(seeds):
        noise = bytearray()
        while len(noise) < 100_000:
            if chance.random() < 0.3:
                noise += chance.choice(words)
            else:
                byte = chance.randrange(256)
                # What leaves too early: the rest would reach a terminal that was given back, as signals.
                noise.append(ord("x") if byte in b"\x03\x1a\x1cqQ" else byte)
        home = with_a_technique([(1, "Hold still.")])
        with opened(home) as app:
            app.type(bytes(noise), whole=False)
            until = time.monotonic() + 30
            while app.alive() and time.monotonic() < until:
                # One that comes when the terminal is given back already would make it drop what nobody has read yet.
                app.type("\x03", whole=False)
                again = time.monotonic() + 3
                while app.alive() and time.monotonic() < again:
                    app.read(0.1)
            check(app.end(1) in (0, 1, 130), f"exit {app.child.returncode}")
            app.check_given_back()
        for content in home.bytes().values():
            for line in content.splitlines():
                op = json.loads(line)
                check(op["op"] in kinds, f"an op that no person could make: {op}")
        home.inv([])
        shutil.rmtree(home.path)
    note("noisy sessions survived", seeds)


@case("T11", alone=True)
def held_keys():
    home = Home()
    for i in range(30):
        home.must_add(i)
    with opened(home, (120, 36)) as app:
        begun = app.cpu()
        app.type("jk" * 4999 + "j")
        released = time.monotonic()
        app.type("?")
        app.settle(0.2)
        took = time.monotonic() - released - 0.2
        check(took < 1.5, f"caught up {took:.1f} s after release")
        check(app.cpu() - begun < 3, f"{app.cpu() - begun:.1f} s of work for ten thousand keys")
        app.type("\x03")
        same(app.end(), 130, "exit code")


@case("T13", alone=True)
def idle():
    home = with_a_technique()
    seconds = float(os.environ.get("UNKINK_TORTURE_IDLE", "20"))
    with opened(home, (120, 36)) as app:
        app.settle(1)
        before, mark = app.cpu(), len(app.written)
        time.sleep(seconds)
        app.settle(0.1)
        check(app.cpu() - before <= 0.3 * seconds / 60 + 0.01, f"{app.cpu() - before:.2f} s of work while idle for {seconds} s")
        same(len(app.written) - mark, 0, "bytes painted while idle")
        get_ready(app)
        app.wait_gone("Get ready")
        app.type("\x1b[O")
        before = app.cpu()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            app.read(0.2)
        share = (app.cpu() - before) / seconds
        check(share < 0.02, f"{share:.1%} of a core while a timer runs")
        app.type("\x03")
        same(app.end(), 130, "exit code")


@case("T14", "tmux")
def in_tmux():
    home = with_a_technique()
    socket = home.path / "tmux"

    def tmux(*args, check_it=True):
        ran = run_any(["tmux", "-f", "/dev/null", "-S", str(socket), *args], env=home.env(TMUX=None), cwd=home.path, limits=False)
        check(not check_it or ran.code == 0, ran.said())
        return ran.out

    def shown():
        return tmux("capture-pane", "-p", "-t", "s", check_it=False)

    try:
        tmux("new-session", "-d", "-s", "s", "-x", "100", "-y", "30", f"stty -g >before; {Place.program}; echo $? >code; stty -g >after; sleep 60")
        poll("a first frame", lambda: "Before you start" in shown())
        tmux("send-keys", "-t", "s", "Enter")
        poll("the library", lambda: "Library" in shown() and "Before you start" not in shown())
        # A client comes, another one of another size, and both go.
        for size in ((120, 40), (60, 20)):
            with Terminal(home, argv=["tmux", "-f", "/dev/null", "-S", str(socket), "attach", "-t", "s"], size=size) as client:
                client.wait_any("Library", "aa", "Hands")
                client.type("\x02d")
                same(client.end(), 0, "exit code of the client")
        tmux("send-keys", "-t", "s", "/aa palm", "Enter")
        poll("the technique", lambda: "Aa palm press" in shown())
        tmux("send-keys", "-t", "s", "Enter")
        poll("the question", lambda: "worst possible pain" in shown())
        tmux("send-keys", "-t", "s", "Enter")
        poll("the session", lambda: "Get ready" in shown())
        tmux("kill-session", "-t", "s")
        poll("the session's part to be kept", lambda: [e["status"] for e in home.list()] == ["stopped"], 6)
    finally:
        tmux("kill-server", check_it=False)
    home.inv([])
