import type { RequestListener } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';
import { Audit } from '../../../../src/audit/audit.service.js';
import { AuditEventsStore } from '../../../../src/audit/audit-events.store.js';
import { BusyCalendarRow } from '../../../../src/oncall/calendars/busy/busy-calendar.row.js';
import { BusyCalendars } from '../../../../src/oncall/calendars/busy/busy-calendars.service.js';
import { BusyCalendarsStore } from '../../../../src/oncall/calendars/busy/busy-calendars.store.js';
import { BusyFetches } from '../../../../src/oncall/calendars/busy/busy-fetches.service.js';
import { BusyTimes } from '../../../../src/oncall/calendars/busy/busy-times.service.js';
import { CalendarReader } from '../../../../src/oncall/calendars/busy/calendar-reader.js';
import { BlindIndex } from '../../../../src/platform/crypto/blind-index.js';
import { CryptoConfig } from '../../../../src/platform/crypto/crypto.config.js';
import { DataKeysStore } from '../../../../src/platform/crypto/data-keys.store.js';
import { Vault } from '../../../../src/platform/crypto/vault.js';
import { dataSourceOptions } from '../../../../src/platform/db/connection/data-source.js';
import type { Database } from '../../../../src/platform/db/database.js';
import { UnitOfWork } from '../../../../src/platform/db/unit-of-work.js';
import { FetchLimits, GuardedFetch } from '../../../../src/platform/http/guarded/guarded-fetch.js';
import { ProgramRow } from '../../../../src/programs/program.row.js';
import { Programs } from '../../../../src/programs/programs.service.js';
import { ProgramsStore } from '../../../../src/programs/programs.store.js';
import { Members } from '../../../../src/staff/profiles/members.service.js';
import { MembersStore } from '../../../../src/staff/profiles/members.store.js';
import { StaffChanges } from '../../../../src/staff/profiles/staff-changes.js';
import { Staff } from '../../../../src/staff/staff.service.js';
import { StaffRow } from '../../../../src/staff/staff.row.js';
import { StaffStore } from '../../../../src/staff/staff.store.js';
import { createTestDatabase, root, runSql } from '../../../support/database.js';
import { OwnInternet } from '../../../support/internet/own-internet.js';
import { keyBytes } from '../../../support/service/environment.js';
import { aProgram, contentOf } from '../../../support/service/program.js';
import { TimeShifts } from '../../../support/service/time-shifts.js';

/** The thread runs what was built: it cannot run what Jest makes of the source. */
class BuiltReader extends CalendarReader {
  protected override readonly program = pathToFileURL(
    path.join(root, 'dist/oncall/calendars/busy/read-calendar.worker.js'),
  );
}

export const host = 'calendar.example';
export type BusyRoom = Awaited<ReturnType<typeof openBusyRoom>>;

/** Busy calendars over a program's database, in an internet with one server. */
export async function openBusyRoom(answer: RequestListener) {
  const database = await createTestDatabase({ content: contentOf(aProgram()) });
  const rows = [BusyCalendarRow, ProgramRow, StaffRow];
  const dataSource = new DataSource(dataSourceOptions(database.appUrl, rows));
  await dataSource.initialize();
  const internet = new OwnInternet(host);
  await internet.open(answer);
  const config = new CryptoConfig([{ id: 'test-1', key: keyBytes('sealing') }], keyBytes('index'));
  const vault = new Vault(config, new DataKeysStore());
  const index = new BlindIndex(config);
  const audit = new Audit(new AuditEventsStore(), index);
  const work = new UnitOfWork(dataSource, { ringAll: () => undefined });
  const members = new Members(new MembersStore(), vault);
  const staff = new Staff(
    new StaffStore(dataSource),
    members,
    new StaffChanges(),
    vault,
    index,
    audit,
  );
  const unasked = { whenConnected: () => undefined } as unknown as Database;
  const programs = new Programs(new ProgramsStore(dataSource), unasked);
  const store = new BusyCalendarsStore(dataSource);
  const limits = Object.assign(new FetchLimits(), { totalMs: 2_000 });
  const fetching = new GuardedFetch(internet, limits);
  const newFetches = () =>
    new BusyFetches(store, fetching, new BuiltReader(), staff, programs, vault, work);
  const fetches = newFetches();
  return {
    internet,
    work,
    fetches,
    newFetches,
    vault,
    calendars: new BusyCalendars(store, vault, work, audit),
    times: new BusyTimes(store),
    clock: new TimeShifts(database.adminUrl),
    sql: <Row extends object>(text: string, values: unknown[] = []) =>
      runSql<Row>(database.superuserUrl, text, values),
    /** Everything that is due, to its end; how many there were. */
    async fetchDue(): Promise<number> {
      const ids = await fetches.dueIds(100);
      await Promise.all(ids.map((id) => fetches.fetch(id)));
      await fetches.idle();
      return ids.length;
    },
    async close() {
      await fetches.beforeApplicationShutdown();
      await internet.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}
