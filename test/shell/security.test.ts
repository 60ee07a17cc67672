// Electron's security checklist, all twenty items, on the built bundles. Numbers are the checklist's own.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, Shell } from './driver.ts';

let shell: Shell;
beforeAll(async () => {
  shell = new Shell();
  await shell.saw('window.show');
  await shell.text('body', '札幌');
});
afterAll(() => shell.close());
const file = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const preferences = (): Promise<Record<string, unknown>> => shell.do('webPreferences');
/** In a task of its own: what a debugger evaluates directly is exempt from the page's policy. */
const asThePage = <T>(expression: string): Promise<T> =>
  shell.evaluate<T>(
    `new Promise((done) => setTimeout(() => { try { done(${expression}) } catch (e) { done(e.name) } }))`,
  );

describe('Electron’s security checklist', () => {
  it('1 only its own content, and nothing from the network', async () => {
    for (const [url, cancel] of [
      ['https://example.com/', true],
      ['http://127.0.0.1/', true],
      ['ws://127.0.0.1/', true],
      ['file:///etc/passwd', true],
      ['app://toride/', false],
      ['blob:app://toride/1', false],
    ] as const)
      expect(await shell.do('hook', { name: 'beforeRequest', args: [{ url }] }), url).toEqual({ cancel });
    expect(await shell.evaluate("fetch('https://example.com/').then(() => 'loaded', (e) => e.name)")).toBe(
      'TypeError',
    );
  });
  it('2 no Node in the page', async () => {
    expect(await preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
    expect(await shell.evaluate('[typeof require, typeof process, typeof Buffer].join()')).toBe(
      'undefined,undefined,undefined',
    );
  });
  it('3 the preload lives in a world of its own', async () => {
    expect(await preferences()).toMatchObject({ contextIsolation: true });
    expect(await shell.evaluate('typeof ipcRenderer')).toBe('undefined');
  });
  it('4 every page is sandboxed', async () => {
    expect(await preferences()).toMatchObject({ sandbox: true });
    expect(shell.seen.map((s) => s.what)).toContain('app.enableSandbox');
  });
  it('5 permissions and devices are refused', async () => {
    const page = 'app://toride/';
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read'])
      expect(
        await shell.do('hook', {
          name: 'permissionRequest',
          args: [null, permission, { requestingUrl: page }],
        }),
        permission,
      ).toBe(false);
    for (const [permission, origin] of [
      ['geolocation', 'app://toride'],
      ['clipboard-sanitized-write', 'https://evil.example'],
    ])
      expect(await shell.do('hook', { name: 'permissionCheck', args: [null, permission, origin] })).toBe(
        false,
      );
    expect(await shell.do('hook', { name: 'devicePermission', args: [{}] })).toBe(false);
    expect(await shell.do('hook', { name: 'displayMedia', args: [{}] })).toEqual({});
  });
  it('6 web security stays on', async () => {
    expect(await preferences()).toMatchObject({ webSecurity: true });
  });
  it('7 a strict content security policy, enforced by the browser', async () => {
    expect(await asThePage("new Function('return 1')()")).toBe('EvalError');
    expect(await asThePage("(document.createElement('div').innerHTML = '<b>x</b>')")).toBe('TypeError');
    expect(
      await shell.evaluate(
        "new Promise((r) => { const s = document.createElement('style'); s.textContent = 'body { --planted: 1 }'; document.head.append(s); setTimeout(() => r(getComputedStyle(document.body).getPropertyValue('--planted')), 50) })",
      ),
    ).toBe('');
  });
  it('8 no insecure content', async () => {
    expect(await preferences()).toMatchObject({ allowRunningInsecureContent: false });
  });
  it('9 no experimental features', async () => {
    expect(await preferences()).toMatchObject({ experimentalFeatures: false });
  });
  it('10 no extra Blink features', async () => {
    expect((await preferences())['enableBlinkFeatures'] ?? '').toBe('');
  });
  it('11 no webview that could open windows', async () => {
    expect(await preferences()).toMatchObject({ webviewTag: false });
    const bundles = readdirSync(path.join(root, 'out/renderer'), { recursive: true, encoding: 'utf8' });
    for (const name of bundles.filter((n) => /\.(html|js)$/.test(n)))
      expect(file(`out/renderer/${name}`), name).not.toMatch(/allowpopups=|createElement\(["'`]webview/);
  });
  it('12 no webview can be attached', async () => {
    expect(await shell.do('contentsEvent', { name: 'will-attach-webview' })).toBe(true);
  });
  it('13 the page stays where it is', async () => {
    await shell.evaluate("void (location.href = 'https://example.com/phish')");
    expect((await shell.saw('navigation', { url: 'https://example.com/phish' }))['prevented']).toBe(true);
    expect(await shell.text('body')).toContain('札幌');
  });
  it('14 the page opens no windows', async () => {
    await shell.evaluate("void window.open('https://example.com/pop')");
    expect((await shell.saw('window.open'))['action']).toBe('deny');
  });
  it('15 only plain https links leave, to the person’s own browser', async () => {
    const links = [
      'https://ok.example/',
      'http://no.example/',
      'file:///etc/passwd',
      'javascript:1',
      'https://u:p@x.example/',
      'smb://x',
      'nonsense',
    ];
    const from = shell.seen.length;
    expect(
      await shell.evaluate(`Promise.all(${JSON.stringify(links)}.map((u) => window.toride.openExternal(u)))`),
    ).toEqual([true, false, false, false, false, false, false]);
    await shell.saw('openExternal', {}, from);
    expect(shell.seen.filter((s) => s.what === 'openExternal').map((s) => s['url'])).toEqual([
      'https://ok.example/',
    ]);
  });
  it('16 a current Electron', () => {
    const { devDependencies } = JSON.parse(file('package.json')) as {
      devDependencies: Record<string, string>;
    };
    expect(Number(devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(45);
    expect(file('electron-builder.yml')).toContain(`electronVersion: ${devDependencies['electron']}`);
  });
  it('17 messages from anyone else are refused', async () => {
    for (const [url, parent] of [
      ['https://evil.example/', null],
      ['app://other/', null],
      ['app://toride.evil/', null],
      ['app://toride/', {}],
      [null, null],
    ]) {
      const opened = await shell.do('ipc', {
        channel: 'toride:open-external',
        args: ['https://refused.example/'],
        url,
        parent,
      });
      expect(opened, `link from ${url}`).toEqual({ error: 'refused' });
      const saved = await shell.do('ipc', { channel: 'toride:save-pdf', args: ['x'], url, parent });
      expect(saved, `PDF for ${url}`).toEqual({ error: 'refused' });
      expect(await shell.do('ipcSend', { channel: 'toride:connect', url, parent }), `port for ${url}`).toBe(
        false,
      );
    }
  });
  it('18 no file:// anywhere, and app:// serves nothing outside the build', async () => {
    expect(file('out/main/shell.js')).not.toMatch(/loadFile|file:\/\//);
    for (const pathname of ['/../main/shell.js', '/%2e%2e/main/shell.js', '/..%2fmain/shell.js', '/nothing'])
      expect(await shell.do('protocol', { url: `app://toride${pathname}` }), pathname).toBe(404);
    expect(await shell.do('protocol', { url: 'app://toride/' })).toBe(200);
  });
  it('19 the fuses', () => {
    const config = file('electron-builder.yml');
    for (const line of [
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'enableCookieEncryption: true',
      'grantFileProtocolExtraPrivileges: false',
    ])
      expect(config).toContain(line);
  });
  it('20 the page gets plain functions and no Electron', async () => {
    expect(
      await shell.evaluate(
        '[Object.keys(window.toride).sort().join(), Object.isFrozen(window.toride), Object.values(window.toride).every((f) => typeof f === "function")]',
      ),
    ).toEqual(['connect,openExternal,pathOf,savePdf', true, true]);
    // only a file that the person handed over has a path
    expect(await shell.evaluate("window.toride.pathOf(new File(['x'], '/etc/passwd'))")).toBe('');
  });
});
