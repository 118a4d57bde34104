"""No two partner organisations have the same name, whatever the letters' size and the space between the words."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

NAME = r"lower(btrim(regexp_replace(name, '\s+', ' ', 'g')))"
NUMBERED = f"""
  UPDATE partner_organisation SET name = name || ' (' || again.place || ')'
  FROM (SELECT id, row_number() OVER (PARTITION BY {NAME} ORDER BY id) AS place FROM partner_organisation) AS again
  WHERE again.id = partner_organisation.id AND again.place > 1
"""
"""Which of two was meant nobody can tell here: both stay, and an administrator sees them under names that differ."""


def upgrade() -> None:
    op.execute(NUMBERED)
    op.create_index("uq_partner_organisation_name", "partner_organisation", [sa.text(NAME)], unique=True)


def downgrade() -> None:
    op.drop_index("uq_partner_organisation_name", table_name="partner_organisation")
