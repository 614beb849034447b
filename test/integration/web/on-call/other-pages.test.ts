import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { givePasswords, type Visitor } from '../visitor.js';
import { aProgramToLookAt, send, signedIn } from './place.js';

let service: Service;
let clinician: Visitor;
let supervisor: Visitor;
beforeAll(async () => {
  service = await startService({ program: aProgramToLookAt() });
  await givePasswords(service);
  clinician = await signedIn(service, 'backup');
  supervisor = await signedIn(service, 'supervisor');
});
afterAll(() => service.stop());

describe('the simulation', () => {
  it('shows whom a flag would page, when, how and why, and what follows', async () => {
    const { text, status } = await clinician.get('/on-call/simulation?program=harness');

    expect(status).toBe(200);
    const inOrder = ['primary, layer', '1:00', 'backup, layer', 'Backstop', 'Alarm: every step'];
    const places = inOrder.map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).toContain('text at 0:00');
    expect(text).toContain('The first person is paged at once , at any time of the week');
  });

  it.each([
    ['2', 'The second person is paged after 1 min'],
    ['3', 'The third person is paged after 2 min'],
    ['9', 'The first person is paged at once'],
  ])('counts in the week to person %s', async (nth, said) => {
    const { text } = await clinician.get(`/on-call/simulation?program=harness&nth=${nth}`);
    expect(text).toContain(said);
  });

  it('has a number for each half hour of seven days', async () => {
    const { html } = await clinician.get('/on-call/simulation?program=harness&at=2030-01-08T12:00');
    expect(html.match(/<td class="level-0" title="[^"]+: at once">0<\/td>/g)).toHaveLength(336);
  });

  it.each(['2030-02-31T12:00', 'noon'])('asks again for the moment %j', async (at) => {
    const answer = await clinician.get(`/on-call/simulation?program=harness&at=${at}`);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('A day and a time of day are needed.');
    expect(answer.html).toContain(`value="${at}"`);
  });

  it('takes an instant as the API does', async () => {
    const at = encodeURIComponent('2030-01-08T12:00:00Z');
    const { text } = await clinician.get(`/on-call/simulation?program=harness&at=${at}`);
    expect(text).toContain('Raised Tue, Jan 8, 7:00 AM EST');
  });
});

describe('coverage', () => {
  it('says when there is no gap', async () => {
    const { text, status } = await clinician.get('/on-call/coverage?program=harness');
    expect(status).toBe(200);
    expect(text).toContain('At every minute somebody on call can be reached');
  });
});

describe('check-ins', () => {
  it('are for supervisors', async () => {
    expect((await clinician.get('/on-call')).text).not.toContain('Check-ins');
    expect((await clinician.get('/on-call/check-ins?program=harness')).status).toBe(403);
    const { text, status } = await supervisor.get('/on-call/check-ins?program=harness');
    expect(status).toBe(200);
    expect(text).toContain('Shifts under way');
  });
});

describe('my calendar', () => {
  const page = '/on-call/calendar?program=harness';

  it('shows the address of a feed once, and revokes it', async () => {
    const fields = { program: 'harness', what: 'own' };
    const made = await send(clinician, page, '/on-call/calendar/feeds', fields);
    expect(made.status).toBe(201);
    const [, token = ''] = /\/calendars\/([\w-]+)\.ics/.exec(made.html) ?? [];
    expect((await clinician.get(`/calendars/${token}.ics`)).text).toContain('BEGIN:VCALENDAR');

    const again = await clinician.get(page);
    expect(again.html).not.toContain(token);
    const [, id = ''] = /feeds\/([\w-]+)\/revocation/.exec(again.html) ?? [];
    const revoke = `/on-call/calendar/feeds/${id}/revocation`;
    expect((await send(supervisor, page, revoke, { program: 'harness' })).status).toBe(404);
    expect((await send(clinician, page, revoke, { program: 'harness' })).status).toBe(303);
    expect((await clinician.get(`/calendars/${token}.ics`)).status).toBe(404);
  });

  it.each([
    ['a schedule', 'schedule primary', 201, 201],
    ['somebody else', 'staff primary', 404, 201],
  ])('makes a feed of %s for whoever may', async (_whose, what, ofClinician, ofSupervisor) => {
    const fields = { program: 'harness', what };
    const path = '/on-call/calendar/feeds';
    expect((await send(clinician, page, path, fields)).status).toBe(ofClinician);
    expect((await send(supervisor, page, path, fields)).status).toBe(ofSupervisor);
  });

  it('refuses an address in words and keeps it, takes another and forgets it', async () => {
    const path = '/on-call/calendar/busy';
    const bad = { program: 'harness', url: 'http://calendar.example/mine.ics' };
    const refused = await send(clinician, page, path, bad);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('must begin with https://');
    expect(refused.html).toContain(`value="${bad.url}"`);

    const good = { program: 'harness', url: 'https://calendar.example/secret/mine.ics' };
    const set = await send(clinician, page, path, good);
    expect(set.status).toBe(303);
    const shown = await clinician.get(set.location);
    expect(shown.text).toContain('calendar.example');
    expect(shown.text).not.toContain('secret/mine');
    const removed = await send(clinician, page, `${path}/removal`, { program: 'harness' });
    expect(removed.status).toBe(303);
    expect((await clinician.get(page)).text).not.toContain('Forget my calendar');
  });
});
