import { fetchTroubles } from '../../../platform/http/guarded/fetch-trouble.js';

/** Why a calendar was not read; the words say nothing of what is in it. */
export const calendarTroubles = {
  ...fetchTroubles,
  not_a_calendar: 'What the server sent is no iCalendar file.',
  too_complex: 'The calendar takes too long to work out.',
} as const;

export type CalendarTrouble = keyof typeof calendarTroubles;
