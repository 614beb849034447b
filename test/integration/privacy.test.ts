import { afterEach, describe, expect, it } from '@jest/globals';
import { onBothBackends } from '../support/queue/backends.js';
import { type Service, startService } from '../support/service.js';
import { metricsToken } from '../support/service/environment.js';
import type { FlagBody } from '../support/service/flag.js';
import { aProgram, type TestProgram } from '../support/service/program.js';
import { request } from '../support/service/requests.js';

/** Every word, name and number of it is one that nobody outside may read. */
const said = {
  externalId: 'canary-external-7781',
  name: 'Canary Ashgrove Enrolled',
  phone: '+12025550181',
  callback: '+12025550182',
  laterCallback: '+12025550183',
  words: 'canary words: I cannot sleep any more',
  wordsAgain: 'canary words again: it is worse',
  address: '12 Canary Elm Street',
  laterAddress: '98 Canary Oak Avenue',
  raiser: 'Canary Mother Ashgrove',
  raiserPhone: '+12025550184',
  relative: 'Canary Sister Ashgrove',
  relativePhone: '+12025550185',
  plan: 'canary plan: the music of her brother',
  declineReason: 'canary decline: she is my neighbor',
  escalationReason: 'canary escalation: I know this voice',
  acuityReason: 'canary acuity: she has pills',
  handOverReason: 'canary hand-over: she asked for you',
  contactNote: 'canary contact note: crying, then calm',
  locationGiven: '7 Canary Birch Lane, second floor',
  spokenTo: 'Canary Sergeant Pelham',
  agency: 'Canary county team that knows her',
  dispatchedNumber: '+12025550186',
  alternatives: 'canary alternatives: her sister',
  waiveReason: 'canary waiver: she came to the door herself',
  dispositionNote: 'canary disposition note: safe tonight',
  followUpReason: 'canary follow-up: sees her clinician tomorrow',
} as const;

const words = said.plan;
const enrolled = {
  externalId: said.externalId,
  name: said.name,
  phone: { number: said.phone, safeToCall: true },
  safetyPlan: {
    warningSigns: words,
    internalCoping: words,
    peopleAndPlaces: words,
    peopleToAsk: words,
    professionals: words,
    saferSurroundings: words,
  },
  supportContacts: [
    { name: said.relative, relation: 'sister', phone: said.relativePhone, consent: 'full' },
  ],
};

function aProgramOfHers(): TestProgram {
  const program = aProgram({ waitSeconds: 600 });
  return { ...program, file: { ...program.file, participants: [enrolled] } };
}

const flag = (fields: FlagBody = {}): FlagBody => ({
  participant: { externalId: said.externalId, name: said.name, phone: said.phone },
  raisedBy: { role: 'mother', name: said.raiser, phone: said.raiserPhone },
  text: said.words,
  location: { country: 'US', region: 'NY', address: said.address },
  callback: { phone: said.callback, safeToText: false },
  ...fields,
});

let service: Service;
afterEach(() => service.discard());

/** From the flag to the end of her case; resolves to everything a visitor was answered. */
async function workOneCase(): Promise<{ caseId: string; links: string[] }> {
  const raised = await service.raiseFlag(flag());
  const { id, ref } = raised.body.case!;
  const status = raised.body.links!.status;
  const act = async (person: string, what: string, body: object): Promise<void> => {
    const answer = await service.api(person).post(`/v1/cases/${id}/${what}`, body);
    if (answer.status !== 201) throw new Error(`${what}: ${JSON.stringify(answer.body)}`);
  };
  await service.phones.expectPage('primary', { ref });
  await service.raiseFlag(flag({ text: said.wordsAgain }));
  await addDetails(status);
  await act('primary', 'declines', { reason: said.declineReason });
  const page = await service.phones.expectPage('backup', { ref });
  await act('supervisor', 'escalations', { expectedStep: 1, reason: said.escalationReason });
  await service.phones.expectPage('supervisor', { ref });
  expect(await service.phones.reply('backup', page)).toContain('you have taken');
  await act('backup', 'acuity', { acuity: 'EMERGENT', reason: said.acuityReason });
  const [supervisor] = await service.sql("select id from staff where key = 'supervisor'");
  await act('backup', 'hand-overs', { to: supervisor!['id'], reason: said.handOverReason });
  await act('backup', 'contacts', { kind: 'call', outcome: 'reached', note: said.contactNote });
  await act('backup', 'dispatches', {
    agency: said.agency,
    number: said.dispatchedNumber,
    consent: 'no',
    alternativesTried: said.alternatives,
    locationGiven: said.locationGiven,
    spokenTo: said.spokenTo,
  });
  const [dispatch] = await service.sql('select id from dispatches');
  const waiver = { waive: true, reason: said.waiveReason };
  await act('supervisor', `dispatches/${dispatch!['id']}/confirmation`, waiver);
  await act('backup', 'disposition', { code: 'mobile_crisis_sent', note: said.dispositionNote });
  await act('backup', 'follow-up', { none: true, reason: said.followUpReason });
  await act('backup', 'closure', {});
  return { caseId: id, links: [status, page.link] };
}

async function addDetails(status: string): Promise<void> {
  const fields = { phone: said.laterCallback, safe_call: '1', address: said.laterAddress };
  const { status: code, headers } = await request(status, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  expect([code, headers.get('location')]).toEqual([303, expect.stringContaining('said=saved')]);
}

/** What anybody may ask for, and what the operators' own tools are told. */
async function seenFromOutside(links: string[]): Promise<string> {
  const authorization = `Bearer ${metricsToken}`;
  const headers = { authorization };
  const metrics = await request<string>(`${service.url}/metrics`, { method: 'GET', headers });
  expect(metrics.status).toBe(200);
  expect(metrics.body).toContain('handrail_');
  const paths = ['/health/engine', '/health/ready', '/openapi.json', '/v1/resources?country=US'];
  const answers = await Promise.all(paths.map((path) => service.get(path)));
  const pages = await Promise.all(links.map((url) => request(url, { method: 'GET' })));
  return JSON.stringify([metrics.body, links, answers.map(({ body }) => body), pages]);
}

describe('what one person said and is called, over her whole case', () => {
  onBothBackends((backend) => {
    it('is read by whoever works it, and by nobody else anywhere', async () => {
      service = await startService({ backend, program: aProgramOfHers() });
      for (const canary of Object.values(said)) service.secrets.add(canary);

      const { caseId, links } = await workOneCase();
      const staff = await service.api('backup').get(`/v1/cases/${caseId}`);
      const outside = await seenFromOutside(links);

      // Whoever works the case reads it all, so each of them was really stored.
      const file = JSON.stringify(staff.body);
      expect(Object.values(said).filter((canary) => !file.includes(canary))).toEqual([]);
      for (const canary of Object.values(said)) {
        expect(outside).not.toContain(canary.replace(/^\+/, ''));
      }
      expect(await service.cases()).toMatchObject([{ state: 'closed' }]);
      await service.check();
    });
  });
});
