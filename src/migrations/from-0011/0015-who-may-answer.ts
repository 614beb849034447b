import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

export class WhoMayAnswer1700000015000 implements MigrationInterface {
  name = 'WhoMayAnswer1700000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table staff
        add column languages text[] not null default '{}',
        add column gender bytea;
      create table staff_credentials (
        id uuid primary key,
        staff_id uuid not null references staff,
        kind text not null,
        expires date not null,
        states text[] not null
      );
      create index staff_credentials_by_staff on staff_credentials (staff_id);
      create table staff_relationships (
        participant_id uuid not null references participants,
        staff_id uuid not null references staff,
        relationship text not null
          check (relationship in ('primary_therapist', 'prescriber', 'group_facilitator')),
        primary key (participant_id, staff_id, relationship)
      );
      grant select, insert, delete on staff_credentials, staff_relationships to handrail_app;

      alter table participants add column prefers_gender bytea;
      alter table contact_methods
        add column tested_at timestamptz(3),
        add column test_failed_at timestamptz(3);
      alter table cases
        add column needs text[] not null default '{}'
          check (needs <@ array['crisis', 'coaching', 'medication', 'session']);
    `);
  }

  down = refuseToGoBack;
}
