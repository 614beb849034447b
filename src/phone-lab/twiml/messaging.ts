import { elementsOf, parseXml, textOf } from './xml.js';

export interface MessagingAnswer {
  messages: string[];
  /** What the lab could not follow; what stands before it is still done. */
  problem: string | null;
}

/** Reads the answer to an inbound text: `<Message>` without attributes, and nothing else. */
export function readMessagingTwiml(source: string): MessagingAnswer {
  const messages: string[] = [];
  try {
    const root = parseXml(source);
    if (root.name !== 'Response') throw new Error(`<${root.name}> instead of <Response>`);
    for (const verb of elementsOf(root)) {
      const attributes = Object.keys(verb.attributes);
      if (verb.name !== 'Message') throw new Error(`unknown verb <${verb.name}>`);
      if (attributes.length > 0) throw new Error(`unknown attribute ${attributes[0]} of <Message>`);
      messages.push(textOf(verb));
    }
  } catch (error) {
    // Safe: the caller reports it; nothing is followed beyond this point.
    return { messages, problem: (error as Error).message };
  }
  return { messages, problem: null };
}
