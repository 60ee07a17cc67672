import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { AlertSettings, Notification } from '../../alerts/contract/alerts.ts';
import { BackupSettings } from '../../backup/contract/backup.ts';
import { ErrorData, Instant, Lang } from './common.ts';
import { base, id, none, ok, page } from './procedure.ts';
import { ThirdPartyList } from './third-party.ts';

export const Settings = z.object({
  lang: z.enum(['system', 'ja', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** who approves: written into every decision */
  userName: z.string().max(100),
  timeZone: z.string().max(64),
  sendWith: z.enum(['enter', 'ctrl-enter']),
  staleMinutes: z.number().int().min(2).max(1440),
  undoMinutes: z.number().int().min(1).max(240),
  syncEverySeconds: z.number().int().min(10).max(86_400),
  closeToTray: z.enum(['ask', 'tray', 'quit']),
  openAtLogin: z.boolean(),
  startMinimised: z.boolean(),
  /** the services' cards: put in this order before the others, and left out */
  serviceCards: z.object({
    order: z.array(z.string().max(200)).max(5000),
    hidden: z.array(z.string().max(200)).max(5000),
  }),
  alerts: AlertSettings,
  backup: BackupSettings,
});
export type Settings = z.infer<typeof Settings>;
export const TaskView = z.object({
  id: z.string(),
  kind: z.string(),
  about: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number(),
  total: z.number().nullable(),
  stage: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  error: ErrorData.nullable(),
});
export const About = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'cli']),
  node: z.string(),
  pid: z.number().int(),
  dataDir: z.string(),
  startedAt: Instant,
  timeZone: z.string(),
  memoryMb: z.number(),
});
export type About = z.infer<typeof About>;
export const AppLogLine = z.object({
  at: Instant,
  level: z.enum(['debug', 'info', 'warn', 'error']),
  area: z.string(),
  message: z.string(),
  data: z.unknown().optional(),
});
/** What changed, so that a page refetches only that. */
export const TOPICS = [
  'situation',
  'alerts',
  'proposals',
  'scenarios',
  'views',
  'chat',
  'knowledge',
  'sync',
  'tasks',
  'notifications',
  'settings',
  'rules',
  'demo',
  'logs',
  'templates',
  'clusters',
  'anomalies',
  'incidents',
  'reports',
  'models',
  'backup',
] as const;
export const EngineEvent = z.discriminatedUnion('kind', [
  /** from here on everything is told; what was read before may be old */
  z.object({ kind: z.literal('listening') }),
  z.object({ kind: z.literal('changed'), topics: z.array(z.enum(TOPICS)) }),
  z.object({ kind: z.literal('task'), task: TaskView }),
  /** `at`: the engine's clock, so that a page can show the demo's time */
  z.object({ kind: z.literal('tick'), at: Instant }),
]);
export type EngineEvent = z.infer<typeof EngineEvent>;
export const Lookup = z.object({
  locations: z.array(z.string()),
  businesses: z.array(z.object({ id: z.string(), name: z.string() })),
  processes: z.array(z.string()),
  operators: z.number().int(),
});
export { Lang };
export type TaskView = z.infer<typeof TaskView>;
export type AppLogLine = z.infer<typeof AppLogLine>;
export type Lookup = z.infer<typeof Lookup>;

export const system = {
  about: base.input(none).output(About),
  thirdParty: base.input(none).output(ThirdPartyList),
  events: base.input(none).output(eventIterator(EngineEvent)),
  lookup: base.input(none).output(Lookup),
  log: base
    .input(
      z.object({
        limit: z.number().int().min(1).max(5000).default(500),
        level: z.enum(['debug', 'info', 'warn', 'error']).optional(),
        text: z.string().max(200).optional(),
      }),
    )
    .output(z.array(AppLogLine)),
  /** a renderer's own failure, into the app's log */
  report: base
    .input(z.object({ message: z.string().max(2000), stack: z.string().max(8000).optional() }))
    .output(ok),
};
export const settings = {
  get: base.input(none).output(Settings),
  set: base.input(Settings.partial()).output(Settings),
};
export const tasks = {
  list: base.input(none).output(z.array(TaskView)),
  cancel: base.input(z.object({ id })).output(z.object({ cancelled: z.boolean() })),
};
export const notifications = {
  list: base
    .input(page.partial())
    .output(z.object({ items: z.array(Notification), unread: z.number().int() })),
  read: base.input(z.object({ ids: z.array(id).max(1000).optional() })).output(ok),
};
