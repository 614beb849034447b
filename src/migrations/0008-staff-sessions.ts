import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class StaffSessions1700000008000 implements MigrationInterface {
  name = 'StaffSessions1700000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table staff_sessions (
        id uuid primary key,
        staff_id uuid not null references staff,
        token_hash bytea not null unique,
        created_at timestamptz(3) not null,
        last_active_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        ended_at timestamptz(3)
      );
      create index staff_sessions_by_staff on staff_sessions (staff_id);
      grant select, insert, update, delete on staff_sessions to handrail_app;

      -- The help page has no integration: what it sends twice is known by its own once-only mark.
      create unique index flags_help_page_once on flags (idempotency_key)
        where client_id is null and idempotency_key is not null;
    `);
  }

  down = refuseToGoBack;
}
