#!/usr/bin/env python3
"""How long a writer waits while a migration runs, plain beside online.

For each kind of change: a table with many rows, a client that writes single rows as fast as it can, and the upgrade that
`schemac diff` writes, run by psql. Told is the longest that one write took, of a run without a migration as well: what
the machine itself makes a writer wait. Called by scripts/online.sh; exit 1 when an online run has the writer wait for
longer than --limit milliseconds.
"""
import argparse
import multiprocessing
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import psycopg2

POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")

TABLES = """
CREATE TABLE customers (id bigint NOT NULL, CONSTRAINT customers_pkey PRIMARY KEY (id));
CREATE TABLE orders (
    id bigint NOT NULL,
    customer bigint NOT NULL,
    number bigint NOT NULL,
    state text,
    total integer NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
){partitioned};
CREATE INDEX orders_customer ON orders (customer);
"""
PARTITIONS = """
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (500000);
CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (500000) TO (1000000);
CREATE TABLE orders_3 PARTITION OF orders FOR VALUES FROM (1000000) TO (MAXVALUE);
"""
# Databases that runs are copies of.
BASES = {
    "base": TABLES.format(partitioned=""),
    "parted": TABLES.format(partitioned=" PARTITION BY RANGE (id)") + PARTITIONS,
}

ROWS = """
INSERT INTO customers SELECT n FROM generate_series(1, 1000) n;
INSERT INTO orders SELECT n, 1 + n % 1000, n, 'open', n % 500 FROM generate_series(1, {rows}) n;
VACUUM ANALYZE;
"""


class Change:
    """The statements that make of the base what is wanted; `before` first makes it what the change begins with."""

    def __init__(self, wanted, before="", flags=(), base="base", expands=False, judged=True):
        self.wanted, self.before, self.flags = wanted, before, list(flags)
        self.base, self.expands, self.judged = base, expands, judged

    def profiles(self):
        """For the plain and the online way, the flags of each revision."""
        return [["--no-online"]], [["--expand"], ["--contract"]] if self.expands else [["--online"]]


CHANGES = {
    "new index": Change("CREATE INDEX orders_total ON orders (total);"),
    "replaced index": Change("DROP INDEX orders_customer; CREATE INDEX orders_customer ON orders (customer, total);"),
    "dropped index": Change("DROP INDEX orders_customer;"),
    "index of partitions": Change("CREATE INDEX orders_total ON orders (total);", base="parted"),
    "key of partitions": Change("ALTER TABLE orders ADD CONSTRAINT orders_number UNIQUE (number, id);", base="parted"),
    "foreign key of parts": Change("ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES customers;",
                                   base="parted"),
    "unique constraint": Change("ALTER TABLE orders ADD CONSTRAINT orders_number UNIQUE (number);"),
    "primary key": Change("ALTER TABLE orders DROP CONSTRAINT orders_pkey; "
                          "ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id, number);"),
    "key of an index": Change("",  # The base has it.
                              before="ALTER TABLE orders DROP CONSTRAINT orders_pkey; CREATE UNIQUE INDEX orders_id ON orders (id);"),
    "foreign key": Change("ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES customers;"),
    "check": Change("ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0);"),
    "NOT NULL": Change("ALTER TABLE orders ALTER COLUMN state SET NOT NULL;", flags=["--backfill", "orders.state='open'"]),
    "volatile default": Change("ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();"),
    "column with values": Change("ALTER TABLE orders ADD COLUMN shown text NOT NULL;",
                                 flags=["--backfill", "orders.shown=state || total"]),
    "type, --expand": Change("ALTER TABLE orders ALTER COLUMN total TYPE bigint;", expands=True),
    "type as it is": Change("ALTER TABLE orders ALTER COLUMN total TYPE bigint;", judged=False),  # No other form.
}


def run(command, **options):
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr or done.stdout}")
    return done.stdout


class Server:
    """A cluster in a temporary folder, reached through its socket. Commits do not wait for the disk: locks are measured."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="schemac-online-"))
        self.user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.user = ["runuser", "-u", "postgres", "--"]
        data = self.folder / "data"
        self.command(POSTGRES / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N")
        settings = (f"-k {self.folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c max_wal_size=8GB "
                    "-c checkpoint_timeout=1h -c autovacuum=off -c shared_buffers=512MB -c max_parallel_maintenance_workers=0")
        self.command(POSTGRES / "pg_ctl", "-D", data, "-w", "-s", "-l", self.folder / "log", "-o", settings, "start")
        return self

    def __exit__(self, *_):
        self.command(POSTGRES / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.folder)

    def command(self, *words):
        run([*self.user, *words], cwd=self.folder)

    def connect(self, database):
        connection = psycopg2.connect(host=str(self.folder), dbname=database, user="postgres")
        connection.autocommit = True
        return connection

    def psql(self, database, *words):
        run([POSTGRES / "psql", "-h", self.folder, "-U", "postgres", "-d", database, "-X", "-q", "-v", "ON_ERROR_STOP=1", *words])

    def execute(self, database, statement):
        self.psql(database, "-c", statement)


def write(server, database, rows, started, stop, longest):
    """Updates of single rows and inserts, until told to stop; the longest one in seconds."""
    cursor = server.connect(database).cursor()
    chance = random.Random(1)
    number, slowest = rows, 0.0
    while not stop.is_set():
        number += 1
        if number % 4 == 0:
            statement = "INSERT INTO orders (id, customer, number, state, total) VALUES (%s, 1, %s, 'new', 1)"
            values = (number, number)
        else:
            statement, values = "UPDATE orders SET total = total + 1 WHERE id = %s", (chance.randint(1, rows),)
        begin = time.perf_counter()
        try:
            cursor.execute(statement, values)
        except psycopg2.errors.NotNullViolation:
            pass  # A column that it does not know is required by now.
        except psycopg2.errors.CheckViolation:
            pass
        slowest = max(slowest, time.perf_counter() - begin)
        started.set()
    longest.value = slowest


def longest_wait(server, rows, base, before, scripts, seconds=3):
    """Milliseconds that the slowest write took while the scripts ran, and seconds that they took."""
    server.execute("postgres", "DROP DATABASE IF EXISTS run")
    server.execute("postgres", f"CREATE DATABASE run TEMPLATE {base}")
    if before:
        server.execute("run", before)
    server.execute("run", "SELECT count(*) FROM orders")  # Copied pages are read once.
    started, stop = multiprocessing.Event(), multiprocessing.Event()
    longest = multiprocessing.Value("d", 0.0)
    writer = multiprocessing.Process(target=write, args=(server, "run", rows, started, stop, longest))
    writer.start()
    started.wait()
    begin = time.perf_counter()
    try:
        if not scripts:
            time.sleep(seconds)
        for script in scripts:
            server.psql("run", "-f", script)
        took = time.perf_counter() - begin
    finally:
        stop.set()
        writer.join()
    return longest.value * 1000, took


def upgrade(options, folder, change, flags):
    sides = {"from": BASES[change.base] + change.before, "to": BASES[change.base] + change.wanted}
    for side, text in sides.items():
        (folder / f"{side}.sql").write_text(text)
    script = folder / f"{flags[0].strip('-')}.sql"
    run([options.schemac, "diff", "--from", folder / "from.sql", "--to", folder / "to.sql", "--up", script, "--allow", "all",
         "--no-rename", *flags, *change.flags])
    os.chmod(script, 0o644)
    return script


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemac", required=True, type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--limit", type=float, default=200, help="milliseconds that a writer may wait online")
    parser.add_argument("--change", action="append", choices=CHANGES, help="this one alone; may be repeated")
    options = parser.parse_args()
    options.schemac = options.schemac.resolve()
    failed = []
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        chosen = {name: CHANGES[name] for name in options.change or CHANGES}
        for base in sorted({change.base for change in chosen.values()}):
            server.execute("postgres", f"CREATE DATABASE {base}")
            server.execute(base, BASES[base])
            for statement in ROWS.format(rows=options.rows).strip().split(";\n"):
                server.execute(base, statement)
        idle, _ = longest_wait(server, options.rows, next(iter(chosen.values())).base, "", [])
        print(f"the longest wait of a writer, {options.rows} rows; {idle:.0f} ms without a migration\n")
        print(f"{'change':<20}{'plain':>12}{'online':>12}   {'plain takes':>12}{'online takes':>14}", flush=True)
        for name, change in chosen.items():
            waits = [longest_wait(server, options.rows, change.base, change.before,
                                  [upgrade(options, pathlib.Path(folder), change, flags) for flags in revisions])
                     for revisions in change.profiles()]
            (plain, plain_takes), (online, online_takes) = waits
            print(f"{name:<20}{plain:>9.0f} ms{online:>9.0f} ms   {plain_takes:>10.1f} s{online_takes:>12.1f} s"
                  + ("" if change.judged else "   no other form"), flush=True)
            if change.judged and online > options.limit:
                failed.append(name)
    if failed:
        sys.exit(f"longer than {options.limit:.0f} ms: {', '.join(failed)}")


if __name__ == "__main__":
    main()
