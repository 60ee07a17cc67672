import path from 'node:path';
import { Settings } from '../api/contract/system.ts';
import { isTimeZone } from '../kernel/clock.ts';
import { defined } from '../kernel/defined.ts';
import { AppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { Turns } from '../kernel/task.ts';
import { type Base, saveSetting, sql } from '../store/index.ts';

export const DEFAULT_SETTINGS: Settings = {
  lang: 'system',
  theme: 'system',
  userName: '',
  timeZone: 'Asia/Tokyo',
  sendWith: 'enter',
  staleMinutes: 10,
  undoMinutes: 10,
  syncEverySeconds: 60,
  closeToTray: 'ask',
  openAtLogin: false,
  startMinimised: false,
  serviceCards: { order: [], hidden: [] },
  alerts: {
    watchAt: 0.5,
    dangerAt: 0.8,
    snapshots: 2,
    everyMinutes: 2,
    notify: 'all',
    quietFrom: null,
    quietTo: null,
    mutes: [],
  },
  backup: { every: 'daily', keep: 3, folder: '', encrypt: false },
};

export interface SettingsStore {
  get(): Settings;
  /** Merges and saves; refuses values the app could not run with. */
  set(change: Partial<Settings>): Promise<Settings>;
  readonly changed: Emitter<Settings>;
}

/** The administrator's choices of `config.json`, checked. */
export function adminSettings(given: Readonly<Record<string, unknown>>, dataDir: string): Partial<Settings> {
  const parsed = Settings.partial().strict().safeParse(given);
  if (parsed.success) return defined(parsed.data);
  const detail = parsed.error.issues.map((i) => `settings.${i.path.join('.')}: ${i.message}`).join('; ');
  throw new AppError('config.invalid', { file: path.join(dataDir, 'config.json'), detail });
}

/** `defaults` are the administrator's (config.json) over the product's; what a person saved wins. */
export function createSettings(
  o: Pick<Base, 'store' | 'clock'> & {
    defaults: Partial<Settings>;
    /** by an administrator's policy: nobody changes these */
    fixed?: Partial<Settings>;
  },
): SettingsStore {
  const saved = o.store.read.get<{ value: string }>(sql`SELECT value FROM settings WHERE key = 'app'`);
  const base: Settings = { ...DEFAULT_SETTINGS, ...o.defaults };
  const parsed = saved ? Settings.partial().safeParse(JSON.parse(saved.value)) : null;
  let own: Partial<Settings> = parsed?.success ? defined(parsed.data) : {};
  const changed = new Emitter<Settings>();
  const get = (): Settings => ({ ...base, ...own, ...o.fixed });
  // one change after the other: each builds on what the one before it saved
  const inTurn = new Turns().take;
  return {
    get,
    changed,
    set: (change) =>
      inTurn(async () => {
        for (const [key, value] of Object.entries(o.fixed ?? {})) {
          const wanted = change[key as keyof Settings];
          if (wanted !== undefined && wanted !== value) throw new AppError('policy.fixed', { what: key });
        }
        const next = { ...own, ...defined(change) };
        const whole = { ...base, ...next };
        if (!isTimeZone(whole.timeZone))
          throw new AppError('input.invalid', { detail: `timeZone ${whole.timeZone}` });
        if (whole.alerts.dangerAt < whole.alerts.watchAt)
          throw new AppError('input.invalid', { detail: 'dangerAt < watchAt' });
        await o.store.write([saveSetting('app', JSON.stringify(next), o.clock.now())]);
        own = next;
        changed.emit(get());
        return get();
      }),
  };
}
