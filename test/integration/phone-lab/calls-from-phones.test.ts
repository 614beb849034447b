import { describe, expect, it } from '@jest/globals';
import {
  dial,
  gather,
  pause,
  play,
  redirect,
  say,
  voiceTwiml,
} from '../../../src/platform/telephony/twiml.js';
import { ourNumber } from '../../support/provider/telephony.js';
import { connectCalls, inState, phone, twiml } from './calling.js';

const { documents, lab, service } = await connectCalls();

describe('a call from a phone', () => {
  it('follows redirects, pauses, sounds and keys as the service says', async () => {
    documents.set('/calls', () =>
      twiml(
        voiceTwiml(
          play(service.address('/chime.mp3')),
          pause(0),
          redirect(service.address('/menu')),
        ),
      ),
    );
    documents.set('/menu', () =>
      twiml(
        voiceTwiml(
          gather({ action: 'keys?x=1&y=2', numDigits: 2, timeoutSeconds: 5 }, say('Two keys.')),
        ),
      ),
    );
    documents.set('/keys?x=1&y=2', ({ params }) =>
      twiml(voiceTwiml(say(`You said ${params['Digits']}.`))),
    );

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
    documents.set('/calls', () => twiml(voiceTwiml(dial(to))));
    documents.set('/after', ({ params }) =>
      twiml(voiceTwiml(say(`It was ${params['DialCallStatus']}.`))),
    );

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
    documents.set('/calls', () => twiml(voiceTwiml(dial(to))));

    await lab.call(phone, ourNumber);
    await lab.expectCall(clinician);
    await lab.hangUp(phone);

    await lab.expectCall(clinician, inState('canceled'));
  });

  it('hears that something is wrong when the service is down', async () => {
    documents.set('/calls', () => ({ status: 503 }));
    const call = await lab.call(phone, ourNumber);
    expect(call.state).toBe('completed');
    expect(call.said).toEqual(['We are sorry, an application error has occurred. Goodbye.']);
  });
});
