import { createInterface } from 'node:readline';
import { keepRunning, startProgram } from '../programs.mjs';

/**
 * Starts the simulated phone network and keeps it running, at the address it told first, until
 * `close`. Resolves `url` once; `ended` is the exit code of a lab that could not be kept running.
 */
export function startPhoneLab(serviceEnv, firstPort) {
  const end = new AbortController();
  let port = firstPort;
  let tellUrl;
  const url = new Promise((resolve) => (tellUrl = resolve));
  const start = () => {
    const env = { ...ownAddresses(serviceEnv), ...serviceEnv, PORT: port };
    const lab = startProgram(['dist/phone-lab/main.js'], { env, stdout: 'pipe', stop: end.signal });
    onLines(lab.stdout, ({ labUrl }) => {
      port = new URL(labUrl).port;
      tellUrl(labUrl);
    });
    return lab;
  };
  const ended = keepRunning('The phone lab', start, end.signal);
  const close = () => {
    end.abort();
    return ended;
  };
  return { url, ended, close };
}

/** Where every line of a lab leads that forgot in a crash what it was told of its lines. */
function ownAddresses({ PUBLIC_BASE_URL: base }) {
  if (!URL.canParse(base)) return {};
  const address = (name) => `${base.replace(/\/+$/, '')}/webhooks/twilio/${name}`;
  return { LAB_SMS_WEBHOOK_URL: address('messages'), LAB_VOICE_WEBHOOK_URL: address('calls') };
}

/** The first line is JSON for us, the others are for whoever watches. */
function onLines(stream, tellFirst) {
  let first = true;
  createInterface(stream).on('line', (line) => {
    if (first) tellFirst(JSON.parse(line));
    else console.log(line);
    first = false;
  });
}
