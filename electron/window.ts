import { BrowserWindow, screen } from 'electron';
import { type Rescue, watchWindow } from './rescue.ts';
import { devServer, ORIGIN, webPreferences } from './security.ts';
import { enableZoom } from './zoom.ts';

export type MainWindow = {
  /** creates it when it is gone, brings it to the front otherwise; `route` is a screen, e.g. `#/alerts/…` */
  show(route?: string): void;
  current(): BrowserWindow | null;
  isFocused(): boolean;
  /** the number of open alerts, before the title */
  setBadge(open: number): void;
};

/** `closing` decides whether a close only hides the window. */
export function createMainWindow(o: {
  preload: string;
  icon: string;
  hidden: boolean;
  rescue: Rescue;
  closing: (window: BrowserWindow) => 'hide' | 'close';
  sessionEnds: () => void;
}): MainWindow {
  let window: BrowserWindow | null = null;
  let badge = '';
  const create = (visible: boolean, route = ''): BrowserWindow => {
    // what a laptop has left at 150 % can be less than what we would like
    const { width, height } = screen.getPrimaryDisplay().workAreaSize;
    const made = new BrowserWindow({
      width: Math.min(1360, width),
      height: Math.min(880, height),
      minWidth: Math.min(960, width),
      minHeight: Math.min(640, height),
      show: false,
      title: 'Toride',
      icon: o.icon,
      backgroundColor: '#f7f6f3',
      webPreferences: { ...webPreferences, preload: o.preload },
    });
    window = made;
    enableZoom(made.webContents);
    watchWindow(made, o.rescue);
    if (visible) made.once('ready-to-show', () => made.show());
    // the page names its screen; the number of alerts stands before it
    made.on('page-title-updated', (event, title) => {
      event.preventDefault();
      made.setTitle(badge + title);
    });
    made.on('close', (event) => {
      if (o.closing(made) === 'hide') {
        event.preventDefault();
        made.hide();
      }
    });
    made.on('session-end', o.sessionEnds);
    made.on('closed', () => {
      if (window === made) window = null;
    });
    // a window closed while it loads is no error
    made.loadURL(`${devServer() ?? ORIGIN}/${route}`).catch((error: unknown) => {
      if (window === made) throw error;
    });
    return made;
  };
  if (!o.hidden) create(true);
  return {
    show(route) {
      if (!window) return void create(true, route);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (route) window.webContents.send('toride:open', route);
    },
    current: () => window,
    isFocused: () => window?.isFocused() ?? false,
    setBadge(open) {
      badge = open > 0 ? `(${open}) ` : '';
      window?.setTitle(badge + window.webContents.getTitle());
    },
  };
}
