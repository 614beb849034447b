import type { ScheduleBody } from './schedule-schema.js';

/** Everybody whom a schedule names, each once. */
export function peopleIn(body: ScheduleBody): string[] {
  return [...new Set([...membersIn(body), ...body.acceptedGaps.map((one) => one.acceptedBy)])];
}

/** Everybody whom it puts on call, each once. */
export function membersIn({ layers, fixed }: Pick<ScheduleBody, 'layers' | 'fixed'>): string[] {
  const shifts = fixed.flatMap((stretch) => stretch.shifts);
  return [...new Set([...layers, ...shifts].flatMap(({ members }) => members))];
}

/** The same schedule with other names for the same people, such as ids for keys. */
export function renamed(body: ScheduleBody, nameOf: (member: string) => string): ScheduleBody {
  const all = (members: readonly string[]) => members.map(nameOf);
  return {
    ...body,
    layers: body.layers.map((layer) => ({ ...layer, members: all(layer.members) })),
    fixed: body.fixed.map((stretch) => ({
      ...stretch,
      shifts: stretch.shifts.map((shift) => ({ ...shift, members: all(shift.members) })),
    })),
    acceptedGaps: body.acceptedGaps.map((one) => ({ ...one, acceptedBy: nameOf(one.acceptedBy) })),
  };
}
