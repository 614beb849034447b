import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class Promises1700000010000 implements MigrationInterface {
  name = 'Promises1700000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table cases
        add column owner_since timestamptz(3),
        add column dispatch_due_at timestamptz(3),
        add check (state <> 'closed' or dispatch_due_at is null);
      drop index cases_due;
      create index cases_due on cases (least(due_at, dispatch_due_at)) where state <> 'closed';

      update cases set owner_since = acknowledged_at where owner_id is not null;

      -- Whom a clinician sent is their own words about a person: sealed with the other details.
      alter table dispatches
        drop column agency,
        add column settled_at timestamptz(3),
        add column settled_by uuid references staff,
        add column waived_because bytea,
        add check ((settled_at is null) = (settled_by is null)),
        add check (waived_because is null or arrival_confirmed_at is null);
      update dispatches set settled_at = arrival_confirmed_at, settled_by = staff_id
        where arrival_confirmed_at is not null;
      grant update (arrival_confirmed_at, settled_at, settled_by, waived_because)
        on dispatches to handrail_app;

      -- What is still to be delivered always says when it is looked at next.
      alter table pages
        add check (state not in ('queued', 'sending', 'sent') or due_at is not null);
    `);
  }

  down = refuseToGoBack;
}
