import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyFile } from '../../support/handrail.js';
import { type FlagAnswer, type Service, startService } from '../../support/service.js';
import type { FlagBody } from '../../support/service/flag.js';
import { Followed, minutes, somebody } from '../cases/house.js';
import { aChoosyProgram, type ChoosyFile } from './choosy.js';

const program = aChoosyProgram();

let service: Service;
beforeAll(async () => {
  service = await startService({ program });
});
afterAll(() => service.stop());

const of = (externalId: string, fields: FlagBody = {}): FlagBody => ({
  participant: { externalId },
  ...fields,
});
const open = (body?: FlagBody): Promise<Followed> => Followed.open(service, body);
const droppedFor = async (current: Followed): Promise<unknown[]> =>
  (await current.events()).flatMap(({ body }) => body['preferencesDropped'] ?? []);
const alarmsAbout = (caseId: string) =>
  service.sql('select kind from alarms where subject_id = $1', [caseId]);

/** The file of the program, changed, on the database of the running service. */
async function change(work: (file: ChoosyFile) => unknown): Promise<void> {
  const file = JSON.parse(JSON.stringify(program.file)) as ChoosyFile;
  work(file);
  const { code, said } = await applyFile(service.database, file);
  if (code !== 0) throw new Error(said);
}

describe('whoever a flag needs', () => {
  it('is the prescriber first when it is about medication', async () => {
    const current = await open(of('patient', { need: 'medication' }));

    expect(await current.pages()).toEqual(['r0s0 clinician-1 step']);
    expect((await service.api('primary').get(`/v1/cases/${current.id}`)).body).toMatchObject({
      needs: ['medication'],
    });
    await current.close();
  });

  it('is the therapist when groups meet', async () => {
    const current = await open(of('patient'));

    expect(await current.pages()).toEqual(['r0s1 clinician-2 step']);
    expect(await current.reasons()).toEqual(['opened', 'nobody_meant', 'step']);
    await current.close();
  });

  it('is asked anew when a later flag says it is about medication', async () => {
    const current = await open(of('patient'));
    await current.close();
    const again = await open(of('patient', { need: 'session' }));
    await service.raiseFlag(of('patient', { need: 'medication' }));

    expect((await again.row())['needs']).toEqual(['session', 'medication']);
    await again.close();
  });

  it('is nobody of their own for somebody who has none', async () => {
    const current = await open({ ...somebody(), need: 'medication' });

    const paged = await current.pages();
    expect(paged.map((page) => page.split(' ')[0])).toEqual(['r0s2', 'r0s2']);
    expect((await current.reasons()).slice(0, 3)).toEqual([
      'opened',
      'nobody_meant',
      'nobody_meant',
    ]);
    expect(await alarmsAbout(current.id)).toEqual([]);
    await current.close();
  });
});

describe('who is on call for a need', () => {
  it('is told as for somebody who has no staff of their own', async () => {
    const { status, body } = await service
      .api('backup')
      .get('/v1/on-call?program=harness&need=medication');

    expect(status).toBe(200);
    expect(body).toMatchObject({ need: 'medication' });
    const { steps } = body as unknown as { steps: { people: { why: string }[] }[] };
    expect(steps.map(({ people }) => people.map(({ why }) => why.split(',')[0]))).toEqual([
      [],
      [],
      ['person primary', 'person backup', 'person clinician-2'],
      ['schedule primary'],
      ['role backstop'],
    ]);
  });

  it('is not told for a need that is none', async () => {
    const { status } = await service.api('backup').get('/v1/on-call?program=harness&need=sleep');
    expect(status).toBe(400);
  });
});

describe('whoever suits somebody best', () => {
  it('speaks their language, and is of the gender they prefer', async () => {
    const current = await open(of('speaker'));

    expect(await current.pages()).toEqual(['r0s2 backup step']);
    expect(await droppedFor(current)).toEqual([]);
    await current.close();
  });

  it('is found without the language where nobody speaks it, which is on record', async () => {
    const current = await open({
      participant: { externalId: 'french-speaker', language: 'fr' },
      location: { country: 'US', region: 'KS' },
    });

    expect(await current.pages()).toEqual(['r0s2 primary step']);
    expect(await droppedFor(current)).toEqual(['language']);
    const { body } = await service.api('supervisor').get(`/v1/cases/${current.id}/timeline`);
    expect(JSON.stringify(body)).toContain('"preferencesDropped":["language"]');
    await current.close();
  });

  it('is licensed where they say they are, before all else', async () => {
    const current = await open(of('speaker', { location: { country: 'US', region: 'KS' } }));

    expect(await current.pages()).toEqual(['r0s2 primary step']);
    expect(await droppedFor(current)).toEqual(['gender', 'language']);
    await current.close();
  });

  it('is sought where they said they are earlier that day', async () => {
    const current = await open(of('speaker'));
    expect(await current.pages()).toEqual(['r0s2 primary step']);
    await current.close();
  });

  it('is anybody where nobody is licensed', async () => {
    const elsewhere = { location: { country: 'CA', region: 'ON' } };
    const current = await open({ ...somebody(), ...elsewhere });

    expect(await current.pages()).toEqual([
      'r0s2 backup step',
      'r0s2 clinician-2 step',
      'r0s2 primary step',
    ]);
    expect(await droppedFor(current)).toEqual(['licenseState']);
    await current.close();
  });

  it('is not licensed there because somebody else said where they are', async () => {
    const kansas = { location: { country: 'US', region: 'KS' } };
    const answer = await service.raiseFlag({
      ...somebody(),
      ...kansas,
      source: 'third_party',
    });
    const [row] = await service.sql<NonNullable<FlagAnswer['case']>>(
      `select c.id, c.ref, c.state, c.acuity from cases c join flags f on f.case_id = c.id
        where f.id = $1`,
      [answer.body.flag.id],
    );
    const current = new Followed(service, { ...answer, body: { ...answer.body, case: row! } });

    expect(await current.pages()).toEqual(['r0s2 backup step', 'r0s2 clinician-2 step']);
    await current.close();
  });
});

describe('what a file says no more', () => {
  it('is over: a prescriber, a conflict of interest', async () => {
    await change(({ participants }) => {
      delete participants[0]!['prescriber'];
      delete participants[2]!['conflictsOfInterest'];
    });

    const patient = await open(of('patient', { need: 'medication' }));
    expect(await patient.pages()).toEqual(['r0s1 clinician-2 step']);
    const rival = await open(of('rival'));
    expect((await rival.take('primary')).status).toBe(201);

    await rival.close('primary');
    await patient.close();
    await change(() => undefined);
  });
});

describe('whoever is in a conflict of interest', () => {
  it('is never paged, sees nothing of it and takes nothing', async () => {
    const current = await open(of('rival', { location: { country: 'US', region: 'KS' } }));
    expect((await current.pages()).filter((page) => page.includes('primary'))).toEqual([]);
    await service.passTime(minutes(1));
    await current.paged('backstop');

    expect((await current.pages()).filter((page) => page.includes('primary'))).toEqual([]);
    expect((await current.take('primary')).status).toBe(404);
    const list = await service.api('primary').get('/v1/cases');
    expect(JSON.stringify(list.body)).not.toContain(current.id);
    await current.close();
  });
});

describe('outside the hours in which groups meet', () => {
  it('the therapist is not paged before others', async () => {
    await service.passTime(minutes(60));
    const current = await open(of('patient'));

    expect(await current.pages()).toEqual(['r0s2 clinician-2 step']);
    expect(await current.reasons()).toEqual(['opened', 'nobody_meant', 'nobody_meant', 'step']);
    await current.close();
  });
});
