/** Which rooms each room may import besides `platform`. `web` and `cli` may import every one. */
const table: Readonly<Record<string, string>> = {
  resources: '',
  wording: '',
  audit: '',
  'phone-lab': '',
  reporting: '',
  programs: 'audit',
  staff: 'programs audit',
  participants: 'programs audit',
  oncall: 'staff programs audit',
  paging: 'staff audit',
  outreach: 'participants wording audit',
  alarms: 'paging staff audit',
  cases: 'staff oncall paging participants outreach alarms programs audit',
  readiness: 'staff oncall paging alarms intake audit',
  followup: 'cases staff outreach paging participants audit',
  calls: 'cases staff outreach paging participants audit',
  intake: 'cases participants programs resources wording audit',
  phone: 'intake calls paging outreach resources wording audit',
  directory: 'resources audit',
};

const outermost = ['web', 'cli'];
const besideRooms = ['platform', 'migrations'];

/** Files at the top of `src` that may import all. */
export const compositionFiles = ['main.ts', 'app.module.ts', 'config.ts', 'jobs.ts'];

export const knownFolders: readonly string[] = [
  ...Object.keys(table),
  ...outermost,
  ...besideRooms,
];

/** Both are folders of `src`. */
export function mayImport(room: string, other: string): boolean {
  if (other === room || other === 'platform') return true;
  if (other === 'migrations') return room === 'cli';
  const isRoom = Object.hasOwn(table, other) && other !== 'phone-lab';
  if (outermost.includes(room)) return isRoom;
  return (table[room] ?? '').split(' ').includes(other);
}

/** What a room may take from another, by the role in the name of the file. */
export function isOffered(room: string, other: string, role: string | null): boolean {
  if (role === 'service' || role === 'module') return true;
  if (room === 'cli') return role === 'apply' || role === 'export';
  // Handlers of every room say who calls, and pages keep the session: both are known to `staff`.
  return role === null && (room !== 'web' || other === 'staff');
}
