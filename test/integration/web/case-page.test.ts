import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aFlag } from '../../support/service/flag.js';
import { type FlagAnswer, type Service, startService } from '../../support/service.js';
import { aProgramWithEmail, givePasswords, Visitor, yearOfNextJanuaryFifth } from './visitor.js';

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService({ program: aProgramWithEmail({ moreClinicians: 1 }) });
  await givePasswords(service);
});
beforeEach(() => {
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

async function openCase(fields: Record<string, unknown> = {}): Promise<FlagAnswer['case'] & {}> {
  const { body } = await service.raiseFlag(aFlag(fields));
  return body.case!;
}

const caseNow = async (id: string) => (await service.cases()).find((row) => row['id'] === id);

const reads = (caseId: string) =>
  service.sql(`select * from audit.audit_events where action = 'case.read' and subject_ref = $1`, [
    `case:${caseId}`,
  ]);

/** The one dispatch of a case, as the page asks for it. */
async function confirmArrival(id: string): Promise<void> {
  const before = await visitor.get(`/cases/${id}`);
  expect(before.text).toContain('County, sent');
  const done = await visitor.act(id, 'dispatch-arrived', { dispatch: before.field('dispatch') });
  expect(done.location).toBe(`/cases/${id}?done=dispatch-arrived`);
  expect((await visitor.get(`/cases/${id}`)).text).toContain('County arrived');
}

describe('the case page', () => {
  it('shows whom to call, how it is safe, where they are and whom to dial there', async () => {
    const { id } = await openCase({
      participant: {
        externalId: 'someone-abroad',
        name: 'Canary Name',
        language: 'es',
        minor: true,
      },
      text: 'canary words, line one\nline two <b>not bold</b>',
      callback: { phone: '+12025550172', safeToCall: true, safeToVoicemail: false },
      location: { country: 'AU', region: 'VIC', address: '4 Canary Lane' },
    });
    await visitor.signIn('primary');

    const page = await visitor.get(`/cases/${id}`);

    expect(page.text).toContain('Canary Name');
    expect(page.text).toContain('Not verified');
    expect(page.text).toContain('Minor');
    expect(page.text).toContain('Spanish');
    expect(page.html).toContain('href="tel:+12025550172"');
    expect(page.text).toContain('Call: safe');
    expect(page.text).toContain('Text: not said');
    expect(page.text).toContain('Voicemail: not safe');
    expect(page.text).toContain('4 Canary Lane, VIC, AU');
    expect(page.text).toContain("Not the program's country");
    expect(page.text).toContain('call 000');
    expect(page.html).toContain('line two &lt;b>not bold');
    expect(page.header('cache-control')).toBe('no-store');
    expect(await reads(id)).not.toHaveLength(0);
  });

  it('shows what the flag said beside words, and which lines its sender saw', async () => {
    const { id } = await openCase({
      source: 'partner_api',
      need: 'crisis',
      danger: { meansAtHand: true, within: '24h' },
      screener: { instrument: 'C-SSRS', version: '2016', answers: { q2: true, q3: 'no' } },
    });
    await visitor.signIn('primary');

    const { text } = await visitor.get(`/cases/${id}`);

    expect(text).toContain('Another system · Emergent: means at hand,');
    expect(text).toContain('Need Crisis Means at hand Yes Within 24h');
    expect(text).toContain('Screener C-SSRS, version 2016 Item q2 Yes Item q3 no');
    expect(text).toContain('988 Suicide & Crisis Lifeline: 988');
  });

  it('says in words why a flag without a statement is urgent', async () => {
    const { id } = await openCase();
    await visitor.signIn('primary');

    const { text } = await visitor.get(`/cases/${id}`);

    expect(text).toContain('Urgent: nothing was said of danger, so it counts as urgent');
    expect(text).not.toMatch(/Unknown|Partner api/);
  });

  it('is a 404 for another program, for kin, and for what does not exist; the board hides it', async () => {
    const { id, ref } = await openCase();
    const other = randomUUID();
    await service.sql(
      `insert into programs (id, key, name, country, zone, language, created_at)
       values ($1, 'other', 'Other', 'US', 'America/New_York', 'en', now())`,
      [other],
    );
    await service.sql(
      `update staff_roles set program_id = $1
        where staff_id = (select id from staff where key = 'clinician-1')`,
      [other],
    );
    await service.sql(
      `insert into staff_exclusions (staff_id, participant_id, reason)
       select (select id from staff where key = 'backup'), participant_id, 'relative'
         from cases where id = $1`,
      [id],
    );

    for (const person of ['clinician-1', 'backup']) {
      await visitor.signIn(person);
      expect((await visitor.get(`/cases/${id}`)).status).toBe(404);
      expect((await visitor.get('/cases')).text).not.toContain(ref);
    }
    expect((await visitor.get(`/cases/${randomUUID()}`)).status).toBe(404);
    expect(await reads(id)).toHaveLength(0);
  });

  it('works a case from the page to the closed case', async () => {
    const { id } = await openCase();
    await visitor.signIn('primary');
    const year = yearOfNextJanuaryFifth();
    const steps: [string, Record<string, string>][] = [
      ['take', {}],
      ['contacts', { kind: 'call', outcome: 'no_answer', note: 'rang long' }],
      ['acuity', { acuity: 'EMERGENT', reason: 'means at hand' }],
      ['contacts', { kind: 'call', outcome: 'reached', note: '' }],
      [
        'dispatch',
        { agency: 'County', number: '202-555-0199', consent: 'yes', alternativesTried: 'talked' },
      ],
      ['disposition', { code: 'EMS_voluntary', note: 'went along' }],
      ['follow-up', { when: `${year}-01-05T09:30`, zone: 'America/New_York' }],
      ['close', {}],
    ];

    for (const [action, fields] of steps) {
      if (action === 'disposition') await confirmArrival(id);
      const done = await visitor.act(id, action, fields);
      expect([action, done.status, done.location]).toEqual([
        action,
        303,
        `/cases/${id}?done=${action}`,
      ]);
    }

    expect(await caseNow(id)).toMatchObject({ state: 'closed', acuity: 'EMERGENT' });
    const [followUp] = await service.sql<{ due_at: Date }>('select due_at from follow_ups');
    expect(followUp!.due_at.toISOString()).toBe(`${year}-01-05T14:30:00.000Z`);
    const page = await visitor.get(`/cases/${id}`);
    expect(page.text).toContain('rang long');
    expect(page.text).toContain('Disposition: Ambulance, voluntary');
    expect(page.html).not.toContain('method="post" action="/cases/');
  });

  it('brings a refusal back in plain words, with what was typed', async () => {
    const { id } = await openCase();
    await visitor.signIn('primary');

    const early = await visitor.act(id, 'close');
    const form = { code: 'unable_to_reach_closed_by_supervisor', note: 'typed at length' };
    const notAllowed = await visitor.act(id, 'disposition', form);
    const incomplete = await visitor.act(id, 'contacts', { note: 'typed at length' });
    const noWhen = await visitor.act(id, 'follow-up', { when: 'soon', zone: 'America/New_York' });

    expect(early.status).toBe(409);
    expect(notAllowed.status).toBe(403);
    expect(notAllowed.text).toContain('Only a supervisor may close a case as unreachable.');
    expect(notAllowed.html).toContain('typed at length</textarea>');
    expect(incomplete.status).toBe(422);
    expect(incomplete.text).toContain('Please fill in or correct: how, what came of it.');
    expect(noWhen.text).toContain('The follow-up needs a day and a time.');
    expect(await caseNow(id)).toMatchObject({ state: 'paging' });
  });

  it('does not page the next step twice for two people who saw the same one', async () => {
    const { id } = await openCase();
    await visitor.signIn('supervisor');

    const first = await visitor.act(id, 'escalate', { expectedStep: '0' });
    const second = await visitor.act(id, 'escalate', { expectedStep: '0' });

    expect([first.status, second.status]).toEqual([303, 409]);
    expect(second.text).toContain('The case has moved on to another step in the meantime.');
  });

  it('hands over: the case stays with its owner until the other accepts', async () => {
    const { id } = await openCase();
    await visitor.signIn('primary');
    await visitor.act(id, 'take');
    const page = await visitor.get(`/cases/${id}`);
    const to = /<option value="([^"]+)">Zebulon backup/.exec(page.html)![1]!;

    await visitor.act(id, 'hand-over', { to, reason: 'end of my shift' });
    const before = await caseNow(id);
    const backup = new Visitor(service);
    await backup.signIn('backup');
    const offered = await backup.get(`/cases/${id}`);
    await backup.act(id, 'take');
    const after = await caseNow(id);

    expect(before!['owner_id']).not.toBe(to);
    expect(offered.text).toContain('Accept the hand-over');
    expect(after!['owner_id']).toBe(to);
  });

  it('shows the timeline as the audit log holds it', async () => {
    const { id, ref } = await openCase();
    await service.phones.expectPage('primary', { ref });
    await visitor.signIn('primary');
    await visitor.act(id, 'take');

    const { text } = await visitor.get(`/cases/${id}`);

    expect(text).toContain('Case opened');
    expect(text).toContain('Case acknowledged by Zebulon primary Quillfeather');
  });
});

describe('the board', () => {
  it('lists open cases by risk, without a word about the people in them', async () => {
    const urgent = await openCase();
    const emergent = await openCase({ danger: { meansAtHand: true, within: '24h' } });
    await visitor.signIn('supervisor');

    const board = await visitor.get('/supervise');

    expect(board.text).toContain(urgent.ref);
    expect(board.text.indexOf(emergent.ref)).toBeLessThan(board.text.indexOf(urgent.ref));
    expect(board.text).not.toContain('Canary');
    expect(board.text).not.toContain('canary');
    expect(board.html).toContain('http-equiv="refresh"');
    expect((await visitor.get('/supervise?still=1')).html).not.toContain('http-equiv="refresh"');
  });
});
