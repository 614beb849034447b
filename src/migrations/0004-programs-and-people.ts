import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class ProgramsAndPeople1700000004000 implements MigrationInterface {
  name = 'ProgramsAndPeople1700000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(programs);
    await runner.query(staff);
    await runner.query(participants);
  }

  down = refuseToGoBack;
}

const programs = `
  create table programs (
    id uuid primary key,
    key text not null unique,
    name text not null,
    country text not null check (country ~ '^[A-Z]{2}$'),
    region text,
    zone text not null,
    language text not null,
    lines text[] not null default '{}',
    live_at timestamptz(3),
    created_at timestamptz(3) not null
  );
  create table policies (
    id uuid primary key,
    program_id uuid not null references programs,
    version integer not null,
    body jsonb not null,
    created_at timestamptz(3) not null,
    unique (program_id, version)
  );
  create table integration_keys (
    id uuid primary key,
    program_id uuid not null references programs,
    name text not null,
    key_hash bytea not null unique,
    created_at timestamptz(3) not null,
    revoked_at timestamptz(3)
  );
  create table schedules (
    id uuid primary key,
    program_id uuid not null references programs,
    key text not null,
    name text not null,
    rotation jsonb not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    unique (program_id, key)
  );
  grant select, insert, update on programs, integration_keys, schedules to handrail_app;
  grant select, insert on policies to handrail_app;
`;

const staff = `
  create table staff (
    id uuid primary key,
    key text not null unique,
    name bytea not null,
    email bytea,
    email_index bytea unique,
    password_hash text,
    created_at timestamptz(3) not null,
    disabled_at timestamptz(3)
  );
  create table staff_roles (
    staff_id uuid not null references staff,
    program_id uuid not null references programs,
    role text not null check (role in ('clinician', 'supervisor', 'admin', 'backstop')),
    primary key (program_id, role, staff_id)
  );
  create index staff_roles_by_staff on staff_roles (staff_id);
  create table contact_methods (
    id uuid primary key,
    staff_id uuid not null references staff,
    channel text not null,
    address bytea not null,
    address_index bytea not null,
    position smallint not null,
    verified_at timestamptz(3),
    disabled_at timestamptz(3),
    disabled_reason text,
    unique (staff_id, channel, address_index)
  );
  create index contact_methods_by_address on contact_methods (address_index);
  create table access_tokens (
    id uuid primary key,
    staff_id uuid not null references staff,
    name text not null,
    token_hash bytea not null unique,
    created_at timestamptz(3) not null,
    revoked_at timestamptz(3)
  );
  create table staff_exclusions (
    staff_id uuid not null references staff,
    participant_id uuid not null,
    reason text not null check (reason in ('relative', 'same_person', 'conflict_of_interest')),
    primary key (participant_id, staff_id)
  );
  grant select, insert, update on staff, contact_methods, access_tokens to handrail_app;
  grant select, insert, delete on staff_roles, staff_exclusions to handrail_app;
`;

const participants = `
  create table participants (
    id uuid primary key,
    program_id uuid not null references programs,
    external_id bytea,
    external_id_index bytea,
    name bytea,
    language text,
    birth_year bytea,
    minor boolean,
    verified_at timestamptz(3),
    created_at timestamptz(3) not null,
    unique (program_id, external_id_index)
  );
  alter table staff_exclusions
    add foreign key (participant_id) references participants;
  create table contact_points (
    id uuid primary key,
    participant_id uuid references participants,
    flag_id uuid,
    kind text not null check (kind in ('phone')),
    value bytea not null,
    value_index bytea not null,
    safe_to_call boolean,
    safe_to_text boolean,
    safe_to_voicemail boolean,
    verified_at timestamptz(3),
    created_at timestamptz(3) not null,
    check (participant_id is not null or flag_id is not null)
  );
  create index contact_points_by_participant on contact_points (participant_id);
  create index contact_points_by_flag on contact_points (flag_id);
  create index contact_points_by_value on contact_points (value_index);
  create table location_statements (
    id uuid primary key,
    participant_id uuid references participants,
    flag_id uuid,
    country text,
    region text,
    address bytea,
    stated_at timestamptz(3),
    received_at timestamptz(3) not null,
    check (participant_id is not null or flag_id is not null)
  );
  create index location_statements_by_participant on location_statements (participant_id);
  create index location_statements_by_flag on location_statements (flag_id);
  create table safety_plans (
    id uuid primary key,
    participant_id uuid not null references participants,
    version integer not null,
    body bytea not null,
    created_at timestamptz(3) not null,
    unique (participant_id, version)
  );
  create table support_contacts (
    id uuid primary key,
    participant_id uuid not null references participants,
    relation text not null,
    name bytea not null,
    phone bytea,
    consent_scope text not null check (consent_scope in ('none', 'emergency', 'full')),
    created_at timestamptz(3) not null
  );
  grant select, insert, update
    on participants, contact_points, location_statements, support_contacts to handrail_app;
  grant select, insert on safety_plans to handrail_app;
  grant delete on support_contacts to handrail_app;
`;
