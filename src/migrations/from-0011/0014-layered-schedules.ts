import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

/** A rotation of before is a schedule with one layer that is never closed. */
const layers = `
  alter table schedules add column body jsonb, add column version integer not null default 1;
  update schedules set body = jsonb_build_object(
    'zone', rotation -> 'zone',
    'layers', jsonb_build_array(jsonb_build_object(
      'name', 'rotation',
      'members', rotation -> 'members',
      'turns', jsonb_build_object(
        'every', rotation -> 'every',
        'interval', 1,
        'handOff', rotation -> 'handOff',
        'startsOn', rotation -> 'startsOn',
        'peopleAtOnce', 1,
        'skipClosedDays', false))),
    'fixed', '[]'::jsonb,
    'holidays', '[]'::jsonb,
    'acceptedGaps', '[]'::jsonb,
    'checkIn', true,
    'fatigue', '{}'::jsonb);
  alter table schedules alter column body set not null, drop column rotation;
`;

const versions = `
  create table schedule_versions (
    schedule_id uuid not null references schedules,
    version integer not null,
    name text not null,
    body jsonb not null,
    made_at timestamptz(3) not null,
    made_by uuid references staff,
    primary key (schedule_id, version)
  );
  insert into schedule_versions (schedule_id, version, name, body, made_at)
    select id, version, name, body, created_at from schedules;
  grant select, insert on schedule_versions to handrail_app;
`;

const overrides = `
  create table schedule_overrides (
    id uuid primary key,
    schedule_id uuid not null references schedules,
    kind text not null check (kind in ('replace', 'add', 'remove')),
    from_at timestamptz(3) not null,
    to_at timestamptz(3) not null,
    incoming uuid references staff,
    outgoing uuid references staff,
    reason text not null,
    swap_id uuid,
    file_key text,
    accepted_gap_reason text,
    made_via text not null check (made_via in ('staff', 'file', 'check_in', 'swap')),
    made_by uuid references staff,
    made_at timestamptz(3) not null,
    withdrawn_by uuid references staff,
    withdrawn_at timestamptz(3),
    check (from_at < to_at),
    check ((incoming is null) = (kind = 'remove')),
    check ((outgoing is null) = (kind = 'add')),
    check (incoming <> outgoing)
  );
  create index schedule_overrides_in_force on schedule_overrides (schedule_id, to_at)
    where withdrawn_at is null;
  create unique index schedule_overrides_by_file on schedule_overrides (schedule_id, file_key)
    where withdrawn_at is null and file_key is not null;
  grant select, insert, update on schedule_overrides to handrail_app;
`;

export class LayeredSchedules1700000014000 implements MigrationInterface {
  name = 'LayeredSchedules1700000014000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(layers);
    await runner.query(versions);
    await runner.query(overrides);
  }

  down = refuseToGoBack;
}
