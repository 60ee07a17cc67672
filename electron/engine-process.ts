// The utility process: the engine, and a port for every page.
import { parseArgs } from 'node:util';
import { type EnginePort, servePort } from '../main/api/index.ts';
import { goBack, startEngine, VERSION, wayBack } from '../main/engine.ts';
import { AppError, toAppError } from '../main/kernel/errors.ts';
import { noteRefused } from '../main/kernel/outbound.ts';
import type { ToEngine, ToShell } from './messages.ts';
import { createModelsClient } from './models-client.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    policy: { type: 'string' },
    demo: { type: 'boolean' },
    'weak-key-store': { type: 'boolean', default: false },
  },
  strict: false,
});
const shell = process.parentPort;
const tell = (message: ToShell): void => shell.postMessage(message);

const asked = new Map<number, (value: string | null) => void>();
let nextId = 1;
const askKeyStore = (act: 'seal' | 'open', text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const id = nextId++;
    asked.set(id, (value) => (value === null ? reject(new AppError('secrets.unavailable')) : resolve(value)));
    tell({ type: 'secret', id, act, text });
  });

const models = createModelsClient(tell);

// pages and the shell may ask before the engine is up: what they ask waits
const early: EnginePort[] = [];
const unlogged: [message: string, data: unknown][] = [];
const chosen: Extract<ToEngine, { type: 'settings' }>['change'][] = [];
let accept = (port: EnginePort): void => void early.push(port);
let stopWanted = false;
let stop = (): void => {
  stopWanted = true; // never in the midst of starting: what is on disk may be half-way to a new version
};
let wake = (): void => {};
let answerWayBack = (_wanted: boolean): void => {};
let log = (message: string, data: unknown): void => void unlogged.push([message, data]);
let change = (wanted: (typeof chosen)[number]): void => void chosen.push(wanted);

shell.on('message', (event) => {
  const message = event.data as ToEngine;
  const port = event.ports[0];
  if (message.type === 'connect' && port) accept(port);
  else if (message.type === 'models' || message.type === 'models-ended') models.heard(message, port);
  else if (message.type === 'secret') {
    asked.get(message.id)?.(message.value);
    asked.delete(message.id);
  } else if (message.type === 'settings') change(message.change);
  else if (message.type === 'wake') wake();
  else if (message.type === 'ping') tell({ type: 'pong' });
  else if (message.type === 'log') log(message.message, message.data);
  else if (message.type === 'refused') noteRefused(message.address, 'window');
  else if (message.type === 'go-back') answerWayBack(message.wanted);
  else if (message.type === 'stop') stop();
});

/** After a new version that did not come up. False: the former version is to be started, not this one. */
async function isToStart(dataDir: string): Promise<boolean> {
  const way = wayBack(dataDir, VERSION);
  if (!way) return true;
  const waits = stop;
  const wanted = await new Promise<boolean>((resolve) => {
    answerWayBack = resolve;
    stop = () => process.exit(0); // nothing has been opened yet
    tell({ type: 'way-back', way });
  });
  stop = waits;
  if (!wanted) return true;
  await goBack(dataDir, VERSION);
  if (way.former === VERSION) return true;
  tell({ type: 'went-back', way });
  return false;
}

try {
  const dataDir = String(values['data']);
  // the shell ends this process when it has started the former version
  if (!(await isToStart(dataDir))) await new Promise(() => setInterval(() => {}, 60_000));
  const engine = await startEngine({
    dataDir,
    policyFile: typeof values['policy'] === 'string' ? values['policy'] : undefined,
    schedule: true,
    demoWhenEmpty: true,
    spawnModels: models.spawn,
    keyStore: {
      weak: values['weak-key-store'] === true,
      seal: (text) => askKeyStore('seal', text),
      open: (sealed) => askKeyStore('open', sealed),
    },
  });
  const { settings, alerts, demo } = engine.services;
  if (values['demo'] === true && !demo.status().running) await demo.start();
  accept = (port) => servePort(port, engine.services);
  for (const port of early) accept(port);
  log = (message, data) => engine.services.log.area('shell').warn(message, data);
  for (const [message, data] of unlogged) log(message, data);
  let changed: Promise<unknown> = Promise.resolve();
  change = (wanted) => {
    changed = settings
      .set(wanted)
      .catch((error: unknown) => engine.services.log.area('shell').error('settings', error));
  };
  for (const wanted of chosen) change(wanted);
  wake = engine.wake;
  stop = () => void changed.then(() => engine.close()).finally(() => process.exit(0));
  settings.changed.on((now) => tell({ type: 'settings', settings: now }));
  engine.notified.on((notification) => tell({ type: 'notification', notification }));
  engine.openAlerts.on((open) => tell({ type: 'alerts', open }));
  if (stopWanted) stop();
  tell({ type: 'ready', pid: process.pid, settings: settings.get() });
  tell({ type: 'alerts', open: alerts.list({ states: ['open'] }).open });
} catch (thrown) {
  const error = toAppError(thrown);
  tell({ type: 'failed', code: error.code, params: { ...error.params } });
  process.stderr.write(`${error.message} ${error.cause instanceof Error ? error.cause.stack : ''}\n`);
  setTimeout(() => process.exit(1), 100);
}
