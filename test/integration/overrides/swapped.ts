import type { Answer } from '../../support/service/requests.js';
import type { Turns } from './turns.js';

export interface Swap {
  id: string;
  state: string;
  version: number;
  outcome: string | null;
  changed: object | null;
  effect: { changes: object[] } | null;
}

interface Part {
  from: string;
  to: string;
}

/** Swaps of a schedule, as a test asks for them and acts on them. */
export class Swapped {
  private readonly asked: string[] = [];

  constructor(private readonly turns: Turns) {}

  async request(
    who: string,
    counterpart: string,
    given: Part,
    inReturn?: Part,
    requester?: string,
  ): Promise<Answer<Swap>> {
    const { turns } = this;
    const answer = await turns.post(who, 'swaps', {
      ...(requester !== undefined && { requester: turns.idOf(requester) }),
      counterpart: turns.idOf(counterpart),
      ...given,
      ...(inReturn !== undefined && { inReturn }),
      reason: 'a wedding',
    });
    const swap = answer as unknown as Answer<Swap>;
    if (swap.status === 201) this.asked.push(swap.body.id);
    return swap;
  }

  /** On the version that this answer told. */
  async act(who: string, { body }: Answer<Swap>, act: string): Promise<Answer<Swap>> {
    const { id, version } = body;
    const answer = await this.turns.service.api(who).post(`/v1/swaps/${id}/${act}`, { version });
    return answer as unknown as Answer<Swap>;
  }

  async show(id: string): Promise<Answer<Swap>> {
    const answer = await this.turns.service.api('supervisor').get(`/v1/swaps/${id}`);
    return answer as unknown as Answer<Swap>;
  }

  /** Nothing of them is left for the next test. */
  async settleAll(): Promise<void> {
    for (const id of this.asked.splice(0)) {
      const swap = await this.show(id);
      if (swap.body.state === 'requested') await this.act('supervisor', swap, 'withdrawal');
      if (['accepted', 'reconfirm'].includes(swap.body.state)) {
        await this.act('supervisor', swap, 'undoing');
      }
    }
  }
}
