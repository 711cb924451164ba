"""N: hostile text, by every way in and out."""

import os
import subprocess
import threading
import time

from common import *
from pty_driver import Screen, Terminal

PAYLOADS = [
    "\x1b]0;OWNED\x07",
    "\x1b]8;;http://x.invalid\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b[2J\x1b[H",
    "\x1b[6n",
    "\x1bP$qm\x1b\\",
    "\x1b_APC\x1b\\",
    "\x1b]50;fixed\x07",
    "\x1b[?1049l",
    "\x1bc",
    "\u009b2J",
    "\u009d0;OWNED\u009c",
    "a\rb",
    "abc\b\b\bxyz",
    "\x07" * 1000,
    "\x0b\x0c\x0e\x0f",
    "\x7f\x1a\x04",
]
INVISIBLE = ["\u202e", "\u2066", "\u200f", "\u2028", "\ufeff", "\U000e0041", "\u202a", "\u2069", "\u061c"]


def hostile_home():
    home = Home()
    texts = PAYLOADS + [f"bi{c}di" for c in INVISIBLE]
    for text in texts[::2]:
        home.ok("log", "5", "--note", text + "END")
    # By hand, and as names and tags.
    lines = b"".join(add_line(f"h{i}", f"rh{i}", text + "END", tags=[text]) for i, text in enumerate(texts[1::2]))
    home.jot("by\x1b]0;OWNED\x07hand.jsonl", lines + b"garbage \x1b]0;OWNED\x07\n")
    home.technique("aa-evil", "Aa evil", [(1, "Hold.")])
    path = home.config / "techniques/aa-evil.toml"
    home.put(path, path.read_text().replace('"Aa evil"', '"Aa \\u001b]0;OWNED\\u0007evil\\u202e"').replace("the lower back", "back\\u009b2J"))
    return home, texts


def acts(data):
    """Bytes that act on a terminal beyond what the program uses itself."""
    screen = Screen(200, 60)
    screen.feed(data)
    found = list(screen.strange)
    for bad in INVISIBLE:
        if bad.encode() in data:
            found.append(bad.encode())
    for bad in (b"\x1b]", b"\x1bP", b"\x1b_", b"OWNED\x07", b"\x1b[6n", b"\x1bc"):
        if bad in data:
            found.append(bad)
    return found


@case("N01")
def escape_sequences():
    home, _ = hostile_home()
    lists = [("history",), ("list",), ("show", "last"), ("show", "aa-evil"), ("doctor",), ("stats",), ("suggest",), ("safety",), ("paths",), ("history", "--json"), ("export", "--format", "json")]
    for command in lists:
        if home.run(command[0], "--help").code != 0:
            continue
        # To a pipe: nothing at all may act. To a terminal: nothing but colour and bold.
        ran = home.run(*command)
        found = acts(ran.raw_err) + (acts(ran.raw) if "json" not in " ".join(command) else [])
        same(found, [], f"what acts in {command}")
        check(b"\x1b" not in ran.raw + ran.raw_err, f"an escape in {command}")
        with Terminal(home, command, size=(200, 60)) as shown:
            shown.end()
            same(acts(shown.written), [], f"what acts in {command} on a terminal")
            check(b"\x1b[2J" not in shown.written and b"\x1b[?1049" not in shown.written, f"{command} moves about")
    for size in ((120, 36), (80, 24)):
        with Terminal(home, size=size) as app:
            app.past_first_text()
            for keys in ("3", "jjj", "\r", "\x1b", "jjjjjjjjjj", "\r", "\x1b", "G", "\r", "\x1b", "1", "/evil", "\r", "2"):
                app.type(keys)
                app.settle(0.1)
            app.type("\x03")
            app.end()
            same(acts(app.written), [], "what acts in the app")
            same(app.written.count(b"\x1b[?1049l"), 1, "times that the terminal was given back")


@case("N02")
def control_characters_of_the_second_set():
    home = Home()
    for text in ("\u009b31m", "\u0085x", "a\rb", "\b" * 9, "\x07" * 9, "\x0bx\x0c"):
        home.ok("log", "5", "--note", f"A{text}Z")
    raw = home.ok("history").raw
    same(acts(raw), [], "what acts")
    for byte in (b"\r", b"\b", b"\x07", b"\x0b", b"\x0c", "\u0085".encode(), "\u009b".encode()):
        check(byte not in raw, f"{byte!r} in the output")
    check(raw.count(b"A") >= 6 and raw.count(b"Z") >= 6, "what stands beside it is gone")


@case("N04")
def what_turns_or_hides_text():
    home = Home()
    for bad in INVISIBLE:
        home.ok("log", "5", "--note", f"left{bad}right")
    raw = home.ok("history").out
    for bad in INVISIBLE:
        check(bad not in raw, f"U+{ord(bad):04X} in the output")
    same(raw.count("left"), len(INVISIBLE), "entries")
    wanted = sorted(f"left{bad}right" for bad in INVISIBLE)
    same(sorted(home.notes()), wanted, "the notes as kept")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.wait("left")
        painted = app.written.decode("utf-8", "replace")
        for bad in INVISIBLE:
            check(bad not in painted, f"U+{ord(bad):04X} is painted")
        app.type("q")
        app.end()


WIDE = [
    "e" + "\u0301" * 1000,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 30,
    "\u2764\ufe0f" * 40,
    "\U0001f1e9\U0001f1ea" * 40,
    "漢字" * 60,
    "a\tb\tc",
    "สวัสดีครับนี่คือข้อความ" * 5,
    "नमस्ते दुनिया क्षि" * 8,
    "ﷺ" * 30,
]


@case("N05")
def wide_and_piled_up():
    home = Home()
    for text in WIDE:
        home.ok("log", "5", "--note", text)
    for size in ((120, 36), (80, 24), (100, 28), (41, 13)):
        with Terminal(home, size=size) as app:
            app.past_first_text()
            if size[0] < 100:
                app.type("3")
            for _ in range(12):
                app.type("j")
                app.settle(0.05)
            app.type("\r")
            app.settle(0.1)
            app.type("\x1b")
            app.settle(0.2)
            # Borders of the form stand one above the other while such a text is typed, and keys move by grapheme.
            app.type("l")
            app.wait("worst possible pain")
            app.type("4")
            app.type("\t\t\t")
            app.settle(0.1)
            app.type("\x1b[200~" + "e\u0301漢\U0001f469\u200d\U0001f467字\u2764\ufe0f" + "\x1b[201~")
            app.settle(0.1)
            for keys in ("\x1b[D", "\x1b[D", "\x7f", "x", "\x1b[H", "\x1b[3~", "\x1b[C", "y"):
                app.type(keys)
                app.settle(0.05)
            app.type("\x03")
            same(app.end(), 130, "exit code")
            same(app.screen.strange, [], "what the screen did not know")
    home.ok("history")
    home.inv([])


@case("N06")
def a_megabyte():
    home = Home()
    big = "x" * (1 << 20)
    for given, more in (("-", {"stdin": big}), ("x" * 100_000, {})):
        ran = home.run("log", "5", "--note", given, **more)
        why = ran.err.strip().splitlines()[-1]
        check(ran.code == 2 and "16384" in why and len(why) < 200, f"{ran.code}: {why[:200]}")
        # What came by a pipe is nowhere else.
        check("stdin" not in more or big in ran.err, "the text that came by a pipe is lost")
    same(home.list(), [], "entries")
    home.ok("log", "5", "--note", "-", stdin="y" * 16_384)
    same(len(home.notes()[0]), 16_384, "the longest note")
    home.jot("x.jsonl", add_line("b", "rb", big) + add_line("a", "ra", "after") + add_line("m", "rm", "z" * 200_000))
    same(sorted(map(len, home.notes())), [5, 16_384, 200_000], "entries")
    with Terminal(home, size=(80, 24)) as app:
        app.past_first_text()
        app.type("l")
        app.wait("worst possible pain")
        app.type("4")
        app.type("\t\t\t")
        app.settle(0.1)
        app.type(b"\x1b[200~" + b"w" * (1 << 20) + b"\x1b[201~")
        app.settle(0.5)
        app.type("\x03")
        check(app.end() == 130, "Ctrl-C after a huge paste")
    home.inv([])


@case("N07")
def one_line_each():
    home = Home()
    note_ = 'a\nb\u2028c"d\\e\x1f\r\n\tf\u2029g'
    home.ok("log", "5", "--note", note_)
    home.run("log", "5", "--note", "-", stdin="nul\0inside")
    same(home.own_file().read_bytes().count(b"\n"), len(home.list()), "lines for entries")
    check(note_ in home.notes(), home.notes())
    home.inv([])


@case("N08")
def taken_literally():
    home = Home()
    home.put(home.path / "file", "SECRET")
    for text in ("-x", "--", "@file", "$(id)", "`id`", "~", "*", "%s%n", "-", "   x"):
        if text == "-":
            continue
        home.ok("log", "5", "--note", text)
        check(text.strip() in [n.strip() for n in home.notes() if n], f"{text!r}: {home.notes()}")
    for empty in ("", "   "):
        ran = home.run("log", "--note", empty)
        check(ran.code in (0, 2), ran.said())
    check("SECRET" not in home.list_bytes().decode(), "a file was read")
    home.inv([])


@case("N09")
def spreadsheets():
    home = Home()
    if home.run("export", "--format", "csv").code != 0:
        raise Skip("this build has no export to csv")
    texts = ["=cmd()", "+1", "-1+1", "@x", "\t=x", "\r=x", '"quoted", and comma', "new\nline"]
    for text in texts:
        home.ok("log", "5", "--note", text)
    import csv
    import io

    rows = list(csv.reader(io.StringIO(home.ok("export", "--format", "csv").out, newline="")))
    same(len(rows), len(texts) + 1, "rows")
    same({len(row) for row in rows}, {len(rows[0])}, "columns")
    told = home.ok("export", "--help").out
    bare = [cell for row in rows[1:] for cell in row if cell and cell[0] in "=+@\t\r"]
    check(not bare or "csv" in told.lower(), f"cells that a spreadsheet runs: {bare}")


@case("N10")
def pipes_that_close_and_disks_that_are_full():
    home = Home()
    for i in range(20):
        home.must_add(i)
    for command in ("list", "history", "export --format json", "doctor --json", "--help", "show knuckle-beside-spine"):
        for script, codes in ((f'"$0" {command} | head -1', (0,)), (f'"$0" {command} >/dev/full', range(1, 126)), (f'"$0" {command} >&-', range(126)), (f'"$0" {command} 2>&- >/dev/null', (0, 1))):
            ran = run_any(["bash", "-c", f"set -o pipefail; {script}", Place.program], env=home.env(), cwd=home.path)
            check(ran.code in codes, f"{script}: {ran.said()}")
    home.inv(range(20))
