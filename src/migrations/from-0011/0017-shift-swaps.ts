import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

const swaps = `
  create table shift_swaps (
    id uuid primary key,
    schedule_id uuid not null references schedules,
    state text not null check (state in ('requested', 'accepted', 'declined', 'withdrawn',
                                         'expired', 'reconfirm', 'undone')),
    version integer not null default 1,
    requester uuid not null references staff,
    counterpart uuid not null references staff,
    given_from timestamptz(3),
    given_to timestamptz(3),
    given_whole boolean not null default false,
    return_from timestamptz(3),
    return_to timestamptz(3),
    return_whole boolean not null default false,
    changed_from timestamptz(3),
    changed_to timestamptz(3),
    changed_return_from timestamptz(3),
    changed_return_to timestamptz(3),
    requester_confirmed_at timestamptz(3),
    counterpart_confirmed_at timestamptz(3),
    reason text not null,
    outcome text,
    file_key text,
    made_via text not null check (made_via in ('staff', 'file')),
    made_by uuid references staff,
    made_at timestamptz(3) not null,
    settled_by uuid references staff,
    settled_at timestamptz(3),
    due_at timestamptz(3),
    check (requester <> counterpart),
    check ((given_from is null) = (given_to is null)),
    check ((return_from is null) = (return_to is null)),
    check (given_from is not null or return_from is not null),
    check (given_from < given_to),
    check (return_from < return_to),
    check (changed_from < changed_to),
    check (changed_return_from < changed_return_to),
    check ((due_at is not null) = (state in ('requested', 'reconfirm')))
  );
  create index shift_swaps_on_schedule on shift_swaps (schedule_id, made_at);
  create index shift_swaps_due on shift_swaps (due_at) where due_at is not null;
  create index shift_swaps_of_requester on shift_swaps (requester, made_at);
  create index shift_swaps_of_counterpart on shift_swaps (counterpart, made_at);
  grant select, insert, update on shift_swaps to handrail_app;
  alter table schedule_overrides
    add constraint schedule_overrides_of_swap foreign key (swap_id) references shift_swaps;
`;

/** A key of a file may come again once the override that had it is over. */
const keysOfFiles = `
  drop index schedule_overrides_by_file;
  create index schedule_overrides_by_file on schedule_overrides (schedule_id, file_key)
    where withdrawn_at is null and file_key is not null;
`;

export class ShiftSwaps1700000017000 implements MigrationInterface {
  name = 'ShiftSwaps1700000017000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(swaps);
    await runner.query(keysOfFiles);
  }

  down = refuseToGoBack;
}
