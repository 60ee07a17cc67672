// Everything of Electron's security checklist that is a runtime setting, in one place, so that tests can read it.
import {
  app,
  type Session,
  safeStorage,
  session,
  shell,
  type WebFrameMain,
  type WebPreferences,
} from 'electron';

export const SCHEME = 'app';
export const ORIGIN = 'app://toride';
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false, // it would download dictionaries
} satisfies WebPreferences;

const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** electron-vite's dev server, only ever in an unpackaged run */
export const devServer = (): string | null => {
  const url = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  return url ? new URL(url).origin : null;
};
export const isOurs = (raw: string): boolean => {
  try {
    const url = new URL(raw);
    return (url.protocol === `${SCHEME}:` && url.host === 'toride') || url.origin === devServer();
  } catch {
    return false;
  }
};
/** IPC only from the top frame of our own page */
export const isTrustedSender = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && isOurs(frame.url);

const isLocal = (url: string): boolean => {
  if (/^(app|blob|data|devtools):/.test(url)) return true;
  const dev = devServer();
  return dev !== null && (url.startsWith(`${dev}/`) || url.startsWith(`${dev.replace('http', 'ws')}/`));
};

/** Permissions, devices and the network of the pages: all refused but what the app itself needs. */
export function lockSession(ses: Session = session.defaultSession): void {
  ses.setPermissionRequestHandler((_contents, permission, done, details) =>
    done(ALLOWED_PERMISSIONS.has(permission) && isOurs(details.requestingUrl)),
  );
  ses.setPermissionCheckHandler(
    (_contents, permission, origin) => ALLOWED_PERMISSIONS.has(permission) && isOurs(origin),
  );
  ses.setDevicePermissionHandler(() => false);
  ses.setDisplayMediaRequestHandler((_request, done) => done({}));
  ses.webRequest.onBeforeRequest((details, done) => done({ cancel: !isLocal(details.url) }));
}

/** No page of ours leads elsewhere, opens a window or carries a webview. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stayHome = (event: { readonly url: string; preventDefault(): void }): void => {
      if (!isOurs(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stayHome);
    contents.on('will-frame-navigate', stayHome);
    contents.on('will-redirect', stayHome);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/**
 * On a Linux without a keyring Chromium "seals" with a key that is written in its source: anybody who has the file can read it. Known once
 * the app is ready.
 */
export const hasWeakKeyStore = (): boolean =>
  process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());

/** Opens a web address in the person's browser; https without credentials only. */
export async function openExternal(raw: string): Promise<boolean> {
  if (!URL.canParse(raw)) return false;
  const url = new URL(raw);
  if (url.protocol !== 'https:' || url.username || url.password) return false;
  await shell.openExternal(url.href);
  return true;
}
