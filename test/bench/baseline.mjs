import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { closedLoop } from './load.mjs';

/** What one flag writes, in an order that foreign keys allow; `$1` is the flag. */
const rowsOfFlag = [
  ['data_keys', 'subject_id in (select coalesce(participant_id, id) from flags where id = $1)'],
  ['participants', 'id = (select participant_id from flags where id = $1)'],
  ['cases', 'id = (select case_id from flags where id = $1)'],
  ['flags', 'id = $1'],
  ['contact_points', 'flag_id = $1'],
  ['location_statements', 'flag_id = $1'],
  ['pages', 'subject_id = (select case_id from flags where id = $1)'],
  [
    'audit.audit_events',
    `xid = (select xid from audit.audit_events where stream = 'flag:' || $1::text and seq = 1)`,
  ],
];

/** Columns that no two rows share, beside ids, which are renewed wherever they stand. */
const renewed = {
  'cases.ref': () => randomBytes(8).toString('hex'),
  'participants.external_id_index': () => randomBytes(32),
  'flags.status_token_hash': () => randomBytes(32),
  'pages.code': () => randomBytes(8).toString('hex'),
};
const leftToTheDatabase = ['audit.audit_events.xid'];

/**
 * The same rows as a flag's, written by nothing but `pg`: begin, one insert a row, commit. As many
 * connections as the service had clients, each writing the next when the last is committed.
 */
export async function bareLoop(stage, flagId, { atOnce, seconds }) {
  const template = await rowsOf(stage, flagId);
  const pool = new pg.Pool({ connectionString: stage.database.appUrl, max: atOnce });
  pool.on('error', () => {}); // Told by the next write.
  try {
    const write = async () => {
      const began = performance.now();
      await writeRows(pool, renew(template));
      return performance.now() - began;
    };
    await closedLoop(write, { atOnce, seconds: Math.min(1, seconds) }); // Connects.
    const loop = await closedLoop(write, { atOnce, seconds });
    const perSecond = loop.results.length / loop.seconds;
    return { tookMs: loop.results, perSecond, rows: template.length };
  } finally {
    await pool.end();
  }
}

async function rowsOf({ database }, flagId) {
  const rows = [];
  for (const [table, where] of rowsOfFlag) {
    const found = await database.ask(`select * from ${table} where ${where}`, [flagId]);
    rows.push(...found.map((row) => ({ table, row })));
  }
  return rows;
}

/** A copy with ids of its own, the same new one wherever the same old one stood. */
function renew(template) {
  const ids = new Map();
  const fresh = (id) => ids.get(id) ?? ids.set(id, randomUUID()).get(id);
  for (const { row } of template) if (row.id) fresh(row.id);
  for (const { row } of template) if (row.subject_id) fresh(row.subject_id);
  const again = (value) =>
    typeof value === 'string' && ids.size > 0
      ? value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => ids.get(id) ?? id)
      : value;
  return template.map(({ table, row }) => {
    const columns = Object.keys(row).filter(
      (name) => !leftToTheDatabase.includes(`${table}.${name}`),
    );
    const values = columns.map((name) => {
      const value = renewed[`${table}.${name}`]?.() ?? again(row[name]);
      return isJson(value) ? JSON.stringify(value) : value;
    });
    return { table, columns, values };
  });
}

const isJson = (value) =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;

async function writeRows(pool, rows) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { table, columns, values } of rows) {
      const places = columns.map((_, at) => `$${at + 1}`).join(', ');
      await client.query(`insert into ${table} (${columns.join(', ')}) values (${places})`, values);
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}
