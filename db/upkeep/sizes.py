"""SQLite is told how large its tables are, so that it asks the index that leads to few rows."""

from db.engine import engine

SAMPLE = 20_000
"""Rows of each index that are looked at. With few a community of thousands looks like one of as many rows as were read,
and the index that begins with it like the best one; so many take less than a second, whatever the size."""


def learn_sizes() -> None:
    """Keep the sizes in the file; whoever opens it from now on chooses by them.

    Left to itself SQLite takes any index that begins with the community, and walks through all of its rows, where the
    one of a household or of a need leads to three. PostgreSQL looks by itself.
    """
    if engine().dialect.name != "sqlite":
        return
    with engine().execution_options(writer=True).begin() as connection:
        connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLE}")
        connection.exec_driver_sql("ANALYZE")
