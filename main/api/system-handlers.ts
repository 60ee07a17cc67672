import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readAppLog } from '../kernel/log.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { Handlers } from './base.ts';
import { ThirdPartyList } from './contract/third-party.ts';
import { judged } from './judged.ts';

/** The list that the build wrote beside what it built. */
function readThirdParty(): ThirdPartyList {
  const built = import.meta.url.endsWith('.ts') ? '../../out/notices' : '../notices';
  const file = path.resolve(import.meta.dirname, built, 'third-party.json');
  return ThirdPartyList.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export const system: Handlers<'system'> = {
  about: (_, call) => ({
    version: call.version,
    host: call.host,
    node: process.versions.node,
    pid: process.pid,
    dataDir: call.dataDir,
    startedAt: call.startedAt,
    timeZone: call.settings.get().timeZone,
    memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
  }),
  thirdParty: readThirdParty,
  events: (_, call) => call.events.stream(call.signal, { missed: { kind: 'listening' } }),
  lookup: (_, call) => call.analytics.lookup(),
  log: (input, call) => readAppLog(call.logDir, input),
  report: (input, call) => {
    call.log.area('page').error(input.message, input.stack);
  },
};
/** Settings that change what is said or decided; the others are a matter of taste. */
const JUDGED = [
  'userName',
  'timeZone',
  'staleMinutes',
  'undoMinutes',
  'syncEverySeconds',
  'alerts',
  'backup',
] as const;
export const settings: Handlers<'settings'> = {
  get: (_, call) => call.settings.get(),
  set: (input, call) => {
    const { settings } = call;
    const change = input as Parameters<SettingsStore['set']>[0];
    return judged(
      call,
      () => settings.set(change),
      () => {
        const before = settings.get();
        const changed = JUDGED.filter(
          (key) => change[key] !== undefined && !isDeepStrictEqual(before[key], change[key]),
        );
        if (changed.length === 0) return null;
        const body = Object.fromEntries(changed.map((key) => [key, [before[key], change[key]]]));
        return { action: 'settings.changed', subject: changed.join(', '), body };
      },
    );
  },
};
export const tasks: Handlers<'tasks'> = {
  list: (_, call) => call.tasks.list(),
  cancel: (input, call) => ({
    cancelled: call.tasks.cancel(input.id),
  }),
};
export const notifications: Handlers<'notifications'> = {
  list: (input, call) => call.notifications.list(input),
  read: (input, call) => call.notifications.read(input.ids),
};
