// The app without Electron: the same engine and the same pages, in the person's own browser, on loopback.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serveSocket } from '../api/index.ts';
import { startEngine, VERSION } from '../engine.ts';
import { defaultDataDir, readConfig } from '../kernel/config.ts';
import { AppError, ERRORS, toAppError, wordError } from '../kernel/errors.ts';
import { wayBack } from '../updates/index.ts';
import { openFile } from './open-file.ts';
import { openOnSamePort } from './same-port.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    policy: { type: 'string' },
    port: { type: 'string' },
    demo: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The token must not be in the process list: the browser is sent to a page on disk, readable by this user alone, that redirects. */
function openInBrowser(url: string, dataDir: string): void {
  const page = path.join(dataDir, 'open.html');
  mkdirSync(dataDir, { recursive: true });
  rmSync(page, { force: true });
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${url}"><title>Toride</title>`,
    { mode: 0o600 },
  );
  openFile(page, () => say(`Open this address in a browser on this computer: ${url}`));
}

try {
  const dataDir = path.resolve(values.data ?? defaultDataDir(process.env, process.platform));
  const port = values.port === undefined ? readConfig(dataDir).browser.port : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AppError('input.invalid', { detail: `--port ${values.port}` });
  const way = wayBack(dataDir, VERSION);
  if (way) {
    say(
      `新しい版 ${way.failed} は、前回開始できませんでした。版 ${way.former} に戻すには: toride update back`,
    );
    say(
      `The new version ${way.failed} did not start last time. To go back to ${way.former}: toride update back`,
    );
  }
  const engine = await startEngine({
    dataDir,
    policyFile: values.policy,
    schedule: true,
    demoWhenEmpty: true,
  });
  if (values.demo && !engine.services.demo.status().running) await engine.services.demo.start();
  const built = import.meta.url.endsWith('.ts') ? '../../out/renderer' : '../renderer';
  const server = await openOnSamePort(dataDir, {
    rendererDir: path.resolve(import.meta.dirname, built),
    port,
    accept: (socket) => serveSocket(socket, engine.services),
    broken: (error) => engine.services.log.area('page').warn('a message that is none', error),
  });
  say(`Toride: ${server.url}`);
  if (!values['no-open']) openInBrowser(server.url, dataDir);
  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    void server
      .close()
      .then(() => engine.close())
      .then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
} catch (thrown) {
  const error = toAppError(thrown);
  for (const lang of ['ja', 'en'] as const) {
    const { say: what, next } = wordError(error, lang);
    process.stderr.write(`${what} ${next}\n`);
  }
  process.stderr.write(`(${error.code})\n`);
  if (error.code === 'internal')
    process.stderr.write(`${error.cause instanceof Error ? error.cause.stack : String(error.cause)}\n`);
  process.exit(ERRORS[error.code].exit);
}
