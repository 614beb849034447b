const newEvent = `insert into audit.audit_events
    (id, stream, seq, at, action, v, actor_type, outcome, subject_ref, body, prev_hash, hash)
  select gen_random_uuid(), stream, seq + 1, at,`;
const lastOfAlarms = `from audit.audit_events where stream = 'system' order by seq desc limit 1`;
const lastOfTakenCase = `from audit.audit_events where stream in
  (select 'case:' || id from cases where state = 'acknowledged') order by seq desc limit 1`;

/** One for each thing that an invariant forbids: its name, what is wrong, and the SQL for it. */
export const violations: [name: string, what: string, sql: string][] = [
  ['I1', 'an answered flag that is gone', `delete from flags where idempotency_key is not null`],
  ['I1', 'a flag without its event', `delete from audit.audit_events where action = 'flag.raised'`],
  ['I2', 'a flag of another transaction', `update flags set source = 'sms'`],
  [
    'I2',
    'a flag without its first page',
    `update audit.audit_events set action = 'page.withdrawn' where action = 'page.queued'`,
  ],
  [
    'I3',
    'a key that is stored twice',
    `alter table flags drop constraint flags_client_id_idempotency_key_key;
       update flags set idempotency_key = 'k-1'`,
  ],
  ['I6', 'a case that waits far too long', `update cases set due_at = due_at + interval '1 day'`],
  [
    'I6',
    'a case that is overdue',
    `update cases set due_at = due_at - interval '1 day' where state = 'paging'`,
  ],
  [
    'I6',
    'a page that nobody looks at',
    `alter table pages drop constraint pages_check;
       update pages set state = 'sent', due_at = null where state <> 'withdrawn'`,
  ],
  [
    'I6',
    'a shift that nobody looks at',
    `update shift_watches set due_at = due_at - interval '40 days' where state <> 'over'`,
  ],
  [
    'I7',
    'a first page that went out late',
    `update page_attempts set started_at = started_at + interval '1 day'`,
  ],
  [
    'I8',
    'a step that came late',
    `update audit.audit_events set at = at + interval '5 s' where action = 'case.step_paged'`,
  ],
  ['I9', 'a request without an attempt', `update page_attempts set nonce = 'other-' || nonce`],
  [
    'I9',
    'an attempt that was written after its request',
    `update page_attempts set started_at = started_at + interval '1 s'`,
  ],
  ['I10', 'an epoch that is newer than the page', 'update page_attempts set epoch = epoch + 9'],
  [
    'I11',
    'an attempt that never ended',
    `update page_attempts set settled_at = null, deadline_at = deadline_at - interval '1 day'`,
  ],
  [
    'I11',
    'a lost attempt that nothing followed',
    `update page_attempts set state = 'failed';
       update pages set state = 'settled', due_at = null`,
  ],
  ['I12', 'a take without a human', 'delete from acknowledgements'],
  ['I12', 'a take without proof', `update acknowledgements set proof = '{}'`],
  [
    'I13',
    'an attempt after the take',
    `${newEvent} 'attempt.started', v, actor_type, outcome,
         (select id::text from pages where withdrawn_at is not null limit 1), body, prev_hash, hash
       ${lastOfTakenCase}`,
  ],
  [
    'I14',
    'a second owner',
    `insert into acknowledgements
       select gen_random_uuid(), case_id, staff_id, page_id, kind, channel, proof, at
         from acknowledgements`,
  ],
  ['I15', 'a receipt that was unlearned', `update page_attempts set provider_status = 'queued'`],
  [
    'I17',
    'a lease that ended before its case began',
    `update cases set lease_until = opened_at - interval '1 hour'`,
  ],
  [
    'I17',
    'a step before its time',
    `update audit.audit_events set at = at - interval '1 min' where action = 'case.step_paged'`,
  ],
  [
    'I17',
    'a step long after its time',
    `update audit.audit_events set at = at + interval '5 s' where action = 'case.step_paged'`,
  ],
  [
    'I17',
    'an alarm that repeats before its time',
    `${newEvent} 'alarm.repeated', v, actor_type, outcome, subject_ref,
         (select body from audit.audit_events where action = 'alarm.opened' limit 1),
         prev_hash, hash ${lastOfAlarms}`,
  ],
  ['I18', 'an exhausted case without an alarm', 'delete from alarms'],
  [
    'I18',
    'an alarm that does not repeat',
    `update alarms set taken_at = null, taken_by = null, due_at = opened_at - interval '1 day'`,
  ],
  ['I19', 'a missing event', `delete from audit.audit_events where seq = 2`],
  ['I19', 'an altered event', `update audit.audit_events set body = '{}' where seq = 1`],
  ['I19', 'an attempt without an event', 'update page_attempts set id = gen_random_uuid()'],
  [
    'I21',
    'a read that nobody recorded',
    `update audit.audit_events set action = 'flag.reviewed' where action = 'case.read'`,
  ],
  [
    'I21',
    'a read that somebody else is said to have made',
    `update audit.audit_events set actor_id = 'other' where action = 'cases.listed'`,
  ],
  [
    'I21',
    'a read that was recorded after its answer',
    `update audit.audit_events set xid = pg_current_xact_id() where action = 'case.read'`,
  ],
  ['I22', 'plain words in a table', `update programs set name = 'Zebulon primary Quillfeather'`],
  ['I23', 'a page to an unverified number', 'update contact_methods set verified_at = null'],
  [
    'I24',
    'a case without its first page',
    `update pages set occasion = 'r9s9' where occasion = 'r0s0'`,
  ],
  ['I24', 'a case that only merged flags have', `update flags set joined_as = 'merged'`],
  ['I26', 'a case in another state', `update cases set state = 'in_contact'`],
  ['I26', 'a case at another step', 'update cases set step = step - 1'],
  ['I26', 'a case in another round', 'update cases set round = round + 1'],
  ['I26', 'a claim without an attempt', 'update pages set lease_epoch = lease_epoch + 1'],
  [
    'I26',
    'a page that nobody withdrew',
    `update pages set state = 'settled' where state = 'withdrawn'`,
  ],
  ['I26', 'an attempt with another end', `update page_attempts set state = 'unknown'`],
  ['I26', 'an alarm that never sounded so often', 'update alarms set repeats = repeats + 1'],
  [
    'I28',
    'a text to somebody who is not of the staff',
    'update contact_methods set address_index = sha256(address_index)',
  ],
];
