"""Q: what leaves the machine, and what comes into the program."""

import json
import os
import pathlib
import re
import shutil
import subprocess

from common import *
from pty_driver import Terminal

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Ways of calling each command, in this order; what erases comes last. A command without one fails.
CALLS = {
    "list": [[], ["stiffness", "--json"], ["--position", "chair", "--tool", "none", "--minutes", "5", "--for", "tension", "--allowed"]],
    "show": [["knuckle-beside-spine"], ["knuckle-beside-spine", "--toml"], ["last"], ["last", "--json"]],
    "suggest": [[], ["--minutes", "5", "--side", "left", "--pain", "3"], ["--json"]],
    "start": [["aa-palm", "--plain", "--no-rating"]],
    "safety": [[], ["--json"], ["--set", "K2=yes"], ["--set", "K2=no"], ["--answer", "none"]],
    "log": [["4", "3", "--note", "x", "--where", "belt-line:left", "--tag", "t"], ["--note", "-"], ["4", "--at", "-2h", "--json"]],
    "history": [[], ["--json"], ["--text", "n1", "--since", "7d", "--until", "today", "--limit", "1"], ["--where", "belt-line"]],
    "edit": [["last", "--pain", "2"], ["last", "--note", "y", "--json"]],
    "delete": [["last", "--yes"]],
    "undo": [[]],
    "redo": [[]],
    "favourite": [["knuckle-beside-spine"], ["knuckle-beside-spine", "--off"]],
    "export": [["--format", "json"], *(["--format", kind, "--output", f"all.{kind}"] for kind in ("json", "jsonl", "csv"))],
    "import": [["--dry-run", "all.jsonl"], *([f"all.{kind}"] for kind in ("jsonl", "json", "csv")), ["/dev/null"], ["-"]],
    "stats": [[], ["--json"]],
    "report": [["--output", "report.html", "--force"], ["--output", "report.md", "--force"]],
    "cues": [[], ["--test"]],
    "doctor": [[], ["--json"]],
    "paths": [[]],
    "validate": [["config/unkink/techniques/aa-palm.toml"], ["--json"]],
    "config": [[], ["--default"], ["--path"], ["--json"]],
    "while": [["true"], ["--routine", "aa-palm", "sh", "-c", "echo x; echo y >&2"]],
    # Without an end of its own it can only be refused here.
    "remind": [["--every", "1h", "--routine", "no-such-name"]],
    "status": [[], ["--format", "{pain} {days}"], ["--json"]],
    "ask": [["peg", "1", "2", "3"]],
    "completions": [["bash"], ["zsh"], ["fish"]],
    "man": [[]],
    "forget": [["last"], ["last", "--yes"], ["last", "--yes", "--everywhere"]],
}
# What ends with another code than 0: a table without a time, what erases without a yes, a doctor who finds something.
CODES = {("import", "-"): (2,), ("forget", "last"): (2,), ("doctor",): (0, 1), ("doctor", "--json"): (0, 1), ("no-such-command",): (2,),
    ("remind", "--every", "1h", "--routine", "no-such-name"): (2,)}


def commands(home):
    """Every command that this build has."""
    text = home.ok("--help").out
    section = text.split("Commands:", 1)[1].split("\n\n", 1)[0]
    found = re.findall(r"^  (\S+)", section, re.M)
    check(len(found) > 8, text)
    return [name for name in found if name != "help"]


def every_call(home):
    names = commands(home)
    same([name for name in names if name not in CALLS], [], "commands that nobody calls here: give them a line in CALLS")
    calls = [["--help"], ["--version"], ["no-such-command"]]
    for name in (name for name in CALLS if name in names):
        calls += [[name, "--help"], *([name, *args] for args in CALLS[name])]
    return calls


def did(call, ran):
    check(ran.code in CODES.get(tuple(call), (0,)), ran.said())


def used_home():
    home = Home()
    home.technique("aa-palm", "Aa palm press", [(1, "Hold still.")])
    home.must_add(0)
    home.must_add(1)
    return home


def through_the_app(app):
    app.past_first_text()
    app.type("/aa palm\r")
    app.wait("Aa palm press")
    app.type("\r\r")
    app.wait("worst possible pain")
    app.type("43")
    app.wait("in the log")
    for keys in ("?", "E", "F", "S", "o", "3", "\r", "/n0", "Jtoday", "e", "d"):
        app.type(keys)
        app.settle(0.1)
        if keys != "3":
            app.type("\x1b")
            app.settle(0.1)
    for keys in ("u", "\x12"):
        app.type(keys)
        app.settle(0.1)
    app.type("q")
    same(app.end(), 0, "exit code")


@case("Q01", "strace")
def no_socket():
    home = used_home()
    calls = every_call(home)
    log = home.path / "calls"
    tracer = ["strace", "-f", "-qq", "-s", "200", "-o", str(log), "-e", "trace=%network"]
    seen = ""
    for call in calls:
        did(call, home.run(*call, before=tracer, stdin="x\n", limits=False))
        seen += log.read_text()
    with Terminal(home, size=(120, 36), before=tracer) as app:
        through_the_app(app)
    of_the_app = log.read_text()
    check("AF_UNIX" in of_the_app, "the tracer saw nothing: the app's own pipes are missing")
    for family in ("AF_INET", "AF_NETLINK", "AF_PACKET"):
        check(family not in seen + of_the_app, f"{family}: {[x for x in (seen + of_the_app).splitlines() if family in x][:2]}")
    note("command lines without a socket", len(calls))


@case("Q01-alone", "unshare", "setpriv", root=True)
def in_a_world_without_a_network():
    home = used_home()
    calls = every_call(home)
    alone = ["unshare", "-n", "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    for call in calls:
        twin = home.run(*call, stdin="x\n", limits=False) if call[0] in ("list", "show", "doctor", "paths", "history") else None
        ran = run_any([*alone, Place.program, *call], env=home.env(), cwd=home.path, user=False, stdin="x\n", limits=False)
        did(call, ran)
        if twin:
            same((ran.code, ran.raw), (twin.code, twin.raw), f"what {call} says without a network")
    with Terminal(home, size=(120, 36), argv=["unshare", "-r", "-n", Place.program]) as app:
        through_the_app(app)
    note("command lines in a world without a network", len(calls))


@case("Q02")
def a_secret_stays_in_the_log():
    home = Home()
    home.technique("aa-palm", "Aa palm press", [(1, "Hold still.")])
    (home.path / "tmp").mkdir()
    own(home.path / "tmp")
    home.more.update(RUST_LOG="trace", RUST_BACKTRACE="full", TMPDIR=str(home.path / "tmp"))
    secret = "SECRETxyz"
    home.ok("log", "5", "--note", "-", stdin=f"{secret}1")
    home.ok("log", "5", "--note", f"{secret}2", "--tag", f"{secret}3")
    with Terminal(home, size=(120, 36)) as app:
        app.past_first_text()
        app.type("l")
        app.wait("worst possible pain")
        app.type("4")
        app.type("\t\t\t")
        app.settle(0.1)
        app.type(f"\x1b[200~{secret}4\x1b[201~\r")
        app.wait("Saved.")
        for name in ("cmdline", "environ"):
            with open(f"/proc/{app.pid()}/{name}", "rb") as file:
                check(secret.encode() not in file.read(), f"in {name}")
        app.signal(6)
        app.child.wait()
    home.ok("undo")
    home.run("doctor")
    found = [p for p in home.path.rglob("*") if p.is_file() and secret.encode() in p.read_bytes()]
    same({p.parent for p in found}, {home.journal}, "where the secret is")
    same(list((home.path / "tmp").iterdir()), [], "files left in the directory for temporary ones")


def sources(place):
    """The project as it stands, without what is built."""
    place.mkdir(parents=True)
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
    names = [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    if not names:
        raise Skip("not a git checkout")
    for name in names:
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place / name)


@case("Q03", "cargo", "grep")
def what_it_is_made_of():
    unsafe = subprocess.run(["grep", "-rnE", r"\bunsafe\b *(\{|fn|impl)", str(ROOT / "src"), str(ROOT / "build.rs")], capture_output=True, text=True)
    same(unsafe.stdout, "", "unsafe code")
    check('unsafe_code = "forbid"' in (ROOT / "Cargo.toml").read_text(), "unsafe code is not forbidden")
    tree = subprocess.run(["cargo", "tree", "--locked", "-e", "normal", "--prefix", "none"], cwd=ROOT, capture_output=True, text=True)
    crates = {line.removesuffix(" (*)") for line in tree.stdout.splitlines()}
    check(20 < len(crates) < 123, f"{len(crates)} crates, more than the budget of 123")


@case("Q04", "cargo", "git", "unshare", "strings", root=True)
def built_from_vendored_sources_without_a_network_it_is_the_same():
    """The build of Q03 that needs no network, in another directory than the program under test."""
    place = Place.base / "another/place"
    sources(place)
    vendored = subprocess.run(["cargo", "vendor", "--locked", "--versioned-dirs", "vendor"], cwd=place, capture_output=True, text=True)
    if vendored.returncode != 0:
        raise Skip(f"the sources can't be had: {vendored.stderr.strip()[-120:]}")
    with open(place / ".cargo/config.toml", "a") as config:
        config.write("\n" + vendored.stdout)
    built = subprocess.run(["unshare", "-n", str(place / ".ci/release"), "--offline"], cwd=place, capture_output=True, text=True)
    check(built.returncode == 0, built.stderr[-500:])
    program = place / "target/release/unkink"
    for path in (program, pathlib.Path(Place.program)):
        words = subprocess.run(["strings", "-n", "6", str(path)], capture_output=True, text=True).stdout
        leaks = re.findall(rf"(?:/home/|/root/|{re.escape(str(ROOT))}|{re.escape(str(place))})\S*", words)
        check(not leaks, f"paths of this machine in it: {leaks[:3]} (was it built by .ci/release?)")
    hashes = {hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() for path in (program, Place.program)}
    same(len(hashes), 1, "different binaries of the same sources")


@case("Q05")
def out_and_in_again():
    home = Home()
    home.has("import")
    for i in range(5):
        home.must_add(i)
    home.ok("undo")
    home.jot("other.jsonl", add_line("a", "r", "x", unknown={"deep": [1, 2.50, "é"]}) + b"garbage\n" + op_line("edit", "e", "r", seen=["a"], set={"pain": 2}))
    for kind in ("jsonl", "json"):
        out = home.ok("export", "--format", kind).raw
        fresh = Home("fresh")
        file = fresh.put(fresh.path / f"backup.{kind}", out)
        fresh.ok("import", file)
        same(fresh.ok("export", "--format", kind).raw, out, f"the {kind} of the {kind}")
        before = fresh.bytes()
        fresh.ok("import", file)
        same(fresh.bytes(), before, f"the journal after a second import of {kind}")
        # All or nothing, and said.
        for name, content in (("cut", out[: len(out) // 2]), ("noise", os.urandom(5000)), ("zeros", b"\0" * 5000), ("empty", b""), ("list", b"[1,2,3]"), ("deep", b"[" * 50_000)):
            other = Home("other")
            other.must_add(0)
            kept = other.bytes()
            ran = other.run("import", other.put(other.path / f"{name}.{kind}", content))
            check(ran.code in (0, 1, 2) and (ran.out + ran.err).strip(), ran.said())
            if ran.code != 0:
                same(other.bytes(), kept, f"the journal after an import of {name}.{kind} that failed")
            other.inv([0])


@case("Q07")
def journals_of_earlier_versions():
    """Every line format ever released reads the same for ever. The directory has one file for each."""
    corpus = ROOT / "tests/corpus/released"
    wanted = json.loads((corpus / "counts.json").read_text())
    check(wanted, "no journal of an earlier version")
    for name, counts in wanted.items():
        home = Home()
        content = (corpus / name).read_bytes()
        path = home.jot(name, content)
        before = stamps(home.journal)
        report = home.doctor()
        for what, number in counts.items():
            same(report[what], number, f"{what} in {name}")
        with Terminal(home, size=(120, 36)) as app:
            app.past_first_text()
            app.type("3")
            app.settle()
            app.type("q")
            same(app.end(), 0, "exit code")
        same(stamps(home.journal), before, f"{name} after it was read")
        home.must_add(1)
        same(path.read_bytes(), content, f"{name} after an add")
        home.inv([1])
