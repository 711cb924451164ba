"""What the cases share: a home, the program in it, and what must hold after everything.

Nothing but Python's standard library. A case is a function marked with @case; it passes by returning, fails by Failed
(or any other exception) and is passed over by Skip.
"""

import contextlib
import ctypes
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import zlib

CASES = {}
CPU_S = 5.0
RSS_KB = 300 * 1024
WALL_S = 120
NOBODY = 65534


class Skip(Exception):
    """The machine does not allow this case."""


class Failed(Exception):
    """What was to hold does not."""


def case(ident, *programs, alone=False, root=False):
    """Marks a case: the programs it needs, whether it measures (and so runs alone), whether only root can set it up."""

    def mark(function):
        CASES[ident] = (function, programs, alone, root)
        return function

    return mark


def check(holds, why):
    if not holds:
        raise Failed(str(why)[:600])


def same(found, wanted, what):
    check(found == wanted, f"{what}: {found!r:.200}, not {wanted!r:.200}")


def poll(what, holds, seconds=20):
    """Waits until something holds and returns it."""
    until = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > until:
            raise Failed(f"waited {seconds} s for {what}")
        time.sleep(0.01)


class Place:
    """Where this run lives: set once by the runner."""

    program = None
    base = None
    notes = {}


def is_root():
    return os.geteuid() == 0


def as_person():
    """Cases run as an unprivileged user even where root runs them: to root, modes mean nothing."""
    if is_root():
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    return {}


def own(path):
    if is_root():
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return path


def own_all(top):
    own(top)
    for path in pathlib.Path(top).rglob("*"):
        own(path)


class Ran:
    """How a run ended: exit code (negative: by a signal), its two outputs, CPU seconds, peak memory in KiB."""

    def __init__(self, args, code, out, err, cpu, rss, wall):
        self.args, self.code, self.cpu, self.rss, self.wall = args, code, cpu, rss, wall
        self.raw, self.raw_err = out, err

    @property
    def out(self):
        return self.raw.decode("utf-8", "replace")

    @property
    def err(self):
        return self.raw_err.decode("utf-8", "replace")

    def said(self):
        return f"{self.args[-4:]} -> {self.code}: {self.out[-160:]!r} {self.err[-240:]!r}"


def run_any(args, env=None, stdin=None, cwd=None, limits=True, timeout=WALL_S, user=True, **more):
    """Runs a program to its end, with what it used."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        if isinstance(stdin, str):
            stdin = stdin.encode()
        if isinstance(stdin, bytes):
            given.write(stdin)
            given.seek(0)
            stdin = given
        who = as_person() if user else {}
        more = {"stdout": out, "stderr": err, **more}
        begun = time.monotonic()
        child = subprocess.Popen(args, stdin=stdin or subprocess.DEVNULL, env=env, cwd=cwd, **who, **more)
        late = threading.Timer(timeout, child.kill)
        late.start()
        _, status, used = os.wait4(child.pid, 0)
        late.cancel()
        wall = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        ran = Ran(args, child.returncode, out.read(), err.read(), used.ru_utime + used.ru_stime, used.ru_maxrss, wall)
    if wall >= timeout:
        raise Failed(f"no end within {timeout} s: {args[-4:]}")
    check(b"panicked at" not in ran.raw + ran.raw_err, f"a panic: {ran.said()}")
    check(ran.code not in (101, 134, 139, -signal.SIGABRT, -signal.SIGSEGV), f"a crash: {ran.said()}")
    if limits:
        check(ran.cpu < CPU_S, f"{ran.cpu:.1f} s of work: {ran.said()}")
        check(ran.rss < RSS_KB, f"{ran.rss // 1024} MB: {ran.said()}")
    return ran


def crc_line(head):
    """A whole line from its beginning: `{"v":1,...` without the closing brace."""
    head = head.encode() if isinstance(head, str) else head
    return b'%s,"crc":"%08x"}\n' % (head, zlib.crc32(head))


AT = "2026-11-20T21:30:00+01:00"


def op_line(op, ident, rec, at=AT, crc=True, **members):
    """One line of a journal, as the program orders it."""
    parts = [("v", 1), ("op", op), ("id", ident), ("rec", rec)]
    if "of" in members:
        parts.append(("of", members["of"]))
    parts.append(("at", at))
    parts += [(name, members[name]) for name in ("seen", "set", "unset") if name in members]
    text = json.dumps(dict(parts), ensure_ascii=False, separators=(",", ":"))
    return crc_line(text[:-1]) if crc else text.encode() + b"\n"


def add_line(ident, rec, note, at=AT, crc=True, **fields):
    values = {"kind": "check-in", "started_at": at, "pain": 5, "note": note, **fields}
    return op_line("add", ident, rec, at=at, crc=crc, set=values)


class Home:
    """An empty home of somebody, gone with the case."""

    def __init__(self, name="home", answered=True, usual=False):
        """`answered`: the safety questions, with none. `usual`: everything where it is without XDG variables."""
        self.path = pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=Place.base))
        own(self.path)
        data, state, config = (".local/share", ".local/state", ".config") if usual else ("data", "state", "config")
        self.data = self.path / data / "unkink"
        self.state = self.path / state / "unkink"
        self.config = self.path / config / "unkink"
        self.journal = self.data / "journal"
        xdg = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
        self.more = dict.fromkeys(xdg) if usual else {}
        if answered:
            self.answer()

    def answer(self):
        """The safety questions, with none; and nothing that is installed here speaks or leaves files of its own."""
        # A day ago: whatever the time zone, that day has come.
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        self.put(self.data / "profile.toml", f"asked_on = {day}\n\n[answers]\n")
        self.put(self.config / "config.toml", "speech.on = false\nawake.on = false\n")

    def env(self, **more):
        env = {
            "HOME": str(self.path),
            "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_STATE_HOME": str(self.path / "state"),
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "TERM": "xterm-256color",
            "SHELL": "/bin/sh",
            "LANG": "C.UTF-8",
            # The key that writes a technique opens an editor: this one changes nothing.
            "VISUAL": "true",
            "TZ": "Europe/Berlin",
        }
        env.update(self.more)
        env.update(more)
        return {name: value for name, value in env.items() if value is not None}

    def put(self, path, content, mode=0o600):
        """A file as its owner would have made it, and the directories above."""
        missing = []
        for above in pathlib.Path(path).parents:
            if above.exists():
                break
            missing.append(above)
        for above in reversed(missing):
            above.mkdir(mode=0o700)
            own(above)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        path.chmod(mode)
        own(path)
        return path

    def jot(self, name, content):
        """A file of the journal."""
        return self.put(self.journal / name, content)

    def technique(self, slug, name, steps):
        """An own technique; a step is (seconds, line)."""
        total = sum(seconds for seconds, _ in steps)
        text = (
            f'slug = "{slug}"\nname = "{name}"\ngroup = "Hands"\narea = "the lower back"\nposition = "sitting"\n'
            f'tools = "none"\nsides = "both"\ntotal_s = {total}\nintensity = [1, 2]\nbreathing = "slow and easy"\n'
            'stop_if = "it hurts more"\ntraits = []\nevidence = "D"\n\n'
            '[filter]\nposition = ["chair"]\ntool = ["none"]\nfor = ["tension"]\n'
        )
        for seconds, line in steps:
            text += f'\n[[steps]]\nseconds = {seconds}\neach_side = false\nline = "{line}"\n'
        self.put(self.config / "techniques" / f"{slug}.toml", text)

    def run(self, *args, env=None, before=(), **more):
        """The program with these arguments; `before`: a program that starts it (strace, prlimit, faketime)."""
        argv = [*before, Place.program, *map(str, args)]
        return run_any(argv, env=self.env(**(env or {})), cwd=self.path, **more)

    def ok(self, *args, **more):
        ran = self.run(*args, **more)
        check(ran.code == 0, ran.said())
        return ran

    def add(self, i, **more):
        """Whether the note `n<i>` was acknowledged."""
        return self.run("log", "5", "--note", f"n{i}", **more).code == 0

    def must_add(self, i, **more):
        return self.ok("log", "5", "--note", f"n{i}", **more)

    def list_bytes(self, **more):
        """All entries. An export that says which file it could not read has read the others."""
        ran = self.run("export", "--format", "json", **more)
        check(ran.code == 0 or "not in this export" in ran.err, ran.said())
        return ran.raw

    def list(self, **more):
        return json.loads(self.list_bytes(**more))

    def notes(self, **more):
        return [entry.get("note") for entry in self.list(**more)]

    def doctor(self, **more):
        ran = self.run("doctor", "--json", **more)
        check(ran.code in (0, 1), ran.said())
        return json.loads(ran.raw)

    def reasons(self):
        return "\n".join(p["reason"] for p in self.doctor()["problems"])

    def own_files(self):
        return [self.journal / f["name"] for f in self.doctor()["files"] if f["own"]]

    def own_file(self):
        files = self.own_files()
        check(files, "this machine has no file yet")
        return files[-1]

    def bytes(self):
        """Every journal file's bytes."""
        if not self.journal.is_dir():
            return {}
        return {p: p.read_bytes() for p in sorted(self.journal.iterdir()) if p.is_file()}

    def has(self, command):
        if self.run(command, "--help").code != 0:
            raise Skip(f"this build has no command '{command}'")

    def inv(self, acks, before=None, modes=True, further="further", exact=False):
        """What must hold after every case. `acks`: the numbers that were acknowledged."""
        notes = self.notes()
        for i in acks:
            same(notes.count(f"n{i}"), 1, f"times that n{i} is listed")
        if exact:
            same(len(notes), len(acks), "entries")
        for path, content in (before or {}).items():
            check(path.read_bytes().startswith(content), f"bytes of {path.name} were changed")
        if modes:
            self.check_modes()
        if further is not None:
            check(self.add(further), "a further entry can't be added")
            same(self.notes().count(f"n{further}"), 1, "the further entry")

    def check_modes(self):
        for top in (self.data, self.state):
            if not top.exists():
                continue
            for path in [top, *top.rglob("*")]:
                check(not path.name.endswith(".tmp"), f"a stray file: {path.name}")
                mode = path.lstat().st_mode & 0o777
                if path.is_symlink():
                    continue
                same(oct(mode), oct(0o700 if path.is_dir() else 0o600), f"mode of {path.name}")


def stamps(*tops):
    """Hash, mode, size and time of everything below."""
    found = {}
    for top in tops:
        for path in [top, *sorted(top.rglob("*"))]:
            meta = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            found[str(path)] = (content, meta.st_mode, meta.st_mtime_ns, meta.st_ctime_ns)
    return found


# What root sets up. The runner gives each case a mount name space of its own: mounts end with it.

CLONE_NEWNS = 0x00020000


def private_mounts():
    """Whether mounts of this process are its own from here on."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        return False
    return subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True).returncode == 0


def setup(*args):
    """A command of the set-up; without it there is nothing to test."""
    done = subprocess.run(args, capture_output=True, text=True)
    if done.returncode != 0:
        raise Skip(f"{args[0]}: {done.stderr.strip()[:120]}")
    return done.stdout


def mount_tmpfs(path, options):
    pathlib.Path(path).mkdir(parents=True, exist_ok=True)
    setup("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path))
    os.chmod(path, 0o700)
    own(path)


def small_home(options, name="small", answered=True):
    """A home that lies on a small tmpfs as a whole."""
    home = Home(name, answered=False)
    mount_tmpfs(home.path, options)
    if answered:
        home.answer()
    return home


def fill(path):
    """Fills a file system to its last byte, as root or not."""
    with contextlib.suppress(OSError), open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 4096, 512, 64, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass
    return path


EXT4_SHUTDOWN = 0x8004587D


class Ext4:
    """A small ext4 in a file, whose power can be cut."""

    def __init__(self, home):
        self.home = home
        self.image = home.path.with_suffix(".img")
        with open(self.image, "wb") as file:
            file.truncate(48 << 20)
        setup("mkfs.ext4", "-q", "-F", str(self.image))
        self.mount()
        own(home.path)

    def mount(self):
        setup("mount", "-o", "loop", str(self.image), str(self.home.path))

    def cut_power(self):
        """Shuts the file system down without writing anything more, and mounts it again."""
        import fcntl
        import struct

        fd = os.open(self.home.path, os.O_RDONLY)
        try:
            fcntl.ioctl(fd, EXT4_SHUTDOWN, struct.pack("I", 2))
        except OSError as error:
            raise Skip(f"the file system can't be shut down: {error}")
        finally:
            os.close(fd)
        setup("umount", str(self.home.path))
        self.mount()


def strace_inject(what, log=None):
    """A tracer that makes a call fail: `inject=fdatasync:error=EIO:when=1`."""
    calls = what.split("=")[1].split(":")[0]
    return ["strace", "-f", "-qq", "-o", log or "/dev/null", "-e", f"trace={calls}", "-e", what]


def faketime_library():
    for path in pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"):
        return str(path)
    raise Skip("libfaketime is not there")


class Clock:
    """A wall clock that can be set; the monotonic clock is left alone."""

    def __init__(self, home, when):
        self.file = home.path / "wall-clock"
        home.more.update(
            LD_PRELOAD=faketime_library(),
            FAKETIME_TIMESTAMP_FILE=str(self.file),
            FAKETIME_NO_CACHE="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
        )
        self.set(when)
        if when.startswith("@") and (home.data / "profile.toml").exists():
            # Answered on that very day: neither in the future nor long ago.
            home.put(home.data / "profile.toml", f"asked_on = {when[1:11]}\n\n[answers]\n")

    def set(self, when):
        beside = self.file.with_suffix(".new")
        beside.write_text(when + "\n")
        beside.chmod(0o644)
        beside.rename(self.file)


def seeded(ident):
    """The same chance at every run, another for every case; UNKINK_TORTURE_SEED changes it."""
    return random.Random(f"{ident} {os.environ.get('UNKINK_TORTURE_SEED', '')}")


def note(what, number):
    """A count that the runner sums up and prints at the end."""
    Place.notes[what] = Place.notes.get(what, 0) + number


def limit_files():
    """No core files, whatever dies."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def copy_program(program):
    """Where any user may start it."""
    place = Place.base / "bin"
    place.mkdir()
    place.chmod(0o755)
    shutil.copy(program, place / "unkink")
    (place / "unkink").chmod(0o755)
    return str(place / "unkink")
