"""Counsellors: their accounts, whose caseload a request is in, and the log-in of their site."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
ROLE = "app_counsellor"
CHANGED = (
    ("0002_authn.sql", ("authn.serves", "authn.is_welcome", "authn.make_invitation")),
    ("0002_fences.sql", ("requester_sees", "requester_follows")),
    ("0007_merging.sql", ("requester_story",)),
    ("0014_internal_notes.sql", ("forget_request",)),
)
"""Functions that know two sites of requesters from here on, and the files in which they knew one."""


def upgrade() -> None:
    if op.get_bind().scalar(sa.text("select true from pg_roles where rolname = :role"), {"role": ROLE}) is None:
        raise RuntimeError(f"this database role is missing: {ROLE}; `make roles` prints how to make it")
    op.create_table(
        "counsellor",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsellor")),
    )
    op.add_column("request", sa.Column("counsellor_id", sa.Uuid(), nullable=True))
    op.add_column("request", sa.Column("label_sealed", sa.LargeBinary(), nullable=True))
    op.create_foreign_key(
        op.f("fk_request_counsellor_id"), "request", "counsellor", ["counsellor_id"], ["id"],
        deferrable=True, initially="DEFERRED",
    )  # fmt: skip
    op.create_index(
        "ix_request_counsellor", "request", ["counsellor_id", "received_at"],
        postgresql_where=sa.text("counsellor_id is not null"),
    )  # fmt: skip
    _run((SQL / "0019_caseload.sql").read_text())


def downgrade() -> None:
    """The fences before it come back as they were; a counsellor's requests stay and lose their caseload."""
    _run((SQL / "0019_down.sql").read_text())
    for file, names in CHANGED:
        text = (SQL / file).read_text()
        for name in names:
            _run(_definition(text, name))
    for function in ("requester_story(text)", "forget_request(timestamptz)"):
        _run(f"revoke all on function {function} from public; grant execute on function {function} to app_public;")
    _run("drop function authn.asks(uuid); drop function authn.current_counsellor();")
    op.drop_index("ix_request_counsellor", "request")
    op.drop_column("request", "label_sealed")
    op.drop_column("request", "counsellor_id")
    op.drop_table("counsellor")


def _definition(text: str, name: str) -> str:
    """One function of a former file, put in the place of the present one, with the rights that stand behind it."""
    found = re.search(rf"create (?:or replace )?function {re.escape(name)}\(.*?(?=\n\n|\Z)", text, re.DOTALL)
    if found is None:
        raise RuntimeError(f"{name} is not where it was")
    return re.sub(r"^create (or replace )?function", "create or replace function", found[0])


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
