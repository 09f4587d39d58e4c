"""The command line: `python -m db migrate | demo | backup | restore | verify | create-admin`."""

import argparse
import sys

from db.upkeep import CannotDo


def _migrate(chosen: argparse.Namespace) -> None:
    from db.upkeep.schema import migrate

    before, after = migrate(down=chosen.down)
    print(
        f"Schema {after or 'empty'}" + (", as it was." if before == after else f", was {before or 'empty'}.")
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    migrate = commands.add_parser("migrate", help="bring the schema to the newest revision")
    migrate.add_argument(
        "--down", default="", metavar="REV", help="go back to an older one; `base` drops all"
    )
    migrate.set_defaults(run=_migrate)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 1 when it could not."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except CannotDo as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
