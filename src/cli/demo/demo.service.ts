import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { parse } from 'yaml';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { TelephonyConfig } from '../../platform/telephony/telephony.config.js';
import { Passwords } from '../../staff/passwords.service.js';
import { Staff } from '../../staff/staff.service.js';
import { Apply } from '../apply.service.js';
import { DemoCalendar } from './demo-calendar.service.js';
import { DemoNotes, type DemoProgram } from './demo-notes.service.js';
import { readProgramFile } from '../program-file.js';
import { UsageError } from '../usage-error.js';

const root = new URL('../../../', import.meta.url);
const demoFile = fileURLToPath(new URL('config/demo.yaml', root));

interface Addresses {
  baseUrl: string;
  labUrl: string | null;
  integrationKey: string;
}

/** Fills the demo's database, tells the phone lab where we are, has it all noted for scripts. */
@Injectable()
export class Demo {
  constructor(
    private readonly apply: Apply,
    private readonly calendar: DemoCalendar,
    private readonly notes: DemoNotes,
    private readonly staff: Staff,
    private readonly passwords: Passwords,
    private readonly unitOfWork: UnitOfWork,
    private readonly telephony: TelephonyConfig,
    private readonly address: PublicAddress,
  ) {}

  /** `beside` another start: its lab and what is noted of it stay as they are. */
  async prepare(env: NodeJS.ProcessEnv, which: 'alone' | 'beside'): Promise<number> {
    const integrationKey = env['DEMO_INTEGRATION_KEY'] ?? '';
    const demo = parse(readFileSync(demoFile, 'utf8')) as DemoProgram;
    demo.program.integrationKeys = [{ name: 'demo app', key: integrationKey }];
    const read = readProgramFile(JSON.stringify(demo));
    if ('problems' in read) throw new UsageError(read.problems.join('\n'));
    await this.apply.apply(read.description, 'demo');
    await this.calendar.fill(demo.program.key);
    const password = env['DEMO_PASSWORD'] ?? '';
    for (const { key } of demo.staff) await this.setPassword(key, password);
    const labUrl = this.telephony.apiBaseUrl;
    if (which === 'alone') {
      if (labUrl) await this.tellLab(labUrl, demo);
      await this.notes.write(demo, integrationKey);
    }
    const addresses = { baseUrl: this.address.base, labUrl, integrationKey };
    print(which, addresses, demo, password);
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

  private async setPassword(key: string, password: string): Promise<void> {
    const staffId = await this.staff.idByKey(key);
    if (staffId === null || password === '' || (await this.passwords.isSet(staffId))) return;
    await this.unitOfWork.run((tx) => this.passwords.set(tx, staffId, password));
  }
}

function print(
  which: 'alone' | 'beside',
  { baseUrl, labUrl, integrationKey }: Addresses,
  { program, participants, staff }: DemoProgram,
  password: string,
): void {
  const body = JSON.stringify({ participant: { externalId: participants[0]?.externalId } });
  const people = staff.map(({ email, roles }) => `${email} (${roles[0]})`).join(', ');
  const scripts =
    which === 'alone' ? '.handrail/demo.json' : '.handrail/demo.json of the first one';
  console.log(`
Handrail demo${which === 'alone' ? '' : ', beside one that runs already: same data, same phones'}
  help page     ${baseUrl}/help/${program.key}
  phone lab     ${labUrl}/lab
  sign in       ${baseUrl}/sign-in   password ${password}
                ${people}
  board         ${baseUrl}/supervise
  for scripts   ${scripts}

  Raise a flag by API:
  curl -s ${baseUrl}/v1/flags -H 'content-type: application/json' \\
    -H 'authorization: Bearer ${integrationKey}' -d '${body}'
`);
}
