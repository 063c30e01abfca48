#!/usr/bin/env python3
"""Runs schemac beside other offline tools on one generated change, in turns, and prints medians and ratios.

Called by scripts/bench.sh. A tool that is not installed is named and left out; one that fails or does not end in
time is shown as such.
"""
import argparse
import contextlib
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time

POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages.


class Contender:
    """One line of the table. `prepare` fills a folder; `command` is what is measured in a fresh copy of it."""

    def __init__(self, name, command, prepare=lambda folder: None, needs=()):
        self.name, self.command, self.prepare, self.needs = name, command, prepare, needs
        self.runs, self.failure = [], ""

    def missing(self):
        return [tool for tool in self.needs if not shutil.which(tool) and not os.path.exists(tool)]


def describe(options, change, language):
    return subprocess.run([options.workload, str(options.tables), change, language], check=True,
                          capture_output=True, text=True).stdout


class Limit:
    """Raises TimeoutError in its body after so many seconds."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        def stop(*_):
            raise TimeoutError(f"not done after {self.seconds} s")

        signal.signal(signal.SIGALRM, stop)
        signal.alarm(self.seconds)

    def __exit__(self, *_):
        signal.alarm(0)


def measure(command, folder, limit):
    """Wall seconds, CPU seconds and peak megabytes of a command and all that it starts; None when it fails."""
    # Spawned by hand: subprocess and GNU time take a millisecond or more, or tell no more than hundredths.
    words = list(map(str, command))
    errors = folder.with_suffix(".errors")
    places = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
              (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
              (os.POSIX_SPAWN_OPEN, 2, errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    with contextlib.chdir(folder), Limit(limit):
        begin = time.perf_counter()
        process = os.posix_spawnp(words[0], words, os.environ, file_actions=places, setpgroup=0)
        try:
            _, status, usage = os.wait4(process, 0)
        except BaseException as reason:
            os.killpg(process, signal.SIGKILL)
            os.wait4(process, 0)
            if isinstance(reason, TimeoutError):
                return None, str(reason)
            raise
        wall = time.perf_counter() - begin
    if status != 0:
        said = errors.read_text(errors="replace").strip().splitlines()
        return None, (said or [f"exit {os.waitstatus_to_exitcode(status)}"])[-1]
    return (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), ""


def schemac(options, language, change):
    suffix = "sql" if language == "sql" else "schema"

    def prepare(folder):
        (folder / f"before.{suffix}").write_text(describe(options, "none", language))
        (folder / f"after.{suffix}").write_text(describe(options, change, language))

    command = [options.schemac, "diff", "--from", f"before.{suffix}", "--to", f"after.{suffix}", "--allow", "all",
               "--no-rename", "--up", "up.sql", "--down", "down.sql"]
    return Contender(f"schemac, {'DDL' if language == 'sql' else 'models'}, {change}", command, prepare)


def ddl_tool(options, name, command, change):
    def prepare(folder):
        for file, state in (("before.sql", "none"), ("after.sql", change)):
            (folder / file).write_text(describe(options, state, "sql"))

    return Contender(f"{name}, {change}", command, prepare, needs=command[:1])


def django(options, change):
    settings = textwrap.dedent("""
        SECRET_KEY = "bench"
        INSTALLED_APPS = ["app"]
        DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
        DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        SILENCED_SYSTEM_CHECKS = ["models.E006"]
    """)
    command = ["django-admin", "makemigrations", "app", "--pythonpath", ".", "--settings", "settings",
               "--noinput", "--skip-checks"]

    def prepare(folder):
        (folder / "app").mkdir()
        (folder / "app/__init__.py").touch()
        (folder / "settings.py").write_text(settings)
        (folder / "app/models.py").write_text(describe(options, "none", "django"))
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        (folder / "app/models.py").write_text(describe(options, change, "django"))

    return Contender(f"Django makemigrations, {change}", command, prepare, needs=["django-admin"])


def drizzle(options, change):
    kit = pathlib.Path(options.node_modules) / ".bin/drizzle-kit" if options.node_modules else "drizzle-kit"
    command = [kit, "generate", "--dialect", "postgresql", "--schema", "schema.ts", "--out", "out"]

    def prepare(folder):
        (folder / "node_modules").symlink_to(pathlib.Path(options.node_modules).resolve())
        (folder / "schema.ts").write_text(describe(options, "none", "drizzle"))
        subprocess.run(command, cwd=folder, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        (folder / "schema.ts").write_text(describe(options, change, "drizzle"))

    return Contender(f"drizzle-kit generate, {change}", command, prepare, needs=[str(kit)])


def alembic(options, change, server):
    script = textwrap.dedent(f"""
        from alembic.autogenerate import produce_migrations, render_python_code
        from alembic.migration import MigrationContext
        from sqlalchemy import create_engine
        import models
        with create_engine("postgresql:///bench?host={server}&user=postgres").connect() as connection:
            context = MigrationContext.configure(connection, opts={{"compare_type": True}})
            migration = produce_migrations(context, models.metadata)
            open("up.py", "w").write(render_python_code(migration.upgrade_ops))
            open("down.py", "w").write(render_python_code(migration.downgrade_ops))
    """)

    def prepare(folder):
        (folder / "run.py").write_text(script)
        (folder / "models.py").write_text(describe(options, change, "sqlalchemy"))
        (folder / "before.sql").write_text(describe(options, "none", "sql"))
        psql = [POSTGRES / "psql", "-h", server, "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
        subprocess.run([*psql, "-c", "DROP DATABASE IF EXISTS bench", "-c", "CREATE DATABASE bench"], check=True)
        subprocess.run([*psql, "-d", "bench", "-1", "-f", folder / "before.sql"], check=True)

    return Contender(f"Alembic autogenerate, {change}", [PYTHON, "run.py"], prepare,
                     needs=[str(POSTGRES / "psql"), "/usr/lib/python3/dist-packages/alembic"])


def start_server(folder):
    """A private server, on a socket in the folder only."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")
    subprocess.run([*as_postgres, POSTGRES / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust"],
                   check=True, capture_output=True)
    control = [*as_postgres, POSTGRES / "pg_ctl", "-D", folder / "data", "-w"]
    subprocess.run([*control, "-l", folder / "log", "-o", f"-c listen_addresses= -k {folder} -c fsync=off"
                    " -c max_locks_per_transaction=10000", "start"], check=True, capture_output=True)
    return control


def prepare(contender, folder, limit):
    """Fills the contender's folder, unless something is missing."""
    if absent := contender.missing():
        contender.failure = f"not installed: {', '.join(absent)}"
        return
    try:
        with Limit(limit):
            folder.mkdir()
            contender.prepare(folder)
    except TimeoutError as error:
        contender.failure = f"cannot be prepared: {error}"
    except subprocess.CalledProcessError as error:
        contender.failure = f"cannot be prepared: {(error.stderr or b'').decode()[-80:].strip()}"


def run_all(contenders, folder, options):
    for contender in contenders:
        prepare(contender, folder / str(id(contender)), options.limit)
    for number in range(options.rounds):
        for contender in contenders:
            if contender.failure:
                continue
            place = folder / f"run{number}"
            shutil.copytree(folder / str(id(contender)), place, symlinks=True)
            measured, contender.failure = measure(contender.command, place, options.limit)
            shutil.rmtree(place)
            if measured:
                contender.runs.append(measured)


def show(contenders):
    base = [statistics.median(column) for column in zip(*contenders[0].runs)]
    print(f"{'':44}{'wall s':>10}{'CPU s':>10}{'MB':>8}{'ratio of wall, CPU, memory':>30}")
    for contender in contenders:
        if contender.failure or not contender.runs:
            print(f"{contender.name:44}  {contender.failure[:90] or 'not run'}")
            continue
        medians = [statistics.median(column) for column in zip(*contender.runs)]
        ratios = "".join(f"{value / max(first, 0.001):>10.1f}" for value, first in zip(medians, base))
        print(f"{contender.name:44}{medians[0]:10.3f}{medians[1]:10.3f}{medians[2]:8.0f}{ratios}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemac", required=True, type=os.path.abspath)
    parser.add_argument("--workload", required=True, type=os.path.abspath)
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--change", choices=["one", "five"], default="five")
    parser.add_argument("--limit", type=int, default=600, help="seconds that one run, or what it needs first, may take")
    parser.add_argument("--peers", nargs="?", const="", metavar="NAME,…",
                        help="other tools too, as far as they are installed: all, or those whose names begin so")
    parser.add_argument("--node-modules", default="", help="where npm put drizzle-kit and drizzle-orm")
    options = parser.parse_args()

    contenders = [schemac(options, "model", options.change), schemac(options, "sql", options.change)]
    with tempfile.TemporaryDirectory(prefix="schemac-bench-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        control = None
        if options.peers is not None:
            (folder / "server").mkdir()
            peers = [
                ddl_tool(options, "apgdiff", ["apgdiff", "before.sql", "after.sql"], options.change),
                ddl_tool(options, "sqlt-diff", ["sqlt-diff", "before.sql=PostgreSQL", "after.sql=PostgreSQL"],
                         options.change),
                django(options, options.change), drizzle(options, options.change)]
            by_alembic = alembic(options, options.change, folder / "server")
            wanted = tuple(name.strip().lower() for name in options.peers.split(","))
            contenders += [peer for peer in [*peers, by_alembic] if peer.name.lower().startswith(wanted)]
            if by_alembic in contenders and not by_alembic.missing():
                control = start_server(folder / "server")
        try:
            run_all(contenders, folder, options)
        except KeyboardInterrupt:
            pass  # What is known by then is shown.
        finally:
            if control:
                subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
    print(f"{options.tables} tables, change \"{options.change}\", medians of {options.rounds} rounds in turns")
    show(contenders)
    return 1 if contenders[0].failure else 0


if __name__ == "__main__":
    sys.exit(main())
