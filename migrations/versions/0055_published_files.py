"""Readers may take the files that belong to a published text. Those published before have none until their next version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

FLAT = ("published_excerpt", "published_version")


def upgrade() -> None:
    for table in FLAT:
        op.add_column(table, sa.Column("files", JSONB(), nullable=False, server_default="[]"))
        op.alter_column(table, "files", server_default=None)
    op.create_table(
        "published_file",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("ref", "number", name=op.f("pk_published_file")),
        sa.UniqueConstraint("ref", "attachment_id", name=op.f("uq_published_file_ref_attachment_id")),
    )
    for statement in RIGHTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("published_file")
    for table in FLAT:
        op.drop_column(table, "files")


RIGHTS = (
    "alter table published_file enable row level security",
    "alter table published_file force row level security",
    "create policy house on published_file to terrain_owner, app_desk, app_worker using (true) with check (true)",
    "create policy shown on published_file for select to app_public using"
    " (exists (select from published_excerpt text where text.ref = published_file.ref and text.state = 'published'))",
    "grant select (ref, name, media, data) on published_file to app_public",
    "grant select, insert, update (data) on published_file to app_desk, app_worker",
    # Copies are erased when a text is taken back: the planner keeps no samples, and what is compressed already is not again.
    "alter table published_file alter column data set statistics 0",
    "alter table published_file alter column data set storage external",
)
