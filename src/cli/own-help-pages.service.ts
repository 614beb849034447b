import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { HelpLinks } from '../participants/help-links.service.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Programs } from '../programs/programs.service.js';
import { UsageError } from './usage-error.js';

/** The address of a participant's own help page, for whoever gives it to them. */
@Injectable()
export class OwnHelpPages {
  constructor(
    private readonly programs: Programs,
    private readonly links: HelpLinks,
    private readonly address: PublicAddress,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** `new` makes every address given out before nobody's; `same` is the one in force. */
  async addressFor(programKey: string, externalId: string, which: 'new' | 'same'): Promise<string> {
    const program = await this.programs.byKey(programKey);
    if (!program) throw new UsageError(`There is no program ${programKey}.`);
    return this.unitOfWork.run(async (tx) => {
      if (which === 'new') await this.links.renew(tx, program.id, externalId);
      const link = await this.links.of(tx, program.id, externalId);
      if (link === null) throw new UsageError('There is no such participant.');
      if (which === 'new') {
        this.audit.record(tx, {
          stream: 'config',
          action: 'help_link.created',
          actor: { type: 'operator' },
          subjectRef: link.participantId,
          body: { programId: program.id },
        });
      }
      return this.address.of(`/help/${program.key}/${link.token}`);
    });
  }
}
