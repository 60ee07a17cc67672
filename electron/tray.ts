import path from 'node:path';
import { app, Menu, nativeImage, Tray } from 'electron';
import type { Settings } from '../main/api/contract/system.ts';
import { words } from './words.ts';

/** The icon near the clock: number of open alerts, open, quit. */
export function createTray(o: { icons: string; open: (route?: string) => void }): {
  update(openAlerts: number, settings: Settings | null): void;
} {
  // macOS colours a template image itself; @2x and the like are found beside the file
  const image = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
  const tray = new Tray(nativeImage.createFromPath(path.join(o.icons, image)));
  // on macOS a click opens the menu
  if (process.platform !== 'darwin') tray.on('click', () => o.open());
  const update = (openAlerts: number, settings: Settings | null): void => {
    const say = words(settings);
    tray.setToolTip(`Toride – ${say.alerts(openAlerts)}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: say.alerts(openAlerts), enabled: openAlerts > 0, click: () => o.open('#/alerts') },
        { type: 'separator' },
        { label: say.open, click: () => o.open() },
        { label: say.quit, click: () => app.quit() },
      ]),
    );
    app.setBadgeCount(openAlerts);
  };
  update(0, null);
  return { update };
}
