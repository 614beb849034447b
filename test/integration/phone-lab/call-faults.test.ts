import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { hangup, say, voiceTwiml } from '../../../src/platform/telephony/twiml.js';
import { connectCalls, inState, phone, twiml } from './calling.js';

const { documents, lab, place, scripted, service, statuses } = await connectCalls();

describe('a scripted fault of a call', () => {
  it('voicemail answers, listens, presses nothing and is over', async () => {
    documents.set('/keys', ({ params }) =>
      twiml(voiceTwiml(...(params['Digits'] === '' ? [hangup()] : [say('Taken.')]))),
    );
    await scripted({ voicemail: { answeredBy: 'machine_start' }, gatherSeconds: 0.05 });

    await place();

    expect(await statuses('completed')).toContain('in-progress');
    const asked = service.received.find(({ path }) => path === '/keys');
    expect(asked?.params).toMatchObject({ Digits: '', AnsweredBy: 'machine_start' });
    expect((await lab.phones(phone)).calls[0]?.said).toEqual(['Case 7 F 3 K. Press 1 to take it.']);
  });

  it('voicemail may also be taken for nobody in particular', async () => {
    await scripted({ voicemail: {}, gatherSeconds: 0.05 });
    await place({ twiml: voiceTwiml(say('Hello.')) });
    await statuses('completed');
    for (const { params } of service.received) expect(params).not.toHaveProperty('AnsweredBy');
  });

  it.each([
    ['busy', { busy: true }],
    ['no-answer', { noAnswer: true }],
    ['failed', { callFails: true }],
  ] as [string, Fault][])('ends as %s', async (state, fault) => {
    await scripted(fault);
    await place();
    expect(await statuses(state)).toEqual(['initiated', 'ringing', state]);
  });

  it('rings shorter than was asked for', async () => {
    await scripted({ ringSeconds: 0.05 });
    await place({ ringTimeoutSeconds: 60 });
    expect(await statuses('no-answer')).toContain('no-answer');
  });

  it('reports twice, late, before the answer, or not at all', async () => {
    await scripted({ receiptsTwice: true, receiptBeforeAnswer: true });
    await place();
    expect(service.received).toHaveLength(4);

    await lab.clearFaults();
    await scripted({ noReceipt: true, busy: true });
    await place();
    await lab.expectCall(phone, inState('busy'));
    expect(service.received).toHaveLength(4);
  });

  it('reports in the wrong order', async () => {
    await scripted({ receiptsOutOfOrder: true, noAnswer: true });
    await place();
    expect(await statuses('no-answer')).toContain('no-answer');
    await statuses('no-answer');
    await lab.expectCall(phone, inState('no-answer'));
    const [first] = service.received;
    expect(first?.params['CallStatus']).toBe('no-answer');
  });
});
