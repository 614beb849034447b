import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clone } from '../../support/clone.js';
import { type Child, freePort } from '../../support/service/child.js';
import { eventually } from '../../support/service/eventually.js';

const startedMs = 60_000;
const endedMs = 45_000;
const pageMs = 15_000;

let clone: Clone;
let port: string;
let first: Child;
let second: Child;

beforeAll(async () => {
  clone = new Clone();
  port = String(await freePort());
});

afterAll(() => clone.discard());

async function start(): Promise<Child> {
  const child = clone.start({ PORT: port });
  const isWell = async () => (await fetch(`${addressOf(child)}/health/engine`)).ok;
  await eventually(isWell, { deadlineMs: startedMs, what: 'a started service' });
  return child;
}

const addressOf = ({ output }: Child): string => / answers at (\S+)/.exec(output)?.[1] ?? '';

interface Texts {
  texts: { body: string; from: string }[];
}

async function textsOf(phone: string): Promise<Texts['texts']> {
  const answer = await fetch(`${clone.notes.labUrl}/lab/phones/${encodeURIComponent(phone)}`);
  return ((await answer.json()) as Texts).texts;
}

/** Raises a flag there and waits for its page on the first clinician's phone in the noted lab. */
async function flagAndPage(baseUrl: string): Promise<string> {
  const { integrationKey, staff } = clone.notes;
  const answer = await fetch(`${baseUrl}/v1/flags`, {
    method: 'POST',
    headers: { authorization: `Bearer ${integrationKey}` },
    body: JSON.stringify({ participant: { externalId: `x-${Date.now()}` } }),
  });
  const { case: opened } = (await answer.json()) as { case: { id: string; ref: string } };
  const { phone } = staff[0]!;
  await eventually(
    async () => (await textsOf(phone)).some(({ body }) => body.includes(opened.ref)),
    { deadlineMs: pageMs, what: `a page about ${opened.ref}` },
  );
  return opened.id;
}

async function stateOf(caseId: string): Promise<string> {
  const { baseUrl, staff } = clone.notes;
  const headers = { authorization: `Bearer ${staff[0]!.token}` };
  const answer = await fetch(`${baseUrl}/v1/cases/${caseId}`, { headers });
  return ((await answer.json()) as { case?: { state: string }; state?: string }).state ?? '';
}

describe('a second start', () => {
  it('uses the phones of the first one and leaves its notes alone', async () => {
    first = await start();
    const notes = clone.notes;

    second = await start();

    expect(clone.notes).toEqual(notes);
    expect(notes.baseUrl).toBe(addressOf(first));
    expect(addressOf(second)).not.toBe(addressOf(first));
    for (const child of [first, second, first]) await flagAndPage(addressOf(child));
  });

  it('goes on with the same phones when the first one ends', async () => {
    const { labUrl } = clone.notes;
    await first.term(endedMs);
    await eventually(() => clone.notes.baseUrl === addressOf(second), { deadlineMs: 30_000 });

    expect(clone.notes.labUrl).toBe(labUrl);
    const id = await flagAndPage(addressOf(second));

    const { phone } = clone.notes.staff[0]!;
    const [page] = await textsOf(phone);
    const code = /Reply (\d+) to take/.exec(page!.body)?.[1];
    await fetch(`${labUrl}/lab/phones/${encodeURIComponent(phone)}/sms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: page!.from, body: code }),
    });
    expect(await stateOf(id)).toBe('acknowledged');
  });
});

describe('a start that was killed', () => {
  it('leaves no service and no lab behind, also when the next one comes at once', async () => {
    const { labUrl } = clone.notes;
    await second.kill();

    second = await start();

    await eventually(() => clone.notes.baseUrl === addressOf(second), { deadlineMs: endedMs });
    await flagAndPage(addressOf(second));
    if (clone.notes.labUrl === labUrl) return; // It was joined in its last moments.
    const isGone = await fetch(labUrl).then(
      () => false,
      () => true,
    );
    expect(isGone).toBe(true);
  });
});

describe('a start with a new database', () => {
  it('notes tokens that open something, and where commands say it answers', async () => {
    await second.term(endedMs);
    await clone.dropDatabase();

    await start();

    const { baseUrl, staff } = clone.notes;
    const participant = ['--program', clone.notes.program, '--participant', 'p-1001'];
    const link = await clone.command('help-links', 'create', ...participant);
    expect(link.startsWith(`${baseUrl}/help/`)).toBe(true);
    for (const { token } of staff.slice(0, 3)) {
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${baseUrl}/v1/cases`, { headers })).status).toBe(200);
    }
  });
});

describe('a start with a port that is none', () => {
  it.each(['abc', '70000', '-1', '3000.5'])('names it among the problems: %s', async (wrong) => {
    const child = clone.start({ PORT: wrong, METRICS_TOKEN: 'short' });
    await eventually(() => child.state === 'ended', { deadlineMs: startedMs });

    expect(child.crash).toBe('ended with 78');
    expect(child.output).toMatch(/PORT: .*/);
    expect(child.output).toMatch(/METRICS_TOKEN: .*/);
  });
});
