import { Temporal } from 'temporal-polyfill';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** As a text says it: `Fri Nov 27 20:00`. */
export function briefTime(zone: string, at: string): string {
  const local = localOf(zone, at);
  return `${dayOf(local).slice(0, 3)} ${monthOf(local).slice(0, 3)} ${local.day} ${clockOf(local)}`;
}

/** As a voice says it: `Friday, November 27, 8:00 PM`. */
export function spokenTime(zone: string, at: string): string {
  const local = localOf(zone, at);
  const minute = String(local.minute).padStart(2, '0');
  const clock = `${local.hour % 12 || 12}:${minute} ${local.hour < 12 ? 'AM' : 'PM'}`;
  return `${dayOf(local)}, ${monthOf(local)} ${local.day}, ${clock}`;
}

/** What people call a zone: `New York time`, `UTC`. */
export function zoneWords(zone: string): string {
  const [name = zone] = zone.split('/').slice(-1);
  return zone.includes('/') ? `${name.replaceAll('_', ' ')} time` : name;
}

const localOf = (zone: string, at: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone);

const dayOf = ({ dayOfWeek }: Temporal.ZonedDateTime): string => days[dayOfWeek - 1] ?? '';
const monthOf = ({ month }: Temporal.ZonedDateTime): string => months[month - 1] ?? '';
const clockOf = (local: Temporal.ZonedDateTime): string => local.toString().slice(11, 16);
