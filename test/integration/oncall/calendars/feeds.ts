import ICAL from 'ical.js';
import type { Service } from '../../../support/service.js';
import { request } from '../../../support/service/requests.js';

export const own = { kind: 'person' };
export const ofSchedule = { kind: 'schedule', program: 'harness', schedule: 'primary' };
export const ofOther = (staff: string) => ({ kind: 'person', program: 'harness', staff });

export async function makeFeed(
  service: Service,
  person: string,
  wanted: object,
): Promise<{ id: string; url: string }> {
  const { status, body } = await service.api(person).post('/v1/calendar-feeds', wanted);
  expect({ status, body }).toMatchObject({ status: 201 });
  const made = body as { id: string; url: string };
  service.secrets.add(tokenIn(made.url));
  return made;
}

export const tokenIn = (url: string): string => /\/calendars\/([\w-]{43})\.ics$/.exec(url)![1]!;
export const read = (url: string) => request<string>(url, { method: 'GET' });

interface Shown {
  uid: string;
  summary: string;
  from: string;
  to: string;
}

/** As a calendar program reads it. */
export async function shiftsAt(url: string): Promise<Shown[]> {
  const { status, body } = await read(url);
  expect(status).toBe(200);
  const calendar = new ICAL.Component(ICAL.parse(body) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, startDate, endDate } = new ICAL.Event(component);
    const [from, to] = [startDate, endDate].map((time) => time.toJSDate().toISOString());
    return { uid, summary, from: from!, to: to! };
  });
}
