import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { Swapped } from './swapped.js';
import { aProgramWithDailyTurns, hours, type ScheduleTold, Turns } from './turns.js';

let service: Service;
let turns: Turns;
beforeAll(async () => {
  service = await startService({
    program: aProgramWithDailyTurns((file) => {
      // Everybody has at most three turns of a day within 7 days.
      Object.assign(file.schedules[0]!, { fatigue: { hoursPerWeekMax: 120, nightsInARowMax: 2 } });
      const licensed = file.staff.find(({ key }) => key === 'clinician-4')!;
      licensed.credentials = [{ kind: 'license', expires: soon(), states: ['NY'] }];
    }),
  });
  turns = await Turns.of(service);
});
afterAll(() => service.stop());

/** The day on which a license ends, two weeks from now. */
const soon = () => new Date(Date.now() + hours(14 * 24)).toISOString().slice(0, 10);
const nameOf = (key: string) => service.program.people.get(key)!.name;
const strictly = (strict: boolean) => (body: ScheduleTold) =>
  (body.fatigue = { hoursPerWeekMax: 120, nightsInARowMax: 2, strict });
/** The next two shifts, which are not those of `who`, and which `who` would take as well. */
async function twoBeside(who: string) {
  const shifts = await turns.shifts();
  const at = shifts.findIndex((one, index) => one.key === who && index > 3);
  const [before, after] = [shifts[at - 1]!, shifts[at + 1]!];
  return { before, after };
}
const take = (who: string, { key, from, to }: { key: string; from: string; to: string }) =>
  turns.override({ incoming: who, outgoing: key, from, to });

describe('too much time on call', () => {
  it('is named by whoever asks for more of it, and keeps nobody from a page', async () => {
    const { before, after } = await twoBeside('primary');
    const first = await take('primary', before);
    const second = await take('primary', after);

    expect(first.status).toBe(201);
    const said = second.body['warnings'] as { code: string; detail: string }[];
    expect(second.status).toBe(201);
    expect(said.map(({ code }) => code)).toContain('fatigue');
    expect(said.map(({ detail }) => detail).join(' ')).toContain(
      `${nameOf('primary')} is on call for 3 nights in a row, more than 2`,
    );
    expect(await turns.onCall(after.from)).toEqual([
      `primary: schedule primary, override in place of ${after.key}`,
    ]);
    for (const { body } of [first, second]) {
      await turns.withdraw((body['override'] as { id: string }).id);
    }
  });

  it('is refused where the schedule is strict, unless a supervisor accepts it', async () => {
    expect((await turns.publish(strictly(true))).status).toBe(200);
    const { before, after } = await twoBeside('clinician-1');
    const first = await take('clinician-1', before);
    const refused = await take('clinician-1', after);
    const { key, from, to } = after;
    const accepted = await turns.override({
      incoming: 'clinician-1',
      outgoing: key,
      from,
      to,
      acceptFatigue: { reason: 'nobody else is left' },
    });

    expect([refused.status, refused.body]).toMatchObject([
      422,
      {
        code: 'fatigue',
        violations: expect.arrayContaining([expect.objectContaining({ max: 2 })]),
      },
    ]);
    expect(accepted.status).toBe(201);
    const { id } = accepted.body['override'] as { id: string };
    const [record] = await turns.recorded(id);
    expect(record!.body).toMatchObject({ accepted: { fatigueReason: 'nobody else is left' } });
    await turns.withdraw(id);
    await turns.withdraw((first.body['override'] as { id: string }).id);
    await turns.publish(strictly(false));
  });

  it('is asked for in a swap, and accepted by a supervisor only', async () => {
    await turns.publish(strictly(true));
    const { before, after } = await twoBeside('clinician-2');
    const first = await take('clinician-2', before);
    const swaps = new Swapped(turns);
    const asked = await swaps.request(after.key, 'clinician-2', {
      from: after.from,
      to: after.to,
    });
    expect(asked.body).toMatchObject({ warnings: [{ code: 'fatigue' }] });

    const byThemselves = await swaps.act('clinician-2', asked, 'acceptance');
    const { id, version } = asked.body;
    const acceptFatigue = { reason: 'both want it' };
    const accepting = { version, acceptFatigue };
    const api = (who: string) => service.api(who).post(`/v1/swaps/${id}/acceptance`, accepting);
    const inOwnName = await api('clinician-2');
    const bySupervisor = await api('supervisor');

    expect([byThemselves.status, byThemselves.body]).toMatchObject([422, { code: 'fatigue' }]);
    expect([inOwnName.status, bySupervisor.status]).toEqual([403, 201]);
    await swaps.settleAll();
    await turns.withdraw((first.body['override'] as { id: string }).id);
    await turns.publish(strictly(false));
  });

  it('is named when a schedule is published that asks for it, and refused when it is strict', async () => {
    const alone = (body: ScheduleTold) => (body.layers[0]!.members = ['primary']);
    const strict = (body: ScheduleTold) => [alone(body), strictly(true)(body)];

    const refused = await turns.publish(strict);
    const accepted = await turns.publish(strict, { acceptFatigue: { reason: 'until Monday' } });

    expect([refused.status, refused.body['code']]).toEqual([422, 'fatigue']);
    expect(accepted.status).toBe(200);
    expect(JSON.stringify(accepted.body['warnings'])).toContain('168 hours within 7 days');
    await turns.publish((body) => {
      body.layers[0]!.members = ['primary', 'clinician-1', 'clinician-2'];
      strictly(false)(body);
    });
  });
});

describe('a credential that expires', () => {
  it('within an override is refused, unless a supervisor accepts the gap', async () => {
    const [shift] = (await turns.shifts()).filter(({ to }) => to.slice(0, 10) > soon());
    const { key: outgoing, from, to } = shift!;
    const wanted = { incoming: 'clinician-4', outgoing, from, to };

    const refused = await turns.override(wanted);
    const accepted = await turns.override({ ...wanted, acceptGap: { reason: 'it is renewed' } });

    expect([refused.status, refused.body['code']]).toEqual([422, 'credential_expires']);
    expect(accepted.body).toMatchObject({ warnings: [{ code: 'credential_expires' }] });
    await turns.withdraw((accepted.body['override'] as { id: string }).id);
  });

  it('before an override begins is refused', async () => {
    const shifts = (await turns.shifts()).filter(({ from }) => from.slice(0, 10) > soon());
    const { key: outgoing, from, to } = shifts[1]!;
    const acceptGap = { reason: 'it is renewed' };

    const refused = await turns.override({
      incoming: 'clinician-4',
      outgoing,
      from,
      to,
      acceptGap,
    });

    expect([refused.status, refused.body['code']]).toEqual([422, 'credential_expired']);
  });
});
