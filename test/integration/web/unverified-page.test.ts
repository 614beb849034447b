import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithEmail, givePasswords, Visitor } from './visitor.js';

let service: Service;

beforeAll(async () => {
  service = await startService({ program: aProgramWithEmail() });
  await givePasswords(service);
  await service.raiseFlag({ text: 'my app was not updated' }, { key: 'an-old-key' });
});
afterAll(() => service.stop());

async function signedIn(person: string): Promise<Visitor> {
  const visitor = new Visitor(service);
  await visitor.signIn(person);
  return visitor;
}

it('shows a supervisor what came without a good key, until they have reviewed it', async () => {
  const visitor = await signedIn('supervisor');

  const page = await visitor.get('/supervise/unverified');
  const [, path = ''] = /action="(\/supervise\/unverified\/[\w-]+)"/.exec(page.html) ?? [];
  const done = await visitor.post(path, { csrf: page.csrf });
  const after = await visitor.get('/supervise/unverified');

  expect(page.text).toContain('my app was not updated');
  expect(done.location).toBe('/supervise/unverified');
  expect(after.text).toContain('Nothing waits for a review.');
  expect(after.text).toContain('Reviewed by Zebulon supervisor Quillfeather.');
});

it('says so when somebody else has reviewed it before', async () => {
  const visitor = await signedIn('supervisor');
  const [flag] = await service.sql(`select id from flags where joined_as = 'review'`);
  const { csrf } = await visitor.get('/supervise/unverified');

  const again = await visitor.post(`/supervise/unverified/${String(flag?.['id'])}`, { csrf });

  expect(again.status).toBe(409);
});

it('is not for clinicians', async () => {
  const visitor = await signedIn('primary');

  expect((await visitor.get('/supervise/unverified')).status).toBe(403);
});
