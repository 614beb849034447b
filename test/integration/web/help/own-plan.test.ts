import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aFlag } from '../../../support/service/flag.js';
import { aProgram } from '../../../support/service/program.js';
import { type Service, startService } from '../../../support/service.js';
import { Visitor } from '../visitor.js';

const safetyPlan = {
  warningSigns: 'I stop answering messages.',
  internalCoping: 'A walk around the block.',
  peopleAndPlaces: 'The library.',
  peopleToAsk: 'Alex, day or night.',
  professionals: 'The on-call line.',
  saferSurroundings: 'Alex keeps what I asked them to keep.',
};

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  const program = aProgram();
  const participants = ['has-a-plan', 'has-none'].map((externalId) => ({
    externalId,
    name: `Zebulon ${externalId}`,
    ...(externalId === 'has-a-plan' && { safetyPlan }),
  }));
  service = await startService({
    program: { ...program, file: { ...program.file, participants } },
  });
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

/** The status page of a flag that was raised with this. */
async function statusOf(fields: Record<string, unknown>): Promise<string> {
  const { body } = await service.raiseFlag(aFlag(fields));
  return new URL(body.links!.status).pathname;
}

const reads = () =>
  service.sql(`select * from audit.audit_events where action = 'participant.read'`);

it('shows a participant their own plan in order, folded, and records the read', async () => {
  const path = await statusOf({ participant: { externalId: 'has-a-plan' } });
  const before = (await reads()).length;

  const page = await visitor.get(path);
  const spanish = await visitor.get(`${path}?lang=es`);

  const folded = /<details class="more"><summary>Your plan<\/summary>(.*?)<\/details>/s;
  const plan = folded.exec(page.html)?.[1] ?? '';
  const places = Object.values(safetyPlan).map((text) => plan.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(plan.indexOf('Warning signs'));
  expect(page.html.replace(plan, '')).not.toContain('Alex');
  expect(spanish.text).toContain('Señales de alerta');
  expect(await reads()).toHaveLength(before + 2);
});

it.each([
  ['of somebody without a plan', { participant: { externalId: 'has-none' } }],
  [
    'of a flag that somebody else raised',
    { participant: { externalId: 'has-a-plan' }, source: 'facilitator' },
  ],
  [
    'of a flag that names who raised it',
    { participant: { externalId: 'has-a-plan' }, raisedBy: { role: 'friend' } },
  ],
])('shows the generic steps on the status page %s', async (_whose, fields) => {
  const path = await statusOf(fields);
  const before = (await reads()).length;

  const page = await visitor.get(path);

  expect(page.text).toContain('Slow breathing.');
  expect(page.text).toContain('If you have made a safety plan, you can look at it now.');
  expect(page.text).not.toContain('Alex');
  expect(await reads()).toHaveLength(before);
});
