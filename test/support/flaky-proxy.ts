import net, { type AddressInfo, type Socket } from 'node:net';

type Mode = 'pass' | 'frozen' | 'refused';

/** A TCP line that can go half-open or be cut. */
export interface FlakyProxy {
  port: number;
  /** The line is good; connections that were frozen stay dead, new ones work. */
  pass(): void;
  /** Every connection, old or new, stays open and swallows what is sent. */
  freeze(): void;
  /** Every connection is cut; with `refuse` new ones are cut as well. */
  cut(refuse?: boolean): void;
  /** The next answer that names this command is lost and its connection cut. */
  loseAnswerTo(command: string): void;
  close(): Promise<void>;
}

/** `target` is asked for each new connection; null refuses it. */
export async function startFlakyProxy(target: () => number | null): Promise<FlakyProxy> {
  let mode: Mode = 'pass';
  let loseAfter: Buffer | null = null;
  const lines = new Set<{ near: Socket; far: Socket; dead: boolean }>();

  const server = net.createServer((near) => {
    const port = target();
    if (mode === 'refused' || port === null) return void near.destroy();
    const line = { near, far: net.connect(port, '127.0.0.1'), dead: mode === 'frozen' };
    lines.add(line);
    let losesAnswer: Buffer | null = null;
    near.on('data', (chunk) => {
      if (line.dead) return;
      if (loseAfter !== null && chunk.includes(loseAfter)) {
        losesAnswer = loseAfter;
        loseAfter = null;
      }
      line.far.write(chunk);
    });
    line.far.on('data', (chunk) => {
      if (line.dead) return;
      const isThatAnswer = losesAnswer !== null && chunk.includes(losesAnswer);
      if (!isThatAnswer) return void near.write(chunk);
      line.dead = true;
      near.destroy();
      line.far.end();
    });
    for (const [one, other] of [
      [near, line.far],
      [line.far, near],
    ] as const) {
      one.on('error', () => undefined); // Told by `close`, which ends the other side too.
      one.on('close', () => {
        lines.delete(line);
        if (!line.dead) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cutAll = (): void => {
    for (const { near, far } of lines) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    pass: () => void (mode = 'pass'),
    freeze() {
      mode = 'frozen';
      for (const line of lines) line.dead = true;
    },
    cut(refuse = false) {
      mode = refuse ? 'refused' : 'pass';
      cutAll();
    },
    loseAnswerTo: (command) => void (loseAfter = Buffer.from(command)),
    close() {
      cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
