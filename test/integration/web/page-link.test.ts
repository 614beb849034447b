import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { Visitor } from './visitor.js';

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService({ flakyDatabase: true });
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
    expect(page.html).toContain(`/sign-in?next=${encodeURIComponent(`/cases/${caseId}`)}`);
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
    expect(page.html).toContain('tel:911');
    expect(page.text).toContain('findahelpline.com');
  });
});

describe('the link of a page that only reminds', () => {
  it('says what to do and where to sign in, and no answer to it gives the case away', async () => {
    const { body } = await service.raiseFlag();
    const { id, ref } = body.case!;
    await service.phones.reply('primary', await service.phones.expectPage('primary', { ref }));
    await service.passTime(150_000);
    const warning = await service.phones.expectPage('primary', { ref });
    const path = new URL(warning.link).pathname;

    const page = await visitor.get(path);
    const passed = await visitor.post(path, { answer: 'pass' });
    const taken = await visitor.post(path, { answer: 'take' });

    expect(warning.body).toContain('nothing new is logged');
    expect(page.text).toContain('You have this case, and nothing new is logged.');
    expect(page.html).not.toContain('<button');
    for (const each of [page, passed, taken]) {
      expect(each.html).toContain(`/sign-in?next=${encodeURIComponent(`/cases/${id}`)}`);
    }
    expect(passed.text).toContain('Nothing was changed by this: the page only reminds.');
    expect(await caseNow(id)).toMatchObject({ state: 'acknowledged' });
    expect((await caseNow(id))!['owner_id']).not.toBeNull();
  });
});

describe('the link of a page with the database dead', () => {
  it('says that nobody has taken anything by it, with a button to try again', async () => {
    const { path, caseId } = await pagedLink();
    service.databaseLine.cut(true);

    const shown = await visitor.get(path);
    const taken = await visitor.post(path, { answer: 'take' });
    const passed = await visitor.post(path, { answer: 'pass' });
    service.databaseLine.pass();
    await service.engineWell();

    expect([shown.status, taken.status, passed.status]).toEqual([503, 503, 503]);
    expect(shown.text).toContain('Try again');
    expect(taken.text).toContain('Your answer was not recorded, and nobody has taken this by it.');
    for (const [page, answer] of [
      [taken, 'take'],
      [passed, 'pass'],
    ] as const) {
      expect(page.html).toContain(`<form method="post" action="${path}"`);
      expect(page.html).toContain(`name="answer" value="${answer}"`);
      expect(page.html).toContain('href="/sign-in');
      expect(page.text).toContain('findahelpline.com');
    }
    expect(await caseNow(caseId)).toMatchObject({ state: 'paging' });
  });
});
