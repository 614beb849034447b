import { randomUUID } from 'node:crypto';

export type FlagBody = Record<string, unknown>;

/** A flag of somebody new, full of words that must not be seen anywhere outside. */
export function aFlag(fields: FlagBody = {}): FlagBody {
  const mark = randomUUID();
  return {
    participant: {
      externalId: `canary-id-${mark}`,
      name: `Canary Name ${mark}`,
      phone: '+12025550171',
    },
    text: `canary words ${mark}`,
    callback: { phone: '+12025550172', safeToCall: true },
    ...fields,
  };
}

/** What of a flag nobody outside may ever read. */
export function secretsIn(body: FlagBody): string[] {
  const { participant, raisedBy, callback, location } = body as Record<
    string,
    FlagBody | undefined
  >;
  const said = [
    body['text'],
    ...['externalId', 'name', 'phone'].map((field) => participant?.[field]),
    ...['name', 'phone'].map((field) => raisedBy?.[field]),
    callback?.['phone'],
    location?.['address'],
  ];
  return said.filter((one): one is string => typeof one === 'string' && one.length >= 6);
}
