import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class DataKeys1700000003000 implements MigrationInterface {
  name = 'DataKeys1700000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table data_keys (
        subject_id uuid primary key,
        subject_type text not null check (subject_type in ('participant', 'flag', 'staff')),
        ring_key_id text not null,
        wrapped bytea,
        created_at timestamptz(3) not null,
        destroyed_at timestamptz(3),
        check ((wrapped is null) = (destroyed_at is not null))
      );

      -- The service may create and destroy keys; it never removes the trace that there was one.
      grant select, insert, update (wrapped, destroyed_at) on data_keys to handrail_app;
    `);
  }

  down = refuseToGoBack;
}
