import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readAppLog } from '../kernel/log.ts';
import type { SettingsStore } from '../settings/index.ts';
import { api, stream } from './base.ts';
import { ThirdPartyList } from './contract/third-party.ts';
import { judged } from './judged.ts';

/** The list that the build wrote beside what it built. */
function readThirdParty(): ThirdPartyList {
  const built = import.meta.url.endsWith('.ts') ? '../../out/notices' : '../notices';
  const file = path.resolve(import.meta.dirname, built, 'third-party.json');
  return ThirdPartyList.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export const system = {
  about: api.system.about.handler(({ context: { services, host } }) => ({
    version: services.version,
    host,
    node: process.versions.node,
    pid: process.pid,
    dataDir: services.dataDir,
    startedAt: services.startedAt,
    timeZone: services.settings.get().timeZone,
    memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
  })),
  thirdParty: api.system.thirdParty.handler(() => readThirdParty()),
  events: api.system.events.handler(({ context, signal }) =>
    stream(context, context.services.events.stream(signal, { missed: { kind: 'listening' } })),
  ),
  lookup: api.system.lookup.handler(({ context }) => context.services.analytics.lookup()),
  log: api.system.log.handler(({ input, context }) => readAppLog(context.services.logDir, input)),
  report: api.system.report.handler(({ input, context }) => {
    context.services.log.area('page').error(input.message, input.stack);
    return { ok: true as const };
  }),
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
export const settings = {
  get: api.settings.get.handler(({ context }) => context.services.settings.get()),
  set: api.settings.set.handler(({ input, context }) => {
    const { settings } = context.services;
    const change = input as Parameters<SettingsStore['set']>[0];
    return judged(
      context,
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
  }),
};
export const tasks = {
  list: api.tasks.list.handler(({ context }) => context.services.tasks.list()),
  cancel: api.tasks.cancel.handler(({ input, context }) => ({
    cancelled: context.services.tasks.cancel(input.id),
  })),
};
export const notifications = {
  list: api.notifications.list.handler(({ input, context }) => context.services.notifications.list(input)),
  read: api.notifications.read.handler(async ({ input, context }) => {
    await context.services.notifications.read(input.ids);
    return { ok: true as const };
  }),
};
