import { acuities, needs, type Acuity, type Need } from '../../cases/rules/policy.js';
import { cleanText, FieldReader } from './field-reader.js';

/** A distress flag as far as it could be understood; everything is optional. */
export interface FlagFields {
  program?: string | undefined;
  participant?: {
    externalId?: string | undefined;
    name?: string | undefined;
    phone?: string | undefined;
    language?: string | undefined;
    birthYear?: number | undefined;
    minor?: boolean | undefined;
  };
  source: string;
  raisedBy?: { role?: string | undefined; name?: string | undefined; phone?: string | undefined };
  text?: string | undefined;
  acuity?: Acuity | undefined;
  need?: Need | undefined;
  danger?: { meansAtHand?: unknown; within?: unknown };
  screener?: { instrument?: unknown; version?: unknown; answers?: unknown };
  location?: {
    country?: string | undefined;
    region?: string | undefined;
    address?: string | undefined;
    statedAt?: Date | undefined;
  };
  callback?: {
    phone: string;
    safeToCall: boolean | null;
    safeToText: boolean | null;
    safeToVoicemail: boolean | null;
  };
  raisedAt?: Date | undefined;
  statusToken?: string | undefined;
}

export interface ReadFlag {
  fields: FlagFields;
  /** Stable words that say what was not understood. */
  warnings: string[];
}

const knownFields = new Set([
  'program',
  'participant',
  'source',
  'raisedBy',
  'text',
  'acuity',
  'need',
  'danger',
  'screener',
  'location',
  'callback',
  'raisedAt',
  'statusToken',
]);
const unknownFieldsMax = 20;

/** Reads a body of any kind. Never throws: a flag with a malformed field is still a flag. */
export function readFlag(raw: string, contentType: string | null, truncated: boolean): ReadFlag {
  const warnings = truncated ? ['truncated'] : [];
  if (contentType !== null && !/^application\/(\S+\+)?json\b/i.test(contentType)) {
    warnings.push('content_type_not_json');
  }
  const body = parseObject(raw, warnings);
  const reader = new FieldReader(body, warnings);
  for (const name of reader
    .names()
    .filter((one) => !knownFields.has(one))
    .slice(0, unknownFieldsMax)) {
    warnings.push(`unknown_field:${cleanText(name).slice(0, 40)}`);
  }
  return { fields: readFields(reader), warnings: [...new Set(warnings)] };
}

function parseObject(raw: string, warnings: string[]): Record<string, unknown> {
  if (raw.trim() === '') {
    warnings.push('empty_body');
    return {};
  }
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    warnings.push('body_not_an_object');
  } catch {
    // Safe: the raw text is kept beside the flag, and somebody will read it.
    warnings.push('body_not_json');
  }
  return {};
}

function readFields(reader: FieldReader): FlagFields {
  return {
    program: reader.text('program', 80),
    ...optional('participant', readParticipant(reader.object('participant'))),
    source: reader.text('source', 60) ?? 'partner_api',
    ...optional('raisedBy', readRaisedBy(reader.object('raisedBy'))),
    text: reader.text('text', 20_000),
    acuity: reader.oneOf('acuity', acuities),
    need: reader.oneOf('need', needs),
    ...optional('danger', reader.raw('danger') as FlagFields['danger']),
    ...optional('screener', reader.raw('screener') as FlagFields['screener']),
    ...optional('location', readLocation(reader.object('location'))),
    ...optional('callback', readCallback(reader.object('callback'))),
    raisedAt: reader.moment('raisedAt'),
    statusToken: reader.text('statusToken', 64),
  };
}

function readParticipant(reader: FieldReader | null): FlagFields['participant'] {
  return (
    reader?.closed(['externalId', 'name', 'phone', 'language', 'birthYear', 'minor']) && {
      externalId: reader.text('externalId', 200),
      name: reader.text('name', 200),
      phone: reader.text('phone', 40),
      language: reader.text('language', 20),
      birthYear: reader.integer('birthYear', 1900, 2100),
      minor: reader.yesNo('minor') ?? undefined,
    }
  );
}

function readRaisedBy(reader: FieldReader | null): FlagFields['raisedBy'] {
  return (
    reader?.closed(['role', 'name', 'phone']) && {
      role: reader.text('role', 60),
      name: reader.text('name', 200),
      phone: reader.text('phone', 40),
    }
  );
}

function readLocation(reader: FieldReader | null): FlagFields['location'] {
  return (
    reader?.closed(['country', 'region', 'address', 'statedAt']) && {
      country: reader.text('country', 60),
      region: reader.text('region', 60),
      address: reader.text('address', 500),
      statedAt: reader.moment('statedAt'),
    }
  );
}

function readCallback(reader: FieldReader | null): FlagFields['callback'] {
  const phone = reader
    ?.closed(['phone', 'safeToCall', 'safeToText', 'safeToVoicemail'])
    .text('phone', 40);
  if (!reader || phone === undefined) return undefined;
  return {
    phone,
    safeToCall: reader.yesNo('safeToCall'),
    safeToText: reader.yesNo('safeToText'),
    safeToVoicemail: reader.yesNo('safeToVoicemail'),
  };
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V };
}
