"""Staff and counsellors renew their second factor and recovery codes and end one of their sessions, as researchers do."""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

GRANTED = {
    "factor_held, authn.renew_session": "app_desk",
    "end_one_session, authn.renew_factor, authn.renew_recovery_codes": "app_desk, app_counsellor",
}


def upgrade() -> None:
    for functions, log_ins in GRANTED.items():
        op.execute(f"grant execute on function authn.{functions} to {log_ins}")


def downgrade() -> None:
    for functions, log_ins in GRANTED.items():
        op.execute(f"revoke execute on function authn.{functions} from {log_ins}")
