import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { givePasswords, Visitor } from '../visitor.js';
import { aProgramToLookAt, idOf, inDays, send, signedIn } from './place.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aProgramToLookAt() });
  await givePasswords(service);
});
afterAll(() => service.stop());

interface Answer {
  steps: { people: { name: string; why: string }[] }[];
}

describe('who is on call', () => {
  it('is the same on the page as by API, step by step and with why', async () => {
    const visitor = await signedIn(service, 'backup');
    const { body } = await service.api('backup').get('/v1/on-call?program=harness');
    const { text, status } = await visitor.get('/on-call');

    expect(status).toBe(200);
    let place = 0;
    for (const { people } of (body as unknown as Answer).steps) {
      for (const { name, why } of people) {
        const shown = `${name} ${why.charAt(0).toUpperCase()}${why.slice(1)}`;
        place = text.indexOf(shown, place);
        expect([shown, place > 0]).toEqual([shown, true]);
      }
    }
  });

  it('tells until when, and who is meant by you', async () => {
    const visitor = await signedIn(service, 'backup');
    const { text } = await visitor.get('/on-call?program=harness');

    expect(text).toMatch(/Schedule primary, layer rotation · until Mon, \w+ \d+, 9:00 AM E[SD]T/);
    expect(text).toContain('Zebulon backup Quillfeather (you)');
  });

  it('differs by acuity', async () => {
    const visitor = await signedIn(service, 'backup');
    const { text } = await visitor.get('/on-call?program=harness&acuity=EMERGENT');
    expect(text).toContain('Person clinician-1, named by the policy');
  });

  it.each(['supervisor', 'backstop', 'admin'])('is shown to a %s', async (who) => {
    expect((await (await signedIn(service, who)).get('/on-call')).status).toBe(200);
  });

  it('is asked for after signing in, and comes back then', async () => {
    const stranger = new Visitor(service);
    const asked = await stranger.get('/on-call/coverage');

    expect(asked.status).toBe(401);
    expect(asked.field('next')).toBe('/on-call/coverage');
  });

  it('shows a gap in words, and to whoever may the way to close it', async () => {
    const supervisor = await signedIn(service, 'supervisor');
    const page = '/on-call/overrides?program=harness&schedule=backup';
    const fields = {
      program: 'harness',
      schedule: await idOf(service, 'schedules', 'backup'),
      kind: 'remove',
      outgoing: await idOf(service, 'staff', 'backup'),
      from: await inDays(service, 2),
      to: await inDays(service, 2, '17:00'),
      reason: 'Training',
      gapReason: 'The day team is here',
    };
    const looked = await send(supervisor, page, '/on-call/overrides', { ...fields, act: 'look' });
    const seen = looked.field('seen');
    await send(supervisor, page, '/on-call/overrides', { ...fields, act: 'make', seen });

    const clinician = await signedIn(service, 'backup');
    const shown = await clinician.get('/on-call');
    expect(shown.text).toMatch(/Nobody is on call 9:00 AM E[SD]T to 5:00 PM E[SD]T/);
    expect(shown.text).not.toContain('Put somebody on call');
    const { html } = await supervisor.get('/on-call');
    const [, way = ''] = /href="([^"]+)">Put somebody on call/.exec(html) ?? [];
    const filled = await supervisor.get(way.replaceAll('&amp;', '&'));
    expect(filled.html).toContain(`value="${fields.from}"`);
    expect(filled.html).toContain('<option value="add" selected');

    const coverage = await clinician.get('/on-call/coverage');
    expect(coverage.text).toMatch(/5:00 PM E[SD]T 480 Nobody is on call By Zebulon supervisor/);
    expect(coverage.text).toContain('The day team is here');
    expect(coverage.text).toContain('Fewer than two people');
  });
});
