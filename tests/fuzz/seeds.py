#!/usr/bin/env python3
"""Writes seeds for the fuzzers, a folder for each: the texts of tests and examples.

usage: seeds.py FOLDER
"""
import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RAW_STRING = re.compile(r'R"([^\s()\\"]*)\((.*?)\)\1"', re.DOTALL)
PLAIN_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def files(*patterns):
    """The texts of files that match, in the order of their names."""
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_text(errors="replace")


def literals(*patterns):
    """The strings that stand in C++ sources."""
    for text in files(*patterns):
        for match in RAW_STRING.finditer(text):
            yield match.group(2)
        for match in PLAIN_STRING.finditer(RAW_STRING.sub("", text)):
            yield re.sub(r"\\(.)", lambda escape: {"n": "\n", "t": "\t"}.get(escape.group(1), escape.group(1)), match.group(1))


def sql():
    yield from files("examples/**/*.sql", "tests/golden/*/*.sql")
    for text in literals("tests/**/*.cpp", "tests/**/*.h"):
        if re.match(r"\s*(create|alter|comment|grant|set|do|select|begin)\b", text, re.IGNORECASE):
            yield text


def models():
    yield from files("examples/**/*.schema", "tests/golden/*/*.schema")
    yield from literals("tests/parse/*", "tests/analyze/*.cpp", "tests/driver/*.cpp")


def revisions():
    yield from files("examples/**/*.mdiff")
    for text in literals("tests/parse/*", "tests/analyze/*.cpp", "tests/driver/*.cpp", "tests/plan/*.cpp"):
        yield text if text.lstrip().startswith("revision") else "revision r;\n" + text


def expressions():
    for text in literals("tests/sql/*.cpp", "tests/sql/*.def", "tests/plan/*.cpp"):
        query = re.match(r"\s*(select|with|values|table)\b", text, re.IGNORECASE)
        yield ("q" if query else chr(ord("A") + len(text) % 14)) + text
        if len(text) < 30:
            yield "t" + text


def pairs():
    before = ""
    for text in sql():
        yield before + "\n-- to\n" + text
        before = text


SEEDS = {
    "parse": models,
    "sql": sql,
    "expression": expressions,
    "diff": pairs,
    "revision": revisions,
    "config": lambda: files("examples/**/schemac.toml"),
}


def main():
    for name, texts in SEEDS.items():
        folder = pathlib.Path(sys.argv[1]) / name
        folder.mkdir(parents=True, exist_ok=True)
        for text in texts():
            data = text.encode()
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


main()
