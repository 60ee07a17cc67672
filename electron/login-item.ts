import { app } from 'electron';
import type { Settings } from '../main/api/contract/system.ts';

/** One argument of a Windows command line; a backslash before the closing quotes would take them for a letter. */
const quoted = (text: string): string => `"${text.replace(/\\+$/, '$&$&')}"`;

/**
 * Start at login as the person chose it, with the data folder of this start. Said to the system only where it is not so: a start that was
 * switched off in Windows' own list stays off.
 */
export function followLoginItem(settings: Settings, dataDir: string | null): void {
  const args = [
    ...(app.isPackaged ? [] : [quoted(app.getAppPath())]),
    ...(dataDir === null ? [] : ['--data', quoted(dataDir)]),
    ...(settings.startMinimised ? ['--hidden'] : []),
  ];
  const now = app.getLoginItemSettings({ args });
  const isOn = now.openAtLogin || (!settings.openAtLogin && now.executableWillLaunchAtLogin);
  if (isOn !== settings.openAtLogin) app.setLoginItemSettings({ openAtLogin: settings.openAtLogin, args });
}

/** macOS passes no arguments to what it starts at login, so `--hidden` is not among them. */
export const wasOpenedAtLogin = (): boolean => app.getLoginItemSettings().wasOpenedAtLogin === true;
