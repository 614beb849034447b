import { describe, expect, it } from '@jest/globals';
import { auditActions } from '../../../src/audit/rules/actions.js';
import { accessStream, recordOf, type AuditEvent } from '../../../src/audit/rules/event.js';

const event: AuditEvent = {
  v: 1,
  id: '0b8f4f6e-2a53-4f0e-9f3b-6f9d2a4d9c11',
  stream: 'config',
  seq: 7,
  at: new Date('2026-01-02T03:04:05.678Z'),
  action: 'program.applied',
  actor: { type: 'operator' },
  outcome: 'success',
  body: { b: 2, a: [1] },
};

describe('an audit event', () => {
  it('is hashed as canonical JSON of every field, the time with six fraction digits', () => {
    expect(recordOf(event)).toBe(
      '{"action":"program.applied","actor":{"type":"operator"},' +
        '"at":"2026-01-02T03:04:05.678000Z","body":{"a":[1],"b":2},' +
        '"id":"0b8f4f6e-2a53-4f0e-9f3b-6f9d2a4d9c11","outcome":"success","seq":7,' +
        '"stream":"config","v":1}',
    );
  });

  it.each<Partial<AuditEvent>>([
    { v: 2 },
    { id: 'another' },
    { stream: 'system' },
    { seq: 8 },
    { at: new Date('2026-01-02T03:04:05.679Z') },
    { action: 'policy.applied' },
    { actor: { type: 'staff' } },
    { actor: { type: 'operator', id: 'somebody' } },
    { onBehalfOf: 'somebody' },
    { sessionId: 'a session' },
    { ipHash: 'AAAA' },
    { purpose: 'TREAT' },
    { subjectRef: 'participant:1' },
    { outcome: 'denied' },
    { body: {} },
  ])('is another record with %j', (change) => {
    expect(recordOf({ ...event, ...change })).not.toBe(recordOf(event));
  });

  it('goes to one access stream per reader and UTC day', () => {
    const lateInKansas = new Date('2026-03-01T23:30:00-06:00');
    expect(accessStream('u1', lateInKansas)).toBe('access:u1:2026-03-02');
  });

  it('has an action of the form noun.past, each once', () => {
    for (const action of auditActions) expect(action).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z_]+$/);
    expect(new Set(auditActions).size).toBe(auditActions.length);
  });
});
