import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

/** When the shifts of a program are next looked at; `planned_at`: until when they were seen. */
const plans = `
  create table shift_plans (
    program_id uuid primary key references programs,
    due_at timestamptz(3) not null,
    planned_at timestamptz(3)
  );
  create index shift_plans_due on shift_plans (due_at);
  insert into shift_plans (program_id, due_at) select id, handrail_now() from programs;
  grant select, insert, update on shift_plans to handrail_app;
`;

const watches = `
  create table shift_watches (
    id uuid primary key,
    program_id uuid not null references programs,
    schedule_id uuid not null references schedules,
    staff_id uuid not null references staff,
    from_at timestamptz(3) not null,
    to_at timestamptz(3) not null,
    state text not null
      check (state in ('planned', 'asked', 'on', 'missed', 'declined', 'over')),
    due_at timestamptz(3),
    told_at timestamptz(3),
    asks integer not null default 0,
    asked_at timestamptz(3),
    answered_at timestamptz(3),
    answered_via text,
    missed_at timestamptz(3),
    stood_in_at timestamptz(3),
    ended_at timestamptz(3),
    root_id uuid references shift_watches,
    override_id uuid references schedule_overrides,
    unique (schedule_id, staff_id, from_at),
    check (from_at <= to_at),
    check ((state = 'over') = (due_at is null)),
    check ((state = 'over') = (ended_at is not null))
  );
  create index shift_watches_due on shift_watches (due_at) where due_at is not null;
  create index shift_watches_of_program on shift_watches (program_id, to_at);
  create index shift_watches_by_root on shift_watches (root_id) where root_id is not null;
  grant select, insert, update, delete on shift_watches to handrail_app;
`;

/** A case that was offered at the end of a shift and waits to be accepted by name. */
const handOvers = `
  create table shift_hand_overs (
    id uuid primary key,
    case_id uuid not null references cases,
    schedule_id uuid not null references schedules,
    outgoing uuid not null references staff,
    incoming uuid references staff,
    offered_at timestamptz(3) not null,
    due_at timestamptz(3),
    settled_at timestamptz(3),
    outcome text check (outcome in ('accepted', 'moved_on', 'not_accepted')),
    check ((due_at is null) = (settled_at is not null)),
    check ((outcome is null) = (settled_at is null))
  );
  create index shift_hand_overs_due on shift_hand_overs (due_at) where due_at is not null;
  create index shift_hand_overs_by_case on shift_hand_overs (case_id);
  grant select, insert, update on shift_hand_overs to handrail_app;
`;

export class ShiftLife1700000019000 implements MigrationInterface {
  name = 'ShiftLife1700000019000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(plans);
    await runner.query(watches);
    await runner.query(handOvers);
  }

  down = refuseToGoBack;
}
