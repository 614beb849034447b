import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { Fault } from '../../src/phone-lab/faults/fault.js';
import {
  dial,
  gather,
  hangup,
  pause,
  play,
  redirect,
  say,
  voiceTwiml,
} from '../../src/platform/telephony/twiml.js';
import {
  startCallbackReceiver,
  type Answer,
  type CallbackReceiver,
  type ReceivedCallback,
} from '../support/callback-receiver.js';
import { labAccount, startPhoneLab, type PhoneLab } from '../support/phone-lab.js';
import { ourNumber, telephonyTo } from '../support/telephony.js';

const phone = '+12025550173';

let lab: PhoneLab;
let service: CallbackReceiver;
let documents: Record<string, (callback: ReceivedCallback) => Answer> = {};

beforeAll(async () => {
  lab = await startPhoneLab();
  service = await startCallbackReceiver(
    (callback) => documents[callback.path]?.(callback) ?? { status: 204 },
  );
});

beforeEach(() => lab.line(ourNumber, { voiceUrl: service.address('/calls') }));

afterEach(async () => {
  expect(await lab.violations()).toEqual([]);
  await lab.reset();
  service.forget();
  documents = {};
});

afterAll(async () => {
  await lab.stop();
  await service.stop();
});

const twiml = (body: string): Answer => ({ status: 200, body });
const telephony = () => telephonyTo(lab.url);

function prompt(): string {
  const options = { action: service.address('/keys'), numDigits: 1, timeoutSeconds: 6 };
  return voiceTwiml(gather(options, say('Case 7 F 3 K. Press 1 to take it.')));
}

async function place(fields: { twiml?: string; ringTimeoutSeconds?: number } = {}) {
  const outcome = await telephony().placeCall({
    from: ourNumber,
    to: phone,
    twiml: prompt(),
    statusCallback: service.address('/status'),
    ...fields,
  });
  return outcome.type === 'sent' ? outcome.sid : `not sent: ${JSON.stringify(outcome)}`;
}

const scripted = (fault: Fault) => lab.fault({ match: { number: phone }, fault });

const inState = (state: string) => (call: { state: string }) => call.state === state;

async function statuses(until: string): Promise<(string | undefined)[]> {
  await lab.expectCall(phone, inState(until));
  const reported = () =>
    service.received.filter(({ path }) => path === '/status').map((it) => it.params['CallStatus']);
  const deadline = Date.now() + 2000;
  while (!reported().includes(until) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return reported();
}

describe('a call placed through the official client', () => {
  it('rings, is answered, speaks, takes a key and ends', async () => {
    documents['/keys'] = ({ params }) =>
      twiml(voiceTwiml(say(params['Digits'] === '1' ? 'It is yours.' : 'Goodbye.'), hangup()));

    await place();
    await lab.expectCall(phone);
    const answered = await lab.answer(phone);
    const ended = await lab.keys(phone, '1');

    expect(answered).toMatchObject({
      state: 'in-progress',
      gathering: true,
      said: ['Case 7 F 3 K. Press 1 to take it.'],
    });
    expect(ended).toMatchObject({ state: 'completed', gathering: false });
    expect(ended.said.at(-1)).toBe('It is yours.');
    expect(await statuses('completed')).toEqual([
      'initiated',
      'ringing',
      'in-progress',
      'completed',
    ]);
  });

  it('asks for keys with a signed form', async () => {
    documents['/keys'] = () => twiml(voiceTwiml(hangup()));
    await place();
    await lab.expectCall(phone);
    await lab.answer(phone);
    await lab.keys(phone, '9');

    const asked = service.received.find(({ path }) => path === '/keys');
    expect(asked?.params).toMatchObject({ Digits: '9', CallStatus: 'in-progress', To: phone });
    const valid = twilio.validateRequest(
      labAccount.authToken,
      String(asked?.headers['x-twilio-signature']),
      service.address('/keys'),
      asked?.params ?? {},
    );
    expect(valid).toBe(true);
  });

  it('asks the address also when no key was pressed', async () => {
    documents['/keys'] = ({ params }) =>
      twiml(voiceTwiml(say(`Heard "${params['Digits']}".`), hangup()));
    await scripted({ gatherSeconds: 0.05 });

    await place();
    await lab.expectCall(phone);
    await lab.answer(phone);

    const ended = await lab.expectCall(phone, inState('completed'));
    expect(ended.said.at(-1)).toBe('Heard "".');
  });

  it('is not answered when nobody picks up in time', async () => {
    await place({ ringTimeoutSeconds: 1 });
    expect(await statuses('no-answer')).toEqual(['initiated', 'ringing', 'no-answer']);
  });

  it('is declined by hanging up while it rings', async () => {
    await place();
    await lab.expectCall(phone);
    await lab.hangUp(phone);
    expect(await statuses('busy')).toEqual(['initiated', 'ringing', 'busy']);
  });

  it('can be looked up', async () => {
    const sid = await place();
    await lab.expectCall(phone);
    expect(await telephony().fetchCall(sid)).toMatchObject({ type: 'found', status: 'ringing' });
  });
});

describe('hanging up', () => {
  it('stops a phone that rings', async () => {
    const sid = await place();
    await lab.expectCall(phone);

    expect(await telephony().hangUp(sid)).toEqual({ type: 'sent', sid });

    expect(await statuses('canceled')).toEqual(['initiated', 'ringing', 'canceled']);
  });

  it('tells the one who listens why', async () => {
    const sid = await place();
    await lab.expectCall(phone);
    await lab.answer(phone);

    await telephony().hangUp(sid, voiceTwiml(say('Somebody else has it.'), hangup()));

    const ended = await lab.expectCall(phone, inState('completed'));
    expect(ended.said.at(-1)).toBe('Somebody else has it.');
  });

  it('with words also stops a phone that only rings, and is fine with a call that is over', async () => {
    const sid = await place();
    await lab.expectCall(phone);
    const words = voiceTwiml(say('Somebody else has it.'), hangup());

    expect(await telephony().hangUp(sid, words)).toEqual({ type: 'sent', sid });
    await lab.expectCall(phone, inState('canceled'));
    expect(await telephony().hangUp(sid, words)).toEqual({ type: 'sent', sid });
  });
});

describe('a scripted fault of a call', () => {
  it('voicemail answers, listens, presses nothing and is over', async () => {
    documents['/keys'] = ({ params }) =>
      twiml(voiceTwiml(...(params['Digits'] === '' ? [hangup()] : [say('Taken.')])));
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
    await statuses('no-answer');
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

describe('a call from a phone', () => {
  it('follows redirects, pauses, sounds and keys as the service says', async () => {
    documents['/calls'] = () =>
      twiml(
        voiceTwiml(
          play(service.address('/chime.mp3')),
          pause(0),
          redirect(service.address('/menu')),
        ),
      );
    documents['/menu'] = () =>
      twiml(
        voiceTwiml(
          gather({ action: 'keys?x=1&y=2', numDigits: 2, timeoutSeconds: 5 }, say('Two keys.')),
        ),
      );
    documents['/keys?x=1&y=2'] = ({ params }) =>
      twiml(voiceTwiml(say(`You said ${params['Digits']}.`)));

    const spoken = await lab.call(phone, ourNumber);
    expect(spoken.said).toEqual([`[plays ${service.address('/chime.mp3')}]`, 'Two keys.']);
    await lab.keys(phone, '4');
    const ended = await lab.keys(phone, '2');

    expect(ended).toMatchObject({ state: 'completed', direction: 'inbound' });
    expect(ended.said.at(-1)).toBe('You said 42.');
  });

  it('is connected with another phone, and comes back when that one hangs up', async () => {
    const clinician = '+12025550174';
    const to = {
      to: clinician,
      callerId: ourNumber,
      timeoutSeconds: 20,
      action: service.address('/after'),
    };
    documents['/calls'] = () => twiml(voiceTwiml(dial(to)));
    documents['/after'] = ({ params }) =>
      twiml(voiceTwiml(say(`It was ${params['DialCallStatus']}.`)));

    await lab.call(phone, ourNumber);
    await lab.expectCall(clinician);
    await lab.answer(clinician);
    await lab.hangUp(clinician);

    const ended = await lab.expectCall(phone, inState('completed'));
    expect(ended.said).toEqual([`[connected with ${clinician}]`, 'It was completed.']);
  });

  it('stops the other phone when the caller hangs up first', async () => {
    const clinician = '+12025550175';
    const to = {
      to: clinician,
      callerId: ourNumber,
      timeoutSeconds: 20,
      action: service.address('/after'),
    };
    documents['/calls'] = () => twiml(voiceTwiml(dial(to)));

    await lab.call(phone, ourNumber);
    await lab.expectCall(clinician);
    await lab.hangUp(phone);

    await lab.expectCall(clinician, inState('canceled'));
  });

  it('hears that something is wrong when the service is down', async () => {
    documents['/calls'] = () => ({ status: 503 });
    const call = await lab.call(phone, ourNumber);
    expect(call.state).toBe('completed');
    expect(call.said).toEqual(['We are sorry, an application error has occurred. Goodbye.']);
  });
});
