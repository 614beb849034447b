import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What a running server, or one that was killed, wrote down: its process, its port, its memory. */
export function readPidFile(data) {
  try {
    const lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    const [shmKey, shmId] = (lines[6] ?? '').trim().split(/\s+/);
    return { pid: Number(lines[0]), port: Number(lines[3]), shmKey, shmId };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function serverIsUp(data) {
  const pid = readPidFile(data)?.pid;
  return Boolean(pid) && isPostmaster(pid, data);
}

/**
 * After a reboot the process number in postmaster.pid may belong to somebody else, and a killed
 * server nobody waited for stays as a zombie: PostgreSQL would take either for a running server and
 * never start. A number that is free, or memory still in use, it judges well itself.
 */
export function removeForeignPidFile(data) {
  const found = readPidFile(data);
  if (!found || !isAlive(found.pid) || isPostmaster(found.pid, data)) return;
  if (memoryIsUsed(found)) return;
  if (readPidFile(data)?.pid === found.pid) fs.rmSync(path.join(data, 'postmaster.pid'));
}

/** Whether processes of a dead server still hold its shared memory; known on Linux only. */
function memoryIsUsed({ shmKey, shmId }) {
  if (!shmId || !fs.existsSync('/proc/sysvipc/shm')) return false;
  const segments = fs.readFileSync('/proc/sysvipc/shm', 'utf8').split('\n').slice(1);
  const columns = segments.map((line) => line.trim().split(/\s+/));
  return columns.some(
    ([key, id, , , , , attached]) => key === shmKey && id === shmId && +attached > 0,
  );
}

/** Whether the process is the main process of the server in this folder, and not a zombie. */
export function isPostmaster(pid, data) {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  return commandOf(pid).includes(` -D ${data} `);
}

function commandOf(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // Gone in between.
  }
}

export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM'; // Somebody else's process, but a process.
  }
}
