import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class Clock1700000001000 implements MigrationInterface {
  name = 'Clock1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table clock (
        one boolean primary key default true check (one),
        high_water timestamptz(3) not null default '-infinity',
        test_offset interval not null default '0'
      );
      insert into clock default values;

      -- The database's wall clock, except that it never runs backwards and tests may shift it.
      create function handrail_now() returns timestamptz(3) language sql volatile as $$
        select date_trunc('milliseconds', greatest(clock_timestamp(), high_water) + test_offset)
        from clock
      $$;

      grant usage on schema public to handrail_app;
      grant select, update (high_water) on clock to handrail_app;
    `);
  }

  down = refuseToGoBack;
}
