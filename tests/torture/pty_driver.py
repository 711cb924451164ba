"""The program in a pseudo-terminal, and a small screen that reads what it paints."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata

from common import Failed, Place, as_person, check

SEQUENCE = re.compile(rb"\x1b(?:\[([0-9;:<=>?]*)([ -/]*[@-~])|[@-Z\\^_78=>])")
GIVEN_BACK = (b"\x1b[?2004l", b"\x1b[?1049l", b"\x1b[?25h")


def width(char):
    if unicodedata.combining(char) or char in "\u200d\ufe0e\ufe0f" or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen:
    """Cells and a cursor: as much of a terminal as the program uses. Anything else is kept in `strange`."""

    def __init__(self, columns, rows):
        self.size(columns, rows)
        self.rest = b""
        self.strange = []

    def size(self, columns, rows):
        self.columns, self.rows = max(1, columns), max(1, rows)
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self.x = self.y = 0

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)

    def feed(self, data):
        data = self.rest + data
        self.rest = b""
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == 0x1B:
                found = SEQUENCE.match(data, at)
                if not found:
                    if len(data) - at < 64:
                        self.rest = data[at:]
                        return
                    self.strange.append(data[at : at + 16])
                    at += 1
                    continue
                self.sequence(found.group(0), found.group(1), found.group(2))
                at = found.end()
            elif byte < 0x20 or byte == 0x7F:
                if byte == 0x0D:
                    self.x = 0
                elif byte == 0x0A:
                    self.y = min(self.rows - 1, self.y + 1)
                else:
                    self.strange.append(data[at : at + 1])
                at += 1
            else:
                long = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                if at + long > len(data):
                    self.rest = data[at:]
                    return
                for char in data[at : at + long].decode("utf-8", "replace"):
                    self.put(char)
                at += long

    def put(self, char):
        wide = width(char)
        if "\x80" <= char < "\xa0":
            self.strange.append(char.encode())
        if wide == 0:
            if self.x:
                self.cells[self.y][min(self.x, self.columns) - 1] += char
            return
        if self.x + wide > self.columns:
            self.x, self.y = 0, min(self.rows - 1, self.y + 1)
        if self.x + wide <= self.columns:
            self.cells[self.y][self.x] = char
            if wide == 2:
                self.cells[self.y][self.x + 1] = ""
        self.x += wide

    def sequence(self, whole, arguments, kind):
        if kind is None:
            if whole not in (b"\x1b7", b"\x1b8", b"\x1b=", b"\x1b>"):
                self.strange.append(whole)
            return
        numbers = [int(n) if n.isdigit() else 0 for n in (arguments or b"").split(b";")]
        if kind in (b"H", b"f"):
            self.y = min(max(1, numbers[0]), self.rows) - 1
            self.x = min(max(1, numbers[1] if len(numbers) > 1 else 1), self.columns) - 1
        elif kind == b"J":
            if numbers[0] == 2:
                at = self.x, self.y
                self.clear()
                self.x, self.y = at
        elif kind == b"K":
            self.cells[self.y][self.x :] = [" "] * (self.columns - self.x)
        elif kind in (b"A", b"B", b"C", b"D", b"G"):
            step = max(1, numbers[0])
            if kind == b"C":
                self.x = min(self.columns - 1, self.x + step)
            elif kind == b"D":
                self.x = max(0, self.x - step)
            elif kind == b"G":
                self.x = min(self.columns, step) - 1
            elif kind == b"A":
                self.y = max(0, self.y - step)
            else:
                self.y = min(self.rows - 1, self.y + step)
        elif kind not in (b"m", b"h", b"l", b"u", b"q", b" q"):
            self.strange.append(whole)


class Terminal:
    """A program on a terminal of its own: `with Terminal(home) as app: app.wait("Library")`."""

    def __init__(self, home, args=(), size=(80, 24), env=None, argv=None, closed=None, before=()):
        self.master, slave = pty.openpty()
        self.screen = Screen(*size)
        self.resize(*size)
        self.found = termios.tcgetattr(slave)
        self.written = b""
        self.gone = False
        if argv is None:
            argv = [*before, Place.program, *args]

        def take():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        if os.geteuid() == 0:
            os.fchown(slave, 65534, 65534)
        self.child = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**home.env(**(env or {})), "unkink": Place.program},
            cwd=home.path,
            start_new_session=True,
            preexec_fn=take,
            **as_person(),
        )
        os.close(slave)
        os.set_blocking(self.master, False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.child.poll() is None:
            try:
                os.killpg(self.child.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self.child.kill()
        self.child.wait()
        if self.master is not None:
            os.close(self.master)
            self.master = None

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.size(columns, rows)

    def read(self, seconds=0.05):
        """Takes in what was painted; whether there was anything."""
        if self.master is None or self.gone:
            time.sleep(min(seconds, 0.05))
            return False
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.gone = True
            return False
        self.written += data
        self.screen.feed(data)
        return True

    def type(self, keys, whole=True):
        """Types, and reads meanwhile what is painted. Without `whole`: as much as is taken."""
        data = keys.encode() if isinstance(keys, str) else keys
        until = time.monotonic() + 30
        while data and not self.gone:
            try:
                data = data[os.write(self.master, data[:1024]) :]
            except BlockingIOError:
                self.read(0.01)
            except OSError:
                return
            self.read(0)
            if time.monotonic() > until:
                check(not whole, "keys are not taken")
                return

    def text(self):
        return self.screen.text()

    def until(self, what, holds, seconds=20):
        end = time.monotonic() + seconds
        while not holds():
            self.read()
            if self.gone and not holds():
                raise Failed(f"it ended before {what} came: {self.written[-300:]!r}")
            if time.monotonic() > end:
                raise Failed(f"waited {seconds} s for {what}; the screen: {' / '.join(self.text().split())[-900:]}")

    def wait(self, text, seconds=20):
        self.until(repr(text), lambda: text in self.text(), seconds)

    def wait_any(self, *texts):
        self.until(" or ".join(map(repr, texts)), lambda: any(text in self.text() for text in texts))

    def wait_gone(self, text, seconds=20):
        self.until(f"{text!r} to go", lambda: text not in self.text(), seconds)

    def past_first_text(self):
        self.until("a first frame", lambda: self.text().strip())
        self.wait_any("Before you start", "Library", "1 ", "Nothing here")
        if "Before you start" in self.text():
            self.type("\r")
            self.wait_gone("Before you start")

    def settle(self, quiet=0.3, most=10):
        """Reads until nothing is painted for a while."""
        end = time.monotonic() + most
        last = time.monotonic()
        while time.monotonic() - last < quiet and time.monotonic() < end and not self.gone:
            if self.read(0.05):
                last = time.monotonic()

    def alive(self):
        return self.child.poll() is None

    def pid(self):
        return self.child.pid

    def signal(self, number):
        self.child.send_signal(number)

    def hang_up(self):
        os.close(self.master)
        self.master = None

    def wait_end(self, seconds=20):
        """Waits for the program's end, reading on; the exit code, 128 + n where a signal ended it."""
        end = time.monotonic() + seconds
        while self.child.poll() is None:
            self.read(0.02)
            if time.monotonic() > end:
                raise Failed(f"it does not end; the screen: {' '.join(self.text().split())[-500:]}")
        # To its end; only where somebody else holds the terminal too is there none.
        if self.master is not None:
            while self.read(0.5):
                pass
        code = self.child.returncode
        check(b"panicked at" not in self.written, f"a panic: {self.written[-400:]!r}")
        check(code not in (101, 134, 139), f"exit {code}")
        return code if code >= 0 else 128 - code

    def end(self, seconds=20):
        return self.wait_end(seconds)

    def check_given_back(self):
        """The terminal is as it was found."""
        check(termios.tcgetattr(self.master) == self.found, "the terminal's modes are not as they were found")
        at = [self.written.rfind(sequence) for sequence in GIVEN_BACK]
        check(min(at) >= 0, f"not given back: {self.written[-120:]!r}")
        check(min(at) > self.written.rfind(b"\x1b[?1049h"), "taken again after it was given back")

    def cpu(self):
        """Seconds of work so far."""
        fields = open(f"/proc/{self.pid()}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
