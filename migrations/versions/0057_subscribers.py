"""Readers follow what is published by e-mail. The public site asks, agrees, changes and stops by functions alone."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

FENCES = """
-- The planner keeps no samples of what is erased.
alter table subscriber alter column address_sealed set statistics 0;
alter table subscriber alter column address_hash set statistics 0;
alter table subscriber alter column token_hash set statistics 0;

alter table subscriber enable row level security;
alter table subscriber force row level security;
create policy house on subscriber to terrain_owner, app_desk, app_worker using (true) with check (true);
alter table subscription enable row level security;
alter table subscription force row level security;
create policy house on subscription to terrain_owner, app_desk, app_worker using (true) with check (true);
grant select, update, delete on subscriber, subscription to app_worker;
grant select (subscriber_id, country, topic, confirmed_at) on subscription to app_desk;

-- Somebody typed an address. Whether it is here already makes no difference to whoever calls: nothing comes back, and the
-- same statements run. Of an address that follows something only its list grows, by a line that waits for its owner.
create function subscribe(
  p_id uuid, p_address bytea, p_address_hash bytea, p_token bytea, p_language text, p_line uuid, p_country text,
  p_topic text, p_letter_at timestamptz, p_at timestamptz, p_most integer
) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  who uuid;
begin
  insert into public.subscriber as s (id, address_sealed, address_hash, token_hash, language, asked_at, letter_at)
  values (p_id, p_address, p_address_hash, p_token, p_language, p_at, p_letter_at)
  on conflict (address_hash) do update
  set asked_at = p_at, letter_at = coalesce(s.letter_at, p_letter_at),
    language = case when s.told_before is null then p_language else s.language end
  returning s.id into who;
  insert into public.subscription as l (id, subscriber_id, country, topic, asked_at)
  select p_line, who, p_country, p_topic, p_at
  where (select count(*) from public.subscription o where o.subscriber_id = who) < p_most
  on conflict (subscriber_id, country, topic) do update set asked_at = p_at;
end
$$;

create function subscriptions_of(p_token bytea)
returns table (id uuid, country text, topic text, confirmed boolean, language text)
language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select l.id, l.country, l.topic, l.confirmed_at is not null, s.language
  from public.subscriber s join public.subscription l on l.subscriber_id = s.id
  where s.token_hash = p_token
  order by l.confirmed_at is not null, l.asked_at, l.id;
end;

-- How many lines are left, and with none the address is gone; null for a token of nobody.
create function change_subscriptions(
  p_token bytea, p_keep uuid[], p_drop uuid[], p_language text, p_line uuid, p_country text, p_topic text,
  p_at timestamptz, p_today date, p_most integer
) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  who uuid;
  lines integer;
  agreed integer;
begin
  select s.id into who from public.subscriber s where s.token_hash = p_token for update;
  if who is null then
    return null;
  end if;
  delete from public.subscription l where l.subscriber_id = who and l.id = any (p_drop);
  update public.subscription l set confirmed_at = p_at
  where l.subscriber_id = who and l.id = any (p_keep) and l.confirmed_at is null;
  insert into public.subscription as l (id, subscriber_id, country, topic, asked_at, confirmed_at)
  select p_line, who, p_country, p_topic, p_at, p_at
  where (p_country <> '' or p_topic <> '')
    and (select count(*) from public.subscription o where o.subscriber_id = who) < p_most
  on conflict (subscriber_id, country, topic) do update set confirmed_at = coalesce(l.confirmed_at, p_at);
  select count(*), count(l.confirmed_at) into lines, agreed
  from public.subscription l where l.subscriber_id = who;
  if lines = 0 then
    delete from public.subscriber s where s.id = who;
  else
    update public.subscriber s set language = p_language, letter_at = null,
      told_before = case when agreed > 0 then coalesce(s.told_before, p_today) end
    where s.id = who;
  end if;
  return lines;
end
$$;

create function unsubscribe(p_token bytea) returns void
language sql security definer set search_path = pg_catalog, public
begin atomic
  delete from public.subscriber s where s.token_hash = p_token;
end;

revoke all on function subscribe, subscriptions_of, change_subscriptions, unsubscribe from public;
grant execute on function subscribe, subscriptions_of, change_subscriptions, unsubscribe to app_public;
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("letter_at", moment),
        sa.Column("told_before", sa.Date()),
    )
    op.create_index("ix_subscriber_letter", "subscriber", ["letter_at"], postgresql_where="letter_at is not null")
    op.create_index("ix_subscriber_told", "subscriber", ["told_before"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "subscriber_id",
            sa.Uuid(),
            sa.ForeignKey("subscriber.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
            nullable=False,
        ),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("confirmed_at", moment),
        sa.UniqueConstraint("subscriber_id", "country", "topic"),
    )
    op.create_index(
        "ix_subscription_followed", "subscription", ["country", "topic"], postgresql_where="confirmed_at is not null"
    )
    op.create_index("ix_published_version_published", "published_version", ["published_on"])
    op.get_bind().connection.cursor().execute(FENCES)


def downgrade() -> None:
    op.execute("drop function subscribe, subscriptions_of, change_subscriptions, unsubscribe")
    op.drop_index("ix_published_version_published", "published_version")
    op.drop_table("subscription")
    op.drop_table("subscriber")
