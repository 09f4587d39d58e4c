"""What keeps an installation well: schema, backup, restore, verification, the first administrator.

`python -m db` is its command line. Everything here works while the app runs.
"""


class CannotDo(Exception):
    """Upkeep cannot do what was asked; the message is one sentence for whoever typed the command."""
