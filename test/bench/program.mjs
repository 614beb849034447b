import { randomUUID } from 'node:crypto';

export const integrationKey = Buffer.alloc(32, 'bench').toString('base64url');

const acuity = {
  roundAgainSeconds: 300,
  steps: [
    { page: [{ schedule: 'primary' }], waitSeconds: 900 },
    { page: [{ schedule: 'backup' }], waitSeconds: 900 },
  ],
};

/** An invented program: one person on call, one behind, both by text. Its waits outlast any run. */
export const programFile = {
  program: {
    key: 'bench',
    name: 'Bench Evening Program',
    country: 'US',
    region: 'NY',
    zone: 'America/New_York',
    language: 'en',
    lines: ['+12025550190'],
    integrationKeys: [{ name: 'bench', key: integrationKey }],
  },
  policy: {
    lowAcuityNeeds: ['coaching'],
    acuities: { EMERGENT: acuity, URGENT: acuity, PRIORITY: acuity, ROUTINE: acuity },
  },
  staff: [person('primary', '+12025550110'), person('backup', '+12025550111')],
  schedules: ['primary', 'backup'].map(schedule),
};

function person(key, address) {
  const contactMethods = [{ channel: 'sms', address, verified: true }];
  return { key, name: `Bench ${key}`, roles: ['clinician'], contactMethods };
}

function schedule(key) {
  const rotation = {
    zone: 'America/New_York',
    members: [key],
    handOff: { time: '09:00', weekday: 1 },
    every: 'week',
    startsOn: '2024-01-01',
  };
  return { key, name: `${key} on call`, rotation };
}

/** As an app sends it: somebody new each time, with a few words and a number to call back. */
export function aFlag(stated = {}) {
  const id = randomUUID();
  return {
    participant: { externalId: id, name: `Participant ${id}`, language: 'en' },
    source: 'app_button',
    text: 'I would like somebody to call me as soon as possible, please.',
    callback: { phone: '+12025550171', safeToCall: true },
    location: { country: 'US', region: 'NY' },
    ...stated,
  };
}
