import type { StoredSchedule } from '../../oncall/schedules/schedules.service.js';

/** What every page about a shift says of it. */
export function stretchOf(
  { name, body }: StoredSchedule,
  { fromAt, toAt }: { fromAt: Date; toAt: Date },
) {
  return {
    schedule: name,
    zone: body.zone,
    from: fromAt.toISOString(),
    to: toAt.toISOString(),
  };
}
