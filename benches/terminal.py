#!/usr/bin/env python3
"""What unkink costs in a terminal, beside a floor program: start, keys, sleep, memory, floods, new sizes, leaving.

    benches/terminal.py                     everything: about five minutes, and the release build before them
    benches/terminal.py --quick             fewer rounds and no million lines: about one
    benches/terminal.py start keys          only these, of: start keys still memory flood resize size

Both programs run in pseudo-terminals of 120x36 with homes of their own, by turns, so that whatever else the machine does
falls on both: ratios of one run count, single times do not. Each figure is the median, in brackets the least; the gates
are held to the medians. On a busy machine only the figures in brackets say much of the program. Times are
taken from just before the spawn or the key's write to when the output could be read; a small terminal model decides
afterwards which piece of output made the frame whole. The gates are those of benches/README.md.

Exits with 1 when a gate is missed. Needs Linux and Python 3.9, nothing else.
"""

import argparse
import fcntl
import gc
import json
import os
import random
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from datetime import date, timedelta
from pathlib import Path

SIZE = (120, 36)
NS = 1_000_000_000
MS = 1_000_000
now = time.monotonic_ns


# -- a small terminal: where characters stand, and nothing else


class Screen:
    """Texts and cursor moves; colours and modes are passed over. Every character is taken to be one column wide."""

    TOKEN = re.compile(r"\x1b\[([?<>=]?[\d;]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[78=>]|[\r\n]|[^\x1b\r\n]", re.S)

    def __init__(self):
        self.rows = [[" "] * SIZE[0] for _ in range(SIZE[1])]
        self.x = self.y = 0
        self.left = b""

    def feed(self, data):
        data = self.left + data
        # A sequence or a character may be cut in two.
        cut = data.rfind(b"\x1b")
        whole = cut < 0 or len(data) - cut > 40 or re.match(rb"\x1b\[[^@-~]*[@-~]|\x1b[78=>]", data[cut:])
        self.left = b"" if whole else data[cut:]
        data = data if whole else data[:cut]
        text = data.decode("utf-8", "surrogateescape")
        while text and "\udc80" <= text[-1] <= "\udcff" and len(self.left) < 4:
            self.left = text[-1].encode("utf-8", "surrogateescape") + self.left
            text = text[:-1]
        for token in self.TOKEN.finditer(text):
            args, final = token.group(1), token.group(2)
            if final == "H":
                y, x = ([int(n or 1) for n in args.split(";")] + [1, 1])[:2] if args else (1, 1)
                self.x, self.y = x - 1, y - 1
            elif final == "C":
                self.x += int(args or 1)
            elif final == "G":
                self.x = int(args or 1) - 1
            elif final == "J":
                self.rows = [[" "] * SIZE[0] for _ in range(SIZE[1])]
            elif final is None and token.group() >= " ":
                if self.x < SIZE[0] and self.y < SIZE[1]:
                    self.rows[self.y][self.x] = token.group()
                self.x += 1

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.rows)


def is_whole(screen, log):
    """The last row is drawn last. With a log, its newest entries stand there."""
    text = screen.text()
    return bool(text.rpartition("\n")[2].strip()) and (not log or re.search(r"\d\d:\d\d .*(pain|PEG|\dm)", text) is not None)


# -- a program in a pseudo-terminal


class Program:
    def __init__(self, command, env):
        self.chunks = []
        self.ended_at = self.code = None
        self.master, self.slave = os.openpty()
        self.resize(*SIZE)
        actions = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(self.slave), os.O_RDWR, 0)]
        actions += [(os.POSIX_SPAWN_DUP2, 0, fd) for fd in (1, 2)]
        self.began = now()
        self.pid = os.posix_spawn(command[0], command, env, file_actions=actions, setsid=True,
                                  setsigdef=[signal.SIGPIPE, signal.SIGINT])
        self.pidfd = os.pidfd_open(self.pid)
        os.set_blocking(self.master, False)
        self.poll = select.poll()
        self.poll.register(self.master, select.POLLIN)
        self.poll.register(self.pidfd, select.POLLIN)

    def read(self, wait_ns=0):
        """Takes one piece of output, waiting so long for it at most; whether one came."""
        for fd, _ in self.poll.poll(max(0, wait_ns) / MS):
            at = now()
            if fd == self.pidfd:
                self.ended_at = at
                self.poll.unregister(self.pidfd)
                self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            else:
                try:
                    self.chunks.append((at, os.read(self.master, 1 << 16)))
                    return True
                except OSError:
                    pass
        return False

    def read_for(self, seconds, quiet=None):
        """Takes output for so long, or until none came for `quiet` seconds, or the program ended."""
        until = now() + seconds * NS
        last = now()
        while self.ended_at is None and now() < until:
            wait = until - now() if quiet is None else min(until, last + quiet * NS) - now()
            if wait <= 0:
                break
            if self.read(wait):
                last = now()

    def send(self, keys):
        """Writes all of it, taking output meanwhile."""
        keys = memoryview(keys)
        until = now() + 20 * NS
        while keys and self.ended_at is None and now() < until:
            try:
                keys = keys[os.write(self.master, keys):]
            except BlockingIOError:
                self.read(MS)

    def press(self, *keys):
        """One key after the other, each when the one before was answered."""
        for key in keys:
            self.send(key.encode())
            self.read_for(0.5, quiet=0.06)

    def until_ended(self, seconds):
        until = now() + seconds * NS
        while self.ended_at is None and now() < until:
            self.read(until - now())
        return self.ended_at

    def until_asleep(self, seconds=30):
        """Takes output until no CPU time was used for 150 ms; whether that came."""
        until = now() + seconds * NS
        before = -1
        while self.ended_at is None and now() < until:
            used = self.cpu()
            if used == before:
                return True
            before = used
            self.read_for(0.15)
        return False

    def tasks(self, file):
        try:
            for task in os.listdir(f"/proc/{self.pid}/task"):
                with open(f"/proc/{self.pid}/task/{task}/{file}") as lines:
                    yield task, lines.read()
        except OSError:
            pass  # ended

    def cpu(self):
        """CPU time of all its threads, ns."""
        return sum(int(text.split()[0]) for _, text in self.tasks("schedstat"))

    def wakes(self):
        """How often each thread went to sleep."""
        return {task: int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", text)[1]) for task, text in self.tasks("status")}

    def memory(self):
        """Present and greatest, MB."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024 for name in ("VmRSS", "VmHWM")]

    def unread(self):
        """Bytes typed that it has not read."""
        return struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0]

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def screen(self):
        screen = Screen()
        for _, data in self.chunks:
            screen.feed(data)
        return screen

    def close(self):
        """Ends it if it is still there."""
        if self.ended_at is None:
            os.kill(self.pid, signal.SIGKILL)
            self.until_ended(5)
        for fd in (self.master, self.slave, self.pidfd):
            os.close(fd)


# -- homes


TECHNIQUE = """slug = "long-hold"
name = "Long hold"
group = "Hands"
area = "the lower back"
position = "sitting"
tools = "none"
sides = "both"
total_s = 1200
intensity = [1, 2]
breathing = "slow and easy"
stop_if = "it hurts more"
traits = []
evidence = "D"

[filter]
position = ["chair"]
tool = ["none"]
for = ["tension"]

[[steps]]
seconds = 1200
each_side = false
line = "Sit and rest."
"""


class Home:
    """Somebody who answered the safety questions, hears nothing spoken, and has a log of so many lines."""

    def __init__(self, root, name, opt, lines=0):
        self.dir = root / name
        place = lambda kind: self.dir / kind / "unkink"
        (place("config") / "techniques").mkdir(parents=True, mode=0o700)
        (place("config") / "config.toml").write_text("[speech]\non = false\n[awake]\non = false\n")
        (place("config") / "techniques" / "long-hold.toml").write_text(TECHNIQUE)
        for kind in ("data", "state"):
            place(kind).mkdir(parents=True, mode=0o700)
        answered = f"asked_on = {date.today() - timedelta(days=1)}\n\n[answers]\n"
        self.private(place("data") / "profile.toml", answered)
        self.private(place("state") / "seen.json", '["disclaimer"]')
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "HOME": str(self.dir), "XDG_DATA_HOME": str(self.dir / "data"),
            "XDG_STATE_HOME": str(self.dir / "state"), "XDG_CONFIG_HOME": str(self.dir / "config"),
        }
        self.lines = lines
        self.unkink = opt.unkink
        if lines:
            # The file must be this machine's own, and only the program knows its name.
            self.run("log", "3")
            (own,) = (place("data") / "journal").glob("*.jsonl")
            with own.open("wb") as file:
                subprocess.run([opt.many, str(lines)], stdout=file, check=True)
            self.run("doctor")

    @staticmethod
    def private(path, text):
        path.write_text(text)
        path.chmod(0o600)

    def run(self, *args):
        done = subprocess.run([self.unkink, *args], env=self.env, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"terminal.py: unkink {' '.join(args)} says {done.returncode}: {done.stdout}{done.stderr}")

    def open(self, *args):
        return Program([self.unkink, *args], self.env)


# -- figures and gates


class Table:
    def __init__(self):
        self.rows = []

    def row(self, what, floor, unkink, unit, gate, limit=None, beside=None, pick=statistics.median):
        """A figure and its gate: `limit` is unkink's at most, `beside` so many times the floor's at most. `pick`: what of
        the samples counts."""
        value, base = pick(unkink), pick(floor) if floor else None
        spread = pick is statistics.median
        ratio = value / base if base else None
        least = min(unkink) / min(floor) if base and spread and len(unkink) > 1 and min(floor) else None
        met = None
        if limit is not None:
            met = value <= limit
        elif beside is not None and base is not None:
            met = ratio <= beside
        self.rows.append({"what": what, "unit": unit, "floor": base, "unkink": value, "ratio": ratio, "least_ratio": least, "gate": gate,
                          "met": met, "spread": spread, "floor_samples": floor, "unkink_samples": unkink})

    def text(self):
        def figure(row, name):
            value, samples = row[name], row[f"{name}_samples"]
            if value is None:
                return "–"
            if value == int(value) and row["unit"] in ("B", "times"):
                return f"{value:.0f} {row['unit']}"
            digits = 0 if value >= 1000 else 1 if value >= 100 else 2
            least = f" ({min(samples):.{digits}f})" if row["spread"] and len(samples) > 1 else ""
            return f"{value:.{digits}f}{least} {row['unit']}"

        lines = ["| what | floor | unkink | ratio | gate | |", "| --- | --- | --- | --- | --- | --- |"]
        for row in self.rows:
            ratio = f"{row['ratio']:.2f}" if row["ratio"] is not None else "–"
            ratio += f" ({row['least_ratio']:.2f})" if row["least_ratio"] is not None else ""
            verdict = {True: "met", False: "**missed**", None: ""}[row["met"]]
            lines.append(f"| {row['what']} | {figure(row, 'floor')} | {figure(row, 'unkink')} | {ratio} | {row['gate']} | {verdict} |")
        return "\n".join(lines)


def p99(samples):
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * 0.99))]


def worst(samples):
    return max(samples)


# -- measures


class Bench:
    def __init__(self, opt, root):
        self.opt = opt
        self.table = Table()
        self.root = root
        self.homes = {}

    def home(self, lines=0, name=None):
        name = name or f"lines-{lines}"
        if name not in self.homes:
            self.homes[name] = Home(self.root, name, self.opt, lines)
        return self.homes[name]

    def floor(self, *args):
        return Program([self.opt.floor, *args], self.home().env)

    def subjects(self, *sizes):
        """The floor, then unkink with each of these logs; a quick run leaves the longest out."""
        sizes = [lines for lines in sizes if lines < 1_000_000 or not self.opt.quick]
        return {"floor": self.floor, **{lines: self.home(lines).open for lines in sizes}}

    def begin(self, program, log=0):
        """Until the first frame is whole: its time and CPU, and the time of the first frame without the log, all in ms."""
        panes, used, fed = None, [], 0
        screen = Screen()
        until = now() + 10 * NS
        while program.ended_at is None and now() < until:
            if program.read(50 * MS):
                used.append(program.cpu())
                continue
            # Only in a pause: the model is slow, and what comes next must not wait for it.
            for at, data in program.chunks[fed:]:
                screen.feed(data)
                fed += 1
                at = (at - program.began) / MS
                if panes is None and is_whole(screen, False):
                    panes = at
                if is_whole(screen, log):
                    return at, used[fed - 1] / MS, panes
        sys.exit(f"terminal.py: no first frame:\n{program.screen().text()}")

    def all_read(self, program):
        """When the log pane no longer said that it was being read, ms from the start."""
        screen = Screen()
        for at, data in program.chunks:
            screen.feed(data)
            if is_whole(screen, True) and "reading" not in screen.text().partition("\n")[0]:
                return (at - program.began) / MS
        sys.exit(f"terminal.py: the log is not read:\n{screen.text()}")

    def leave(self, program, key=b"q"):
        """From the key to the process's end, ms."""
        at = now()
        program.send(key)
        ended = program.until_ended(5)
        screen = program.screen().text()
        program.close()
        if ended is None:
            sys.exit(f"terminal.py: it does not leave:\n{screen}")
        return (ended - at) / MS

    def start(self):
        times, cpu, panes, read, leaving = {}, {}, {}, {}, {}
        subjects = self.subjects(0, 100_000, 1_000_000)
        dice = random.Random(1)
        for turn in range(self.opt.rounds + 1):
            # What ended just before, and freed much, must not always fall on the same one.
            for name, spawn in dice.sample(list(subjects.items()), len(subjects)):
                time.sleep(0.05)
                program = spawn()
                time_ms, cpu_ms, panes_ms = self.begin(program, log=0 if name == "floor" else name)
                program.until_asleep()
                read_ms = self.all_read(program) if name not in ("floor", 0) else 0
                leave_ms = self.leave(program)
                if turn > 0:  # the first warms up
                    times.setdefault(name, []).append(time_ms)
                    cpu.setdefault(name, []).append(cpu_ms)
                    panes.setdefault(name, []).append(panes_ms)
                    read.setdefault(name, []).append(read_ms)
                    leaving.setdefault(name, []).append(leave_ms)
        row = self.table.row
        for lines in (0, 100_000):
            row(f"first full frame, {words(lines)}", times["floor"], times[lines], "ms", "≤ 1.3 × floor", beside=1.3)
            row(f"CPU to it, {words(lines)}", cpu["floor"], cpu[lines], "ms", "≤ 1.35 × floor", beside=1.35)
            if lines:
                row(f"the panes without entries, {words(lines)}", panes["floor"], panes[lines], "ms", "")
        if not self.opt.quick:
            row("first full frame, 1,000,000 lines, beside an empty log", times[0], times[1_000_000], "ms",
                "≤ 1.5 × the empty log's", beside=1.5)
        for lines, limit in ((100_000, 150), (1_000_000, 1500)):
            if lines in subjects:
                row(f"all read, {words(lines)}, from the start", None, read[lines], "ms", f"≤ {limit:,} ms", limit=limit)
        for lines in list(subjects)[1:]:
            row(f"quit, {words(lines)}", leaving["floor"], leaving[lines], "ms", "≤ 2 ms", limit=2)

    def keys(self):
        """From a key to the output it brings; `j` and `k` by turns."""
        many = max(20, self.opt.keys // self.opt.key_rounds)
        took = {}
        for _ in range(self.opt.key_rounds):
            for name, program in (("floor", self.floor()), ("idle", self.home().open()),
                                  ("running", self.home(name="sessions").open("start", "long-hold", "--no-rating"))):
                self.begin(program)
                program.until_asleep(3)
                if name == "running":
                    program.press("1")
                took.setdefault(name, []).extend(self.typing(program, many))
                self.leave(program, b"q" if name != "running" else b"\x03")
        row = self.table.row
        for name, what in (("idle", "idle"), ("running", "while a session runs")):
            row(f"key to screen, {what}, p50", took["floor"], took[name], "ms", "≤ 1.0 × floor", beside=1.0)
            row(f"key to screen, {what}, p99", took["floor"], took[name], "ms", "", pick=p99)
        if self.opt.quick:
            return
        loading = []
        home = self.home(1_000_000)
        for _ in range(self.opt.key_rounds):
            program = home.open()
            self.begin(program, log=1)
            loading += self.typing(program, 1000, while_busy=True)
            self.leave(program)
        row(f"key to screen, while 1,000,000 lines load, p50 of {len(loading)}", took["floor"], loading, "ms",
            "≤ 1.0 × floor", beside=1.0)
        row("key to screen, while 1,000,000 lines load, p99", took["floor"], loading, "ms", "≤ 10 ms", limit=10, pick=p99)

    def typing(self, program, many, while_busy=False):
        took = []
        for number in range(many):
            while program.read():
                pass
            used, since = program.cpu(), now()
            program.read_for(0.025 + random.random() * 0.01)
            if while_busy and program.cpu() - used < 0.1 * (now() - since):
                break  # what was under way is over
            at = now()
            program.send(b"jk"[number % 2:][:1])
            if program.read(NS):
                took.append((program.chunks[-1][0] - at) / MS)
        return took

    def still(self):
        """Everything that stands or runs by itself, at once: what it does per second does not hang on the others."""
        # Opened one by one, each pressed at once: a session that waits for the others is a step further on.
        started = lambda name, slug, *keys: (lambda: self.home(name=name).open("start", slug, "--no-rating"), keys)
        programs = {
            "floor": (lambda: self.floor(), ()),
            "floor with a clock": (lambda: self.floor("--clock"), ()),
            "idle": (lambda: self.home().open(), ()),
            "paused": started("paused", "long-hold", "n", " "),
            "finished": started("finished", "long-hold", "n", "n"),
            "countdown": started("countdown", "long-hold", "n"),
            "pacer": started("pacer", "six-breaths", "n", "n"),
        }
        if not self.opt.quick:
            programs["idle, 1,000,000 lines"] = (lambda: self.home(1_000_000).open(), ())
        for name, (opened, keys) in programs.items():
            programs[name] = program = opened()
            self.begin(program)
            program.read_for(0.3)
            program.press(*keys)
        for program in programs.values():
            program.read_for(0.5)
        if not self.opt.quick:
            programs["idle, 1,000,000 lines"].until_asleep()
        states = {name: (program.wakes(), program.cpu(), len(program.chunks), now()) for name, program in programs.items()}
        until = now() + self.opt.seconds * NS
        poll = select.poll()
        by_fd = {program.master: program for program in programs.values()}
        for fd in by_fd:
            poll.register(fd, select.POLLIN)
        while (left := until - now()) > 0:
            for fd, _ in poll.poll(left / MS):
                by_fd[fd].read()
        rates = {}
        for name, program in programs.items():
            wakes, cpu, chunks, since = states[name]
            seconds = (now() - since) / NS
            woke = sum(count - wakes.get(task, 0) for task, count in program.wakes().items())
            size = sum(len(data) for _, data in program.chunks[chunks:])
            rates[name] = (woke / seconds, size / seconds, (program.cpu() - cpu) / MS / seconds)
            if self.opt.show:
                print(name, program.screen().text(), sep="\n", file=sys.stderr)
            self.leave(program, b"q" if name.startswith("floor") else b"\x03")
        row = self.table.row
        units = ("wake-ups/s", "B/s", "ms of CPU/s")
        for name in programs:
            if name.startswith("floor"):
                continue
            runs = name in ("countdown", "pacer")
            floor = rates["floor with a clock" if runs else "floor"]
            limits = {"countdown": (1.1, 100, None), "pacer": (10.5, 1500, None)}.get(name, (0, 0, 0))
            for at, unit in enumerate(units):
                gate = "" if limits[at] is None else f"≤ {limits[at]:,}"
                row(name, [floor[at]], [rates[name][at]], unit, gate, limit=limits[at])

    def memory(self):
        floor = self.floor()
        self.begin(floor)
        base = floor.memory()
        self.leave(floor)
        for lines, limit in ((0, 6), (10_000, 6), (100_000, 30), (1_000_000, 200)):
            if self.opt.quick and lines == 1_000_000:
                continue
            program = self.home(lines).open()
            self.begin(program, log=lines)
            program.until_asleep()
            present, peak = program.memory()
            self.leave(program)
            self.table.row(f"memory, {words(lines)}", [base[0]], [present], "MB", f"≤ {limit} MB", limit=limit)
            self.table.row(f"memory at its peak, {words(lines)}", [base[1]], [peak], "MB", "")

    def flood(self):
        """Much input at once: its CPU, whether all of it is read, and whether a key behind it does what it should."""
        line = b"a long line that was copied from somewhere, with a few words in it\r"
        paste = b"\x1b[200~" + (line * (2**20 // len(line) + 1))[:2**20] + b"\x1b[201~"
        cases = (("2,000 keys at once", b"j" * 2000, (), b"q"), ("a paste of 1 MiB over the panes", paste, (), b"q"),
                 ("a paste of 1 MiB into a note", paste, ("l", "4", "4", "n"), b"\x03"))
        floor_cpu = []
        for what, keys, before, leave in cases:
            used, unread, left = [], [], []
            for _ in range(self.opt.flood_rounds):
                if not before and len(keys) == 2000:
                    program = self.floor()
                    self.begin(program)
                    floor_cpu.append(self.poured(program, keys)[0])
                    program.close()
                program = self.home(name="flooded").open()
                self.begin(program)
                program.until_asleep(3)
                program.press(*before)
                cpu, rest = self.poured(program, keys)
                used.append(cpu)
                unread.append(rest)
                self.ended(program, leave)
                program = self.home(name="flooded").open()
                self.begin(program)
                program.until_asleep(3)
                program.press(*before)
                program.send(keys + leave)
                left.append(self.ended(program, b""))
            floor = floor_cpu if len(keys) == 2000 else None
            self.table.row(f"{what}, CPU", floor, used, "ms", "≤ 20 ms", limit=20)
            self.table.row(f"{what}, left unread", None, unread, "B", "0", limit=0, pick=worst)
            self.table.row(f"{what}, the key behind it not acted on", None, left, "times", "0", limit=0, pick=sum)

    def poured(self, program, keys):
        before = program.cpu()
        program.send(keys)
        program.until_asleep(10)
        return (program.cpu() - before) / MS, program.unread()

    def ended(self, program, key):
        """0 when it leaves within five seconds, 1 when not."""
        program.send(key)
        ended = program.until_ended(5)
        program.close()
        return int(ended is None)

    def resize(self):
        """Any size, keys among them; alive, readable and small after it."""
        dice = random.Random(1)
        sizes = [(0, 0), (1, 1), (500, 200), (2, 2), (1, 36), (120, 1), (500, 1), (1, 200)]
        sizes += [(dice.randint(0, 500), dice.randint(0, 200)) for _ in range(self.opt.resizes - len(sizes))]
        dice.shuffle(sizes)
        program = self.home(name="resized").open()
        self.begin(program)
        for columns, rows in sizes:
            program.resize(columns, rows)
            program.read_for(dice.random() * 0.012)
            if dice.random() < 0.2:
                program.send(b"j")
        program.resize(*SIZE)
        program.until_asleep()
        chunks = len(program.chunks)
        program.send(b"k")
        program.read_for(1, quiet=0.1)
        alive = program.ended_at is None and len(program.chunks) > chunks
        present = program.memory()[0] if program.ended_at is None else 0
        died = 0 if alive and self.ended(program, b"q") == 0 else 1
        self.table.row(f"{len(sizes)} new sizes, died or deaf", None, [died], "times", "0", limit=0)
        self.table.row(f"{len(sizes)} new sizes, memory after", None, [present], "MB", "≤ 15 MB", limit=15)

    def size(self):
        floor, unkink = (os.stat(path).st_size / 1e6 for path in (self.opt.floor, self.opt.unkink))
        self.table.row("binary", [floor], [unkink], "MB", "≤ 4 MB", limit=4)


def words(lines):
    return f"{lines:,} lines" if lines else "an empty log"


MEASURES = ("start", "keys", "still", "memory", "flood", "resize", "size")


def arguments():
    target = Path(os.environ.get("CARGO_TARGET_DIR") or Path(__file__).resolve().parent.parent / "target") / "release"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=" ".join(MEASURES))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no log of a million lines")
    parser.add_argument("--json", metavar="FILE", help="write the figures with every sample there")
    parser.add_argument("--show", action="store_true", help="show the screens of what stands still")
    parser.add_argument("--unkink", metavar="FILE", help="the program; without it the release build, made first")
    parser.add_argument("--floor", metavar="FILE", default=target / "examples" / "floor", help="what it is measured beside")
    parser.add_argument("--many", metavar="FILE", default=target / "examples" / "many", help="what makes the logs")
    opt = parser.parse_args()
    if wrong := set(opt.measures) - set(MEASURES):
        parser.error(f"no such measure: {' '.join(wrong)}")
    if not opt.unkink:
        # `cargo bench` leaves a program built in another way in the same place.
        build("--bins")
        opt.unkink = target / "unkink"
    if not all(os.access(path, os.X_OK) for path in (opt.floor, opt.many)):
        build("--example", "floor", "--example", "many")
    for name in ("unkink", "floor", "many"):
        setattr(opt, name, os.path.abspath(getattr(opt, name)))
    opt.rounds, opt.keys, opt.key_rounds = (5, 60, 2) if opt.quick else (20, 300, 5)
    opt.seconds, opt.resizes, opt.flood_rounds = (5, 50, 1) if opt.quick else (20, 200, 5)
    return opt


def build(*what):
    if subprocess.run(["cargo", "build", "--release", *what], cwd=Path(__file__).resolve().parent).returncode:
        sys.exit("terminal.py: it does not build")


def main():
    opt = arguments()
    gc.disable()
    root = Path(tempfile.mkdtemp(prefix="unkink-bench-"))
    load = os.getloadavg()
    try:
        bench = Bench(opt, root)
        for name in MEASURES:
            if not opt.measures or name in opt.measures:
                print(f"{name} …", file=sys.stderr)
                getattr(bench, name)()
    finally:
        shutil.rmtree(root, ignore_errors=True)
    missed = [row for row in bench.table.rows if row["met"] is False]
    print(bench.table.text())
    print(f"\n{date.today()}, {os.cpu_count()} CPUs, load {load[0]:.1f} at the start and {os.getloadavg()[0]:.1f} at the end; "
          f"{len(missed)} of {sum(row['met'] is not None for row in bench.table.rows)} gates missed.")
    if opt.json:
        Path(opt.json).write_text(json.dumps({"date": str(date.today()), "load": load, "rows": bench.table.rows}, indent=1))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
