"""What Alembic runs: it works on the connection that `db.upkeep.schema` opened and locked.

From a shell (`python -m alembic revision --autogenerate -m …`) it opens the database of the settings itself.
"""

from alembic import context
from sqlalchemy import Connection

from db.engine import engine
from db.models import Model


def run(connection: Connection) -> None:
    """Run the asked revisions in one transaction; SQLite changes tables by copying them (batch mode)."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine().execution_options(writer=True).begin() as opened:
        run(opened)
