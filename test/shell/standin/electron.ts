// A stand-in for the `electron` module, for machines where the binary cannot be had. It runs the REAL built main bundle, the
// REAL built preload (in an isolated world of a real Chromium page) and the REAL renderer build; windows are Playwright pages.
// Anything the app uses that is not here throws. It proves the app's own logic, not Electron's.
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as E from 'electron';
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  type Page,
  type Route,
} from 'playwright-core';
import { CHROMIUM_ARGS, chromiumPath } from '../../helpers/browser/chromium.ts';
import { WAIT_MS } from '../../limits.ts';
import { MessageChannelMain, type MessagePortMain } from './message-port-main.ts';

export { MessageChannelMain };

const records: { what: string; [k: string]: unknown }[] = [];
const record = (what: string, more: object = {}): void => {
  records.push({ what, ...more });
  process.send?.({ record: { what, ...more } });
};
const strict = <T extends object>(name: string, o: T): T =>
  new Proxy(o, {
    get(t, k, r) {
      if (k in t || typeof k === 'symbol' || k === 'then') return Reflect.get(t, k, r);
      throw new Error(`stand-in: ${name}.${k} is not implemented`);
    },
  });
/** members are type-checked against electron.d.ts; what is missing is missing loudly */
const part =
  <T>() =>
  <K extends keyof T>(name: string, members: Pick<T, K>, events = false) =>
    strict(name, Object.assign(events ? new EventEmitter() : {}, members)) as Pick<T, K> & EventEmitter;
const event = () => ({
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

// --- app ---
let ready = false;
const isReady = Promise.withResolvers<void>();
const beforeReady = (what: string) => {
  if (ready) throw new Error(`${what} must be called before ready`);
};
const afterReady = (what: string) => {
  if (!ready) throw new Error(`${what} must be called after ready`);
};
const paths = new Map<string, string>();
const lockFile = (): string => path.join(app.getPath('userData'), 'standin.lock');
export const app = part<E.App>()(
  'app',
  {
    isPackaged: process.env['STANDIN_PACKAGED'] === '1',
    whenReady: () => isReady.promise,
    isReady: () => ready,
    getPath: (name) => paths.get(name) ?? path.join(os.tmpdir(), 'toride-standin', name),
    setPath: (name, dir) => {
      if (!existsSync(dir)) throw new Error(`Failed to set path: ${dir}`);
      paths.set(name, dir);
    },
    getPreferredSystemLanguages: () => [process.env['STANDIN_LOCALE'] ?? 'ja'],
    setAppUserModelId: () => {},
    getAppPath: () => process.cwd(),
    getLocale: () => process.env['STANDIN_LOCALE'] ?? 'ja',
    setBadgeCount: (count) => {
      record('badge', { count });
      return true;
    },
    setLoginItemSettings: (settings) => record('loginItem', { settings }),
    getLoginItemSettings: () =>
      ({
        openAtLogin: false,
        executableWillLaunchAtLogin: false,
        ...JSON.parse(process.env['STANDIN_LOGIN_ITEM'] ?? '{}'),
      }) as E.LoginItemSettings,
    getVersion: () => JSON.parse(readFileSync('package.json', 'utf8')).version as string,
    enableSandbox: () => {
      beforeReady('app.enableSandbox');
      record('app.enableSandbox');
    },
    // one per user data folder; a second process tells the first by a signal, because nothing else is at hand
    requestSingleInstanceLock: () => {
      const first = existsSync(lockFile()) ? Number(readFileSync(lockFile(), 'utf8')) : 0;
      if (first && isAlive(first)) {
        process.kill(first, 'SIGUSR2');
        return false;
      }
      writeFileSync(lockFile(), String(process.pid));
      return true;
    },
    quit: () => void quit(),
    relaunch: (options) => record('relaunch', { options }),
    exit: (code = 0) => process.exit(code),
  } satisfies Partial<E.App>,
  true,
);
process.on('SIGUSR2', () => app.emit('second-instance', event(), [], ''));
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
async function quit(): Promise<void> {
  const e = event();
  app.emit('before-quit', e);
  if (e.defaultPrevented) return;
  for (const w of [...windows]) await w.destroyPage();
  app.emit('will-quit', event());
  app.emit('quit', event(), 0);
  record('quit');
  await browser?.close();
  for (const c of children.keys()) c.kill();
  process.exit(0);
}

// --- protocol, session ---
const handlers = new Map<string, (r: Request) => Response | Promise<Response>>();
export const protocol = part<E.Protocol>()('protocol', {
  registerSchemesAsPrivileged: (s) => {
    beforeReady('registerSchemesAsPrivileged');
    record('privileged', { schemes: s });
  },
  handle: (scheme, f) => {
    afterReady('protocol.handle');
    handlers.set(scheme, f as never);
  },
});
const hooks: Record<string, (...a: any[]) => any> = {};
const set =
  (k: string) =>
  (...a: any[]): any => {
    hooks[k] = a.at(-1);
    record(`session.${k}`);
  };
const defaultSession = part<E.Session>()(
  'session',
  {
    setPermissionRequestHandler: set('permissionRequest'),
    setPermissionCheckHandler: set('permissionCheck'),
    setDevicePermissionHandler: set('devicePermission'),
    setDisplayMediaRequestHandler: set('displayMedia'),
    webRequest: part<E.WebRequest>()('webRequest', { onBeforeRequest: set('beforeRequest') }) as never,
  },
  true,
);
export const session = { defaultSession };
export const net = strict('net', {});

// --- windows: app://host/x is shown as https://host.app.standin/x, a secure origin served only from protocol.handle ---
const toReal = (url: string) => url.replace(/^app:\/\/([^/]+)/, 'https://$1.app.standin');
const toApp = (url: string) => url.replace(/^https:\/\/([^/.]+)\.app\.standin/, 'app://$1');
let browser: Browser | undefined, context: BrowserContext;
const windows: BrowserWindow[] = [];
let nextPort = 1;
const enc = (d: unknown) =>
  typeof d === 'string'
    ? { s: d }
    : d instanceof ArrayBuffer || ArrayBuffer.isView(d)
      ? { b: Buffer.from(d as never).toString('base64') }
      : { j: d };
const dec = (d: any) => ('s' in d ? d.s : 'b' in d ? new Uint8Array(Buffer.from(d.b, 'base64')) : d.j);

class WebContents extends EventEmitter {
  page!: Page;
  cdp!: CDPSession;
  world = 0;
  openHandler?: (d: { url: string }) => { action: string };
  tunnels = new Map<number, MessagePortMain>();
  expected = '';
  mainFrame = this.frame(() => toApp(this.page.url()), null);
  setWindowOpenHandler(f: never) {
    this.openHandler = f;
  }
  private zoom = 0;
  getZoomLevel() {
    return this.zoom;
  }
  setZoomLevel(level: number) {
    this.zoom = level;
    record('zoom', { level });
  }
  /** as Electron's: it waits for nothing, and a page that is closed meanwhile is no error */
  reload() {
    record('reload');
    this.page.reload().catch((error: unknown) => record('reload-failed', { error: String(error) }));
  }
  forcefullyCrashRenderer() {
    this.emit('render-process-gone', event(), { reason: 'crashed', exitCode: 5 });
  }
  title = '';
  getTitle() {
    return this.title;
  }
  getURL() {
    return toApp(this.page.url());
  }
  send(channel: string, ...args: unknown[]) {
    this.receive({ op: 'event', channel, args, ports: [] });
  }
  postMessage(channel: string, message: unknown, ports: MessagePortMain[] = []) {
    const ids = ports.map((p) => {
      const id = nextPort++;
      this.tunnels.set(id, p);
      p.on('message', (e) => this.receive({ op: 'port', id, data: enc(e.data) }));
      p.on('close', () => this.receive({ op: 'close', id }));
      p.start();
      return id;
    });
    this.receive({ op: 'event', channel, args: [message], ports: ids });
  }
  frame(url: () => string, parent: unknown) {
    const self = this;
    return {
      get url() {
        return url();
      },
      get origin() {
        return new URL(url()).origin;
      },
      parent,
      isDestroyed: () => !windows.some((w) => w.webContents === self),
      postMessage: (c: string, m: unknown, p?: MessagePortMain[]) => self.postMessage(c, m, p),
    };
  }
  async printToPDF(options: E.PrintToPDFOptions) {
    record('printToPDF', { options });
    return this.page.pdf({ format: 'A4', preferCSSPageSize: options.preferCSSPageSize ?? false });
  }
  receive(m: unknown) {
    if (!this.cdp) return; // no page yet
    this.cdp
      .send('Runtime.evaluate', {
        contextId: this.world,
        expression: `__standinReceive(${JSON.stringify(m)})`,
      })
      .catch(() => {});
  }
  heard(m: any, senderFrame: unknown = this.mainFrame) {
    const e = { sender: this, senderFrame, ports: [] };
    if (m.op === 'title') {
      this.title = m.title;
      this.emit('page-title-updated', m.title);
    } else if (m.op === 'send') ipcMain.emit(m.channel, e, ...m.args);
    else if (m.op === 'invoke') {
      const f = invokable.get(m.channel);
      const run = f
        ? Promise.try(() => f(e, ...m.args))
        : Promise.reject(new Error(`No handler registered for '${m.channel}'`));
      void run.then(
        (value: unknown) => this.receive({ op: 'reply', id: m.id, value }),
        (x: Error) =>
          this.receive({ op: 'reply', id: m.id, error: `Error invoking remote method '${m.channel}': ${x}` }),
      );
    } else if (m.op === 'port') this.tunnels.get(m.id)?.postMessage(dec(m.data));
    else if (m.op === 'close') {
      this.tunnels.get(m.id)?.close();
      this.tunnels.delete(m.id);
    }
  }
  async route(route: Route) {
    const request = route.request();
    const url = toApp(request.url());
    if (request.isNavigationRequest() && url !== this.expected) {
      const main = request.frame() === this.page.mainFrame();
      const e = { ...event(), url, isMainFrame: main };
      if (main) this.emit('will-navigate', e);
      this.emit('will-frame-navigate', e);
      record('navigation', { url, prevented: e.defaultPrevented });
      if (e.defaultPrevented) return route.fulfill({ status: 204 }); // 204: the page stays where it is, as after preventDefault()
    }
    let cancelled = false;
    await hooks['beforeRequest']?.(
      { url, resourceType: request.resourceType() },
      (r: { cancel?: boolean }) => {
        cancelled = r.cancel === true;
      },
    );
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    if (!cancelled && !handler && /^http:\/\/(localhost|127\.0\.0\.1):/.test(url)) return route.continue(); // the dev server
    if (cancelled || !handler) {
      record('blocked', { url, byApp: cancelled });
      return route.abort();
    } // never the network
    const response = await handler(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }
  async open(url: string, preload?: string) {
    browser ??= await chromium.launch({
      executablePath: chromiumPath(),
      // a signal ends the shell, and the shell its browser
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...(process.env['STANDIN_CDP'] ? [`--remote-debugging-port=${process.env['STANDIN_CDP']}`] : []),
        ...CHROMIUM_ARGS,
      ],
    });
    browser.once('disconnected', () => process.exit(0));
    if (!context) {
      context = await browser.newContext({ locale: app.getLocale() });
      await context.route('**/*', (r) => r.abort()); // a window that no BrowserWindow is for: never the network
    }
    this.page = await context.newPage();
    this.page.on('console', (m) => record('console', { level: m.type(), text: m.text() }));
    this.page.on('pageerror', (e) => record('pageerror', { text: String(e) }));
    this.page.on('popup', async (p) => {
      const action = this.openHandler?.({ url: p.url() }).action ?? 'allow';
      record('window.open', { url: p.url(), action });
      if (action === 'deny') await p.close();
    });
    await this.page.route('**/*', (r) => this.route(r));
    this.cdp = await context.newCDPSession(this.page);
    this.cdp.on('Runtime.executionContextCreated', ({ context: c }) => {
      if (c.name === 'electron') this.world = c.id;
    });
    this.cdp.on('Runtime.executionContextsCleared', () => {
      for (const p of this.tunnels.values()) p.close();
      this.tunnels.clear();
    }); // reload: the page's ports are gone
    this.cdp.on('Runtime.bindingCalled', ({ payload }) => void this.heard(JSON.parse(payload)));
    await this.cdp.send('Runtime.enable');
    await this.cdp.send('Page.enable');
    await this.cdp.send('Runtime.addBinding', { name: '__standin', executionContextName: 'electron' });
    const page = readFileSync(path.join(import.meta.dirname, 'page.js'), 'utf8');
    const script = preload ? readFileSync(preload, 'utf8') : '';
    await this.cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `${page};if(self===top)standinMain()`,
    });
    await this.cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: 'electron',
      source: `${page};if(self===top)standinIsolated((require,process,exports={},module={exports})=>{${script}\n})`,
    });
    this.expected = url.replace(/^(\w+:\/\/[^/]+)$/, '$1/');
    await this.page.goto(toReal(url));
  }
}
export class BrowserWindow extends EventEmitter {
  static fromWebContents = (contents: unknown) => windows.find((w) => w.webContents === contents) ?? null;
  webContents = new WebContents();
  options: E.BrowserWindowConstructorOptions;
  constructor(options: E.BrowserWindowConstructorOptions = {}) {
    super();
    afterReady('new BrowserWindow');
    this.options = options;
    windows.push(this);
    record('window', { options });
    this.webContents.on('page-title-updated', (title) => {
      const e = event();
      this.emit('page-title-updated', e, title, true);
      if (!e.defaultPrevented) this.setTitle(title);
    });
    app.emit('web-contents-created', event(), this.webContents);
    return strict('BrowserWindow', this);
  }
  async loadURL(url: string) {
    await this.webContents.open(url, this.options.webPreferences?.preload);
    this.emit('ready-to-show');
  }
  private visible = false;
  private minimized = false;
  show() {
    this.visible = true;
    record('window.show');
  }
  isMinimized() {
    return this.minimized;
  }
  minimize() {
    this.minimized = true;
  }
  restore() {
    this.minimized = false;
    record('window.restore');
  }
  hide() {
    this.visible = false;
    record('window.hide');
  }
  focus() {
    record('window.focus');
  }
  isFocused() {
    return this.visible && process.env['STANDIN_FOCUSED'] === '1';
  }
  isVisible() {
    return this.visible;
  }
  isDestroyed() {
    return !windows.some((w) => w.webContents === this.webContents);
  }
  setTitle(title: string) {
    record('window.title', { title });
  }
  close() {
    const e = event();
    this.emit('close', e);
    if (!e.defaultPrevented) void this.destroyPage();
  }
  async destroyPage() {
    windows.splice(windows.indexOf(this), 1);
    for (const p of this.webContents.tunnels.values()) p.close();
    this.emit('closed');
    await this.webContents.page?.close();
    if (!windows.length) app.emit('window-all-closed');
  }
}

// --- ipcMain, utilityProcess ---
const invokable = new Map<string, (...a: any[]) => unknown>();
export const ipcMain = part<E.IpcMain>()(
  'ipcMain',
  {
    handle: (c, f) => {
      if (invokable.has(c)) throw new Error(`second handler for '${c}'`);
      invokable.set(c, f);
    },
    removeHandler: (c) => void invokable.delete(c),
  },
  true,
);
/** the running processes and their scripts */
const children = new Map<ChildProcess, string>();
const pidsOf = (script: string) => [...children].filter(([, s]) => s === script).map(([c]) => c.pid);
const streamsOf = (stdio: E.ForkOptions['stdio'] = 'inherit') =>
  (typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio) as ('ignore' | 'inherit' | 'pipe')[];
export const utilityProcess = {
  fork(script: string, args: string[] = [], options: E.ForkOptions = {}) {
    afterReady('utilityProcess.fork');
    record('utilityProcess.fork', { script: path.basename(script), options });
    const child = fork(path.join(import.meta.dirname, 'utility.mjs'), [script, ...args], {
      serialization: 'advanced',
      execArgv: [],
      stdio: [...streamsOf(options.stdio), 'ipc'],
      env: { ...process.env, ...(options.env as object) },
    });
    children.set(child, path.basename(script));
    const ports = new Map<number, MessagePortMain>();
    const u = Object.assign(new EventEmitter(), {
      get pid() {
        return child.pid;
      },
      stderr: child.stderr,
      kill: () => child.kill(),
      postMessage: (message: unknown, transfer: MessagePortMain[] = []) => {
        if (!child.connected) return;
        child.send({
          op: 'parent',
          message,
          ports: transfer.map((p) => {
            const id = nextPort++;
            ports.set(id, p);
            p.on('message', (e) => child.connected && child.send({ op: 'port', id, data: e.data }));
            p.on('close', () => child.connected && child.send({ op: 'close', id }));
            p.start();
            return id;
          }),
        });
      },
    });
    child.on('spawn', () => u.emit('spawn'));
    child.on('message', (m: any) =>
      m.op === 'parent'
        ? u.emit('message', m.message)
        : m.op === 'port'
          ? ports.get(m.id)?.postMessage(m.data)
          : ports.get(m.id)?.close(),
    );
    child.on('exit', () => children.delete(child));
    // what it said last is heard before its end
    child.on('close', (code, signal) => {
      for (const p of ports.values()) p.close();
      u.emit('exit', code ?? (signal ? 1 : 0));
    });
    return strict('UtilityProcess', u);
  },
};

// --- desktop ---
const trays: Tray[] = [],
  notifications: Notification[] = [];
type Item = E.MenuItemConstructorOptions;
export const Menu = {
  buildFromTemplate: (items: Item[]) => ({ items }),
  setApplicationMenu: (m: unknown) => record('applicationMenu', { none: m === null }),
};
export const nativeImage = {
  createFromDataURL: (u: string) => ({ dataURL: u, isEmpty: () => u.length < 30 }),
  createFromPath: (p: string) => ({ path: p, isEmpty: () => !existsSync(p) }),
};
export class Tray extends EventEmitter {
  menu?: { items: Item[] };
  constructor(image: { isEmpty(): boolean }) {
    super();
    afterReady('Tray');
    trays.push(this);
    record('tray', { empty: image.isEmpty() });
    return strict('Tray', this);
  }
  setToolTip(text: string) {
    record('tray.tooltip', { text });
  }
  setContextMenu(menu: { items: Item[] }) {
    this.menu = menu;
    record('tray.menu', { labels: menu.items.map((i) => i.label ?? i.type) });
  }
  destroy() {}
}
export class Notification extends EventEmitter {
  static isSupported() {
    return true;
  }
  options: E.NotificationConstructorOptions;
  constructor(options: E.NotificationConstructorOptions) {
    super();
    this.options = options;
    notifications.push(this);
  }
  show() {
    record('notification', {
      title: this.options.title,
      body: this.options.body,
      silent: this.options.silent,
    });
  }
}
export const screen = part<E.Screen>()('screen', {
  getPrimaryDisplay: () => {
    afterReady('screen');
    const [width = 1920, height = 1040] = (process.env['STANDIN_WORK_AREA'] ?? '')
      .split('x')
      .filter(Boolean)
      .map(Number);
    return { workAreaSize: { width, height } } as E.Display;
  },
});
export const powerMonitor = part<E.PowerMonitor>()('powerMonitor', { isOnBatteryPower: () => false }, true);
const seal = (b: Buffer) => b.map((x) => x ^ 0x5a) as Buffer; // not encryption: only shows that what is stored is not what was given
export const safeStorage = part<E.SafeStorage>()('safeStorage', {
  getSelectedStorageBackend: () => {
    afterReady('getSelectedStorageBackend');
    return (process.env['STANDIN_KEYRING'] ?? 'gnome_libsecret') as 'gnome_libsecret';
  },
  isAsyncEncryptionAvailable: async () => process.env['STANDIN_NO_KEYRING'] !== '1',
  encryptStringAsync: async (s) => seal(Buffer.from(s)),
  decryptStringAsync: async (b) => ({ shouldReEncrypt: false, result: seal(b).toString() }),
});
let nextDialog: unknown = { canceled: true, filePaths: [] };
let nextAnswer: number | null = 0;
export const dialog = strict('dialog', {
  showOpenDialog: async (...a: unknown[]) => {
    record('dialog', { options: a.at(-1) });
    return nextDialog;
  },
  showSaveDialog: async (...a: unknown[]) => {
    record('dialog', { options: a.at(-1) });
    return nextDialog;
  },
  /** an answer of null: the person has not decided, until the question is withdrawn */
  showMessageBox: async (...a: unknown[]) => {
    const options = a.at(-1) as E.MessageBoxOptions;
    record('dialog', { options });
    if (nextAnswer !== null) return { response: nextAnswer, checkboxChecked: false };
    await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
    record('dialog.withdrawn', { message: options.message });
    return { response: options.cancelId ?? 0, checkboxChecked: false };
  },
  showMessageBoxSync: (...a: unknown[]) => {
    record('dialog', { options: a.at(-1) });
    return nextAnswer;
  },
  showErrorBox: (title: string, content: string) => record('errorBox', { title, content }),
});
export const shell = part<E.Shell>()('shell', {
  openExternal: async (url) => record('openExternal', { url }),
  openPath: async (path) => {
    record('openPath', { path });
    return '';
  },
});

// --- the test's side: commands over the parent's IPC channel ---
async function shownPage(): Promise<Page> {
  for (;;) {
    const page = windows[0]?.webContents.page;
    if (page) return page;
    await new Promise((r) => setTimeout(r, 20));
  }
}
const commands: Record<string, (a: any) => unknown> = {
  records: () => records,
  trayClick: ({ label }) =>
    label
      ? trays[0]?.menu?.items
          .find((i) => i.label === label)
          ?.click?.(undefined as never, undefined as never, undefined as never)
      : trays[0]?.emit('click'),
  power: ({ state }) => powerMonitor.emit(state),
  dialog: (r) => {
    nextDialog = r;
  },
  answer: (n) => {
    nextAnswer = n;
  },
  notificationClick: ({ title }) => {
    const n = notifications.findLast((x) => String(x.options.title).includes(title));
    n?.emit('click');
    return n !== undefined;
  },
  appEvent: ({ name, more = [] }) => app.emit(name, event(), ...more),
  /** process ids */
  engines: () => pidsOf('engine-process.js'),
  modelsProcesses: () => pidsOf('models-process.js'),
  killEngine: () => {
    const [pid] = pidsOf('engine-process.js');
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  },
  close: () => windows[0]?.close(),
  minimize: () => windows[0]?.minimize(),
  windowEvent: ({ name }) => windows[0]?.emit(name, event()),
  windows: () => windows.length,
  visible: () => windows.filter((w) => w.isVisible()).length,
  // what the app answers: by callback for requests, by return value for checks; undefined where it set no handler
  hook: ({ name, args }) =>
    new Promise((res) => {
      const f = hooks[name];
      if (!f) return res(undefined);
      if (name === 'permissionRequest') return void f(args[0], args[1], res, args[2]);
      if (name === 'beforeRequest' || name === 'displayMedia') return void f(args[0], res);
      res(f(...args));
    }),
  /** a message without an answer, from a frame of the test's choosing; true when it was handed a port */
  ipcSend: ({ channel, url, parent }) => {
    let given = false;
    const senderFrame =
      url === null ? null : { url, parent: parent ?? null, postMessage: () => (given = true) };
    ipcMain.emit(channel, { sender: windows[0]!.webContents, senderFrame, ports: [] });
    return given;
  },
  ipc: ({ channel, args, url, parent }) => {
    const f = invokable.get(channel);
    const w = windows[0]!.webContents;
    return Promise.try(() =>
      f!({ sender: w, senderFrame: url === null ? null : { url, parent: parent ?? null } }, ...args),
    ).then(
      (value: unknown) => ({ value }),
      (x: Error) => ({ error: x.message }),
    );
  },
  page: async ({ f, args }) => ((await shownPage()) as any)[f](...args),
  webPreferences: () => windows[0]?.options.webPreferences ?? {},
  contentsEvent: ({ name, more = [] }) => {
    const e = event();
    windows[0]?.webContents.emit(name, e, ...more);
    return e.defaultPrevented;
  },
  protocol: async ({ url }) =>
    (await handlers.get(new URL(url).protocol.slice(0, -1))?.({ url, method: 'GET' } as Request))?.status,
  click: async ({ selector }) => (await shownPage()).locator(selector).first().click({ timeout: WAIT_MS }),
  fill: async ({ label, value }) => {
    const page = await shownPage();
    await page.locator('input').and(page.getByLabel(label)).first().fill(value, { timeout: WAIT_MS });
  },
  check: async ({ label }) => (await shownPage()).getByLabel(label).check({ timeout: WAIT_MS }),
  text: async ({ selector, want }) => {
    const l = (await shownPage()).locator(selector);
    if (want !== undefined) await l.filter({ hasText: want }).waitFor({ timeout: WAIT_MS });
    return l.textContent();
  },
};
process.on('message', async (m: any) => {
  try {
    process.send?.({ id: m.id, value: await commands[m.command]!(m.args) });
  } catch (x) {
    process.send?.({ id: m.id, error: String(x) });
  }
});
process.on('disconnect', () => void quit()); // the test that started this process is gone
for (const s of ['SIGINT', 'SIGTERM'] as const) process.on(s, () => void quit());
/** Electron's `ready` waits for the main module: one that awaits `whenReady()` at its top never starts. */
export function mainEvaluated(): void {
  setTimeout(() => {
    ready = true;
    app.emit('ready');
    isReady.resolve();
  }, 20);
}
