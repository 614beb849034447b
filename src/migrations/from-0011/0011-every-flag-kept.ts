import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

export class EveryFlagKept1700000011000 implements MigrationInterface {
  name = 'EveryFlagKept1700000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table flags
        drop constraint flags_joined_as_check,
        add constraint flags_joined_as_check
          check (joined_as in ('opened', 'joined', 'merged', 'review')),
        add column reviewed_at timestamptz(3),
        add column reviewed_by uuid references staff,
        add check ((reviewed_at is null) = (reviewed_by is null)),
        add check (reviewed_at is null or joined_as = 'review');

      -- Whether it is safe to call can be said without a number, of the one on file.
      alter table contact_points
        alter column value drop not null,
        alter column value_index drop not null,
        add check ((value is null) = (value_index is null)),
        add check (value is not null or flag_id is not null);
    `);
  }

  down = refuseToGoBack;
}
