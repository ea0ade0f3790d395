#!/usr/bin/env python3
"""Runs rightslint and other matchers over a folder, side by side, and prints a table in Markdown.

    benches/peers/run.py --bin target/release/rightslint [--runs 3] [FOLDER]

Without FOLDER it makes 8 MB of text up. Peers are taken from what is installed; `--install` gets yara-x, hyperscan
and semgrep from PyPI and ripgrep and textlint from npm into a folder beside this file; Vale runs if its command is
there. All run in turn, several times, on one thread; the least CPU time counts.

They do not do the same work: a peer looks for the first words of each phrase of the rules, with gaps of
any length up to a full stop; rightslint reads structure, tells duty from denial and gives places.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def phrases(limit):
    """The phrases of the rules that are words and gaps alone, as regexes."""
    found = []
    for path in sorted((ROOT / "rules" / "en").glob("*.toml")):
        for rule in tomllib.loads(path.read_text()).get("rule", []):
            found += rule.get("match", {}).get("any", [])
    regexes = []
    for phrase in found:
        if re.search(r"[<>()?_]", phrase):
            continue
        parts = []
        for word in phrase.split():
            if word.startswith("..."):
                parts.append(r"[^.;]*")
                continue
            forms = [re.escape(form.rstrip("~*")) + (r"\w*" if form[-1] in "~*" else "") for form in word.split("|")]
            parts.append("(?:" + "|".join(forms) + ")")
        regexes.append(r"\b" + re.sub(r"\\s\+\[\^\.;\]\*\\s\+", r"[^.;]*", r"\s+".join(parts)) + r"\b")
    return regexes[:limit]


def run(command):
    """CPU seconds, seconds and MiB at the most."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    # What finds something exits with 1, and rightslint with 2 where a document has no language that it knows.
    if done.returncode not in (0, 1, 2) or b"Traceback" in done.stderr:
        sys.exit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-400:]}")
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    measured = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    ) if Path("/usr/bin/time").exists() else None
    memory = int(measured.stderr.split()[-1]) / 1024 if measured and measured.stderr.split() else float("nan")
    return cpu, wall, memory


def python_peers(python, patterns, folder, work):
    """Commands for the peers that are Python packages, for those that are there."""
    commands = {}
    rules = work / "rules.yar"
    rules.write_text("".join(
        f'rule r{n} {{ strings: $a = /{regex.replace("/", chr(92) + "/")}/ nocase condition: $a }}\n'
        for n, regex in enumerate(patterns)
    ))
    listing = work / "patterns.txt"
    listing.write_text("\n".join(patterns))
    scripts = {
        "yara_x": f"""
import yara_x, pathlib
rules = yara_x.compile(open({str(rules)!r}).read())
for path in pathlib.Path({str(folder)!r}).rglob('*'):
    if path.is_file(): rules.scan(path.read_bytes())
""",
        "hyperscan": f"""
import hyperscan, pathlib
db = hyperscan.Database()
patterns = open({str(listing)!r}, 'rb').read().split(b'\\n')
flags = hyperscan.HS_FLAG_CASELESS
db.compile(expressions=patterns, ids=list(range(len(patterns))), flags=[flags] * len(patterns))
for path in pathlib.Path({str(folder)!r}).rglob('*'):
    if path.is_file(): db.scan(path.read_bytes(), match_event_handler=lambda *a: None)
""",
    }
    for name, script in scripts.items():
        if subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0:
            (work / f"with_{name}.py").write_text(script)
            commands[name.replace("_", "-")] = [python, str(work / f"with_{name}.py")]
    return commands


def semgrep_rules(patterns, work):
    """A file of rules for semgrep, which reads any text as `regex`."""
    rules = work / "semgrep.json"
    rule = {"languages": ["regex"], "severity": "WARNING", "message": "found"}
    listed = [{"id": f"r{n}", "pattern-regex": f"(?i){pattern}", **rule} for n, pattern in enumerate(patterns)]
    rules.write_text(json.dumps({"rules": listed}))
    return str(rules)


def install(home):
    """The peers that install without a system's package manager; what fails is left out of the table."""
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    for package in ["yara-x", "hyperscan", "semgrep"]:
        subprocess.run([str(home / "bin/python"), "-m", "pip", "install", "-q", package], check=False)
    if npm := shutil.which("npm"):
        packages = ["textlint", "textlint-rule-terminology", "@vscode/ripgrep"]
        subprocess.run([npm, "install", "--silent", "--prefix", str(home), *packages], check=False)


def made_up(work):
    folder = work / "text"
    folder.mkdir()
    sentences = [
        "The Board shall meet at least four times in each year and may regulate its own procedure.",
        "A provider of a messaging service shall ensure that it is able to decrypt any message on request.",
        "An inspector may at any reasonable time enter a slaughterhouse and examine any carcass found there.",
        "The accounts of the fund shall be audited each year and laid before the assembly with a report.",
    ]
    for number in range(80):
        lines = [f"({n}) {sentences[(n * 7 + number) % len(sentences)]}\n" for n in range(1000)]
        (folder / f"{number}.txt").write_text("\n".join(lines))
    return folder


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", nargs="?")
    arguments.add_argument("--bin", default=str(ROOT / "target/release/rightslint"))
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--patterns", type=int, default=64)
    arguments.add_argument("--install", action="store_true")
    options = arguments.parse_args()
    home = HERE / "installed"
    if options.install:
        install(home)
    python = str(home / "bin/python") if (home / "bin/python").exists() else sys.executable
    ripgrep = [str(path.parent) for path in home.glob("node_modules/@vscode/ripgrep*/bin/rg")]
    os.environ["PATH"] = os.pathsep.join(
        [str(home / "bin"), str(home / "node_modules/.bin"), *ripgrep, os.environ.get("PATH", "")]
    )
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        folder = Path(options.folder) if options.folder else made_up(work)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        patterns = phrases(options.patterns)
        commands = {"rightslint": [options.bin, "check", "--threads", "1", "--format", "json", str(folder)]}
        commands |= python_peers(python, patterns, folder, work)
        if ripgrep := shutil.which("rg"):
            listing = str(work / "patterns.txt")
            commands["ripgrep"] = [ripgrep, "-j1", "-c", "-i", "-f", listing, str(folder)]
            commands["ripgrep, no Unicode"] = [*commands["ripgrep"][:2], "--no-unicode", *commands["ripgrep"][2:]]
        if semgrep := shutil.which("semgrep"):
            quiet = ["--metrics", "off", "--disable-version-check", "--no-git-ignore", "--quiet", "--json", "-j", "1"]
            commands["semgrep"] = [semgrep, "scan", *quiet, "--config", semgrep_rules(patterns, work), str(folder)]
        if textlint := shutil.which("textlint"):
            commands["textlint, terminology rule"] = [textlint, "--no-textlintrc", "--rule", "terminology", str(folder)]
        if vale := shutil.which("vale"):
            commands["vale, its own rules"] = [vale, "--no-exit", str(folder)]
        best = {}
        for _ in range(options.runs):
            for name, command in commands.items():
                figures = run(command)
                best[name] = min(best.get(name, figures), figures)
        own = best["rightslint"][0]
        print(f"{size:.1f} MB, {len(patterns)} patterns for the peers, {options.runs} runs, {os.uname().machine}\n")
        print("| program | CPU s | wall s | MB per CPU s | peak MiB | CPU, rightslint = 1 |\n|---|---|---|---|---|---|")
        for name, (cpu, wall, memory) in sorted(best.items(), key=lambda item: item[1]):
            print(f"| {name} | {cpu:.2f} | {wall:.2f} | {size / cpu:.1f} | {memory:.0f} | {cpu / own:.2f} |")


if __name__ == "__main__":
    main()
