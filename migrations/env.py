"""Runs the migrations as the owner, one transaction each, and gives up on a lock instead of queueing behind it."""

from alembic import context
from sqlalchemy import text

from workflows.core.db import make_engine
from workflows.tables import metadata


def run() -> None:
    engine = make_engine(context.config.attributes["url"])
    try:
        with engine.connect() as connection:
            connection.execute(text("set lock_timeout = '5s'"))
            connection.commit()
            context.configure(
                connection=connection,
                target_metadata=metadata,
                include_schemas=True,
                compare_type=True,
                transaction_per_migration=True,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


run()
