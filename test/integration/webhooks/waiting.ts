import type { Service } from '../../support/service.js';
import { ourNumber } from '../../support/provider/telephony.js';
import {
  attemptsOf,
  type Callback,
  caseOf,
  endAllCases,
  firstCallMs,
  postCallback,
  StaffPhone,
  takesOf,
} from '../pages/staff-phone.js';

interface Genuine {
  path: string;
  params: Record<string, string>;
}

/** A case whose primary holds the phone, and one callback of each kind that was not sent yet. */
export interface Waiting {
  caseId: string;
  receipt: Genuine;
  key: Genuine;
  text: Genuine;
  call: Genuine;
}

export const kinds = ['receipt', 'key', 'text', 'call'] as const;

export async function raiseAndPickUp(service: Service): Promise<Waiting> {
  const { id, ref } = (await service.raiseFlag()).body.case!;
  const phone = new StaffPhone(service, 'primary');
  const page = await service.phones.expectPage('primary', { ref });
  await service.passTime(firstCallMs);
  await phone.pickUp();
  const { sid: callSid, nonce } = await service.eventually(async () => {
    const [call] = await attemptsOf(service, id, 'primary', 'voice');
    return call?.status === 'in-progress' && call.sid !== null && { ...call, sid: call.sid };
  });
  const call = { CallSid: callSid, CallStatus: 'in-progress', From: ourNumber };
  const unique = id.replaceAll('-', '');
  return {
    caseId: id,
    receipt: {
      path: `/webhooks/twilio/receipts/${nonce}`,
      params: { ...call, CallStatus: 'completed' },
    },
    key: {
      path: `/webhooks/twilio/keys/${nonce}?round=1&repeats=0`,
      params: { ...call, To: phone.number, Digits: '1' },
    },
    text: {
      path: '/webhooks/twilio/messages',
      params: { MessageSid: `SM${unique}`, From: phone.number, To: ourNumber, Body: page.code },
    },
    call: {
      path: '/webhooks/twilio/calls',
      params: { CallSid: `CA${unique}`, From: '+12025550199', To: ourNumber },
    },
  };
}

/** The phone knows nothing of keys that a test pressed without it. */
export async function endCalls(service: Service): Promise<void> {
  const phone = new StaffPhone(service, 'primary');
  for (const { state } of await phone.calls()) {
    if (state === 'in-progress') await service.lab.hangUp(phone.number);
  }
  await endAllCases(service);
}

export const send = (
  service: Service,
  { path, params }: Genuine,
  changed: Partial<Callback> = {},
) => postCallback(service, path, { params, ...changed });

export async function storedCallbacks(service: Service): Promise<number> {
  const [row] = await service.sql<{ n: number }>(
    'select count(*)::int as n from provider_callbacks',
  );
  return row!.n;
}

/** Nobody has it, and nobody said that they take it. */
export async function isUntouched(service: Service, caseId: string): Promise<boolean> {
  const { state, owner } = await caseOf(service, caseId);
  const takes = await takesOf(service, caseId);
  return state === 'paging' && owner === null && takes.length === 0;
}
