"""Y: several machines, on the engines that people use."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time
import urllib.request

from common import *
from pty_driver import Terminal

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def agree(homes, count=None):
    """All machines show the same and hold the same lines, with no file of a conflict."""
    for kind in ("json", "jsonl"):
        exports = [home.ok("export", "--format", kind).raw for home in homes]
        same(len(set(exports)), 1, f"different exports ({kind})")
    for home in homes:
        odd = [p.name for p in home.journal.rglob("*") if "conflict" in p.name]
        same(odd, [], "files of conflicts")
    if count is not None:
        same(len(homes[0].list()), count, "entries")


def apart(one, two):
    """Two homes of two machines: their device ids differ."""
    names = [{p.name for p in home.own_files()} for home in (one, two)]
    check(not names[0] & names[1], "two machines write to one file")


def sh(home, script, code=0):
    ran = run_any(["sh", "-ec", script], env=home.env(unkink=Place.program), cwd=home.path, limits=False)
    check(ran.code == code, f"{script[:80]}: {ran.said()}")
    return ran


def readme_blocks():
    """The shell blocks of the README's section about two machines: tested as they stand."""
    text = README.read_text()
    check("## Two machines" in text, "the README has no section 'Two machines'")
    section = text.split("## Two machines", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```sh\n(.*?)```", section, re.S)


GIT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b",
}


def git_homes():
    """Two homes, and the README's own commands for the first machine, another one, and every day."""
    one, two = Home("one", usual=True), Home("two", usual=True)
    bare = one.path / "hub.git"
    for home in (one, two):
        home.more.update(GIT)
    sh(one, f"git init -q --bare --initial-branch=main {bare}")
    blocks = readme_blocks()
    check(len(blocks) == 3 and all("git" in block for block in blocks), "three blocks of git in the README")
    first, other, daily = [block.replace("me@example.org:log.git", str(bare)) for block in blocks]
    return one, two, first, other, daily


@case("Y01", "git")
def two_git_clones():
    one, two, first, other, daily = git_homes()
    one.must_add("first")
    sh(one, first)
    sh(two, other)
    for i in range(5):
        one.must_add(f"a{i}")
        two.must_add(f"b{i}")
    apart(one, two)
    for home in (one, two, one):
        sh(home, daily)
    agree([one, two], 11)
    for i in range(3):
        one.must_add(f"c{i}")
        two.must_add(f"d{i}")
    for home in (two, one, two):
        sh(home, daily)
    agree([one, two], 17)
    for home in (one, two):
        home.inv(["first"] + [f"{x}{i}" for x in "ab" for i in range(5)], modes=False)
        for path in home.journal.glob("*.jsonl"):
            check(path.stat().st_mode & 0o077 == 0, f"{path.name}: mode {path.stat().st_mode & 0o777:o}")


@case("Y01-union", "git")
def one_shared_file_in_git():
    """A file that both sides append to, as an import or a hand might make one."""
    one, two, first, other, daily = git_homes()
    one.jot("shared.jsonl", add_line("s0", "rs0", "s0"))
    one.jot(".gitattributes", "*.jsonl merge=union\n")
    one.must_add("first")
    sh(one, first)
    sh(two, other)
    for home, name in ((one, "a"), (two, "b")):
        path = home.journal / "shared.jsonl"
        home.jot("shared.jsonl", path.read_bytes() + b"".join(add_line(f"{name}{i}", f"r{name}{i}", f"{name}{i}") for i in range(5)))
    for home in (one, two, one):
        sh(home, daily)
    agree([one, two], 12)
    for home in (one, two):
        same([p for p in home.doctor()["problems"] if "git" in p["reason"]], [], "git's markers")


def exchange(one, two):
    """Each gets the other's files, as any tool that copies whole files does it."""
    for source, target in ((one, two), (two, one)):
        mine = {p.name for p in target.own_files()}
        for path in source.journal.glob("*.jsonl"):
            if path.name not in mine:
                target.jot(path.name, path.read_bytes())


@case("Y03")
def deleted_here_and_edited_there():
    one, two = Home("one"), Home("two")
    one.has("edit")
    one.has("delete")
    one.must_add(0)
    one.must_add(1)
    two.must_add("other")
    exchange(one, two)
    rec = [e["rec"] for e in one.list() if e["note"] == "n0"][0]
    one.ok("delete", rec, "--yes")
    two.ok("edit", rec, "--pain", "8")
    exchange(one, two)
    agree([one, two])
    found = [e for e in one.list() if e["rec"] == rec]
    same([e["pain"] for e in found], [8], "the entry that was edited")
    check("deleted, and changed" in one.reasons(), one.reasons())
    one.ok("delete", rec, "--yes")
    exchange(one, two)
    agree([one, two])
    same([e for e in two.list() if e["rec"] == rec], [], "the entry after a second delete")
    # One field from both sides: one value shows, the other is not lost.
    rec = [e["rec"] for e in one.list() if e["note"] == "n1"][0]
    one.ok("edit", rec, "--pain", "2")
    two.ok("edit", rec, "--pain", "9")
    exchange(one, two)
    agree([one, two])
    check("changed in two places" in one.reasons(), one.reasons())
    one.ok("edit", rec, "--pain", "3")
    exchange(one, two)
    agree([one, two])
    check("changed in two places" not in two.reasons(), two.reasons())


class Node:
    """A Syncthing of its own on the loopback, that knows nobody but whom it is told."""

    def __init__(self, home, name):
        self.home, self.name = home, name
        self.dir = home.path / "syncthing"
        self.port, self.gui = free_port(), free_port()
        self.key = f"key-{name}"
        sh(home, f"syncthing generate --config={self.dir} --skip-port-probing --no-default-folder 2>/dev/null || syncthing --generate={self.dir}")
        self.id = sh(home, f"syncthing --home={self.dir} --device-id").out.strip().splitlines()[-1]
        self.process = None

    def configure(self, other, folder):
        me = f'<device id="{self.id}" compression="metadata"><address>dynamic</address></device>'
        you = f'<device id="{other.id}" compression="metadata"><address>tcp://127.0.0.1:{other.port}</address></device>'
        self.home.put(
            self.dir / "config.xml",
            f"""<configuration version="35">
<folder id="log" path="{folder}" type="sendreceive" rescanIntervalS="3600" fsWatcherEnabled="true" fsWatcherDelayS="1">
<device id="{self.id}"></device><device id="{other.id}"></device></folder>
{me}{you}
<gui enabled="true" tls="false"><address>127.0.0.1:{self.gui}</address><apikey>{self.key}</apikey></gui>
<options><listenAddress>tcp://127.0.0.1:{self.port}</listenAddress><globalAnnounceEnabled>false</globalAnnounceEnabled>
<localAnnounceEnabled>false</localAnnounceEnabled><relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
<startBrowser>false</startBrowser><urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
<crashReportingEnabled>false</crashReportingEnabled><reconnectionIntervalS>1</reconnectionIntervalS>
<stunKeepaliveStartS>0</stunKeepaliveStartS></options></configuration>""",
        )

    def start(self):
        self.log = open(self.dir / "log", "ab")
        self.process = subprocess.Popen(
            ["syncthing", "serve", f"--home={self.dir}", "--no-browser", "--no-restart", "--no-upgrade"],
            env=self.home.env(STNOUPGRADE="1", STNODEFAULTFOLDER="1", GOMAXPROCS="1", LD_PRELOAD=None),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            **as_person(),
        )
        poll("syncthing to answer", lambda: self.ask("/rest/system/ping"), 60)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()

    def ask(self, path, post=False):
        request = urllib.request.Request(f"http://127.0.0.1:{self.gui}{path}", headers={"X-API-Key": self.key}, method="POST" if post else "GET")
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=10) as answer:
                text = answer.read()
            return json.loads(text) if text else {"ok": True}
        except (OSError, ValueError):
            return None

    def is_level_with(self, other):
        self.ask("/rest/db/scan?folder=log", post=True)
        mine, theirs = self.ask("/rest/db/status?folder=log"), self.ask(f"/rest/db/completion?folder=log&device={other.id}")
        return mine and theirs and mine.get("needTotalItems") == 0 and mine["state"] == "idle" and theirs["completion"] == 100


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@case("Y04", "syncthing")
def two_syncthing_nodes():
    one, two = Home("one"), Home("two")
    # Ten years apart.
    with contextlib.suppress(Skip):
        Clock(two, "+3650d")
    nodes = Node(one, "one"), Node(two, "two")
    for home in (one, two):
        home.put(home.journal / ".stfolder/keep", "")
        home.journal.chmod(0o700)
    nodes[0].configure(nodes[1], one.journal)
    nodes[1].configure(nodes[0], two.journal)
    one.must_add("one")
    two.must_add("two")
    can_edit = one.run("edit", "--help").code == 0

    def level(count):
        def holds():
            if not all(a.is_level_with(b) for a, b in (nodes, nodes[::-1])):
                return False
            return one.list_bytes() == two.list_bytes() and len(one.list()) == count

        poll("both sides to be level", holds, 90)
        agree([one, two], count)

    try:
        for node in nodes:
            node.start()
        level(2)
        for node in nodes:
            node.stop()
        # Offline on both sides: entries, changes of one's own and of the other's.
        for i in range(5):
            one.must_add(f"a{i}")
            two.must_add(f"b{i}")
        recs = {entry["note"]: entry["rec"] for entry in one.list()}
        if can_edit:
            one.ok("edit", recs["ntwo"], "--pain", "2")
            two.ok("edit", recs["ntwo"], "--pain", "9")
            two.ok("edit", recs["none"], "--stress", "1")
            one.ok("undo")
            one.ok("redo")
        else:
            one.ok("undo")
            one.ok("redo")
            two.ok("undo")
        for node in nodes:
            node.start()
        level(12 if can_edit else 11)
        for node in nodes:
            node.stop()
        for home in (one, two):
            for path in home.journal.glob("*.jsonl"):
                same(oct(path.stat().st_mode & 0o777), oct(0o600), f"mode of {path.name}")
            same(home.doctor()["machines"], 2, "machines that the doctor counts")
        both = "changed in two places"
        same(both in one.reasons(), can_edit, "the conflict is listed")
        one.inv(["one", "two"], modes=False)
    finally:
        for node in nodes:
            node.stop()


@case("Y06")
def what_other_programs_leave_there():
    home = Home()
    home.must_add(0)
    content = add_line("s", "rs", "stranger")
    names = [".syncthing.x.jsonl.tmp", "~x.jsonl", "x.jsonl.swp", "x.jsonl~", ".DS_Store", "desktop.ini", ".x.jsonl", "~syncthing~x.jsonl.tmp", "x.jsonl.bak", ".#x.jsonl", "#x.jsonl#", "x.jsonl.part"]
    for name in names:
        home.jot(name, content)
    home.put(home.journal / ".stfolder/x.jsonl", content)
    home.put(home.journal / ".git/x.jsonl", content)
    same(home.notes(), ["n0"], "entries")
    same(home.doctor()["problems"], [], "findings")
    home.inv([0], modes=False)


@case("Y07", "rsync")
def copied_by_rsync():
    one, two = Home("one"), Home("two")
    for i in range(200):
        one.must_add(f"a{i}") if i < 20 else None
    one.jot("big.jsonl", b"".join(add_line(f"x{i}", f"rx{i}", "x" * 200) for i in range(20_000)))
    two.must_add("b")
    sh(two, f"rsync -a {one.journal}/ {two.journal}/")
    sh(one, f"rsync -a {two.journal}/ {one.journal}/")
    agree([one, two], 20_021)
    # Half a copy, killed: what is there is read, and the next run makes it whole.
    one.must_add("c")
    big = one.journal / "big.jsonl"
    big.write_bytes(big.read_bytes() + b"".join(add_line(f"y{i}", f"ry{i}", "y" * 200) for i in range(20_000)))
    for way in ("--inplace --append", "--inplace", "--partial"):
        target = Home("target")
        target.must_add("mine")
        sh(target, f"rsync -a {two.journal}/big.jsonl {target.journal}/")
        for wait in (0.02, 0.1, 0.3):
            # At five megabytes a second it takes more than a second.
            copy = subprocess.Popen(["rsync", "-a", *way.split(), "--bwlimit=5000", f"{one.journal}/", f"{target.journal}/"], **as_person(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            copy.kill()
            copy.wait()
            known = target.list()
            # The other two put a part in the place of what was whole.
            check(len(known) >= 20_001 or "append" not in way, f"{len(known)} entries after half a copy ({way})")
            check(target.doctor()["unreadable_lines"] <= 1, "more than the last line is torn")
        sh(target, f"rsync -a {way} {one.journal}/ {target.journal}/")
        sh(one, f"rsync -a {target.journal}/ {one.journal}/")
        agree([one, target])
    one.inv(["b", "c"], modes=False)


@case("Y08")
def copies_of_a_conflict():
    """A sync tool that sets a whole file aside under another name: nothing is lost, nothing counts twice."""
    home = Home()
    home.must_add(0)
    mine = home.own_file()
    kept = mine.read_bytes()
    for name in (f"{mine.stem} (somebody's conflicted copy 2026-11-20).jsonl", f"{mine.stem}.sync-conflict-20261120-213000-ABCDEFG.jsonl", f"{mine.stem}_conflict-20261120-213000.jsonl", f"{mine.stem} 2.jsonl", f"{mine.stem}-laptop.jsonl"):
        home.jot(name, kept + add_line(f"x{name}", f"r{name}", f"only in {name}"))
    same(len(home.list()), 6, "entries")
    home.must_add(1)
    same(mine.read_bytes()[: len(kept)], kept, "the own file")
    check(b"n1" in mine.read_bytes(), "the own file is not written to any more")
    home.ok("undo")
    same(home.notes().count("n1"), 0, "the entry that was taken back")
    same(home.doctor()["machines"], 1, "machines")
    home.inv([0])


@case("Y09")
def yesterdays_copy_and_todays():
    home = Home()
    for i in range(3):
        home.must_add(i)
    yesterday = home.bytes()
    home.must_add(3)
    home.must_add(4)
    today = home.bytes()
    for path, content in yesterday.items():
        path.write_bytes(content)
    home.must_add(5)
    for path, content in today.items():
        home.jot(f"restored-{path.name}", content)
    same(sorted(home.notes()), [f"n{i}" for i in range(6)], "entries")
    ids = [json.loads(line)["id"] for content in home.bytes().values() for line in content.splitlines()]
    distinct = {line for content in home.bytes().values() for line in content.splitlines()}
    same(len(set(ids)), len(distinct), "ids: one was used again")
    home.inv(range(6), yesterday)


@case("Y10")
def files_in_the_wrong_order():
    files = {
        "add": add_line("a", "r", "begun") + add_line("b", "s", "other"),
        "edit": op_line("edit", "e", "r", seen=["a"], set={"note": "changed"}) + op_line("delete", "d", "s", seen=["b"]),
        "undo": op_line("undo", "u", "s", of="d", seen=["d"]),
        "forget": op_line("forget", "f", "t"),
        "late": add_line("t", "t", "forgotten"),
    }
    lists = set()
    chance = seeded("Y10")
    for _ in range(12):
        home = Home()
        order = list(files)
        chance.shuffle(order)
        for name in order:
            home.jot(f"{name}.jsonl", files[name])
            notes = home.notes()
            check("forgotten" not in notes or "forget" not in [p.stem for p in home.journal.iterdir()], "a forgotten entry shows")
        lists.add(home.list_bytes())
    same(len(lists), 1, "different lists")
    same(sorted(home.notes()), ["changed", "other"], "entries")
    home.inv([])


@case("Y12")
def reading_leaves_no_trace():
    home = Home()
    for i in range(3):
        home.must_add(i)
    home.jot("other.jsonl", thirty_of("o") + b"torn")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        poll("the first text to be noted", lambda: (home.state / "seen.json").exists())
        app.type("q")
        app.end()
    before = stamps(home.data)
    for command in (("export", "--format", "json"), ("export", "--format", "jsonl"), ("doctor",), ("doctor", "--json"), ("--help",), ("list",), ("history",), ("paths",), ("suggest",), ("safety",), ("stats",), ("show", "last")):
        if home.run(command[0], *(["--help"] if command[0] != "--help" else [])).code == 0:
            check(home.run(*command).code in (0, 1), command)
            same(stamps(home.data), before, f"the data directory after {command}")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.wait("pain 5")
        for keys in ("jjj", "2", "3", "jj", "\r", "\x1b", "?", "\x1b", "E", "\x1b", "1", "/ball", "\x1b"):
            app.type(keys)
            app.settle(0.1)
        app.type("\x03")
        same(app.end(), 130, "exit code")
    same(stamps(home.data), before, "the data directory after the app")
    home.inv(range(3), modes=False)


def thirty_of(name):
    return b"".join(add_line(f"{name}{i}", f"r{name}{i}", f"{name}{i}") for i in range(30))


@case("Y13", alone=True)
def thirty_machines():
    home = Home()
    home.must_add(0)
    for device in range(30):
        head = f"{device:016x}"
        home.jot(f"{head}.jsonl", b"".join(add_line(f"{device}-{i}", f"r{device}-{i}", "x") for i in range(5000)))
    ran = home.ok("history", "--limit", "1")
    check(ran.cpu < 2, f"{ran.cpu:.2f} s for 150 000 lines")
    report = home.doctor()
    same((report["machines"], report["lines"], report["problems"]), (31, 150_001, []), "machines, lines, findings")
    home.must_add(1)
    same(len(home.list()), 150_002, "entries")


@case("Y11")
def forgotten_here_and_still_there():
    one, two = Home("one"), Home("two")
    one.has("forget")
    secret = b"SECRETxyz"
    two.ok("log", "5", "--note", secret.decode())
    two.must_add("b")
    one.must_add("a")
    exchange(one, two)
    rec = [e["rec"] for e in one.list() if e["note"] == secret.decode()][0]
    one.ok("forget", rec, "--yes")
    same(len(one.list()), 2, "entries where it was forgotten")
    exchange(one, two)
    same(len(two.list()), 2, "entries on the other machine")
    # The other machine erases its own copy at its next write; what is nobody's is named until it is gone.
    copy = two.jot("old copy.jsonl", b"".join(two.bytes()[p] for p in two.own_files()))
    two.must_add("c")
    holders = {p.name for p in two.journal.iterdir() if secret in p.read_bytes()}
    same(holders, {copy.name}, "files that still hold the text on the other machine")
    check(copy.name in json.dumps(two.doctor()["problems"], ensure_ascii=False), "the doctor does not name the copy")
    exchange(one, two)
    exchange(one, two)
    agree([one, two], 3)
    same([p.name for p in one.journal.iterdir() if secret in p.read_bytes() and p.name != copy.name], [], "files that hold it where it was forgotten")
