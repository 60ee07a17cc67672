import { app, Menu, nativeImage, Tray } from 'electron';
import type { Settings } from '../main/api/contract/system.ts';
import { words } from './words.ts';

/** The icon near the clock: number of open alerts, open, quit. */
export function createTray(o: { icon: string; open: (route?: string) => void }): {
  update(openAlerts: number, settings: Settings | null): void;
} {
  const tray = new Tray(nativeImage.createFromPath(o.icon));
  tray.on('click', () => o.open());
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
