import type { z } from 'zod';
import { defined } from '../../kernel/defined.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Base, saveSetting, sql } from '../../store/index.ts';
import { DEFAULT_MODEL_SETTINGS } from '../config.ts';
import { ModelServer, ModelSettings } from '../contract/models.ts';
import { checkServerUrl } from '../server/check-address.ts';
import type { ServerChange, SettingsChange } from '../types.ts';

/** Where the server's key is kept: the shell's key store, or memory until quit. */
export type ServerKey = {
  get(): Promise<string | null>;
  set(key: string | null): Promise<void>;
};
const KEY = 'models';
const Saved = ModelSettings.omit({ server: true })
  .partial()
  .extend({ server: ModelServer.omit({ hasKey: true }).partial().optional() });
type Saved = z.infer<typeof Saved>;
export type KeptSettings = {
  get(): ModelSettings;
  change(change: SettingsChange): Promise<ModelSettings>;
  changeServer(change: ServerChange): Promise<ModelSettings>;
  /** resolves when it is known whether a key is kept */
  readonly ready: Promise<void>;
};

/** What a person chose over the defaults; the key itself is never among it. */
export function keepSettings(
  o: Pick<Base, 'store' | 'clock'> & {
    key: ServerKey;
    allowPublic: boolean;
  },
): KeptSettings {
  const row = o.store.read.get<{ value: string }>(sql`SELECT value FROM settings WHERE key = ${KEY}`);
  const parsed = row ? Saved.safeParse(JSON.parse(row.value)) : null;
  let own: Saved = parsed?.success ? parsed.data : {};
  let hasKey = false;
  const whole = (saved: Saved): ModelSettings => {
    const { server, ...rest } = defined(saved);
    return {
      ...DEFAULT_MODEL_SETTINGS,
      ...rest,
      server: { ...DEFAULT_MODEL_SETTINGS.server, ...defined(server), hasKey },
    };
  };
  const save = async (next: Saved): Promise<ModelSettings> => {
    const after = whole(next);
    await o.store.write([saveSetting(KEY, JSON.stringify(next), o.clock.now())], after);
    own = next;
    return after;
  };
  return {
    get: () => whole(own),
    ready: o.key.get().then((key) => {
      hasKey = key !== null && key !== '';
    }),
    change: (change) => save({ ...own, ...defined(change) }),
    async changeServer({ key, ...change }) {
      const server = { ...own.server, ...defined(change) };
      const url = server.url?.trim() ?? '';
      if (url !== '') server.url = checkServerUrl(url, o.allowPublic).href.replace(/\/$/, '');
      else if (server.enabled) throw new AppError('models.server-url');
      if (key !== undefined) {
        await o.key.set(key === '' ? null : key);
        hasKey = key !== null && key !== '';
      }
      return save({ ...own, server });
    },
  };
}
