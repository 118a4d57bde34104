"""All tables of the first release."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create schema authn")
    op.execute("create sequence assignment_number")
    op.create_table('credential',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('site', sa.Text(), nullable=False),
    sa.Column('login', sa.Text(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('parameters', sa.Text(), nullable=True),
    sa.Column('verifier', sa.LargeBinary(), nullable=True),
    sa.Column('factor_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('factor_counter', sa.BigInteger(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_credential')),
    sa.UniqueConstraint('site', 'login', name=op.f('uq_credential_site_login')),
    schema='authn'
    )
    op.create_table('invitation',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('site', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_invitation')),
    schema='authn'
    )
    op.create_table('recovery_code',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_recovery_code')),
    schema='authn'
    )
    op.create_table('session',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('site', sa.Text(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_session')),
    schema='authn'
    )
    op.create_index('ix_session_account', 'session', ['account_id'], unique=False, schema='authn')
    op.create_table('throttle',
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_throttle')),
    schema='authn'
    )
    op.create_table('event',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('object_kind', sa.Text(), nullable=False),
    sa.Column('object_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=True),
    sa.Column('actor_kind', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('from_state', sa.Text(), nullable=True),
    sa.Column('to_state', sa.Text(), nullable=True),
    sa.Column('codes', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    op.create_index('ix_event_at', 'event', ['at'], unique=False)
    op.create_index('ix_event_object', 'event', ['object_id', 'at'], unique=False)
    op.create_index('ix_event_question', 'event', ['question_id', 'at'], unique=False)
    op.create_table('facet',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_nl', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_facet'))
    )
    op.create_table('heartbeat',
    sa.Column('job', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('job', name=op.f('pk_heartbeat'))
    )
    op.create_table('letter',
    sa.Column('recipient_kind', sa.Text(), nullable=False),
    sa.Column('recipient_id', sa.Uuid(), nullable=False),
    sa.Column('template', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.SmallInteger(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letter_message_id'))
    )
    op.create_index('ix_letter_recipient', 'letter', ['recipient_id', 'sent_at'], unique=False)
    op.create_index('ix_letter_waiting', 'letter', ['next_try_at'], unique=False, postgresql_where="state = 'waiting'")
    op.create_table('partner_organisation',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('countries', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('languages', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('timezone', sa.Text(), nullable=False),
    sa.Column('calendar', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('away_until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_organisation'))
    )
    op.create_table('published_edition',
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('docx', sa.LargeBinary(), nullable=False),
    sa.Column('docx_size', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('country', 'language', 'number', name=op.f('pk_published_edition'))
    )
    op.create_index('ix_published_edition_current', 'published_edition', ['country', 'language'], unique=True, postgresql_where='current')
    op.create_table('published_excerpt',
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('notice', sa.Text(), nullable=False),
    sa.Column('listed', sa.Boolean(), nullable=False),
    sa.Column('search', postgresql.TSVECTOR(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('topic_group', sa.Text(), nullable=False),
    sa.Column('topics', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('facets', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('unknown', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('sources', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('information_date', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('check_soon_from', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('ref', name=op.f('pk_published_excerpt'))
    )
    op.create_index('ix_published_excerpt_country', 'published_excerpt', ['country', 'topic_group', 'information_date'], unique=False)
    op.create_index('ix_published_excerpt_newest', 'published_excerpt', ['information_date', 'ref'], unique=False, postgresql_where='listed')
    op.create_index('ix_published_excerpt_search', 'published_excerpt', ['search'], unique=False, postgresql_using='gin')
    op.create_index('ix_published_excerpt_topics', 'published_excerpt', ['topics'], unique=False, postgresql_using='gin')
    op.create_table('published_version',
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('change', sa.Text(), nullable=False),
    sa.Column('public_note', sa.Text(), nullable=False),
    sa.Column('retracted', sa.Boolean(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('topic_group', sa.Text(), nullable=False),
    sa.Column('topics', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('facets', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('unknown', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('sources', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('information_date', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('check_soon_from', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('ref', 'number', name=op.f('pk_published_version'))
    )
    op.create_table('region',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_nl', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_region'))
    )
    op.create_table('reminder',
    sa.Column('object_id', sa.Uuid(), nullable=False),
    sa.Column('ladder', sa.Text(), nullable=False),
    sa.Column('rung', sa.Text(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('anchor', sa.Date(), nullable=False),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('timezone', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('object_id', 'ladder', name=op.f('pk_reminder'))
    )
    op.create_index('ix_reminder_due', 'reminder', ['ladder', 'due_at'], unique=False)
    op.create_table('request',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('requester_kind', sa.Text(), nullable=False),
    sa.Column('contact_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('consent_version', sa.Text(), nullable=False),
    sa.Column('consented_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=True),
    sa.Column('code_key_version', sa.SmallInteger(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_request_code_hash')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_request_submission_id'))
    )
    op.create_table('set_aside',
    sa.Column('object_id', sa.Uuid(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('object_id', name=op.f('pk_set_aside'))
    )
    op.create_table('staff',
    sa.Column('roles', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('calendar', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('timezone', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff'))
    )
    op.create_table('topic',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('parent_code', sa.Text(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('shelf_life_days', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_nl', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.CheckConstraint('(parent_code IS NULL) = (shelf_life_days IS NULL)', name=op.f('ck_topic_only_topics_have_a_shelf_life')),
    sa.CheckConstraint('shelf_life_days > 0', name=op.f('ck_topic_shelf_life_positive')),
    sa.ForeignKeyConstraint(['parent_code'], ['topic.code'], name=op.f('fk_topic_parent_code'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_topic'))
    )
    op.create_index(op.f('ix_topic_parent_code'), 'topic', ['parent_code'], unique=False)
    op.create_table('country',
    sa.Column('iso3', sa.Text(), nullable=False),
    sa.Column('iso2', sa.Text(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=False),
    sa.Column('priority', sa.Text(), nullable=False),
    sa.Column('timezone', sa.Text(), nullable=False),
    sa.Column('calendar', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_nl', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.CheckConstraint("priority IN ('A', 'B', 'C')", name=op.f('ck_country_priority_known')),
    sa.ForeignKeyConstraint(['region_code'], ['region.code'], name=op.f('fk_country_region_code'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('iso3', name=op.f('pk_country')),
    sa.UniqueConstraint('iso2', name=op.f('uq_country_iso2'))
    )
    op.create_index(op.f('ix_country_region_code'), 'country', ['region_code'], unique=False)
    op.create_table('delivery',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('notice', sa.Text(), nullable=False),
    sa.Column('recipient_kind', sa.Text(), nullable=False),
    sa.Column('recipient_id', sa.Uuid(), nullable=False),
    sa.Column('alone', sa.Boolean(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('letter_id', sa.Uuid(), nullable=True),
    sa.Column('suppressed', sa.Text(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_delivery_event_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_delivery_letter_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('event_id', 'notice', 'recipient_id', name=op.f('uq_delivery_event_id_notice_recipient_id'))
    )
    op.create_index('ix_delivery_due', 'delivery', ['due_at'], unique=False, postgresql_where='letter_id is null and suppressed is null')
    op.create_index('ix_delivery_letter', 'delivery', ['letter_id'], unique=False)
    op.create_table('event_seal',
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_seal_event_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_event_seal')),
    sa.UniqueConstraint('event_id', name=op.f('uq_event_seal_event_id'))
    )
    op.create_table('outbox',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_outbox_event_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_outbox'))
    )
    op.create_index('ix_outbox_waiting', 'outbox', ['at'], unique=False, postgresql_where='done_at is null')
    op.create_table('researcher',
    sa.Column('partner_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('timezone', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['partner_id'], ['partner_organisation.id'], name=op.f('fk_researcher_partner_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_researcher'))
    )
    op.create_index('ix_researcher_partner', 'researcher', ['partner_id'], unique=False)
    op.create_table('country_sheet',
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['country'], ['country.iso3'], name=op.f('fk_country_sheet_country'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_country_sheet')),
    sa.UniqueConstraint('country', 'language', name=op.f('uq_country_sheet_country_language'))
    )
    op.create_table('excerpt',
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('topic_group', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('hold_reason', sa.Text(), nullable=True),
    sa.Column('hold_owner_id', sa.Uuid(), nullable=True),
    sa.Column('hold_review_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('unpublished', 'published', 'on_hold', 'withdrawn', 'retracted', 'archived')", name=op.f('ck_excerpt_state')),
    sa.ForeignKeyConstraint(['country'], ['country.iso3'], name=op.f('fk_excerpt_country'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['partner_id'], ['partner_organisation.id'], name=op.f('fk_excerpt_partner_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_excerpt')),
    sa.UniqueConstraint('ref', name=op.f('uq_excerpt_ref'))
    )
    op.create_index('ix_excerpt_country', 'excerpt', ['country', 'topic_group'], unique=False)
    op.create_index('ix_excerpt_valid_until', 'excerpt', ['state', 'valid_until'], unique=False)
    op.create_table('question',
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('original_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('topics', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('facets', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('urgency', sa.Text(), nullable=False),
    sa.Column('urgency_reason', sa.Text(), nullable=True),
    sa.Column('override_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('officer_id', sa.Uuid(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('triage_by', sa.Date(), nullable=False),
    sa.Column('promised_by', sa.Date(), nullable=False),
    sa.Column('clarification_closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.Text(), nullable=True),
    sa.Column('decline_shared', sa.LargeBinary(), nullable=True),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('received', 'clarification_asked', 'triaged', 'answered', 'closed', 'declined', 'withdrawn', 'merged')", name=op.f('ck_question_state')),
    sa.ForeignKeyConstraint(['country'], ['country.iso3'], name=op.f('fk_question_country'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['merged_into_id'], ['question.id'], name=op.f('fk_question_merged_into_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_question_request_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    op.create_index('ix_question_clarification_closes', 'question', ['clarification_closes_at'], unique=False, postgresql_where='clarification_closes_at is not null')
    op.create_index('ix_question_closes', 'question', ['closes_at'], unique=False, postgresql_where='closes_at is not null')
    op.create_index('ix_question_queue', 'question', ['state', 'triage_by', 'received_at'], unique=False)
    op.create_index('ix_question_request', 'question', ['request_id'], unique=False)
    op.create_table('assignment',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=True),
    sa.Column('excerpt_id', sa.Uuid(), nullable=True),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('topics', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('proposed_partner_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.Column('effort', sa.Text(), nullable=False),
    sa.Column('urgency', sa.Text(), nullable=False),
    sa.Column('field_visit', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('respond_by', sa.Date(), nullable=True),
    sa.Column('lapse_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submit_by', sa.Date(), nullable=True),
    sa.Column('requester_date', sa.Date(), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.Text(), nullable=True),
    sa.Column('ask_again_after', sa.Date(), nullable=True),
    sa.Column('release_reason', sa.Text(), nullable=True),
    sa.Column('extension_until', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaces_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('drafted', 'offered', 'accepted', 'completed', 'declined', 'lapsed', 'released', 'revoked')", name=op.f('ck_assignment_state')),
    sa.ForeignKeyConstraint(['country'], ['country.iso3'], name=op.f('fk_assignment_country'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['excerpt_id'], ['excerpt.id'], name=op.f('fk_assignment_excerpt_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['partner_id'], ['partner_organisation.id'], name=op.f('fk_assignment_partner_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['proposed_partner_id'], ['partner_organisation.id'], name=op.f('fk_assignment_proposed_partner_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_assignment_question_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['replaces_id'], ['assignment.id'], name=op.f('fk_assignment_replaces_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('number', name=op.f('uq_assignment_number'))
    )
    op.create_index('ix_assignment_excerpt', 'assignment', ['excerpt_id'], unique=False)
    op.create_index('ix_assignment_lapse', 'assignment', ['lapse_at'], unique=False, postgresql_where='lapse_at is not null')
    op.create_index('ix_assignment_partner', 'assignment', ['partner_id', 'state'], unique=False)
    op.create_index('ix_assignment_question', 'assignment', ['question_id'], unique=False)
    op.create_index('ix_assignment_state', 'assignment', ['state', 'submit_by'], unique=False)
    op.create_table('edition',
    sa.Column('sheet_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('co_author_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('approver_id', sa.Uuid(), nullable=True),
    sa.Column('approved_hash', sa.LargeBinary(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('draft', 'in_review', 'published', 'superseded')", name=op.f('ck_edition_state')),
    sa.ForeignKeyConstraint(['sheet_id'], ['country_sheet.id'], name=op.f('fk_edition_sheet_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('sheet_id', 'number', name=op.f('uq_edition_sheet_id_number'))
    )
    op.create_index('ix_edition_state', 'edition', ['state'], unique=False)
    op.create_table('excerpt_version',
    sa.Column('excerpt_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('unknown', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('topics', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('facets', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('sources', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('information_date', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('valid_until_reason', sa.Text(), nullable=True),
    sa.Column('change', sa.Text(), nullable=False),
    sa.Column('public_note', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('co_author_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('approver_id', sa.Uuid(), nullable=True),
    sa.Column('approved_hash', sa.LargeBinary(), nullable=True),
    sa.Column('changes_wanted', sa.Text(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('draft', 'in_review', 'changes_asked', 'published', 'superseded')", name=op.f('ck_excerpt_version_state')),
    sa.ForeignKeyConstraint(['excerpt_id'], ['excerpt.id'], name=op.f('fk_excerpt_version_excerpt_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_excerpt_version')),
    sa.UniqueConstraint('excerpt_id', 'number', name=op.f('uq_excerpt_version_excerpt_id_number'))
    )
    op.create_index('ix_excerpt_version_state', 'excerpt_version', ['state', 'saved_at'], unique=False)
    op.create_table('message',
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('to_requester_shared', sa.LargeBinary(), nullable=True),
    sa.Column('from_requester_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_message_question_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    op.create_index('ix_message_question', 'message', ['question_id', 'at'], unique=False)
    op.create_table('question_point',
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_question_point_question_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_point'))
    )
    op.create_index('ix_question_point_question', 'question_point', ['question_id'], unique=False)
    op.create_table('reply',
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('text_shared', sa.LargeBinary(), nullable=True),
    sa.Column('from_database', sa.Boolean(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_reply_question_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply'))
    )
    op.create_index('ix_reply_question', 'reply', ['question_id', 'sent_at'], unique=False)
    op.create_table('answer',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('round', sa.SmallInteger(), nullable=False),
    sa.Column('note_for_editor', sa.Text(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review_by', sa.Date(), nullable=True),
    sa.Column('reject_reason', sa.Text(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('draft', 'submitted', 'returned', 'accepted', 'rejected', 'withdrawn')", name=op.f('ck_answer_state')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_answer_assignment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['partner_id'], ['partner_organisation.id'], name=op.f('fk_answer_partner_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('assignment_id', name=op.f('uq_answer_assignment_id'))
    )
    op.create_index('ix_answer_partner', 'answer', ['partner_id'], unique=False)
    op.create_index('ix_answer_question', 'answer', ['question_id'], unique=False)
    op.create_index('ix_answer_review', 'answer', ['state', 'review_by'], unique=False)
    op.create_table('assignment_message',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_message_assignment_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_message'))
    )
    op.create_index('ix_assignment_message_assignment', 'assignment_message', ['assignment_id', 'at'], unique=False)
    op.create_table('assignment_point',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_point_assignment_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_point'))
    )
    op.create_index('ix_assignment_point_assignment', 'assignment_point', ['assignment_id'], unique=False)
    op.create_table('recall',
    sa.Column('reply_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_recall_question_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_recall_reply_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recall'))
    )
    op.create_index('ix_recall_question', 'recall', ['question_id'], unique=False)
    op.create_index('ix_recall_reply', 'recall', ['reply_id'], unique=False)
    op.create_table('reply_pin',
    sa.Column('reply_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_reply_pin_reply_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('reply_id', 'ref', name=op.f('pk_reply_pin'))
    )
    op.create_index('ix_reply_pin_ref', 'reply_pin', ['ref'], unique=False)
    op.create_table('section',
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('topic_group', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('intro', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_section_edition_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section')),
    sa.UniqueConstraint('edition_id', 'topic_group', name=op.f('uq_section_edition_id_topic_group'))
    )
    op.create_table('verification',
    sa.Column('excerpt_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('editor_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['excerpt_id'], ['excerpt.id'], name=op.f('fk_verification_excerpt_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['version_id'], ['excerpt_version.id'], name=op.f('fk_verification_version_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verification'))
    )
    op.create_index('ix_verification_excerpt', 'verification', ['excerpt_id'], unique=False)
    op.create_table('answer_point',
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('information_date', sa.Date(), nullable=True),
    sa.Column('confidence', sa.Text(), nullable=True),
    sa.Column('not_found', sa.Boolean(), nullable=False),
    sa.Column('searched_where', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_answer_point_answer_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_point'))
    )
    op.create_index('ix_answer_point_answer', 'answer_point', ['answer_id'], unique=False)
    op.create_table('review_comment',
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('round', sa.SmallInteger(), nullable=False),
    sa.Column('point_code', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_review_comment_answer_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_comment'))
    )
    op.create_index('ix_review_comment_answer', 'review_comment', ['answer_id'], unique=False)
    op.create_table('revision',
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by', sa.Uuid(), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('content_hash', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_revision_answer_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('answer_id', 'number', name=op.f('uq_revision_answer_id_number'))
    )
    op.create_table('section_pin',
    sa.Column('section_id', sa.Uuid(), nullable=False),
    sa.Column('excerpt_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['excerpt_id'], ['excerpt.id'], name=op.f('fk_section_pin_excerpt_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['section_id'], ['section.id'], name=op.f('fk_section_pin_section_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section_pin'))
    )
    op.create_index('ix_section_pin_excerpt', 'section_pin', ['excerpt_id'], unique=False)
    op.create_index('ix_section_pin_section', 'section_pin', ['section_id'], unique=False)
    op.create_table('source',
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('point_code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('mode', sa.Text(), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('identity_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('keeps_identity', sa.Boolean(), nullable=False),
    sa.Column('dropped', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_source_answer_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source'))
    )
    op.create_index('ix_source_answer', 'source', ['answer_id'], unique=False)
    op.create_table('excerpt_version_revision',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_excerpt_version_revision_revision_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['version_id'], ['excerpt_version.id'], name=op.f('fk_excerpt_version_revision_version_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('version_id', 'revision_id', name=op.f('pk_excerpt_version_revision'))
    )
    op.create_table('review',
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('editor_id', sa.Uuid(), nullable=False),
    sa.Column('checklist', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('comments', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_review_answer_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_review_revision_id'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('revision_id', name=op.f('uq_review_revision_id'))
    )
    op.create_index('ix_review_answer', 'review', ['answer_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_review_answer', table_name='review')
    op.drop_table('review')
    op.drop_table('excerpt_version_revision')
    op.drop_index('ix_source_answer', table_name='source')
    op.drop_table('source')
    op.drop_index('ix_section_pin_section', table_name='section_pin')
    op.drop_index('ix_section_pin_excerpt', table_name='section_pin')
    op.drop_table('section_pin')
    op.drop_table('revision')
    op.drop_index('ix_review_comment_answer', table_name='review_comment')
    op.drop_table('review_comment')
    op.drop_index('ix_answer_point_answer', table_name='answer_point')
    op.drop_table('answer_point')
    op.drop_index('ix_verification_excerpt', table_name='verification')
    op.drop_table('verification')
    op.drop_table('section')
    op.drop_index('ix_reply_pin_ref', table_name='reply_pin')
    op.drop_table('reply_pin')
    op.drop_index('ix_recall_reply', table_name='recall')
    op.drop_index('ix_recall_question', table_name='recall')
    op.drop_table('recall')
    op.drop_index('ix_assignment_point_assignment', table_name='assignment_point')
    op.drop_table('assignment_point')
    op.drop_index('ix_assignment_message_assignment', table_name='assignment_message')
    op.drop_table('assignment_message')
    op.drop_index('ix_answer_review', table_name='answer')
    op.drop_index('ix_answer_question', table_name='answer')
    op.drop_index('ix_answer_partner', table_name='answer')
    op.drop_table('answer')
    op.drop_index('ix_reply_question', table_name='reply')
    op.drop_table('reply')
    op.drop_index('ix_question_point_question', table_name='question_point')
    op.drop_table('question_point')
    op.drop_index('ix_message_question', table_name='message')
    op.drop_table('message')
    op.drop_index('ix_excerpt_version_state', table_name='excerpt_version')
    op.drop_table('excerpt_version')
    op.drop_index('ix_edition_state', table_name='edition')
    op.drop_table('edition')
    op.drop_index('ix_assignment_state', table_name='assignment')
    op.drop_index('ix_assignment_question', table_name='assignment')
    op.drop_index('ix_assignment_partner', table_name='assignment')
    op.drop_index('ix_assignment_lapse', table_name='assignment', postgresql_where='lapse_at is not null')
    op.drop_index('ix_assignment_excerpt', table_name='assignment')
    op.drop_table('assignment')
    op.drop_index('ix_question_request', table_name='question')
    op.drop_index('ix_question_queue', table_name='question')
    op.drop_index('ix_question_closes', table_name='question', postgresql_where='closes_at is not null')
    op.drop_index('ix_question_clarification_closes', table_name='question', postgresql_where='clarification_closes_at is not null')
    op.drop_table('question')
    op.drop_index('ix_excerpt_valid_until', table_name='excerpt')
    op.drop_index('ix_excerpt_country', table_name='excerpt')
    op.drop_table('excerpt')
    op.drop_table('country_sheet')
    op.drop_index('ix_researcher_partner', table_name='researcher')
    op.drop_table('researcher')
    op.drop_index('ix_outbox_waiting', table_name='outbox', postgresql_where='done_at is null')
    op.drop_table('outbox')
    op.drop_table('event_seal')
    op.drop_index('ix_delivery_letter', table_name='delivery')
    op.drop_index('ix_delivery_due', table_name='delivery', postgresql_where='letter_id is null and suppressed is null')
    op.drop_table('delivery')
    op.drop_index(op.f('ix_country_region_code'), table_name='country')
    op.drop_table('country')
    op.drop_index(op.f('ix_topic_parent_code'), table_name='topic')
    op.drop_table('topic')
    op.drop_table('staff')
    op.drop_table('set_aside')
    op.drop_table('request')
    op.drop_index('ix_reminder_due', table_name='reminder')
    op.drop_table('reminder')
    op.drop_table('region')
    op.drop_table('published_version')
    op.drop_index('ix_published_excerpt_topics', table_name='published_excerpt', postgresql_using='gin')
    op.drop_index('ix_published_excerpt_search', table_name='published_excerpt', postgresql_using='gin')
    op.drop_index('ix_published_excerpt_newest', table_name='published_excerpt', postgresql_where='listed')
    op.drop_index('ix_published_excerpt_country', table_name='published_excerpt')
    op.drop_table('published_excerpt')
    op.drop_index('ix_published_edition_current', table_name='published_edition', postgresql_where='current')
    op.drop_table('published_edition')
    op.drop_table('partner_organisation')
    op.drop_index('ix_letter_waiting', table_name='letter', postgresql_where="state = 'waiting'")
    op.drop_index('ix_letter_recipient', table_name='letter')
    op.drop_table('letter')
    op.drop_table('heartbeat')
    op.drop_table('facet')
    op.drop_index('ix_event_question', table_name='event')
    op.drop_index('ix_event_object', table_name='event')
    op.drop_index('ix_event_at', table_name='event')
    op.drop_table('event')
    op.drop_table('throttle', schema='authn')
    op.drop_index('ix_session_account', table_name='session', schema='authn')
    op.drop_table('session', schema='authn')
    op.drop_table('recovery_code', schema='authn')
    op.drop_table('invitation', schema='authn')
    op.drop_table('credential', schema='authn')
    op.execute("drop sequence assignment_number")
    op.execute("drop schema authn")
