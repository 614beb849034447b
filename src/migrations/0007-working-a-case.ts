import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class WorkingACase1700000007000 implements MigrationInterface {
  name = 'WorkingACase1700000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table case_notes (
        id uuid primary key,
        case_id uuid not null references cases,
        staff_id uuid not null references staff,
        about text not null check (about in ('acuity', 'decline', 'escalation', 'hand_over')),
        text bytea not null,
        at timestamptz(3) not null
      );
      create index case_notes_by_case on case_notes (case_id, at);
      create table contacts (
        id uuid primary key,
        case_id uuid not null references cases,
        staff_id uuid not null references staff,
        kind text not null,
        outcome text not null,
        note bytea,
        at timestamptz(3) not null
      );
      create index contacts_by_case on contacts (case_id, at);
      create table dispatches (
        id uuid primary key,
        case_id uuid not null references cases,
        staff_id uuid not null references staff,
        agency text not null,
        consent text not null check (consent in ('yes', 'no', 'unable')),
        details bytea not null,
        dispatched_at timestamptz(3) not null,
        arrival_confirmed_at timestamptz(3)
      );
      create index dispatches_by_case on dispatches (case_id);
      create table dispositions (
        id uuid primary key,
        case_id uuid not null references cases,
        staff_id uuid not null references staff,
        code text not null,
        note bytea,
        at timestamptz(3) not null
      );
      create index dispositions_by_case on dispositions (case_id);
      create table follow_ups (
        id uuid primary key,
        case_id uuid not null references cases,
        staff_id uuid not null references staff,
        due_at timestamptz(3),
        reason bytea,
        at timestamptz(3) not null
      );
      create index follow_ups_by_case on follow_ups (case_id, at);
      grant select, insert
        on case_notes, contacts, dispatches, dispositions, follow_ups to handrail_app;
    `);
  }

  down = refuseToGoBack;
}
