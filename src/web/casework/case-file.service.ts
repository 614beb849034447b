import { Injectable } from '@nestjs/common';
import { CaseTimeline, type TimelineEvent } from '../../cases/case-timeline.service.js';
import { StaffCases, type WorkedCase } from '../../cases/staff-cases.service.js';
import { FollowUp } from '../../followup/follow-up.service.js';
import { type CaseFlag, CaseFlags } from '../../intake/case-flags.service.js';
import { type ParticipantFile, Participants } from '../../participants/participants.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { type Program, Programs } from '../../programs/programs.service.js';
import type { ShownResource } from '../../resources/rules/answer.js';
import { Resources } from '../../resources/resources.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import { audiences } from '../help/visits.js';

/** A whole case, as whoever works it needs it on one page. */
export interface CaseFile {
  now: Date;
  current: WorkedCase;
  program: Program;
  flags: CaseFlag[];
  file: ParticipantFile;
  history: Awaited<ReturnType<FollowUp['historyOf']>>;
  notes: Awaited<ReturnType<StaffCases['notes']>>;
  /** Of where the person last said they are, else of the program's country. */
  local: { country: string | null; resources: ShownResource[] };
  /** By id: the lines that may have been shown with a flag. */
  lineNames: ReadonlyMap<string, string>;
  /** By id: everybody who did something here. */
  names: ReadonlyMap<string, string>;
  /** Who else works for the program and could take the case over. */
  colleagues: { id: string; name: string }[];
}

const fields = ['flags', 'contact_points', 'locations', 'safety_plan', 'support', 'contacts'];

/** Reads what several rooms keep about one case, in one audited transaction. */
@Injectable()
export class CaseFiles {
  constructor(
    private readonly cases: StaffCases,
    private readonly timelines: CaseTimeline,
    private readonly flags: CaseFlags,
    private readonly participants: Participants,
    private readonly followUp: FollowUp,
    private readonly staff: Staff,
    private readonly programs: Programs,
    private readonly resources: Resources,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Throws a 404 when the case is not this person's to see; recorded before anything is shown. */
  open(person: Person, caseId: string): Promise<CaseFile> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.cases.read(tx, person, caseId, fields);
      const program = await this.programs.byId(row.programId, tx);
      if (program === null) throw new Error(`Program ${row.programId} is gone.`);
      const key = await this.cases.keyOf(tx, row);
      const { flags, keys: flagKeys } = await this.flags.of(tx, row);
      const subjects = { participantId: row.participantId, key, flagKeys };
      const file = await this.participants.fileOf(tx, subjects);
      const history = await this.followUp.historyOf(tx, row, key);
      const notes = await this.cases.notes(tx, row);
      const people = [row.ownerId, row.handOverTo, ...authors(history, notes)];
      return {
        now: tx.now,
        current: row,
        program,
        flags,
        file,
        history,
        notes,
        local: this.localTo(file, flags, program),
        lineNames: this.lineNames(flags, program),
        names: await this.staff.names(
          people.filter((id) => id !== null),
          tx.db,
        ),
        colleagues: await this.colleagues(tx, person, program.id),
      };
    });
  }

  timeline(person: Person, caseId: string): Promise<TimelineEvent[]> {
    return this.timelines.of(person, caseId);
  }

  private localTo(
    { locations }: ParticipantFile,
    flags: readonly CaseFlag[],
    program: Program,
  ): CaseFile['local'] {
    const said =
      locations.find(({ country }) => country !== null) ??
      flags.find(({ country }) => country !== null);
    return this.resources.forRequest({
      country: said?.country,
      region: said ? said.region : program.region,
      language: 'en',
      fallbackCountry: program.country,
    });
  }

  /** Of the program's country and of those that were stated, for whomever they are. */
  private lineNames(flags: readonly CaseFlag[], program: Program): Map<string, string> {
    const countries = new Set([program.country, ...flags.map(({ country }) => country)]);
    const lines = ['en', 'es'].flatMap((language) =>
      [...countries].flatMap(
        (country) =>
          this.resources.forRequest({ country, language, audience: audiences }).resources,
      ),
    );
    return new Map(
      lines.toReversed().map(({ id, name, channels }) => [id, nameOf(name, channels)]),
    );
  }

  private async colleagues(
    tx: Tx,
    person: Person,
    programId: string,
  ): Promise<CaseFile['colleagues']> {
    const ids = new Set<string>();
    for (const role of ['clinician', 'supervisor', 'backstop'] as const) {
      for (const id of await this.staff.withRole(tx, programId, role)) ids.add(id);
    }
    ids.delete(person.staffId);
    const names = await this.staff.names([...ids], tx.db);
    return [...names].map(([id, name]) => ({ id, name }));
  }
}

const nameOf = (name: string, [channel]: ShownResource['channels']): string =>
  channel ? `${name}: ${channel.display}` : name;

function authors(history: CaseFile['history'], notes: CaseFile['notes']): string[] {
  const { contacts, dispositions, followUps, dispatches } = history;
  const entries = [...contacts, ...dispositions, ...followUps, ...dispatches, ...notes];
  const settlers = dispatches.flatMap(({ settledBy }) => settledBy ?? []);
  return [...entries.map(({ staffId }) => staffId), ...settlers];
}
