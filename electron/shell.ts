// The shell: window, tray, notifications, key store, power; supervises the engine. No product logic.
// first: this process connects to nothing
import '../main/kernel/guard-outbound.ts';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, ipcMain, Menu, powerMonitor } from 'electron';
import { ERRORS, isErrorCode, wordError } from '../main/api/contract/errors.ts';
import type { Settings } from '../main/api/contract/system.ts';
import { defaultDataDir } from '../main/kernel/config.ts';
import { onRefused } from '../main/kernel/outbound.ts';
import { registerScheme, serveRenderer } from './app-protocol.ts';
import { startEngineHost } from './engine-host.ts';
import { followLoginItem, wasOpenedAtLogin } from './login-item.ts';
import type { ToShell } from './messages.ts';
import { notify, showPlain } from './notify.ts';
import { ask, askWayBack, type Rescue, startFormer, watchChildren } from './rescue.ts';
import { savePdf } from './save-pdf.ts';
import { hasWeakKeyStore, isTrustedSender, lockContents, lockSession, openExternal } from './security.ts';
import { createTray } from './tray.ts';
import { createMainWindow } from './window.ts';
import { langOf, words } from './words.ts';

// before ready. Electron becomes ready only once this module has been evaluated: nothing here may be awaited.
app.enableSandbox();
registerScheme();
lockContents();
if (process.platform === 'win32') app.setAppUserModelId('jp.toride.app'); // without it Windows shows no notifications

/** a choice made a moment ago is waited for longer than an engine with nothing to save */
const CHOICE_WITHIN_MS = 15_000;
const here = import.meta.dirname;
const icons = path.join(here, '../../resources/icons');
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: {
    data: { type: 'string' },
    policy: { type: 'string' },
    hidden: { type: 'boolean' },
    demo: { type: 'boolean' },
  },
  strict: false,
});
const givenDir = typeof values['data'] === 'string' ? path.resolve(values['data']) : null;
const dataDir = givenDir ?? path.resolve(defaultDataDir(process.env, process.platform));

if (!ownDataDir()) app.exit(ERRORS['data.locked'].exit);
else if (app.requestSingleInstanceLock()) void run();
else app.quit();

/** The browser's own files live inside the data folder, and so the instance lock is one per data folder. */
function ownDataDir(): boolean {
  const profile = path.join(dataDir, 'window');
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    app.setPath('userData', profile);
    return true;
  } catch (cause) {
    const lang = app.getPreferredSystemLanguages()[0]?.startsWith('ja') === false ? 'en' : 'ja';
    const { say, next } = wordError({ code: 'data.locked', params: { dir: dataDir } }, lang);
    dialog.showErrorBox(say, `${next}\n(${cause instanceof Error ? cause.message : String(cause)})`);
    return false;
  }
}

async function run(): Promise<void> {
  let settings: Settings | null = null;
  let openAlerts = 0;
  let quitting = false;
  let quitOnClose = false;
  let lastFailure = '';
  /** closed before the engine has told the settings: what that means is decided when it has */
  let closedEarly: BrowserWindow | null = null;
  let choiceUnsaved = false;
  let engineFails = false;

  await app.whenReady();
  lockSession();
  serveRenderer(path.join(here, '../renderer'));
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );

  /** whether it shows itself is decided when the settings are known */
  let openedAtLogin = wasOpenedAtLogin();
  const rescue: Rescue = {
    words: () => words(settings),
    note: (message, data) => engine.send({ type: 'log', message, data }),
    tell: (text) => showPlain(text, window.show),
  };
  const window = createMainWindow({
    preload: path.join(here, '../preload/preload.cjs'),
    icon: path.join(icons, 'toride.png'),
    hidden: values['hidden'] === true || openedAtLogin,
    rescue,
    closing: (asking) => (quitting ? 'close' : closing(asking)),
    // Windows shuts down or logs off: there is no quit, and little time
    sessionEnds: () => quitting || quit(),
  });
  const tray = createTray({ icons, open: window.show });
  const engine = startEngineHost({
    script: path.join(here, 'engine-process.js'),
    modelsScript: path.join(here, 'models-process.js'),
    args: [
      ...['--data', dataDir],
      ...(typeof values['policy'] === 'string' ? ['--policy', path.resolve(values['policy'])] : []),
      ...(values['demo'] === true ? ['--demo'] : []),
      ...(hasWeakKeyStore() ? ['--weak-key-store'] : []),
    ],
    heard,
    died: (failures) => {
      engineFails = true;
      decideEarlyClose();
      const say = words(settings);
      showPlain(failures <= 3 ? say.engineRestarted : say.engineKeepsStopping, window.show);
    },
    hangs(restart) {
      const { engineHangs, engineHangsDetail, wait, restartEngine } = words(settings);
      const question = new AbortController();
      const buttons = [wait, restartEngine];
      const { signal } = question;
      const asked = { message: engineHangs, detail: engineHangsDetail, buttons, cancelId: 0, signal };
      void ask(window.current(), asked).then((answer) => answer === 1 && restart());
      return () => question.abort();
    },
  });
  onRefused((address) => engine.send({ type: 'refused', address }));

  watchChildren(window.current, rescue);
  ipcMain.on('toride:connect', (event) => {
    if (event.senderFrame && isTrustedSender(event.senderFrame)) engine.connect(event.senderFrame);
  });
  ipcMain.handle('toride:open-external', (event, url: unknown) => {
    if (!isTrustedSender(event.senderFrame) || typeof url !== 'string') throw new Error('refused');
    return openExternal(url);
  });
  ipcMain.handle('toride:save-pdf', (event, name: unknown) => {
    if (!isTrustedSender(event.senderFrame) || typeof name !== 'string') throw new Error('refused');
    return savePdf(event.sender, name);
  });
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    if (quitOnClose) app.quit();
  });
  powerMonitor.on('resume', () => engine.send({ type: 'wake' }));
  app.on('before-quit', (event) => {
    if (quitting) return;
    event.preventDefault();
    quit();
  });

  function quit(): void {
    quitting = true;
    void engine.stop(choiceUnsaved ? CHOICE_WITHIN_MS : undefined).finally(() => app.quit());
  }

  function heard(message: ToShell): void {
    if (message.type === 'ready' || message.type === 'settings') {
      settings = message.settings;
      lastFailure = '';
      engineFails = false;
      choiceUnsaved &&= settings.closeToTray === 'ask';
      followLoginItem(settings, givenDir);
      if (openedAtLogin && !settings.startMinimised) window.show();
      openedAtLogin = false;
      tray.update(openAlerts, settings);
      decideEarlyClose();
    } else if (message.type === 'alerts') {
      openAlerts = message.open;
      tray.update(openAlerts, settings);
      window.setBadge(openAlerts);
    } else if (message.type === 'notification') {
      if (!window.isFocused()) notify(message.notification, settings, window.show);
    } else if (message.type === 'way-back') {
      engineFails = true;
      decideEarlyClose();
      void askWayBack(window.current(), words(settings), message.way).then((answer) => {
        if (answer === 'quit') quit();
        else engine.send({ type: 'go-back', wanted: answer === 'back' });
      });
    } else if (message.type === 'went-back') {
      void startFormer(window.current(), words(settings), message.way).then(quit);
    } else if (message.type === 'failed') {
      const code = isErrorCode(message.code) ? message.code : 'internal';
      const { say, next } = wordError({ code, params: message.params }, langOf(settings));
      // the engine is started again and again: the same failure is told once
      if (lastFailure !== say) dialog.showErrorBox(say, next);
      lastFailure = say;
      engineFails = true;
      decideEarlyClose();
    }
  }

  function decideEarlyClose(): void {
    const early = closedEarly;
    closedEarly = null;
    if (!early || early.isDestroyed()) return;
    if ((settings?.closeToTray ?? 'ask') === 'ask') early.show();
    early.close();
  }

  /** The first close asks; afterwards the setting decides. */
  function closing(asking: BrowserWindow): 'hide' | 'close' {
    if (!settings && !engineFails) {
      closedEarly = asking;
      return 'hide';
    }
    const choice = settings?.closeToTray ?? 'ask';
    quitOnClose = choice === 'quit';
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
    quitOnClose = closeToTray === 'quit';
    if (settings) settings = { ...settings, closeToTray };
    choiceUnsaved = true;
    engine.send({ type: 'settings', change: { closeToTray } });
    return closeToTray === 'tray' ? 'hide' : 'close';
  }
}
