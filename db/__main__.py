"""The command line: python -m db migrate | demo | backup | restore | verify | recount | create-admin."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from db import hours_to_ask
from db.counters import renew_demand
from db.engine import as_system
from db.rules.voting.ballot_file import BadBallotFile
from db.settings import KeyTrouble, settings
from db.terms import QuestionKind
from db.upkeep import CannotDo
from db.upkeep.administrator import create_admin
from db.upkeep.backup import backup
from db.upkeep.doors import lines as door_lines
from db.upkeep.doors import tidy_doors
from db.upkeep.finding import renew
from db.upkeep.phones import index_phones
from db.upkeep.recount import RULES, Told, Unfitting, at_least, is_ours, more_than, recount_file, recount_form
from db.upkeep.recount import lines as recount_lines
from db.upkeep.restore import restore
from db.upkeep.schema import migrate
from db.upkeep.sizes import learn_sizes
from db.upkeep.tidy import tidy
from db.upkeep.verify import lines, verify


def _migrate(chosen: argparse.Namespace) -> int:
    before, after = migrate(down=chosen.down)
    print(f"Schema {after or 'empty'}" + (", as it was." if before == after else f", was {before or 'empty'}."))
    if not chosen.down:
        _bring_data_up_to_date(former=before not in ("", after))
    return 0


def _bring_data_up_to_date(*, former: bool) -> None:
    """What rules of this version make of data that came in under former ones; does nothing the second time."""
    print("".join(f"{line}\n" for line in door_lines(tidy_doors())), end="")
    if indexed := index_phones():
        print(f"Telephone numbers indexed anew: {indexed}.")
    with as_system("demand by its present rule") as session:
        if renew_demand(session):
            print("Demand by place and category counted anew: only needs that somebody still waits for.")
    if former:
        with as_system("hours that are asked about") as session:
            hours_to_ask.renew(session)
    if former and (found := renew()):
        print(f"{found} needs are found by more readings than before.")
    learn_sizes()


def _demo(chosen: argparse.Namespace) -> int:
    demo: Any = import_module("db.demo")  # an installation in use never needs the invented subdistrict
    if chosen.sign_ins:
        demo.print_sign_ins()
    else:
        demo.build(scale=chosen.scale, progress=not chosen.quiet)
        learn_sizes()
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    tidy()
    manifest = backup(chosen.file)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    key = "YIQILAI_SECRET_KEY" if settings().secret_key else f"{settings().data_dir / 'secret.key'}"
    print(f"{chosen.file}: {rows} rows, {chosen.file.stat().st_size // 1024} KiB.")
    print(f"Keep the secret key ({key}) too, in another place: without it nobody can read the personal data.")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    manifest, safety = restore(chosen.file, replace=chosen.replace)
    print(f"Restored the backup of {manifest['made_at']}; everybody has to sign in again.")
    _bring_data_up_to_date(former=True)
    if safety:
        print(f"What was there before is in {safety}.")
    return 0


def _verify(_: argparse.Namespace) -> int:
    findings = verify()
    print("\n".join(lines(findings)))
    return 0 if all(finding.well for finding in findings) else 1


def _recount(chosen: argparse.Namespace) -> int:
    kind = QuestionKind(chosen.kind) if chosen.kind else None
    told = Told(kind, chosen.seats, chosen.most, chosen.at_least or chosen.more_than, chosen.budget, chosen.rule)
    try:
        if not is_ours(chosen.file, told):
            print("\n".join(recount_form(chosen.file, told)))
            return 0
        file, again = recount_file(chosen.file)
    except BadBallotFile as wrong:
        print(f"{chosen.file} {wrong}。", file=sys.stderr)
        return 2
    except Unfitting as wrong:
        print(f"{chosen.file}：{wrong}", file=sys.stderr)
        return 2
    except OSError as trouble:
        print(f"读不了 {chosen.file}（{trouble.strerror}）。", file=sys.stderr)
        return 2
    print("\n".join(recount_lines(file, again)))
    return 0 if again.balanced else 1


def _create_admin(chosen: argparse.Namespace) -> int:
    password = create_admin(
        username=chosen.username or input("User name: "),
        name=chosen.name or input("Name: "),
        subdistrict=chosen.subdistrict or input("Subdistrict: "),
    )
    print(f"One-time password: {password}\nIt must be changed at the first sign-in.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description="Keep the database of 议起来 well.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("migrate", help="bring the schema to the newest revision")
    command.add_argument("--down", default="", metavar="REV", help="go back to an older one; `base` drops everything")
    command.set_defaults(run=_migrate)

    command = commands.add_parser("demo", help="fill an empty database with the invented subdistrict")
    command.add_argument("--scale", type=int, default=1, metavar="N", help="N times the size, for benchmarks")
    command.add_argument("--quiet", action="store_true", help="show no progress")
    command.add_argument("--sign-ins", action="store_true", help="only print one sign-in per role")
    command.set_defaults(run=_demo)

    command = commands.add_parser("backup", help="write a backup, while the app runs")
    command.add_argument("file", type=Path)
    command.set_defaults(run=_backup)

    command = commands.add_parser("restore", help="put a backup into an empty database")
    command.add_argument("file", type=Path)
    command.add_argument("--replace", action="store_true", help="in the place of what is there, which is backed up")
    command.set_defaults(run=_restore)

    command = commands.add_parser("verify", help="check integrity, references, audit log and counters")
    command.set_defaults(run=_verify)

    command = commands.add_parser("recount", help="count a ballot file, .blt, .pb or table again; needs no database")
    command.add_argument("file", type=Path)
    command.add_argument("--rule", choices=RULES, default="", help="of a .blt, .pb or table: how it is counted")
    command.add_argument("--kind", choices=list(QuestionKind), default="", help="of a plain table: what was asked")
    command.add_argument("--seats", type=int, metavar="N", help="of a plain table: places to fill")
    command.add_argument("--most", type=int, metavar="N", help="of a table of choices: how many one voter may choose")
    share = command.add_mutually_exclusive_group()
    share.add_argument("--at-least", type=at_least, metavar="1/2", help="of a table of choices: the share one needs")
    share.add_argument("--more-than", type=more_than, metavar="1/2", help="the same, but more than it")
    command.add_argument("--budget", type=int, metavar="N", help="of a plain table: yuan to give out")
    command.set_defaults(run=_recount)

    command = commands.add_parser("create-admin", help="create an administrator with a one-time password")
    for option in ("--username", "--name", "--subdistrict"):
        command.add_argument(option, default="")
    command.set_defaults(run=_create_admin)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 1 when it could not or found something wrong.

    `recount` also knows 2: a file that cannot be read.
    """
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (CannotDo, KeyTrouble) as reason:
        print(reason, file=sys.stderr)
    except DBAPIError as trouble:
        print(f"The database refused: {str(trouble.orig).splitlines()[0]}", file=sys.stderr)
    except OSError as trouble:
        print(f"{trouble.filename or 'A file'} cannot be used: {trouble.strerror}.", file=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
