import { Resolver } from 'node:dns/promises';
import { isIPv6, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';

const answerTimeoutMs = 2_000;
const triesMax = 2;

/** How a connection is made to a server whose addresses were checked. */
export interface Way {
  port: number;
  /** Answers with the checked addresses and asks nobody again. */
  lookup: LookupFunction;
  /** PEM; by default the certificate authorities that Node trusts. */
  ca?: string;
}

/** The names and servers out there. Tests put an internet of their own in its place. */
@Injectable()
export class Internet {
  /**
   * Every address of a host, none when there is no such host. Asks name servers by itself: the
   * system's own look-up keeps threads waiting that look-ups for pages need.
   */
  async addressesOf(host: string): Promise<string[]> {
    const resolver = new Resolver({ timeout: answerTimeoutMs, tries: triesMax });
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }

  wayTo(addresses: readonly string[]): Way {
    return { port: 443, lookup: pinnedTo(addresses) };
  }
}

export function pinnedTo(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, { all }, answer) => {
    const [first] = known;
    if (all === true || first === undefined) answer(null, known);
    else answer(null, first.address, first.family);
  };
}
