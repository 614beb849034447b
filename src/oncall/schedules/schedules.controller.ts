import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import { acceptances } from '../effects/accepted.js';
import { peopleIn, renamed } from '../rules/members.js';
import { type ScheduleBody, scheduleSchema } from '../rules/schedule-schema.js';
import { Warning } from '../effects/warnings.js';
import { ScheduleRights } from './schedule-rights.service.js';
import { scheduleKey } from './schedules.apply.js';
import { type Publication, Schedules, type StoredSchedule } from './schedules.service.js';

const ScheduleId = z.uuid();
const SchedulesAsked = z.strictObject({ program: z.string().max(40) });
const name = z.string().trim().min(1).max(120);
const NewSchedule = z.strictObject({
  program: z.string().max(40),
  key: scheduleKey,
  name,
  ...scheduleSchema.shape,
  acceptFatigue: acceptances.acceptFatigue,
});
const Edit = z.strictObject({
  version: z.int().min(1).describe('The one that was read; another one by now is a 409'),
  name,
  ...scheduleSchema.shape,
  acceptFatigue: acceptances.acceptFatigue,
});

interface EditAsked extends Pick<Publication, 'programId' | 'key' | 'name' | 'body' | 'madeFrom'> {
  acceptFatigue: { reason: string } | undefined;
}

const head = {
  id: z.string(),
  key: z.string(),
  name: z.string(),
  version: z.int(),
  updatedAt: z.iso.datetime(),
};
const ScheduleAnswer = z.object({ ...head, ...scheduleSchema.shape });
type ScheduleAnswer = z.infer<typeof ScheduleAnswer>;
const PublishedAnswer = ScheduleAnswer.extend({ warnings: z.array(Warning) });
type PublishedAnswer = z.infer<typeof PublishedAnswer>;
const ListAnswer = z.object({ schedules: z.array(z.object({ ...head, zone: z.string() })) });
type ListAnswer = z.infer<typeof ListAnswer>;

const one = { description: 'The schedule; people by their keys', schema: ScheduleAnswer };
const published = { description: 'As it is published now', schema: PublishedAnswer };

/** Schedules as they are written: layers, windows, fixed stretches, holidays, accepted gaps. */
@Controller('v1/schedules')
@Allow('staff')
export class SchedulesController {
  constructor(
    private readonly schedules: Schedules,
    private readonly staff: Staff,
    private readonly rights: Rights,
    private readonly scheduleRights: ScheduleRights,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Documented({ answers: { 200: { description: 'By key', schema: ListAnswer } } })
  async list(
    @Caller() person: Person,
    @Query({ schema: SchedulesAsked }) { program: key }: z.infer<typeof SchedulesAsked>,
  ): Promise<ListAnswer> {
    const handler = 'SchedulesController.list';
    const program = await this.rights.program(person, { key, permission: 'staff', handler });
    const rows = await this.unitOfWork.run((tx) => this.schedules.ofProgram(tx, program.id));
    return { schedules: rows.map((row) => ({ ...headOf(row), zone: row.body.zone })) };
  }

  @Get(':id')
  @Documented({ answers: { 200: one } })
  async show(
    @Caller() person: Person,
    @Param('id', { schema: ScheduleId }) id: string,
  ): Promise<ScheduleAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'SchedulesController.show';
      return this.answer(tx, await this.scheduleRights.read(tx, person, { id, handler }));
    });
  }

  /** 422 when it opens a gap that no supervisor has accepted in `acceptedGaps`. */
  @Post()
  @Allow('supervisor', 'admin')
  @Documented({ answers: { 201: published } })
  async create(
    @Caller() person: Person,
    @Body({ schema: NewSchedule }) asked: z.infer<typeof NewSchedule>,
  ): Promise<PublishedAnswer> {
    const { program: programKey, key, name: title, acceptFatigue, ...body } = asked;
    const program = await this.scheduleRights.program(person, {
      key: programKey,
      handler: 'SchedulesController.create',
    });
    return this.unitOfWork.run(async (tx) => {
      if (await this.schedules.byKey(tx, program.id, key)) {
        throw new Rejection('conflict', `There is a schedule ${key} already.`, 'schedule_exists');
      }
      const publication = { programId: program.id, key, name: title, madeFrom: null };
      return this.publish(tx, person, { ...publication, body, acceptFatigue });
    });
  }

  /** 409 `changed_meanwhile` when the schedule is at another version than the caller read. */
  @Put(':id')
  @Allow('supervisor', 'admin')
  @Documented({ answers: { 200: published } })
  async edit(
    @Caller() person: Person,
    @Param('id', { schema: ScheduleId }) id: string,
    @Body({ schema: Edit }) asked: z.infer<typeof Edit>,
  ): Promise<PublishedAnswer> {
    const { version, name: title, acceptFatigue, ...body } = asked;
    return this.unitOfWork.run(async (tx) => {
      const handler = 'SchedulesController.edit';
      const { programId, key } = await this.scheduleRights.change(tx, person, { id, handler });
      const edit = { programId, key, name: title, madeFrom: version, body, acceptFatigue };
      return this.publish(tx, person, edit);
    });
  }

  private async publish(
    tx: Tx,
    person: Person,
    { acceptFatigue, ...edit }: EditAsked,
  ): Promise<PublishedAnswer> {
    this.scheduleRights.mayAccept(person, edit, { acceptFatigue });
    const body = await this.byIds(tx, edit.body);
    await this.refuseAcceptingForOthers(tx, person, { ...edit, body });
    const { row, warnings } = await this.schedules.publish(tx, {
      ...edit,
      body,
      by: { type: 'staff', id: person.staffId },
      acceptedFatigue: acceptFatigue && { by: person.staffId, ...acceptFatigue },
    });
    return { ...(await this.answer(tx, row)), warnings };
  }

  /** 403: a gap is accepted by whoever says so, not in somebody else's name. */
  private async refuseAcceptingForOthers(
    tx: Tx,
    { staffId }: Person,
    { programId, key, body }: Pick<EditAsked, 'programId' | 'key' | 'body'>,
  ): Promise<void> {
    const before = (await this.schedules.byKey(tx, programId, key))?.body.acceptedGaps ?? [];
    const isNew = (gap: ScheduleBody['acceptedGaps'][number]) =>
      !before.some((known) => isDeepStrictEqual(known, gap));
    if (body.acceptedGaps.filter(isNew).every(({ acceptedBy }) => acceptedBy === staffId)) return;
    const text = 'A gap is accepted by a supervisor for themselves: acceptedBy has to be you.';
    throw new Rejection('forbidden', text, 'not_yours_to_accept');
  }

  private async byIds(tx: Tx, body: ScheduleBody): Promise<ScheduleBody> {
    const ids = await this.staff.idsByKey(tx, peopleIn(body));
    return renamed(body, (key) => {
      const id = ids.get(key);
      if (id !== undefined) return id;
      throw new Rejection('unprocessable', `There is no staff ${key}.`, 'unknown_staff');
    });
  }

  private async answer(tx: Tx, row: StoredSchedule): Promise<ScheduleAnswer> {
    const keys = await this.staff.keys(tx, peopleIn(row.body));
    return { ...headOf(row), ...renamed(row.body, (id) => keys.get(id) ?? id) };
  }
}

function headOf({ id, key, name: title, version, updatedAt }: StoredSchedule) {
  return { id, key, name: title, version, updatedAt: updatedAt.toISOString() };
}
