"""The declarative base, and how a unit of work begins: who is asking is told to the database first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Engine, ForeignKey, MetaData, Text, Uuid, create_engine, event, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, SessionTransaction, declared_attr, mapped_column

from workflows.core.sealed import Keyring, holding

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of Terrain. No server defaults: a role that may only insert cannot read them back."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        str: Text(),
        UUID: Uuid(),
        list[str]: ARRAY(Text()),
        list[UUID]: ARRAY(Uuid()),
        dict[str, Any]: JSONB(),
        list[dict[str, Any]]: JSONB(),
    }


class Identified:
    """A row whose random id exists before it is saved, so that sealed columns can name their row."""

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or uuid4()
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


class Versioned:
    """A row that people edit: a save from an older version is refused instead of overwriting."""

    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version, "eager_defaults": False}


def reference(target: str, **options: Any) -> Any:
    """A foreign key checked at commit: rows of one unit of work may be written in any order."""
    return mapped_column(ForeignKey(target, deferrable=True, initially="DEFERRED"), **options)


def make_engine(url: str, **options: Any) -> Engine:
    """An engine on PostgreSQL through psycopg 3, whichever way the address is spelled."""
    scheme, _, rest = url.partition("://")
    if scheme in {"postgres", "postgresql"}:
        url = f"postgresql+psycopg://{rest}"
    return create_engine(url, pool_pre_ping=True, **options)


@event.listens_for(Session, "after_begin")
def tell_who_is_asking(session: Session, transaction: SessionTransaction, connection: Any) -> None:  # noqa: ARG001
    """Row security reads the hashed session token from here; SET LOCAL takes no parameters, set_config does.

    A stranger tells nothing: what was told before ended with its transaction.
    """
    if token := session.info.get("session_hash"):
        connection.execute(text("select set_config('terrain.session', :token, true)"), {"token": token})


@contextmanager
def begin(engine: Engine, keys: Keyring, session_hash: str = "") -> Iterator[Session]:
    """One use case: a session that commits at the end and rolls back on any error."""
    session = Session(engine, expire_on_commit=False, info={"session_hash": session_hash})
    with holding(keys), session, session.begin():
        yield session
