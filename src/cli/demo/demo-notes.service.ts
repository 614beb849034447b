import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { MetricsConfig } from '../../platform/health/metrics.config.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { TelephonyConfig } from '../../platform/telephony/telephony.config.js';
import { SignIn } from '../../staff/sign-in.service.js';
import { Staff } from '../../staff/staff.service.js';
import { OwnHelpPages } from '../own-help-pages.service.js';

const folder = fileURLToPath(new URL('../../../.handrail/', import.meta.url));
const file = `${folder}demo.json`;

export interface DemoProgram {
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

/** What scripts need to know of the running demo: addresses, keys, tokens, people. */
@Injectable()
export class DemoNotes {
  constructor(
    private readonly ownHelpPages: OwnHelpPages,
    private readonly staff: Staff,
    private readonly signIn: SignIn,
    private readonly unitOfWork: UnitOfWork,
    private readonly telephony: TelephonyConfig,
    private readonly metrics: MetricsConfig,
    private readonly address: PublicAddress,
  ) {}

  /** Whole or not at all: a script may read it at any time. */
  async write(demo: DemoProgram, integrationKey: string): Promise<void> {
    const notes = {
      baseUrl: this.address.base,
      labUrl: this.telephony.apiBaseUrl,
      program: demo.program.key,
      integrationKey,
      metricsToken: this.metrics.token,
      twilio: {
        accountSid: this.telephony.accountSid,
        authToken: this.telephony.authTokens[0],
        from: this.telephony.fromNumbers[0],
        line: demo.program.lines[0] ?? null,
      },
      staff: await this.staffOf(demo),
      participants: await Promise.all(demo.participants.map((one) => this.noteOf(one, demo))),
    };
    mkdirSync(folder, { recursive: true });
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, `${JSON.stringify(notes, null, 2)}\n`, { mode: 0o600 });
    renameSync(whole, file);
  }

  private async staffOf(demo: DemoProgram): Promise<object[]> {
    const known = knownTokens();
    const staff = [];
    for (const { key, name, roles, contactMethods } of demo.staff) {
      const token = await this.tokenOf(key, known.get(name));
      staff.push({ name, role: roles[0], phone: contactMethods[0]?.address ?? null, token });
    }
    return staff;
  }

  /** The one noted before opens nothing in another database than that of its time. */
  private async tokenOf(key: string, known: string | undefined): Promise<string> {
    const staffId = await this.staff.idByKey(key);
    if (staffId === null) throw new Error(`Staff ${key} was not applied.`);
    const holder = known === undefined ? null : await this.signIn.byToken(known);
    if (known !== undefined && holder?.staffId === staffId) return known;
    return this.unitOfWork.run((tx) => this.signIn.createToken(tx, staffId, 'demo'));
  }

  private async noteOf(
    { externalId, name, language, phone }: DemoProgram['participants'][number],
    { program }: DemoProgram,
  ) {
    const helpUrl = await this.ownHelpPages.addressFor(program.key, externalId, 'same');
    const number = phone?.number ?? null;
    return { externalId, name, phone: number, language: language ?? null, helpUrl };
  }
}

function knownTokens(): Map<string, string> {
  try {
    const { staff } = JSON.parse(readFileSync(file, 'utf8')) as {
      staff: { name: string; token: string }[];
    };
    return new Map(staff.map(({ name, token }) => [name, token]));
  } catch {
    // Safe: the first start; everybody gets a new token.
    return new Map();
  }
}
