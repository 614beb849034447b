/**
 * Preloaded into the programs we start: when the starter is gone, however it went, they end in good
 * order instead of keeping ports and phones to themselves.
 */
const starter = process.ppid;
const pollMs = 300;

const watch = setInterval(() => {
  if (process.ppid === starter) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, pollMs).unref();
