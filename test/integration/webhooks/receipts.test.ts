import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { type Service, startService } from '../../support/service.js';
import {
  aProgramWithCalls,
  attemptsOf,
  type AttemptSeen,
  caseOf,
  endAllCases,
  firstCallMs,
  postCallback,
  StaffPhone,
} from '../pages/staff-phone.js';

let service: Service;
let phone: StaffPhone;

beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls() });
  phone = new StaffPhone(service, 'primary');
});

afterEach(async () => {
  await endAllCases(service);
  await service.sql('update contact_methods set disabled_at = null, disabled_reason = null');
  await service.check();
});

afterAll(() => service.stop());

const goesWrong = (channel: 'sms' | 'voice', fault: Fault) =>
  service.lab.fault({ match: { number: phone.number, channel }, times: 1, fault });

/** A case whose text is with the provider, which says nothing of it by itself. */
async function raiseSilently(): Promise<{ id: string; text: AttemptSeen }> {
  await goesWrong('sms', { noReceipt: true });
  const { id } = (await service.raiseFlag()).body.case!;
  const text = await service.eventually(async () => {
    const [attempt] = await attemptsOf(service, id, 'primary', 'sms');
    return attempt?.state === 'handed' && attempt;
  });
  return { id, text };
}

type Told = [status: string, errorCode?: number];

async function tell({ nonce, sid }: AttemptSeen, [status, errorCode]: Told): Promise<number> {
  const code = errorCode === undefined ? {} : { ErrorCode: String(errorCode) };
  const params = { MessageSid: sid!, MessageStatus: status, ...code };
  return (await postCallback(service, `/webhooks/twilio/receipts/${nonce}`, { params })).status;
}

async function methodOf(channel: string): Promise<{ reason: string | null }> {
  const [row] = await service.sql<{ reason: string | null }>(
    `select m.disabled_reason as reason from contact_methods m join staff s on s.id = m.staff_id
      where s.key = 'primary' and m.channel = $1`,
    [channel],
  );
  return row!;
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}

describe('receipts', () => {
  it('end in the same state in any order, and when they come twice', async () => {
    const receipts: Told[] = [['sent'], ['undelivered', 30_003], ['delivered']];

    const ends: unknown[] = [];
    for (const order of permutations(receipts)) {
      const { id, text } = await raiseSilently();
      for (const told of [...order, order[0]!]) expect(await tell(text, told)).toBe(204);
      const [after] = await attemptsOf(service, id, 'primary', 'sms');
      const { state, failure, rank, status } = after!;
      ends.push({ state, failure, rank, status });
      await endAllCases(service);
    }

    expect(ends).toHaveLength(6);
    const delivered = { state: 'delivered', failure: null, status: 'delivered' };
    for (const end of ends) expect(end).toMatchObject(delivered);
    expect(new Set(ends.map((end) => JSON.stringify(end))).size).toBe(1);
  });

  it('all of them change as much as one by one when the network mixes them up', async () => {
    await goesWrong('sms', { receiptsOutOfOrder: true, receiptsTwice: true });
    await goesWrong('voice', { receiptsOutOfOrder: true, receiptsTwice: true });
    const { id, ref } = (await service.raiseFlag()).body.case!;
    await service.phones.expectPage('primary', { ref });
    await service.passTime(firstCallMs);
    await phone.pickUp();
    await phone.press('1');

    await service.eventually(async () => {
      const [text, call] = await attemptsOf(service, id, 'primary');
      return text?.status === 'delivered' && call?.status === 'completed' && call.settled;
    });
    expect(await caseOf(service, id)).toEqual({ state: 'acknowledged', owner: 'primary' });
  });

  it('that come late are ignored, and noted', async () => {
    const { id, text } = await raiseSilently();
    await tell(text, ['delivered']);
    const before = await attemptsOf(service, id, 'primary');

    expect(await tell(text, ['undelivered', 30_003])).toBe(204);

    expect(await attemptsOf(service, id, 'primary')).toEqual(before);
    const kept = await service.sql<{ outcome: string }>(
      'select outcome from provider_callbacks where nonce = $1 order by received_at',
      [text.nonce],
    );
    expect(kept).toEqual([{ outcome: 'applied' }, { outcome: 'ignored_late' }]);
  });

  it('of another text than ours are ignored, and noted', async () => {
    const { text } = await raiseSilently();
    const other = { ...text, sid: `SM${'0'.repeat(32)}` };

    expect(await tell(other, ['undelivered', 30_005])).toBe(204);

    const kept = await service.sql('select outcome from provider_callbacks where nonce = $1', [
      text.nonce,
    ]);
    expect(kept).toEqual([{ outcome: 'ignored_foreign' }]);
    expect(await methodOf('sms')).toEqual({ reason: null });
  });

  it('about a page that was withdrawn change no page and begin nothing', async () => {
    const { id, text } = await raiseSilently();
    await service.api('backup').post(`/v1/cases/${id}/acknowledgements`);
    const pages = () => service.sql('select * from pages where subject_id = $1', [id]);
    const before = await pages();

    await tell(text, ['undelivered', 30_003]);

    expect(await pages()).toEqual(before);
    expect(await attemptsOf(service, id, 'primary')).toMatchObject([
      { channel: 'sms', state: 'undelivered', settled: true, left: false },
    ]);
  });

  it('that never come do not hold up the call', async () => {
    const { id } = await raiseSilently();
    await service.passTime(firstCallMs);
    await phone.ringing();
    await service.passTime(30_000 - firstCallMs);

    const given = await service.eventually(async () => {
      const [text] = await attemptsOf(service, id, 'primary', 'sms');
      return text?.settled && text;
    });
    expect(given).toMatchObject({ state: 'unknown', failure: null });
  });

  it('that take long do no harm', async () => {
    await goesWrong('sms', { receiptsLateMs: 700 });
    const { id } = (await service.raiseFlag()).body.case!;

    const told = await service.eventually(async () => {
      const [text] = await attemptsOf(service, id, 'primary', 'sms');
      return text?.settled && text;
    });
    expect(told).toMatchObject({ state: 'delivered' });
  });
});

describe('a number that turns out to be none', () => {
  it.each([30_005, 30_006])(
    'by receipt %s is texted no more, and the phone rings',
    async (code) => {
      const { id, text } = await raiseSilently();

      await tell(text, ['undelivered', code]);
      await phone.pickUp();
      await phone.press('1');
      await service.raiseFlag();
      await phone.ringing();

      expect(await caseOf(service, id)).toMatchObject({ owner: 'primary' });
      expect(await methodOf('sms')).toEqual({ reason: 'bad_contact' });
      expect(await methodOf('voice')).toEqual({ reason: null });
    },
  );

  it('by a refusal is texted no more, and the phone rings', async () => {
    await goesWrong('sms', { errorCode: 21_614 });
    await service.raiseFlag();

    await phone.ringing();

    expect(await methodOf('sms')).toEqual({ reason: 'bad_contact' });
  });

  it('for calls is called no more, while texts go on', async () => {
    await goesWrong('voice', { errorCode: 21_211 });
    const { id, ref } = (await service.raiseFlag()).body.case!;
    await service.phones.expectPage('primary', { ref });
    await service.passTime(firstCallMs);

    await service.phones.expectPage('primary', { ref });

    expect(await methodOf('voice')).toEqual({ reason: 'bad_contact' });
    const made = (await attemptsOf(service, id, 'primary')).map(({ channel }) => channel);
    expect(made).toEqual(['sms', 'voice', 'sms']);
  });
});

describe('staff who want no texts', () => {
  it('are texted no more after STOP, not even an answer, and their phone rings', async () => {
    const before = (await service.raiseFlag()).body.case!;
    const page = await service.phones.expectPage('primary', { ref: before.ref });

    const answer = await service.lab.reply(phone.number, page.from, 'Stop.');
    const texts = (await service.lab.phones(phone.number)).texts.length;
    await service.passTime(firstCallMs);
    await phone.pickUp();
    await phone.press('1');
    const { id } = (await service.raiseFlag()).body.case!;
    await phone.ringing();

    expect(answer.webhook).toMatchObject({ status: 200 });
    expect(JSON.stringify(answer.webhook)).not.toContain('<Message>');
    expect(await methodOf('sms')).toEqual({ reason: 'opted_out' });
    expect((await service.lab.phones(phone.number)).texts).toHaveLength(texts);
    expect(await attemptsOf(service, id, 'primary', 'sms')).toEqual([]);
  });

  it('are found out by the refusal of the provider as well', async () => {
    await goesWrong('sms', { errorCode: 21_610 });
    await service.raiseFlag();

    await phone.ringing();

    expect(await methodOf('sms')).toEqual({ reason: 'opted_out' });
  });

  it('lose no page by a STOP to a line of participants', async () => {
    await service.lab.reply(phone.number, service.program.line, 'STOP');

    const { ref } = (await service.raiseFlag()).body.case!;
    await service.phones.expectPage('primary', { ref });

    expect(await methodOf('sms')).toEqual({ reason: null });
  });
});
