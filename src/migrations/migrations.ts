import { Clock1700000001000 } from './0001-clock.js';
import { Audit1700000002000 } from './0002-audit.js';
import { DataKeys1700000003000 } from './0003-data-keys.js';
import { ProgramsAndPeople1700000004000 } from './0004-programs-and-people.js';
import { Cases1700000005000 } from './0005-cases.js';
import { Paging1700000006000 } from './0006-paging.js';
import { WorkingACase1700000007000 } from './0007-working-a-case.js';
import { StaffSessions1700000008000 } from './0008-staff-sessions.js';
import { HelpLinks1700000009000 } from './0009-help-links.js';
import { Promises1700000010000 } from './0010-promises.js';
import { EveryFlagKept1700000011000 } from './from-0011/0011-every-flag-kept.js';
import { BlindKeys1700000012000 } from './from-0011/0012-blind-keys.js';
import { WrongNumbers1700000013000 } from './from-0011/0013-wrong-numbers.js';
import { LayeredSchedules1700000014000 } from './from-0011/0014-layered-schedules.js';
import { WhoMayAnswer1700000015000 } from './from-0011/0015-who-may-answer.js';
import { Calendars1700000016000 } from './from-0011/0016-calendars.js';
import { ShiftSwaps1700000017000 } from './from-0011/0017-shift-swaps.js';
import { Coverage1700000018000 } from './from-0011/0018-coverage.js';
import { ShiftLife1700000019000 } from './from-0011/0019-shift-life.js';

/** In order; a new one is added at the end and never changed after it has landed. */
export const migrations = [
  Clock1700000001000,
  Audit1700000002000,
  DataKeys1700000003000,
  ProgramsAndPeople1700000004000,
  Cases1700000005000,
  Paging1700000006000,
  WorkingACase1700000007000,
  StaffSessions1700000008000,
  HelpLinks1700000009000,
  Promises1700000010000,
  EveryFlagKept1700000011000,
  BlindKeys1700000012000,
  WrongNumbers1700000013000,
  LayeredSchedules1700000014000,
  WhoMayAnswer1700000015000,
  Calendars1700000016000,
  ShiftSwaps1700000017000,
  Coverage1700000018000,
  ShiftLife1700000019000,
];

export const migrationNames = migrations.map((migration) => new migration().name);
