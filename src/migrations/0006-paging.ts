import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class Paging1700000006000 implements MigrationInterface {
  name = 'Paging1700000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(pages);
    await runner.query(alarms);
    await runner.query(inbox);
  }

  down = refuseToGoBack;
}

const pages = `
  create table pages (
    id uuid primary key,
    purpose text not null,
    subject_id uuid not null,
    occasion text not null,
    staff_id uuid not null references staff,
    state text not null check (state in ('queued', 'sending', 'sent', 'settled', 'withdrawn')),
    content jsonb not null,
    priority smallint not null,
    code text not null,
    queued_at timestamptz(3) not null,
    due_at timestamptz(3),
    lease_until timestamptz(3),
    lease_epoch integer not null default 0,
    tries integer not null default 0,
    settled_at timestamptz(3),
    withdrawn_at timestamptz(3),
    unique (purpose, subject_id, occasion, staff_id),
    unique (staff_id, code)
  );
  create index pages_due on pages (due_at) where state in ('queued', 'sending', 'sent');
  create index pages_by_subject on pages (subject_id);
  create table page_attempts (
    id uuid primary key,
    page_id uuid not null references pages,
    staff_id uuid not null references staff,
    contact_method_id uuid not null references contact_methods,
    channel text not null,
    try integer not null,
    epoch integer not null,
    nonce text not null unique,
    link_token_hash bytea not null unique,
    caused_by uuid references page_attempts,
    state text not null check (state in
      ('started', 'handed', 'delivered', 'undelivered', 'answered', 'no_answer', 'failed',
        'unknown')),
    rank smallint not null default 0,
    provider_sid text,
    provider_status text,
    failure text,
    started_at timestamptz(3) not null,
    deadline_at timestamptz(3) not null,
    settled_at timestamptz(3),
    hang_up_at timestamptz(3),
    unique (page_id, channel, try)
  );
  create index page_attempts_by_sid on page_attempts (provider_sid);
  create index page_attempts_ringing on page_attempts (staff_id)
    where channel = 'voice' and state in ('started', 'handed', 'answered', 'unknown');
  create index page_attempts_to_hang_up on page_attempts (hang_up_at)
    where hang_up_at is not null;
  grant select, insert, update on pages, page_attempts to handrail_app;
`;

const alarms = `
  create table alarms (
    id uuid primary key,
    kind text not null,
    program_id uuid references programs,
    subject_id uuid not null,
    content jsonb not null,
    opened_at timestamptz(3) not null,
    due_at timestamptz(3),
    repeats integer not null default 0,
    taken_by uuid references staff,
    taken_at timestamptz(3),
    check ((taken_at is null) = (due_at is not null))
  );
  create unique index alarms_one_open on alarms (kind, subject_id) where taken_at is null;
  create index alarms_due on alarms (due_at) where taken_at is null;
  grant select, insert, update on alarms to handrail_app;
`;

const inbox = `
  create table provider_callbacks (
    id uuid primary key,
    kind text not null,
    nonce text,
    params jsonb not null,
    fingerprint bytea not null unique,
    received_at timestamptz(3) not null,
    outcome text not null
  );
  create index provider_callbacks_by_nonce on provider_callbacks (nonce);
  grant select, insert on provider_callbacks to handrail_app;
`;
