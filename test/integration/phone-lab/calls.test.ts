import { describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { hangup, say, voiceTwiml } from '../../../src/platform/telephony/twiml.js';
import { labAccount } from '../../support/phone-lab.js';
import { connectCalls, inState, phone, twiml } from './calling.js';

const { documents, lab, place, scripted, service, statuses, telephony } = await connectCalls();

describe('a call placed through the official client', () => {
  it('rings, is answered, speaks, takes a key and ends', async () => {
    documents.set('/keys', ({ params }) =>
      twiml(voiceTwiml(say(params['Digits'] === '1' ? 'It is yours.' : 'Goodbye.'), hangup())),
    );

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
    documents.set('/keys', () => twiml(voiceTwiml(hangup())));
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
    documents.set('/keys', ({ params }) =>
      twiml(voiceTwiml(say(`Heard "${params['Digits']}".`), hangup())),
    );
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
    expect(await telephony.fetchCall(sid)).toMatchObject({ type: 'found', status: 'ringing' });
  });
});

describe('hanging up', () => {
  it('stops a phone that rings', async () => {
    const sid = await place();
    await lab.expectCall(phone);

    expect(await telephony.hangUp(sid)).toEqual({ type: 'sent', sid });

    expect(await statuses('canceled')).toEqual(['initiated', 'ringing', 'canceled']);
  });

  it('tells the one who listens why', async () => {
    const sid = await place();
    await lab.expectCall(phone);
    await lab.answer(phone);

    await telephony.hangUp(sid, voiceTwiml(say('Somebody else has it.'), hangup()));

    const ended = await lab.expectCall(phone, inState('completed'));
    expect(ended.said.at(-1)).toBe('Somebody else has it.');
  });

  it('with words also stops a phone that only rings, and minds no call that is over', async () => {
    const sid = await place();
    await lab.expectCall(phone);
    const words = voiceTwiml(say('Somebody else has it.'), hangup());

    expect(await telephony.hangUp(sid, words)).toEqual({ type: 'sent', sid });
    await lab.expectCall(phone, inState('canceled'));
    expect(await telephony.hangUp(sid, words)).toEqual({ type: 'sent', sid });
  });
});
