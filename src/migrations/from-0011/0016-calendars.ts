import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

/** A feed shows one person's shifts or one schedule; the address of it is kept as a hash only. */
const feeds = `
  create table calendar_feeds (
    id uuid primary key,
    staff_id uuid references staff,
    schedule_id uuid references schedules,
    program_id uuid references programs,
    created_by uuid not null references staff,
    token_hash bytea not null unique,
    created_at timestamptz(3) not null,
    last_read_at timestamptz(3),
    revoked_at timestamptz(3),
    check ((staff_id is null) <> (schedule_id is null)),
    check (schedule_id is null or program_id is not null)
  );
  create index calendar_feeds_by_creator on calendar_feeds (created_by) where revoked_at is null;
  create index calendar_feeds_by_person on calendar_feeds (staff_id) where revoked_at is null;
  grant select, insert, update on calendar_feeds to handrail_app;
`;

const busy = `
  create table busy_calendars (
    id uuid primary key,
    staff_id uuid not null unique references staff,
    url bytea not null,
    created_at timestamptz(3) not null,
    due_at timestamptz(3) not null,
    fetched_at timestamptz(3),
    failures integer not null default 0,
    trouble text,
    check ((failures = 0) = (trouble is null))
  );
  create index busy_calendars_due on busy_calendars (due_at);
  create table busy_times (
    staff_id uuid not null references staff,
    from_at timestamptz(3) not null,
    to_at timestamptz(3) not null,
    primary key (staff_id, from_at),
    check (from_at < to_at)
  );
  grant select, insert, update, delete on busy_calendars to handrail_app;
  grant select, insert, delete on busy_times to handrail_app;
`;

export class Calendars1700000016000 implements MigrationInterface {
  name = 'Calendars1700000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(feeds);
    await runner.query(busy);
  }

  down = refuseToGoBack;
}
