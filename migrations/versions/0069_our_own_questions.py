"""What the helpdesk asks itself is a request of nobody: no kind of requester, no consent, no contact, no code."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

OF_SOMEBODY = ("requester_kind", "consent_version", "consented_at")
OUR_OWN = """
    case when channel = 'desk'
    then num_nonnulls(requester_kind, consent_version, consented_at, contact_sealed, code_hash, counsellor_id) = 0
    else num_nonnulls(requester_kind, consent_version, consented_at) = 3 end"""


def upgrade() -> None:
    for column in OF_SOMEBODY:
        op.alter_column("request", column, nullable=True)
    op.create_check_constraint(op.f("ck_request_our_own"), "request", sa.text(OUR_OWN))
    op.create_index("ix_request_our_own", "request", ["id"], postgresql_where="channel = 'desk'")
    op.execute("drop policy ask on request")
    op.execute("""create policy ask on request for insert to app_public
        with check (erased_at is null and counsellor_id is null and channel <> 'desk')""")


def downgrade() -> None:
    """What nobody asked is told as if by whoever files for themselves; the consent is named as none."""
    op.execute("drop policy ask on request")
    op.execute("""create policy ask on request for insert to app_public
        with check (erased_at is null and counsellor_id is null)""")
    op.drop_index("ix_request_our_own", table_name="request")
    op.drop_constraint(op.f("ck_request_our_own"), "request", type_="check")
    op.execute("""update request set requester_kind = 'self', consent_version = 'none', consented_at = received_at
        where channel = 'desk'""")
    for column in OF_SOMEBODY:
        op.alter_column("request", column, nullable=False)
