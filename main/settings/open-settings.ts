import { userInfo } from 'node:os';
import type { Base } from '../store/index.ts';
import { type Access, createAccess, fixedSettings, type ReadPolicy } from './policy.ts';
import { adminSettings, createSettings, type SettingsStore } from './settings.ts';

/** What a user chose, within what an administrator fixed (`read`) and set beforehand (`given`); and who may decide. */
export function openSettings(
  o: Pick<Base, 'store' | 'dataDir' | 'clock'> & {
    /** of `config.json` */
    readonly given: Readonly<Record<string, unknown>>;
    readonly read: ReadPolicy;
  },
): { readonly settings: SettingsStore; readonly access: Access } {
  const { store, clock, read } = o;
  const defaults = adminSettings(o.given, o.dataDir);
  const settings = createSettings({ store, clock, defaults, fixed: fixedSettings(read.policy) });
  const userName = (): string => settings.get().userName;
  const pin = process.env['TORIDE_APPROVER_PIN'];
  return { settings, access: createAccess({ read, clock, userName, account: userInfo().username, pin }) };
}
