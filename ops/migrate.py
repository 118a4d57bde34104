"""The release step: bring the database to this version and load the vocabulary. `python -m ops.migrate`."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from config.settings import OwnerSettings
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring
from workflows.vocabulary.loader import load_vocabulary

SCRIPTS = Path(__file__).parents[1] / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic set up without an ini file; the address travels in attributes, never in a file or a log."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Migrate to the newest revision and load the vocabulary. `url` is the owner's."""
    command.upgrade(alembic_config(url), "head")
    engine = make_engine(url)
    try:
        with begin(engine, Keyring()) as session:
            load_vocabulary(session)
    finally:
        engine.dispose()


if __name__ == "__main__":
    upgrade(OwnerSettings.from_environment().database_url)
