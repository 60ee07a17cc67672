// The shell: window, tray, notifications, key store, power; supervises the engine. No product logic.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, ipcMain, Menu, Notification, powerMonitor } from 'electron';
import { isErrorCode, wordError } from '../main/api/contract/errors.ts';
import type { Settings } from '../main/api/contract/system.ts';
import { registerScheme, serveRenderer } from './app-protocol.ts';
import { startEngineHost } from './engine-host.ts';
import type { ToShell } from './messages.ts';
import { notify } from './notify.ts';
import { isTrustedSender, lockContents, lockSession, openExternal } from './security.ts';
import { createTray } from './tray.ts';
import { createMainWindow } from './window.ts';
import { langOf, words } from './words.ts';

// before ready, hence nothing is awaited above the instance lock
app.enableSandbox();
registerScheme();
lockContents();

const here = import.meta.dirname;
const icon = path.join(here, '../../resources/icons/toride.png');
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { data: { type: 'string' }, hidden: { type: 'boolean' } },
  strict: false,
});

if (app.requestSingleInstanceLock()) await run();
else app.quit();

async function run(): Promise<void> {
  let settings: Settings | null = null;
  let openAlerts = 0;
  let quitting = false;

  await app.whenReady();
  lockSession();
  serveRenderer(path.join(here, '../renderer'));
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );

  const window = createMainWindow({
    preload: path.join(here, '../preload/preload.cjs'),
    icon,
    hidden: values['hidden'] === true,
    closing: (asking) => (quitting ? 'close' : closing(asking)),
  });
  const tray = createTray({ icon, open: window.show });
  const engine = startEngineHost({
    script: path.join(here, 'engine-process.js'),
    dataDir: path.resolve(typeof values['data'] === 'string' ? values['data'] : app.getPath('userData')),
    heard,
    died: (_code, failures) => {
      const say = words(settings);
      new Notification({
        title: 'Toride',
        body: failures <= 3 ? say.engineRestarted : say.engineKeepsStopping,
        silent: true,
      }).show();
    },
  });

  ipcMain.on('toride:connect', (event) => {
    if (event.senderFrame && isTrustedSender(event.senderFrame)) engine.connect(event.senderFrame);
  });
  ipcMain.handle('toride:open-external', (event, url: unknown) => {
    if (!isTrustedSender(event.senderFrame) || typeof url !== 'string') throw new Error('refused');
    return openExternal(url);
  });
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    if (settings?.closeToTray === 'quit') app.quit();
  });
  powerMonitor.on('resume', () => engine.send({ type: 'wake' }));
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    void engine.stop().finally(() => app.quit());
  });

  function heard(message: ToShell): void {
    if (message.type === 'ready' || message.type === 'settings') {
      settings = message.settings;
      app.setLoginItemSettings({
        openAtLogin: settings.openAtLogin,
        args: settings.startMinimised ? ['--hidden'] : [],
      });
      tray.update(openAlerts, settings);
    } else if (message.type === 'alerts') {
      openAlerts = message.open;
      tray.update(openAlerts, settings);
      window.setBadge(openAlerts, words(settings).alerts(openAlerts));
    } else if (message.type === 'notification') {
      if (!window.isFocused()) notify(message.notification, settings, window.show);
    } else if (message.type === 'failed') {
      const code = isErrorCode(message.code) ? message.code : 'internal';
      const { say, next } = wordError({ code, params: message.params }, langOf(settings));
      dialog.showErrorBox(say, next);
    }
  }

  /** The first close asks; afterwards the setting decides. */
  function closing(asking: BrowserWindow): 'hide' | 'close' {
    const choice = settings?.closeToTray ?? 'ask';
    if (choice !== 'ask') return choice === 'tray' ? 'hide' : 'close';
    const say = words(settings);
    const answer = dialog.showMessageBoxSync(asking, {
      type: 'question',
      message: say.askClose,
      detail: say.askCloseDetail,
      buttons: [say.keepInTray, say.quit],
      defaultId: 0,
      cancelId: 0,
    });
    const closeToTray = answer === 0 ? 'tray' : 'quit';
    if (settings) settings = { ...settings, closeToTray };
    engine.send({ type: 'settings', change: { closeToTray } });
    return closeToTray === 'tray' ? 'hide' : 'close';
  }
}
