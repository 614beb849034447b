import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { parse } from 'yaml';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';
import { Passwords } from '../staff/passwords.service.js';
import { SignIn } from '../staff/sign-in.service.js';
import { Staff } from '../staff/staff.service.js';
import { Apply } from './apply.service.js';
import { OwnHelpPages } from './own-help-pages.service.js';
import { readProgramFile } from './program-file.js';
import { UsageError } from './usage-error.js';

const root = new URL('../../', import.meta.url);
const demoFile = fileURLToPath(new URL('config/demo.yaml', root));
const stateFolder = fileURLToPath(new URL('.handrail/', root));

interface DemoProgram {
  program: { key: string; lines: string[]; integrationKeys?: unknown };
  staff: {
    key: string;
    name: string;
    email: string;
    roles: string[];
    contactMethods: { address: string }[];
  }[];
  participants: {
    externalId: string;
    name: string;
    language?: string;
    phone?: { number: string };
  }[];
}

interface DemoState {
  baseUrl: string;
  labUrl: string | null;
  program: string;
  integrationKey: string;
  participants: { externalId: string }[];
}

/** Fills the demo's database, tells the phone lab where we are, and notes it all for scripts. */
@Injectable()
export class Demo {
  constructor(
    private readonly apply: Apply,
    private readonly ownHelpPages: OwnHelpPages,
    private readonly staff: Staff,
    private readonly signIn: SignIn,
    private readonly passwords: Passwords,
    private readonly unitOfWork: UnitOfWork,
    private readonly telephony: TelephonyConfig,
    private readonly address: PublicAddress,
  ) {}

  async prepare(env: NodeJS.ProcessEnv): Promise<number> {
    const integrationKey = env['DEMO_INTEGRATION_KEY'] ?? '';
    const demo = parse(readFileSync(demoFile, 'utf8')) as DemoProgram;
    demo.program.integrationKeys = [{ name: 'demo app', key: integrationKey }];
    const read = readProgramFile(JSON.stringify(demo));
    if ('problems' in read) throw new UsageError(read.problems.join('\n'));
    await this.apply.apply(read.description);
    const password = env['DEMO_PASSWORD'] ?? '';
    for (const { key } of demo.staff) await this.setPassword(key, password);
    const labUrl = this.telephony.apiBaseUrl;
    if (labUrl) await this.tellLab(labUrl, demo);
    const state = await this.note(demo, labUrl, integrationKey);
    print(state, demo, password);
    return 0;
  }

  private async tellLab(labUrl: string, demo: DemoProgram): Promise<void> {
    for (const number of [...this.telephony.fromNumbers, ...demo.program.lines]) {
      const answer = await fetch(`${labUrl}/lab/lines/${encodeURIComponent(number)}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          smsUrl: this.address.of('/webhooks/twilio/messages'),
          voiceUrl: this.address.of('/webhooks/twilio/calls'),
        }),
      });
      if (!answer.ok) throw new Error(`The phone lab refused line ${number}: ${answer.status}`);
    }
    for (const { name, contactMethods } of demo.staff)
      await this.namePhone(labUrl, name, contactMethods[0]?.address);
    for (const { name, phone } of demo.participants)
      await this.namePhone(labUrl, name, phone?.number);
  }

  private async namePhone(labUrl: string, name: string, number: string | undefined): Promise<void> {
    if (number === undefined) return;
    await fetch(`${labUrl}/lab/phones/${encodeURIComponent(number)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  }

  private async note(demo: DemoProgram, labUrl: string | null, integrationKey: string) {
    const known = this.knownTokens();
    const staff = [];
    for (const { key, name, roles, contactMethods } of demo.staff) {
      const token = known.get(name) ?? (await this.newToken(key));
      staff.push({ name, role: roles[0], phone: contactMethods[0]?.address ?? null, token });
    }
    const state = {
      baseUrl: this.address.base,
      labUrl,
      program: demo.program.key,
      integrationKey,
      twilio: {
        accountSid: this.telephony.accountSid,
        authToken: this.telephony.authTokens[0],
        from: this.telephony.fromNumbers[0],
        line: demo.program.lines[0] ?? null,
      },
      staff,
      participants: await Promise.all(demo.participants.map((one) => this.noteOf(one, demo))),
    };
    mkdirSync(stateFolder, { recursive: true });
    writeFileSync(`${stateFolder}demo.json`, `${JSON.stringify(state, null, 2)}\n`, {
      mode: 0o600,
    });
    return state;
  }

  private async noteOf(
    { externalId, name, language, phone }: DemoProgram['participants'][number],
    { program }: DemoProgram,
  ) {
    const helpUrl = await this.ownHelpPages.addressFor(program.key, externalId, 'same');
    const number = phone?.number ?? null;
    return { externalId, name, phone: number, language: language ?? null, helpUrl };
  }

  private knownTokens(): Map<string, string> {
    try {
      const { staff } = JSON.parse(readFileSync(`${stateFolder}demo.json`, 'utf8')) as {
        staff: { name: string; token: string }[];
      };
      return new Map(staff.map(({ name, token }) => [name, token]));
    } catch {
      // Safe: the first start; everybody gets a new token.
      return new Map();
    }
  }

  private async setPassword(key: string, password: string): Promise<void> {
    const staffId = await this.staff.idByKey(key);
    if (staffId === null || password === '' || (await this.passwords.isSet(staffId))) return;
    await this.unitOfWork.run((tx) => this.passwords.set(tx, staffId, password));
  }

  private async newToken(key: string): Promise<string> {
    const staffId = await this.staff.idByKey(key);
    if (staffId === null) throw new Error(`Staff ${key} was not applied.`);
    return this.unitOfWork.run((tx) => this.signIn.createToken(tx, staffId, 'demo'));
  }
}

function print(
  { baseUrl, labUrl, program, integrationKey, participants }: DemoState,
  demo: DemoProgram,
  password: string,
): void {
  const body = JSON.stringify({ participant: { externalId: participants[0]?.externalId } });
  const people = demo.staff.map(({ email, roles }) => `${email} (${roles[0]})`).join(', ');
  console.log(`
Handrail demo
  help page     ${baseUrl}/help/${program}
  phone lab     ${labUrl}/lab
  sign in       ${baseUrl}/sign-in   password ${password}
                ${people}
  board         ${baseUrl}/supervise
  for scripts   .handrail/demo.json

  Raise a flag by API:
  curl -s ${baseUrl}/v1/flags -H 'content-type: application/json' \\
    -H 'authorization: Bearer ${integrationKey}' -d '${body}'
`);
}
