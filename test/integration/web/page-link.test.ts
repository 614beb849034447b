import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { Visitor } from './visitor.js';

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService();
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

const caseNow = async (id: string) => (await service.cases()).find((row) => row['id'] === id);

async function pagedLink(): Promise<{ path: string; caseId: string }> {
  const { body } = await service.raiseFlag();
  const { link } = await service.phones.expectPage('primary', { ref: body.case!.ref });
  return { path: new URL(link).pathname, caseId: body.case!.id };
}

describe('the link of a page', () => {
  it('shows nothing of the participant, and taken by nobody however often it is opened', async () => {
    const { path, caseId } = await pagedLink();

    const preview = await fetch(service.url + path, { method: 'HEAD' });
    const page = await visitor.get(path);

    expect(preview.status).toBe(200);
    expect(page.text).toContain('Take this case');
    expect(page.text).not.toMatch(/canary/i);
    expect(await caseNow(caseId)).toMatchObject({ state: 'paging' });
  });

  it('takes the case without signing in, then offers to sign in to it', async () => {
    const { path, caseId } = await pagedLink();

    const taken = await visitor.post(path, { answer: 'take' });
    const later = await visitor.get(path);

    expect(taken.text).toContain('You have taken this case.');
    expect(taken.html).toContain(`/sign-in?next=${encodeURIComponent(`/cases/${caseId}`)}`);
    expect(await caseNow(caseId)).toMatchObject({ state: 'acknowledged' });
    expect(later.text).toContain('This page is no longer waiting for an answer.');
    expect(later.text).toContain('Sign in');
  });

  it('passes to the next person', async () => {
    const { path } = await pagedLink();

    const passed = await visitor.post(path, { answer: 'pass' });

    expect(passed.text).toContain('You passed on this case.');
    expect((await service.phones.expectPage('backup')).body).toContain('step 2/3');
  });

  it('takes no form from another site', async () => {
    const { path, caseId } = await pagedLink();

    const page = await visitor.post(path, { answer: 'take' }, { 'sec-fetch-site': 'cross-site' });

    expect(page.status).toBe(403);
    expect(await caseNow(caseId)).toMatchObject({ state: 'paging' });
  });

  it('that is not known is a 404 with help for whoever is lost', async () => {
    const page = await visitor.get('/r/AAAAAAAAAAAAAAAAAAAAAA');

    expect(page.status).toBe(404);
    expect(page.html).toContain('tel:112');
  });
});
