import { clockTime } from '../layout/moments.js';

/** Milliseconds since 1970, half-open. */
export interface Stretch {
  from: number;
  to: number;
}

/** `Sun, Mar 8`. */
export function dayText(instant: number, zone: string): string {
  const form = { weekday: 'short', month: 'short', day: 'numeric', timeZone: zone } as const;
  return new Intl.DateTimeFormat('en-US', form).format(new Date(instant));
}

/** `Today, Mar 8`. */
export function todayText(instant: number, zone: string): string {
  const form = { month: 'short', day: 'numeric', timeZone: zone } as const;
  return `Today, ${new Intl.DateTimeFormat('en-US', form).format(new Date(instant))}`;
}

/** `9:00 AM EST`. */
export const hourText = (instant: number, zone: string): string =>
  clockTime(new Date(instant), zone, 'en');

/** `Sun, Mar 8, 9:00 AM EST`. */
export const whenText = (instant: number, zone: string): string =>
  `${dayText(instant, zone)}, ${hourText(instant, zone)}`;

/** `Sun, Mar 8, 9:00 AM EST to 5:00 PM EDT`, with the day again where it is another one. */
export function stretchText({ from, to }: Stretch, zone: string): string {
  const isSameDay = dayText(from, zone) === dayText(to, zone) && to - from < dayMs;
  return `${whenText(from, zone)} to ${isSameDay ? hourText(to, zone) : whenText(to, zone)}`;
}

const dayMs = 86_400_000;

/** `45 min`, `8 h`, `8 h 30 min`, `3 d 4 h`. */
export function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [days, hours, rest] = [
    Math.floor(minutes / 1_440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  const parts = [
    days > 0 ? `${days} d` : '',
    hours > 0 ? `${hours} h` : '',
    rest > 0 && days === 0 ? `${rest} min` : '',
  ];
  return parts.filter((part) => part !== '').join(' ') || '0 min';
}

/** Whole minutes, as `43,200`. */
export const minutesText = ({ from, to }: Stretch): string =>
  Math.round((to - from) / 60_000).toLocaleString('en-US');

/** As a browser's field for a day and a time takes it: `2026-03-08T09:00`. */
export function localField(instant: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(instant));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}
