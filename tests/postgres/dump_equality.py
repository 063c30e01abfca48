#!/usr/bin/env python3
"""Whether the dump of a schema equals its source, over any number of SQL files: a table, and the cases that are not equal.

    tests/postgres/dump_equality.py --schemac build/dev/bin/schemac ../shared/corpus/*/*/[ab].sql

Each file is loaded into a database of a private PostgreSQL server, dumped with pg_dump --schema-only, and compared with the
dump by meaning: `schemac diff --exit-code` from the dump, which stands for the database, to the source. In the other
direction both are scripts, and `diff` says again, on purpose, what the server stores in another form when it runs the
dump (schema/stored_form.h): such files are counted as "restated". They are equal. Files that the server refuses are counted
apart. Exit 1 when a dump differs from its source.

The second table is of expressions, by kind: how many the server holds in all files that it takes, and how many of them
are the same in source and dump. One counts as different when the diff touches what holds it.
"""
import argparse
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile


# For each kind of expression, what counts it in a database, and the statements of a diff that tell of a different one.
OWN = "NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e') AND %s > 16383"
KINDS = {
    "default": ("SELECT count(*) FROM pg_attrdef d JOIN pg_attribute a ON (attrelid, attnum) = (adrelid, adnum) "
                "WHERE attgenerated = '' AND adrelid " + OWN % "adrelid", r"\b(SET|DROP) DEFAULT\b|\bADD COLUMN .* DEFAULT\b"),
    "generated column": ("SELECT count(*) FROM pg_attribute WHERE attgenerated <> '' AND attrelid " + OWN % "attrelid",
                         r"\bGENERATED ALWAYS AS \("),
    "check": ("SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conislocal AND oid " + OWN % "oid",
              r"\b(ADD|CONSTRAINT \S+) CHECK\b"),
    "index expression": ("SELECT count(*) FROM pg_index WHERE indexprs IS NOT NULL AND indexrelid " + OWN % "indexrelid",
                         r"\bCREATE (UNIQUE )?INDEX .*\(.*\("),
    "index predicate": ("SELECT count(*) FROM pg_index WHERE indpred IS NOT NULL AND indexrelid " + OWN % "indexrelid",
                        r"\bCREATE (UNIQUE )?INDEX [^;]*\bWHERE\b"),
    "policy": ("SELECT count(*) FROM pg_policy", r"\b(CREATE|ALTER) POLICY\b"),
    "view": ("SELECT count(*) FROM pg_class WHERE relkind IN ('v', 'm') AND oid " + OWN % "oid",
             r"\bCREATE (OR REPLACE )?(MATERIALIZED )?VIEW\b"),
    "rule": ("SELECT count(*) FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid " + OWN % "oid", r"\bCREATE (OR REPLACE )?RULE\b"),
    "trigger WHEN": ("SELECT count(*) FROM pg_trigger WHERE tgqual IS NOT NULL", r"\bCREATE [^;]*TRIGGER\b[^;]*\bWHEN\b"),
    "statistics": ("SELECT count(*) FROM pg_statistic_ext WHERE stxexprs IS NOT NULL", r"\bCREATE STATISTICS\b"),
    "domain": ("SELECT count(*) FROM pg_constraint WHERE contypid <> 0 AND oid " + OWN % "oid", r"\b(CREATE|ALTER) DOMAIN\b"),
    "routine": ("SELECT count(*) FROM pg_proc WHERE oid " + OWN % "oid", r"\bCREATE (OR REPLACE )?(FUNCTION|PROCEDURE)\b"),
}


def run(command, **options):
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **options)


class Server:
    """A cluster in a temporary folder, reached through its socket; as root it runs as the user postgres."""

    def __init__(self, binaries):
        self.binaries = binaries
        self.folder = tempfile.mkdtemp(prefix="dump-equality-")
        self.user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.user = ["runuser", "-u", "postgres", "--"]

    def tool(self, name, *arguments):
        return run(self.user + [os.path.join(self.binaries, name), *arguments], cwd="/")

    def __enter__(self):
        data = os.path.join(self.folder, "data")
        made = self.tool("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = "-c listen_addresses='' -c fsync=off -c unix_socket_directories=" + self.folder
        began = self.tool("pg_ctl", "-D", data, "-w", "-l", os.path.join(self.folder, "log"), "-o", options, "start")
        if made.returncode or began.returncode:
            sys.exit("the server does not start: " + made.stderr + began.stdout + began.stderr)
        return self

    def __exit__(self, *_):
        self.tool("pg_ctl", "-D", os.path.join(self.folder, "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, database, *arguments):
        return self.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "postgres", "-d", database,
                         *arguments)

    def load(self, path):
        """What the server says against the file, "" when it takes it. Roles that are missing are made."""
        while True:
            self.sql("postgres", "-c", "DROP DATABASE IF EXISTS x", "-c", "CREATE DATABASE x TEMPLATE template0")
            with open(path, errors="replace") as source:
                done = run(self.user + [os.path.join(self.binaries, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull,
                                        "-h", self.folder, "-U", "postgres", "-d", "x", "-f", "-"], cwd="/", input=source.read())
            role = re.search(r'role "(.+)" does not exist', done.stderr)
            if not done.returncode or not role:
                return done.stderr.strip() if done.returncode else ""
            self.sql("postgres", "-c", 'CREATE ROLE "%s"' % role.group(1))

    def count(self, query):
        return int(self.sql("x", "-A", "-t", "-c", query).stdout)

    def dump(self):
        return self.tool("pg_dump", "--schema-only", "-h", self.folder, "-U", "postgres", "x").stdout


def statements_of(script):
    """Roughly: what stands between semicolons, without comments."""
    return [one.strip() for one in re.sub(r"(?m)^ *--.*$", "", script).split(";") if one.strip()]


def compare(schemac, left, right):
    """("equal" | "differs" | "refused", what was said)"""
    done = run([schemac, "diff", "--from", left, "--to", right, "--allow", "all", "--no-rename", "--exit-code"], timeout=120)
    verdict = {0: "equal", 2: "differs"}.get(done.returncode, "refused")
    # Such a dump holds no rows of a model, no version of an extension, and does not tell which schemas are templates.
    beside_schema = r"BEGIN|COMMIT|SET LOCAL|INSERT INTO|ALTER EXTENSION \S+ UPDATE"
    if verdict == "differs" and all(re.match(beside_schema, one) for one in statements_of(done.stdout)):
        return "equal", ""
    return verdict, (done.stdout if verdict == "differs" else done.stderr).strip()


def count_expressions(server, verdict, said, held, same):
    """Adds those of the database in hand to `held`, and to `same` those that the diff does not touch."""
    if verdict == "not loadable":
        return
    statements = statements_of(said)
    for kind, (query, statement) in KINDS.items():
        count = server.count(query)
        held[kind] += count
        if verdict != "refused":
            different = sum(1 for one in statements if re.search(statement, one, re.S))
            same[kind] += max(0, count - (different if verdict == "differs" else 0))


def judge(server, schemac, path):
    with tempfile.TemporaryDirectory() as folder:
        script = path
        if not path.endswith(".sql"):
            script = os.path.join(folder, "script.sql")
            made = run([schemac, "diff", "--from", "empty", "--to", path, "--allow", "all"])
            if made.returncode:
                return "refused", made.stderr
            with open(script, "w") as file:
                file.write(made.stdout)
        problem = server.load(script)
        if problem:
            return "not loadable", problem
        dump = os.path.join(folder, "dump.sql")
        with open(dump, "w") as file:
            file.write(server.dump())
        verdict, said = compare(schemac, dump, path)
        if verdict != "equal":
            return verdict, said
        again, said = compare(schemac, path, dump)
        return {"equal": ("equal", ""), "differs": ("restated", said)}.get(again, (again, said))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemac", default="build/release/bin/schemac")
    parser.add_argument("--postgres", default="/usr/lib/postgresql/15/bin", help="the folder of initdb and pg_dump")
    parser.add_argument("--restated", action="store_true", help="show what is said again, too")
    parser.add_argument("--show", type=int, default=400, help="so many characters of what a file's diff says")
    parser.add_argument("files", nargs="+", help="SQL files, or models as files or folders")
    arguments = parser.parse_args()
    counts, held, same = collections.Counter(), collections.Counter(), collections.Counter()
    with Server(arguments.postgres) as server:
        for path in arguments.files:
            verdict, said = judge(server, os.path.abspath(arguments.schemac), os.path.abspath(path))
            counts[verdict] += 1
            count_expressions(server, verdict, said, held, same)
            if verdict in ("differs", "refused") or arguments.restated and verdict == "restated":
                print("%s: %s: %s" % (path, verdict, said[: arguments.show]))
    for verdict, count in counts.most_common():
        print("%-16s %6d" % (verdict, count))
    print()
    for kind in KINDS:
        if held[kind]:
            print("%-16s %6d of %6d  %6.2f %%" % (kind, same[kind], held[kind], 100 * same[kind] / held[kind]))
    return 1 if counts["differs"] else 0


if __name__ == "__main__":
    sys.exit(main())
