import type { Settings } from '../api/contract/system.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/index.ts';
import { type Access, createAccess, fixedSettings, type ReadPolicy } from './policy.ts';
import { createSettings, type SettingsStore } from './settings.ts';

/** What a person chose, within what an administrator fixed (`read`) and set beforehand (`given`); and who may decide. */
export function openSettings(o: {
  readonly store: Store;
  readonly clock: Clock;
  readonly given: Partial<Settings>;
  readonly read: ReadPolicy;
  /** of the operating system */
  readonly account: string;
}): { readonly settings: SettingsStore; readonly access: Access } {
  const { store, clock, read, account } = o;
  const settings = createSettings({ store, clock, defaults: o.given, fixed: fixedSettings(read.policy) });
  const userName = (): string => settings.get().userName;
  const pin = process.env['TORIDE_APPROVER_PIN'];
  return { settings, access: createAccess({ read, clock, userName, account, pin }) };
}
