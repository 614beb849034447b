import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { Followed } from '../cases/house.js';
import { aProgramOfShifts, days, minutes, Shifts } from './shifts.js';

let service: Service;
let shifts: Shifts;
beforeAll(async () => {
  service = await startService({ program: aProgramOfShifts() });
  shifts = new Shifts(service);
});
afterAll(() => service.stop());

interface Turn {
  current: Followed;
  incoming: string;
  outgoing: string;
}

/** A case that whoever goes off has taken, at the moment when their shift ends. */
async function endShift({ reached = false } = {}): Promise<Turn> {
  const { at, incoming, outgoing } = await shifts.nextTurn();
  await shifts.passUntil(at - minutes(2));
  await shifts.lookAtAll();
  const current = await Followed.open(service);
  await current.take(outgoing);
  if (reached) await current.do(outgoing, 'contacts', { kind: 'call', outcome: 'reached' });
  await shifts.passUntil(at + 1_000);
  await shifts.reply(incoming, await shifts.text(incoming, /check-in, Night line/));
  return { current, incoming, outgoing };
}

const handOvers = (): Promise<{ outcome: string | null }[]> =>
  service.sql('select outcome from shift_hand_overs order by offered_at');

const ownerOf = async (current: Followed): Promise<string | undefined> =>
  (await shifts.keys()).get(String((await current.row())['owner_id']));

describe('an open case at the end of a shift', () => {
  it('is offered by name to whoever comes, and is theirs when they take it', async () => {
    const { current, incoming, outgoing } = await endShift();
    const page = await current.paged(incoming);
    const off = await shifts.text(outgoing, /your shift for Night line is over/);

    expect(page.body).toContain('is offered to you');
    expect(off.body).toContain('1 open case is still yours');
    expect(await ownerOf(current)).toBe(outgoing);
    await service.phones.reply(incoming, page);
    expect(await ownerOf(current)).toBe(incoming);

    await service.passTime(minutes(4));
    await current.do(incoming, 'contacts', { kind: 'call', outcome: 'reached' });
    await service.passTime(minutes(7));
    await service.eventually(async () => (await handOvers()).at(-1)!.outcome === 'accepted');
    expect(await shifts.alarms()).toEqual([]);
    await current.close(incoming);
  });

  it('that nobody accepts stays with its owner, is offered again, and supervisors are told', async () => {
    const { current, incoming, outgoing } = await endShift({ reached: true });
    await current.paged(incoming);
    await service.passTime(minutes(10));
    const again = await current.paged(incoming);
    const still = await shifts.text(outgoing, /is still yours: nobody has accepted/);
    const alarm = await current.paged('supervisor');

    expect(still.body).toContain(current.ref);
    expect(alarm.body).toContain('ALARM: nobody has accepted its hand-over');
    expect(await current.row()).toMatchObject({ state: 'in_contact' });
    expect(await ownerOf(current)).toBe(outgoing);
    expect(await service.phones.reply('supervisor', alarm)).toContain('you have taken the alarm');

    expect(await service.phones.reply(incoming, again)).toContain('you have taken case');
    expect(await ownerOf(current)).toBe(incoming);
    await current.close(incoming);
  });

  it('that somebody has offered by hand already is left to them', async () => {
    const { at, incoming, outgoing } = await shifts.nextTurn();
    await shifts.passUntil(at - minutes(2));
    await shifts.lookAtAll();
    const current = await Followed.open(service);
    await current.take(outgoing);
    const [backup] = await service.sql<{ id: string }>(`select id from staff where key = 'backup'`);
    await current.do(outgoing, 'hand-overs', { to: backup!.id });
    const before = (await handOvers()).length;
    await shifts.passUntil(at + 1_000);
    await shifts.reply(incoming, await shifts.text(incoming, /check-in, Night line/));
    await shifts.text(outgoing, /1 open case is still yours/);

    expect(await handOvers()).toHaveLength(before);
    expect(await current.pages()).not.toContainEqual(expect.stringContaining(`${incoming} hand`));
    await current.close('backup');
    await service.passTime(days(1));
  });
});
