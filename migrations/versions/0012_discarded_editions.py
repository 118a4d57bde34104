"""An edition under work can be given up."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = "'draft', 'in_review', 'published', 'superseded'"


def upgrade() -> None:
    allow(f"{BEFORE}, 'discarded'")


def downgrade() -> None:
    op.execute("delete from section_pin using section, edition where section_pin.section_id = section.id"
               " and section.edition_id = edition.id and edition.state = 'discarded'")
    op.execute("delete from section using edition where section.edition_id = edition.id and edition.state = 'discarded'")
    op.execute("delete from edition where state = 'discarded'")
    allow(BEFORE)


def allow(states: str) -> None:
    op.drop_constraint(op.f("ck_edition_state"), "edition", type_="check")
    op.create_check_constraint(op.f("ck_edition_state"), "edition", f"state in ({states})")
