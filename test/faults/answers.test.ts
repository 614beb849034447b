import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  aProgramWithCalls,
  caseOf,
  endAllCases,
  firstCallMs,
  StaffPhone,
  takesOf,
} from '../integration/pages/staff-phone.js';
import { type OwnCluster, startOwnCluster } from '../support/database.js';
import { onBothBackends } from '../support/queue/backends.js';
import { type Service, startService } from '../support/service.js';
import type { PageText } from '../support/service/phones.js';
import { patientCalls, taken } from './callable.js';
import { lockTable, someoneWaits } from './locks.js';

jest.setTimeout(60_000);

/** The provider hangs up on whoever lets it wait for longer. */
const providerWaitsMs = 15_000;
const notRecorded = /could not be recorded just now. Nobody has it yet./;

let cluster: OwnCluster;
let isDead = false;
let service: Service;
let phone: StaffPhone;
beforeAll(async () => {
  cluster = await startOwnCluster();
});
afterAll(() => cluster.discard());

/** A page whose text has arrived and whose call was picked up. */
async function raiseAndPickUp(): Promise<{ id: string; page: PageText }> {
  await service.lab.fault(patientCalls);
  const { id, ref } = (await service.raiseFlag()).body.case!;
  const page = await service.phones.expectPage('primary', { ref });
  await service.passTime(firstCallMs);
  await phone.pickUp();
  return { id, page };
}

async function kill(): Promise<void> {
  isDead = true;
  await cluster.kill();
}

async function startAgain(): Promise<void> {
  await cluster.startAgain();
  isDead = false;
  await service.engineWell(0, { deadlineMs: 15_000 });
}

async function expectUntaken(id: string): Promise<void> {
  expect(await caseOf(service, id)).toEqual({ state: 'paging', owner: null });
  expect(await takesOf(service, id)).toEqual([]);
}

async function expectTakenOnce(id: string, channel: string): Promise<void> {
  expect(await caseOf(service, id)).toEqual({ state: 'acknowledged', owner: 'primary' });
  const take = { kind: 'primary', person: 'primary', channel };
  expect(await takesOf(service, id)).toMatchObject([take]);
}

describe('an answer to a page', () => {
  onBothBackends((backend) => {
    beforeAll(async () => {
      const program = aProgramWithCalls();
      service = await startService({ backend, cluster, program, flakyDatabase: true });
      phone = new StaffPhone(service, 'primary');
    });
    afterEach(async () => {
      if (isDead) await startAgain(); // What a test that failed has left undone.
      await endAllCases(service);
      await service.check({ stepMs: 15_000 });
    });
    afterAll(() => service.stop({ stepMs: 15_000 }));

    it('by key is not confirmed while PostgreSQL is dead, and counts once it is back', async () => {
      const { id } = await raiseAndPickUp();
      await kill();

      const dead = [await phone.press('1'), await phone.press('2'), await phone.press('1')];
      await startAgain();
      await expectUntaken(id);
      const alive = await phone.press('1');

      for (const said of dead) expect(said).toMatch(notRecorded);
      expect(alive).toContain(taken);
      await expectTakenOnce(id, 'voice');
    });

    it.each([
      ['key', 'voice', taken, () => phone.press('1')],
      ['text', 'sms', 'you have taken', (page: PageText) => service.phones.reply('primary', page)],
    ])('by %s is undone and told so when PostgreSQL dies in the middle of it', async (...row) => {
      const [, channel, confirmation, answer] = row;
      const { id, page } = await raiseAndPickUp();
      await lockTable(service, 'acknowledgements');
      const answering = answer(page);
      await service.eventually(() => someoneWaits(service));
      await kill();

      const dead = await answering;
      await startAgain();
      await expectUntaken(id);
      const alive = await answer(page);

      expect(dead).toMatch(notRecorded);
      expect(alive).toContain(confirmation);
      await expectTakenOnce(id, channel);
    });

    it('by key is not waited for when PostgreSQL is half-open', async () => {
      const { id } = await raiseAndPickUp();
      service.databaseLine.freeze();
      const began = performance.now();

      const frozen = await phone.press('1');
      const waitedMs = performance.now() - began;
      service.databaseLine.pass();
      await service.engineWell(0, { deadlineMs: 15_000 });
      await service.eventually(nothingIsHeld);
      await expectUntaken(id);
      const alive = await phone.press('1');

      expect(frozen).toMatch(notRecorded);
      expect(waitedMs).toBeLessThan(providerWaitsMs / 2);
      expect(alive).toContain(taken);
      await expectTakenOnce(id, 'voice');
    });

    it('by key is theirs when only the word of the commit was lost, and said so', async () => {
      const { id } = await raiseAndPickUp();
      await service.eventually(() => isTalking(id));
      service.databaseLine.loseAnswerTo('COMMIT');

      const lost = await phone.press('1');
      const again = await phone.press('1');

      expect(lost).not.toContain(taken);
      expect(again).toContain('This case is already yours.');
      await expectTakenOnce(id, 'voice');
    });
  });
});

/** The server has noticed that nobody will ever end the transactions of the dead line. */
async function nothingIsHeld(): Promise<boolean> {
  const held = await service.sql(
    `select from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'
        and clock_timestamp() - state_change > interval '0.5 s'`,
  );
  return held.length === 0;
}

/** Nothing is left to be written about the call but the key. */
async function isTalking(caseId: string): Promise<boolean> {
  const calls = await service.sql(
    `select from page_attempts a join pages p on p.id = a.page_id
      where p.subject_id = $1 and a.channel = 'voice' and a.state = 'answered'`,
    [caseId],
  );
  return calls.length > 0;
}
