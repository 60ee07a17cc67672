// `electron -r spy.cjs <app>`: lets the specs that run on the stand-in run on Electron itself. It writes down what the shell asks of Electron, and
// offers the stand-in's commands; nothing of the app is replaced but what would leave the window: links, dialogs, notifications on the desktop.
const electron = require('electron');
const { app, BrowserWindow, dialog, ipcMain, Notification, session, shell, Tray, utilityProcess } = electron;

const seen = [];
const record = (what, more = {}) => seen.push({ what, ...more });
const before = (object, name, f) => {
  const original = object[name];
  object[name] = function (...args) {
    f.apply(this, args);
    return original.apply(this, args);
  };
};
const instead = (object, name, f) => {
  object[name] = f;
};

for (const name of ['show', 'hide', 'focus', 'restore'])
  before(BrowserWindow.prototype, name, () => record(`window.${name}`));
before(BrowserWindow.prototype, 'setTitle', (title) => record('window.title', { title }));
before(app, 'enableSandbox', () => record('app.enableSandbox'));
before(app, 'setBadgeCount', (count) => record('badge', { count }));
instead(app, 'setLoginItemSettings', (settings) => record('loginItem', { settings }));
const trays = new Map();
before(Tray.prototype, 'setToolTip', (text) => record('tray.tooltip', { text }));
before(Tray.prototype, 'setContextMenu', function (menu) {
  if (!trays.size) record('tray', { empty: false });
  trays.set(this, menu);
  record('tray.menu', { labels: menu.items.map((item) => item.label || item.type) });
});
const notifications = [];
instead(Notification.prototype, 'show', function () {
  notifications.push(this);
  record('notification', { title: this.title, body: this.body, silent: this.silent });
});
let answer = 0;
instead(dialog, 'showMessageBoxSync', (...args) => {
  record('dialog', { options: args.at(-1) });
  return answer;
});
instead(dialog, 'showMessageBox', async (...args) => {
  const options = args.at(-1);
  record('dialog', { options: { ...options, signal: undefined } });
  if (answer !== null) return { response: answer, checkboxChecked: false };
  await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
  record('dialog.withdrawn', { message: options.message });
  return { response: options.cancelId ?? 0, checkboxChecked: false };
});
instead(app, 'relaunch', (options) => record('relaunch', { options }));
let chosen = { canceled: true, filePath: '' };
instead(dialog, 'showSaveDialog', async (...args) => {
  record('dialog', { options: args.at(-1) });
  return chosen;
});
instead(dialog, 'showErrorBox', (title, content) => record('errorBox', { title, content }));
instead(shell, 'openExternal', async (url) => record('openExternal', { url }));
instead(shell, 'openPath', async (path) => {
  record('openPath', { path });
  return '';
});

const engines = new Map();
const modelsProcesses = new Map();
const fork = utilityProcess.fork;
utilityProcess.fork = (script, ...more) => {
  const child = fork.call(utilityProcess, script, ...more);
  record('utilityProcess.fork', { script: script.split(/[\\/]/).at(-1) });
  if (script.endsWith('engine-process.js')) child.once('spawn', () => engines.set(child, child.pid));
  if (script.endsWith('models-process.js')) child.once('spawn', () => modelsProcesses.set(child, child.pid));
  child.once('exit', () => {
    engines.delete(child);
    modelsProcesses.delete(child);
  });
  return child;
};

const hooks = {};
app.on('session-created', (ses) => {
  for (const [name, method] of [
    ['permissionRequest', 'setPermissionRequestHandler'],
    ['permissionCheck', 'setPermissionCheckHandler'],
    ['devicePermission', 'setDevicePermissionHandler'],
    ['displayMedia', 'setDisplayMediaRequestHandler'],
  ])
    before(ses, method, (f) => {
      hooks[name] = f;
    });
  before(ses.webRequest, 'onBeforeRequest', (f) => {
    hooks.beforeRequest = f;
  });
});
app.on('browser-window-created', (_event, window) => {
  record('window', { options: { webPreferences: window.webContents.getLastWebPreferences() } });
});
app.on('web-contents-created', (_event, contents) => {
  before(contents, 'setZoomLevel', (level) => record('zoom', { level }));
  contents.on('will-navigate', (event) =>
    setImmediate(() => record('navigation', { url: event.url, prevented: event.defaultPrevented })),
  );
  before(contents, 'reload', () => record('reload'));
  contents.on('console-message', ({ level, message }) => record('console', { level, text: message }));
  const set = contents.setWindowOpenHandler;
  contents.setWindowOpenHandler = (f) =>
    set.call(contents, (details) => {
      const result = f(details);
      record('window.open', { url: details.url, action: result.action });
      return result;
    });
});
const invokable = new Map();
before(ipcMain, 'handle', (channel, f) => invokable.set(channel, f));

const first = () => BrowserWindow.getAllWindows()[0];
const sender = (url, parent, postMessage) =>
  url === null ? null : { url, parent, isDestroyed: () => false, postMessage };
const inPage = (code) => first().webContents.executeJavaScript(code);
const labelled = (label) =>
  `[...document.querySelectorAll('label')].find((l) => l.textContent.includes(${JSON.stringify(label)}))?.control`;
const commands = {
  answer: (n) => {
    answer = n;
  },
  dialog: (result) => {
    chosen = result;
  },
  close: () => first()?.close(),
  minimize: () => first()?.minimize(),
  windowEvent: ({ name }) => first()?.emit(name, { preventDefault() {} }),
  appEvent: ({ name, more = [] }) => app.emit(name, { preventDefault() {} }, ...more),
  windows: () => BrowserWindow.getAllWindows().length,
  engines: () => [...engines.values()],
  modelsProcesses: () => [...modelsProcesses.values()],
  killEngine: () => {
    const [pid] = engines.values();
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  },
  trayClick: ({ label }) => {
    const [[tray, menu] = []] = trays;
    if (label) menu?.items.find((item) => item.label === label)?.click();
    else tray?.emit('click');
  },
  notificationClick: ({ title }) =>
    notifications.findLast((n) => n.title.includes(title))?.emit('click') ?? false,
  webPreferences: () => first().webContents.getLastWebPreferences(),
  contentsEvent: ({ name, more = [] }) => {
    const event = {
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
    };
    first().webContents.emit(name, event, ...more);
    return event.defaultPrevented;
  },
  hook: ({ name, args }) =>
    new Promise((resolve) => {
      const f = hooks[name];
      if (!f) resolve(undefined);
      else if (name === 'permissionRequest') f(args[0], args[1], resolve, args[2]);
      else if (name === 'beforeRequest' || name === 'displayMedia') f(args[0], resolve);
      else resolve(f(...args));
    }),
  ipc: async ({ channel, args, url, parent }) => {
    try {
      return { value: await invokable.get(channel)({ senderFrame: sender(url, parent) }, ...args) };
    } catch (error) {
      return { error: error.message };
    }
  },
  ipcSend: ({ channel, url, parent }) => {
    let given = false;
    const senderFrame = sender(url, parent, () => {
      given = true;
    });
    ipcMain.emit(channel, { senderFrame });
    return given;
  },
  protocol: ({ url }) => session.defaultSession.fetch(url).then((response) => response.status),
  fill: ({ label, value }) =>
    inPage(
      `(() => { const e = ${labelled(label)}; e.focus(); e.select(); return document.execCommand('insertText', false, ${JSON.stringify(value)}) })()`,
    ),
  check: ({ label }) => inPage(`${labelled(label)}.click()`),
};
globalThis.spy = { seen, commands };
