import { z } from 'zod';
import { elementsOf, parseXml, textOf, type XmlElement } from './xml.js';

export type PromptVerb =
  | { name: 'Say'; text: string }
  | { name: 'Play'; url: string }
  | { name: 'Pause'; seconds: number };

export interface GatherVerb {
  name: 'Gather';
  prompts: PromptVerb[];
  /** Keys end with this many, with the finishing key, or with a pause this long. */
  digitsMax: number;
  finishOnKey: string;
  timeoutSeconds: number;
  /** Relative to the document; null asks the document's own address. */
  action: string | null;
  actionOnEmptyResult: boolean;
}

export interface DialVerb {
  name: 'Dial';
  number: string;
  callerId: string | null;
  timeoutSeconds: number;
  action: string | null;
}

export type VoiceVerb =
  PromptVerb | GatherVerb | DialVerb | { name: 'Redirect'; url: string } | { name: 'Hangup' };

const seconds = (fallback: number) => z.coerce.number().int().min(0).max(600).default(fallback);
const post = z.literal('POST').optional();
const none = z.strictObject({});

/** The attributes the service is known to send; the defaults are the provider's. */
const sayAttributes = z.strictObject({ language: z.string().optional() });
const pauseAttributes = z.strictObject({ length: seconds(1) });
const redirectAttributes = z.strictObject({ method: post });
const gatherAttributes = z.strictObject({
  input: z.literal('dtmf').optional(),
  numDigits: z.coerce.number().int().min(1).max(32).default(32),
  finishOnKey: z.string().max(1).default('#'),
  timeout: seconds(5),
  action: z.string().optional(),
  method: post,
  actionOnEmptyResult: z.stringbool().default(false),
});
const dialAttributes = z.strictObject({
  callerId: z.string().optional(),
  timeout: seconds(30),
  action: z.string().optional(),
  method: post,
});

/** Reads the answer to a call. Throws an Error that names the first thing the lab does not know. */
export function readVoiceTwiml(source: string): VoiceVerb[] {
  const root = parseXml(source);
  if (root.name !== 'Response') throw new Error(`<${root.name}> instead of <Response>`);
  return elementsOf(root).map(readVerb);
}

function readVerb(element: XmlElement): VoiceVerb {
  switch (element.name) {
    case 'Gather':
      return readGather(element);
    case 'Dial':
      return readDial(element);
    case 'Redirect':
      attributes(element, redirectAttributes);
      return { name: 'Redirect', url: textOf(element) };
    case 'Hangup':
      attributes(element, none);
      return { name: 'Hangup' };
    default:
      return readPrompt(element);
  }
}

function readPrompt(element: XmlElement): PromptVerb {
  switch (element.name) {
    case 'Say':
      attributes(element, sayAttributes);
      return { name: 'Say', text: textOf(element) };
    case 'Play':
      attributes(element, none);
      return { name: 'Play', url: textOf(element) };
    case 'Pause':
      return { name: 'Pause', seconds: attributes(element, pauseAttributes).length };
    default:
      throw new Error(`unknown verb <${element.name}>`);
  }
}

function readGather(element: XmlElement): GatherVerb {
  const read = attributes(element, gatherAttributes);
  return {
    name: 'Gather',
    prompts: elementsOf(element).map(readPrompt),
    digitsMax: read.numDigits,
    finishOnKey: read.finishOnKey,
    timeoutSeconds: read.timeout,
    action: read.action ?? null,
    actionOnEmptyResult: read.actionOnEmptyResult,
  };
}

function readDial(element: XmlElement): DialVerb {
  const read = attributes(element, dialAttributes);
  const [noun, ...more] = elementsOf(element);
  if (noun !== undefined && (noun.name !== 'Number' || more.length > 0)) {
    throw new Error(`unknown noun <${noun.name}> in <Dial>`);
  }
  if (noun !== undefined) attributes(noun, none);
  return {
    name: 'Dial',
    number: textOf(element),
    callerId: read.callerId ?? null,
    timeoutSeconds: read.timeout,
    action: read.action ?? null,
  };
}

function attributes<T extends z.ZodType>(element: XmlElement, schema: T): z.output<T> {
  const result = schema.safeParse(element.attributes);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
  throw new Error(`attribute ${name} of <${element.name}>: ${issue?.message}`);
}
