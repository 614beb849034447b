import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { smsSegments } from '../../../src/platform/telephony/rules/gsm7.js';
import { ourNumber } from '../../support/provider/telephony.js';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithCalls, caseOf, endAllCases } from '../pages/staff-phone.js';

let service: Service;

beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls() });
});

afterEach(async () => {
  await endAllCases(service);
  await service.check();
});

afterAll(() => service.stop());

const notMatched = 'That did not match a page. Nothing was taken. ';

describe('a text that answers no page', () => {
  it.each(['taking it', '000000'])('from staff says so first: %s', async (reply) => {
    const { id, ref } = (await service.raiseFlag()).body.case!;
    const page = await service.phones.expectPage('primary', { ref });

    const said = await service.phones.reply('primary', page, reply);

    expect(said.startsWith(notMatched)).toBe(true);
    expect(said).toContain('Call 911.');
    expect(smsSegments(said)).toBe(1);
    expect(await caseOf(service, id)).toEqual({ state: 'paging', owner: null });
  });

  it('from anybody else gets the numbers, and nothing about pages', async () => {
    const { webhook } = await service.lab.reply('+12025550198', ourNumber, 'taking it');

    expect(webhook).toMatchObject({ status: 200 });
    expect(JSON.stringify(webhook)).toContain('Nobody reads texts to this number.');
    expect(JSON.stringify(webhook)).not.toContain('did not match');
  });
});
