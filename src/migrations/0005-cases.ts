import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class Cases1700000005000 implements MigrationInterface {
  name = 'Cases1700000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(cases);
    await runner.query(flags);
    await runner.query(humanActs);
  }

  down = refuseToGoBack;
}

const cases = `
  create sequence case_refs;
  create table cases (
    id uuid primary key,
    ref text not null unique,
    program_id uuid not null references programs,
    participant_id uuid references participants,
    subject_id uuid not null,
    follows_case_id uuid references cases,
    policy jsonb not null,
    state text not null check (state in
      ('open', 'paging', 'acknowledged', 'in_contact', 'disposed', 'follow_up', 'closed')),
    acuity text not null check (acuity in ('EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE')),
    step smallint,
    round integer not null,
    occasion_count integer not null default 0,
    due_at timestamptz(3),
    owner_id uuid references staff,
    lease_until timestamptz(3),
    lease_warned_at timestamptz(3),
    owner_paged_at timestamptz(3),
    contact_attempted_at timestamptz(3),
    hand_over_to uuid references staff,
    reminders_sent integer not null default 0,
    opened_at timestamptz(3) not null,
    acknowledged_at timestamptz(3),
    in_contact_at timestamptz(3),
    disposed_at timestamptz(3),
    closed_at timestamptz(3),
    exhausted_at timestamptz(3),
    unreachable_at timestamptz(3),
    dispatched_at timestamptz(3),
    transferred_at timestamptz(3),
    withdrew_at timestamptz(3),
    synthetic_at timestamptz(3),
    check ((state = 'closed') = (due_at is null))
  );
  create index cases_due on cases (due_at) where state <> 'closed';
  create index cases_by_program on cases (program_id, state, opened_at);
  create unique index cases_one_open_per_participant on cases (participant_id)
    where state in ('open', 'paging', 'acknowledged', 'in_contact');
  grant usage on sequence case_refs to handrail_app;
  grant select, insert, update on cases to handrail_app;
`;

const flags = `
  create table flags (
    id uuid primary key,
    program_id uuid references programs,
    client_id uuid references integration_keys,
    idempotency_key text,
    fingerprint bytea not null,
    case_id uuid references cases,
    participant_id uuid references participants,
    subject_id uuid not null,
    source text not null,
    language text,
    country text,
    region text,
    acuity text not null,
    acuity_reasons text[] not null,
    warnings text[] not null,
    resources_shown text[] not null,
    raw bytea not null,
    text bytea,
    raised_by bytea,
    status_token_hash bytea unique,
    joined_as text not null check (joined_as in ('opened', 'joined', 'review')),
    received_at timestamptz(3) not null,
    raised_at timestamptz(3),
    merged_count integer not null default 0,
    last_merged_at timestamptz(3),
    unique (client_id, idempotency_key)
  );
  create index flags_by_case on flags (case_id, received_at);
  create index flags_by_participant on flags (participant_id, received_at);
  create index flags_in_review on flags (received_at) where joined_as = 'review';
  grant select, insert, update on flags to handrail_app;
`;

const humanActs = `
  create table acknowledgements (
    id uuid primary key,
    case_id uuid not null references cases,
    staff_id uuid not null references staff,
    page_id uuid,
    kind text not null check (kind in ('primary', 'co', 'hand_over')),
    channel text not null,
    proof jsonb not null,
    at timestamptz(3) not null
  );
  create index acknowledgements_by_case on acknowledgements (case_id, at);
  create table declines (
    id uuid primary key,
    case_id uuid not null references cases,
    staff_id uuid not null references staff,
    at timestamptz(3) not null
  );
  create index declines_by_case on declines (case_id);
  grant select, insert on acknowledgements, declines to handrail_app;
`;
