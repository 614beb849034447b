import { readHours } from '../../cases/rules/lenient.js';
import { acuities, type Acuity } from '../../cases/rules/policy.js';
import { needs, type Need } from '../../programs/rules/needs.js';
import type { DecodedText } from '../rules/decode-text.js';
import { leadingMembers } from '../rules/leading-members.js';
import { FieldReader } from './field-reader.js';

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
    phone: string | undefined;
    safeToCall: boolean | null;
    safeToText: boolean | null;
    safeToVoicemail: boolean | null;
  };
  raisedAt?: Date | undefined;
  statusToken?: string | undefined;
}

export interface ReadFlag {
  fields: FlagFields;
  /** There was more, or it was broken: what is missing may be what matters most. */
  isIncomplete: boolean;
  /** Stable words that say what was not understood. */
  warnings: string[];
}

const knownFields = [
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
];

/** A body as it arrived. */
export interface RawFlag extends DecodedText {
  contentType: string | null;
  /** There was more. */
  truncated: boolean;
  /** It is said to be compressed, and could not be opened. */
  isSealed?: boolean;
}

/** Reads a body of any kind. Never throws: a flag with a malformed field is still a flag. */
export function readFlag(arrived: RawFlag): ReadFlag {
  const { text, damaged, contentType, truncated, isSealed = false } = arrived;
  const warnings = truncated ? ['truncated'] : [];
  if (isSealed) warnings.push('content_encoding_not_understood');
  if (contentType !== null && !/^application\/(\S+\+)?json\b/i.test(contentType)) {
    warnings.push('content_type_not_json');
  }
  if (damaged && !truncated) warnings.push('characters_replaced');
  const { body, isIncomplete } = parseObject(text, truncated, warnings);
  const fields = readFields(new FieldReader(body, warnings).closed(knownFields));
  return { fields, isIncomplete: isIncomplete || isSealed, warnings: [...new Set(warnings)] };
}

interface ParsedBody {
  body: Record<string, unknown>;
  isIncomplete: boolean;
}

function parseObject(text: string, truncated: boolean, warnings: string[]): ParsedBody {
  if (text.trim() === '') {
    warnings.push('empty_body');
    return { body: {}, isIncomplete: truncated };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { body: value as Record<string, unknown>, isIncomplete: truncated };
    }
    warnings.push('body_not_an_object');
    return { body: {}, isIncomplete: truncated };
  } catch {
    // Safe: the raw text is kept beside the flag, and somebody will read it.
    if (!truncated) warnings.push('body_not_json');
    return { body: leadingMembers(text), isIncomplete: true };
  }
}

function readFields(reader: FieldReader): FlagFields {
  const participant = readParticipant(reader.object('participant'));
  const callback = readCallback(reader.object('callback'), participant?.phone);
  return {
    program: reader.text('program', 80),
    ...optional('participant', participant),
    source: reader.word('source') ?? 'partner_api',
    ...optional('raisedBy', readRaisedBy(reader.object('raisedBy'))),
    text: reader.text('text', 20_000),
    acuity: reader.oneOf('acuity', acuities),
    need: reader.oneOf('need', needs),
    ...optional('danger', readDanger(reader)),
    ...optional('screener', readScreener(reader)),
    ...optional('location', readLocation(reader.object('location'))),
    ...optional('callback', callback),
    raisedAt: reader.moment('raisedAt'),
    statusToken: reader.text('statusToken', 64),
  };
}

/** Said in a form that cannot be read, it still counts as said. */
function readDanger(reader: FieldReader): FlagFields['danger'] {
  const fields = reader.object('danger')?.closed(['meansAtHand', 'within']);
  if (!fields) return reader.has('danger') ? { meansAtHand: reader.anything('danger') } : undefined;
  fields.yesNo('meansAtHand');
  const within = fields.anything('within');
  if (fields.has('within') && readHours(within) === null) fields.notUnderstood('within');
  return { meansAtHand: fields.anything('meansAtHand'), within };
}

function readScreener(reader: FieldReader): FlagFields['screener'] {
  const fields = reader.object('screener')?.closed(['instrument', 'version', 'answers']);
  if (!fields) return reader.has('screener') ? { answers: reader.anything('screener') } : undefined;
  return {
    instrument: fields.text('instrument', 40),
    version: fields.text('version', 40),
    answers: fields.object('answers') === null ? undefined : fields.anything('answers'),
  };
}

function readParticipant(reader: FieldReader | null): FlagFields['participant'] {
  return (
    reader?.closed(['externalId', 'name', 'phone', 'language', 'birthYear', 'minor']) && {
      externalId: reader.text('externalId', 200),
      name: reader.text('name', 200),
      phone: reader.text('phone', 40),
      language: reader.language('language'),
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

/** A country or region in words is part of the address: only codes are kept in the clear. */
function readLocation(reader: FieldReader | null): FlagFields['location'] {
  if (reader === null) return undefined;
  reader.closed(['country', 'region', 'address', 'statedAt']);
  const country = reader.code('country', /^[A-Z]{2}$/);
  const region = reader.code('region', /^([A-Z]{2}-)?[A-Z0-9]{1,3}$/)?.replace(/^[A-Z]{2}-/, '');
  const words = [
    reader.text('address', 500),
    region === undefined ? reader.text('region', 200) : undefined,
    country === undefined ? reader.text('country', 200) : undefined,
  ];
  const address = words.filter((one) => one !== undefined).join(', ') || undefined;
  return { country, region, address, statedAt: reader.moment('statedAt') };
}

/**
 * Whether it is safe to call belongs to a number: without one, to that of the participant, and
 * without that, to whichever is on file.
 */
function readCallback(
  reader: FieldReader | null,
  participantPhone: string | undefined,
): FlagFields['callback'] {
  if (reader === null) return undefined;
  reader.closed(['phone', 'safeToCall', 'safeToText', 'safeToVoicemail']);
  const phone = reader.text('phone', 40) ?? participantPhone;
  const marks = {
    safeToCall: reader.yesNo('safeToCall'),
    safeToText: reader.yesNo('safeToText'),
    safeToVoicemail: reader.yesNo('safeToVoicemail'),
  };
  const saysNothing = Object.values(marks).every((mark) => mark === null);
  if (phone === undefined && saysNothing) return reader.notUnderstood('phone');
  return { phone, ...marks };
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V };
}
