// Electron's security checklist, all twenty items, on the built bundles. Numbers are the checklist's own.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, Shell } from './driver.ts';

let shell: Shell;
beforeAll(async () => {
  shell = new Shell();
  await shell.saw('window.show');
  await shell.text('body', 'エントリ1');
});
afterAll(() => shell.close());
const file = (name: string): string => readFileSync(path.join(root, name), 'utf8');

describe('Electron’s security checklist', () => {
  it('1 loads only its own content, and nothing from the network', async () => {
    const blocked = () => shell.seen.filter((s) => s.what === 'blocked').length;
    const before = blocked();
    expect(await shell.evaluate("fetch('https://example.com/').then(() => 'loaded', (e) => e.name)")).toBe(
      'TypeError',
    );
    expect(
      await shell.evaluate(
        "new Promise((r) => { const i = new Image(); i.onload = () => r('loaded'); i.onerror = () => r('refused'); i.src = 'https://example.com/x.png' })",
      ),
    ).toBe('refused');
    expect(blocked()).toBe(before); // the policy stopped them before there was a request
    for (const [url, cancel] of [
      ['https://example.com/', true],
      ['http://127.0.0.1/', true],
      ['ws://127.0.0.1/', true],
      ['file:///etc/passwd', true],
      ['app://toride/', false],
      ['blob:app://toride/1', false],
    ] as const)
      expect(await shell.do('hook', { name: 'beforeRequest', args: [{ url }] }), url).toEqual({ cancel });
  });
  it('2, 3, 4, 6, 8, 9, 10, 11 the window’s preferences', async () => {
    const { options } = (await shell.saw('window')) as unknown as {
      options: { webPreferences: Record<string, unknown> };
    };
    expect(options.webPreferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
    await shell.saw('app.enableSandbox');
    expect(
      await shell.evaluate('[typeof require, typeof process, typeof ipcRenderer, typeof Buffer].join()'),
    ).toBe('undefined,undefined,undefined,undefined');
  });
  it('5 permissions and devices are refused', async () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read'])
      expect(
        await shell.do('hook', {
          name: 'permissionRequest',
          args: [null, permission, { requestingUrl: 'app://toride/' }],
        }),
        permission,
      ).toBe(false);
    expect(
      await shell.do('hook', { name: 'permissionCheck', args: [null, 'geolocation', 'app://toride'] }),
    ).toBe(false);
    expect(await shell.do('hook', { name: 'devicePermission', args: [] })).toBe(false);
    expect(
      await shell.do('hook', {
        name: 'permissionCheck',
        args: [null, 'clipboard-sanitized-write', 'https://evil.example'],
      }),
    ).toBe(false);
  });
  it('7 a strict content security policy, enforced by the browser', async () => {
    // in a task of its own: what the debugger evaluates is exempt
    expect(
      await shell.evaluate(
        "new Promise((r) => setTimeout(() => { try { r(new Function('return 1')()) } catch (e) { r(e.name) } }))",
      ),
    ).toBe('EvalError');
    expect(
      await shell.evaluate(
        "(() => { try { document.createElement('div').innerHTML = '<b>x</b>'; return 'set' } catch (e) { return e.name } })()",
      ),
    ).toBe('TypeError');
    expect(
      await shell.evaluate(
        "new Promise((r) => { const s = document.createElement('style'); s.textContent = 'body { --planted: 1 }'; document.head.append(s); setTimeout(() => r(getComputedStyle(document.body).getPropertyValue('--planted')), 50) })",
      ),
    ).toBe('');
  });
  it('12 no webview can be attached', async () => {
    expect(await shell.do('contentsEvent', { name: 'will-attach-webview' })).toBe(true);
  });
  it('13, 14 pages stay home and open no windows', async () => {
    await shell.evaluate("void (location.href = 'https://example.com/phish')");
    expect((await shell.saw('navigation', { url: 'https://example.com/phish' }))['prevented']).toBe(true);
    await shell.evaluate("void window.open('https://example.com/pop')");
    expect((await shell.saw('window.open'))['action']).toBe('deny');
    expect(await shell.text('body')).toContain('エントリ1');
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
    expect(
      await shell.evaluate(`Promise.all(${JSON.stringify(links)}.map((u) => window.toride.openExternal(u)))`),
    ).toEqual([true, false, false, false, false, false, false]);
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
    ])
      expect(
        await shell.do('ipc', {
          channel: 'toride:open-external',
          args: ['https://ok.example/'],
          url,
          parent,
        }),
        String(url),
      ).toEqual({ error: 'refused' });
  });
  it('18 no file:// anywhere, and app:// serves nothing outside the build', async () => {
    expect(file('out/main/shell.js')).not.toMatch(/loadFile|file:\/\//);
    for (const pathname of ['/../main/shell.js', '/%2e%2e/main/shell.js', '/nothing'])
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
  it('20 the page gets two plain functions and no Electron', async () => {
    expect(
      await shell.evaluate(
        '[Object.keys(window.toride).sort().join(), Object.isFrozen(window.toride), Object.values(window.toride).every((f) => typeof f === "function")]',
      ),
    ).toEqual(['connect,openExternal', true, true]);
  });
});
