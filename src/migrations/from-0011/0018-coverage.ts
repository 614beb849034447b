import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

/** A program without a row has never been checked and is due. */
const checks = `
  create table coverage_checks (
    program_id uuid primary key references programs,
    asks integer not null default 0,
    due_at timestamptz(3) not null,
    checked_at timestamptz(3),
    gap_minutes integer,
    accepted_gap_minutes integer,
    thin_minutes integer
  );
  grant select, insert, update on coverage_checks to handrail_app;
`;

const gaps = `
  create table coverage_gaps (
    id uuid primary key,
    program_id uuid not null references programs,
    schedule_id uuid references schedules,
    kind text not null check (kind in ('gap', 'thin')),
    from_at timestamptz(3) not null,
    to_at timestamptz(3) not null,
    why text not null check (why in
      ('nobody_scheduled', 'nobody_eligible', 'nobody_reachable', 'too_few_people')),
    accepted_by uuid references staff,
    stages_told smallint not null,
    found_at timestamptz(3) not null,
    due_at timestamptz(3),
    gone_at timestamptz(3),
    check (from_at < to_at),
    check ((kind = 'thin') = (schedule_id is null)),
    check ((gone_at is null) = (due_at is not null))
  );
  create index coverage_gaps_due on coverage_gaps (due_at) where gone_at is null;
  create index coverage_gaps_open on coverage_gaps (program_id) where gone_at is null;
  grant select, insert, update on coverage_gaps to handrail_app;
`;

/** What an alarm is about may pass without anybody taking it. */
const alarms = `
  alter table alarms
    add column withdrawn_at timestamptz(3),
    drop constraint alarms_check,
    add check ((taken_at is null and withdrawn_at is null) = (due_at is not null));
  drop index alarms_one_open;
  drop index alarms_due;
  create unique index alarms_one_open on alarms (kind, subject_id) where due_at is not null;
  create index alarms_due on alarms (due_at) where due_at is not null;
`;

export class Coverage1700000018000 implements MigrationInterface {
  name = 'Coverage1700000018000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(checks);
    await runner.query(gaps);
    await runner.query(alarms);
  }

  down = refuseToGoBack;
}
