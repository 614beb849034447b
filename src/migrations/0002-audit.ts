import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class Audit1700000002000 implements MigrationInterface {
  name = 'Audit1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(owner);
    await runner.query('set local role handrail_audit');
    await runner.query(events);
    await runner.query(heads);
    await runner.query(neverChanged);
    await runner.query('reset role');
  }

  down = refuseToGoBack;
}

// Roles belong to the whole cluster: another database may have made this one already, or be making
// it right now, in which case this waits for that transaction and then finds it done.
const owner = `
  do $$ begin
    if not exists (select from pg_roles where rolname = 'handrail_audit') then
      create role handrail_audit nologin;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$;
  do $$ begin
    set local role handrail_audit;
    reset role;
  exception when insufficient_privilege then grant handrail_audit to current_user;
  end $$;

  create schema audit authorization handrail_audit;
`;

const events = `
  create table audit.audit_events (
    id uuid primary key,
    stream text collate "C" not null check (stream ~ '^[!-~]+$'),
    seq bigint not null check (seq > 0),
    at timestamptz(3) not null,
    action text not null,
    v smallint not null,
    actor_type text not null check (
      actor_type in ('participant', 'staff', 'system', 'integration', 'provider', 'operator')
    ),
    actor_id text,
    on_behalf_of text,
    session_id text,
    ip_hash bytea,
    purpose text check (purpose in ('TREAT', 'ETREAT', 'BTG', 'HOPERAT', 'HSYSADMIN')),
    subject_ref text,
    outcome text not null check (outcome in ('success', 'denied', 'failed')),
    xid xid8 not null default pg_current_xact_id(),
    body text not null,
    prev_hash bytea not null check (octet_length(prev_hash) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    unique (stream, seq)
  );
  create index on audit.audit_events (at);
  create index on audit.audit_events (subject_ref, at) where subject_ref is not null;

  -- Not on xid: which transaction wrote an event is for the database alone to say.
  grant usage on schema audit to handrail_app, session_user;
  grant select on audit.audit_events to handrail_app, session_user;
  grant insert (
    id, stream, seq, at, action, v, actor_type, actor_id, on_behalf_of, session_id, ip_hash,
    purpose, subject_ref, outcome, body, prev_hash, hash
  ) on audit.audit_events to handrail_app;
`;

// Two things in one round trip, in this order: the second query of a volatile function sees what
// was committed while the first one waited. Locks are taken in one order by everybody.
const heads = `
  create function audit.lock_heads(streams text[])
    returns table (head_stream text, head_seq bigint, head_hash bytea)
    language plpgsql volatile
  as $$
  declare
    key bigint;
  begin
    for key in
      select distinct hashtextextended('audit:' || s, 0) as k from unnest(streams) s order by k
    loop
      perform pg_advisory_xact_lock(key);
    end loop;
    return query
      select s, head.seq, head.hash
      from unnest(streams) s
      cross join lateral (
        select e.seq, e.hash from audit.audit_events e
        where e.stream = s order by e.seq desc limit 1
      ) head;
  end $$;
  revoke execute on function audit.lock_heads from public;
  grant execute on function audit.lock_heads to handrail_app;
`;

// ALWAYS: also under session_replication_role = replica, which skips ordinary triggers.
const neverChanged = `
  create function audit.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'audit events are never changed or removed'
      using errcode = 'insufficient_privilege';
  end $$;
  create trigger never_changed before update or delete on audit.audit_events
    for each row execute function audit.refuse_change();
  create trigger never_emptied before truncate on audit.audit_events
    for each statement execute function audit.refuse_change();
  alter table audit.audit_events enable always trigger never_changed;
  alter table audit.audit_events enable always trigger never_emptied;
`;
