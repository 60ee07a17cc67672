// What the shell adds to the page: window, tray, notifications, key store, one instance, an engine that is watched over.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../helpers/is-alive.ts';
import { electronBinary, folder, ranOn, Shell } from './driver.ts';

const onStandin = electronBinary === null;
const started: Shell[] = [];
const start = (options: ConstructorParameters<typeof Shell>[0] = {}): Shell => {
  const shell = new Shell(options);
  started.push(shell);
  return shell;
};
const closeAll = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((shell) => shell.close()));
};
/** An administrator's choices for a data folder, as `config.json`. */
const withConfig = (settings: Record<string, unknown>): string => {
  const dir = folder();
  writeFileSync(path.join(dir, 'config.json'), JSON.stringify({ settings }));
  return dir;
};
beforeAll(() => console.log(`shell specs ran on ${ranOn}`));

describe('a first start', () => {
  let shell: Shell;
  beforeAll(() => {
    shell = start();
  });
  afterAll(closeAll);

  it('opens one window with the living demo site, through the preload and a port of its own', async () => {
    await shell.saw('window.show');
    await shell.text('body', '札幌');
    await shell.text('body', 'デモデータで動いています');
    expect(await shell.do('windows')).toBe(1);
    expect(shell.seen.filter((s) => s.what === 'pageerror' || s['level'] === 'error')).toEqual([]);
  });
  it('saves the page as a PDF where the person says, under a name that is one, or nowhere', async () => {
    const file = path.join(folder(), 'chosen.pdf');
    await shell.do('dialog', { canceled: true, filePath: '' });
    expect(await shell.evaluate("window.toride.savePdf('x')")).toBe(false);
    await shell.do('dialog', { canceled: false, filePath: file });
    const from = shell.seen.length;
    expect(await shell.evaluate("window.toride.savePdf('../日報: 2026/11')")).toBe(true);
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    const { options } = (await shell.saw('dialog', {}, from)) as unknown as {
      options: { defaultPath: string };
    };
    expect(path.basename(options.defaultPath)).toBe('日報 2026 11.pdf');
  });
  it('stands in the tray with its own picture', async () => {
    expect((await shell.saw('tray'))['empty']).toBe(false);
    expect((await shell.saw('tray.menu'))['labels']).toEqual([
      expect.stringContaining('アラート'),
      'separator',
      'Toride を開く',
      '終了',
    ]);
  });
  it('is larger and smaller by the keys of a browser, on a Japanese keyboard too, and by the wheel', async () => {
    const mac = process.platform === 'darwin';
    const press = (key: string, held = true) => {
      const input = { type: 'keyDown', key, control: held && !mac, meta: held && mac, alt: false };
      return shell.do('contentsEvent', { name: 'before-input-event', more: [input] });
    };
    const from = shell.seen.length;
    for (const key of ['+', ';', '-', '0']) expect(await press(key)).toBe(true);
    await shell.do('contentsEvent', { name: 'zoom-changed', more: ['in'] });
    expect([await press('a'), await press('0', false)]).toEqual([false, false]);
    await shell.saw('zoom', { level: 0 }, from);
    await expect
      .poll(() =>
        shell.seen
          .slice(from)
          .filter((s) => s.what === 'zoom')
          .map((s) => s['level']),
      )
      .toEqual([0.5, 1, 0.5, 0, 0.5]);
    await press('0');
  });
  it('is started only once: a second start shows the first window and ends', async () => {
    await shell.do('minimize');
    const from = shell.seen.length;
    const second = start({ dataDir: shell.dataDir });
    expect(await second.gone).toBe(0);
    expect(second.seen.filter((s) => s.what === 'window')).toEqual([]);
    await shell.saw('window.restore', {}, from);
    await shell.saw('window.focus', {}, from);
  });
  it('goes on when the engine dies: says so, starts it again, and the page reconnects by itself', async () => {
    const [dead] = (await shell.do('engines')) as number[];
    const from = shell.seen.length;
    const saidSo = await shell.says('Toride の本体との接続が切れました');
    await shell.do('killEngine');
    await saidSo();
    await shell.saw('notification', { body: /再起動しました/ }, from);
    await shell.saw('utilityProcess.fork', {}, from);
    await expect.poll(() => shell.text('body')).not.toContain('接続が切れました');
    await shell.text('body', '札幌');
    expect(await shell.do('engines')).not.toContain(dead);
  });
  it('tries again and again when the engine keeps dying, and says that nobody watches meanwhile', async () => {
    const from = shell.seen.length;
    for (let deaths = 0; deaths < 3; deaths++) {
      const before = shell.seen.length;
      await shell.do('killEngine');
      await shell.saw('utilityProcess.fork', {}, before);
    }
    await shell.saw('notification', { body: /繰り返し停止しています/ }, from);
    await expect.poll(() => shell.text('body')).not.toContain('接続が切れました');
  });
  it('asks once what closing means, keeps to the tray, and remembers it', async () => {
    await shell.text('body', '札幌');
    await shell.do('answer', 0);
    await shell.do('close');
    await shell.saw('dialog');
    await shell.saw('window.hide');
    expect(await shell.do('windows')).toBe(1);
    const from = shell.seen.length;
    await shell.do('trayClick', { label: 'Toride を開く' });
    await shell.saw('window.show', {}, from);
    await shell.do('close');
    await shell.saw('window.hide', {}, from);
    expect(shell.seen.slice(from).filter((s) => s.what === 'dialog')).toEqual([]);
  });
  it('ends from the tray and leaves no engine behind', async () => {
    const engines = (await shell.do('engines')) as number[];
    expect(engines.filter(isAlive)).toHaveLength(1);
    await shell.do('trayClick', { label: '終了' });
    expect(await shell.gone).toBe(0);
    await expect.poll(() => engines.filter(isAlive)).toEqual([]);
  });
  it('keeps that choice for the next start, where the demo’s day goes on', async () => {
    const again = start({ dataDir: shell.dataDir });
    await again.text('body', '札幌');
    await again.do('close');
    await again.saw('window.hide');
    expect(again.seen.filter((s) => s.what === 'dialog')).toEqual([]);
  });
});

describe('what has gone or hangs', () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = start({ dataDir: withConfig({ lang: 'ja' }) });
    await shell.text('body', '札幌');
  });
  afterAll(closeAll);
  const gone = (reason: string) =>
    shell.do('contentsEvent', { name: 'render-process-gone', more: [{ reason, exitCode: 5 }] });
  const logged = () => readFileSync(path.join(shell.dataDir, 'logs/app.log'), 'utf8');

  it('a page that went is opened again, said, and written into the app’s log', async () => {
    await shell.evaluate('void (window.before = true)');
    const from = shell.seen.length;
    await gone('crashed');
    await shell.saw('notification', { body: /開き直しました/ }, from);
    await expect.poll(() => shell.evaluate('window.before === undefined')).toBe(true);
    await shell.text('body', '札幌');
    await expect.poll(logged).toMatch(/page gone.*crashed/);
  });
  it('a page that keeps going is brought back when the person says so', async () => {
    await gone('oom');
    const from = shell.seen.length;
    await shell.do('answer', 0);
    await gone('oom');
    const { options } = (await shell.saw('dialog', {}, from)) as unknown as { options: { message: string } };
    expect(options.message).toContain('繰り返し停止');
    await shell.saw('reload', {}, from);
    await shell.text('body', '札幌');
  });
  it('a page that hangs is waited for or opened again; the question goes when it answers', async () => {
    await shell.do('answer', null);
    const from = shell.seen.length;
    await shell.do('windowEvent', { name: 'unresponsive' });
    await shell.saw('dialog', {}, from);
    await shell.do('windowEvent', { name: 'responsive' });
    await shell.saw('dialog.withdrawn', { message: /応答していません/ }, from);
    const later = shell.seen.length;
    await shell.do('answer', 1);
    await shell.do('windowEvent', { name: 'unresponsive' });
    await shell.saw('reload', {}, later);
    await shell.text('body', '札幌');
  });
  it.runIf(process.platform !== 'win32')(
    'an engine that hangs is waited for; the question goes when it answers',
    async () => {
      const [engine] = (await shell.do('engines')) as [number];
      await shell.do('answer', null);
      const from = shell.seen.length;
      process.kill(engine, 'SIGSTOP');
      await shell.saw('dialog', {}, from);
      process.kill(engine, 'SIGCONT');
      await shell.saw('dialog.withdrawn', { message: /処理エンジン/ }, from);
      expect(await shell.do('engines')).toEqual([engine]);
    },
  );
  it.runIf(process.platform !== 'win32')('or it is restarted, and the page finds the new one', async () => {
    const [engine] = (await shell.do('engines')) as [number];
    await shell.do('answer', 1);
    const from = shell.seen.length;
    process.kill(engine, 'SIGSTOP');
    await shell.saw('notification', { body: /再起動しました/ }, from);
    await expect.poll(() => isAlive(engine)).toBe(false);
    await expect.poll(() => shell.text('body')).not.toContain('接続が切れました');
    await shell.text('body', '札幌');
  });
  it('graphics that keep failing can be done without', async () => {
    await shell.do('answer', 0);
    const from = shell.seen.length;
    const details = { type: 'GPU', reason: 'crashed', exitCode: 5, name: 'GPU' };
    for (let deaths = 0; deaths < 3; deaths++)
      await shell.do('appEvent', { name: 'child-process-gone', more: [details] });
    const { options } = (await shell.saw('relaunch', {}, from)) as unknown as { options: { args: string[] } };
    expect(options.args).toContain('--disable-gpu');
    expect(await shell.gone).toBe(0);
    expect(logged()).toMatch(/process gone.*GPU/);
  });
});

describe('closing', () => {
  afterEach(closeAll);
  it('ends everything for who says so', async () => {
    const shell = start();
    await shell.text('body', '札幌');
    await shell.do('answer', 1);
    await shell.do('close');
    expect(await shell.gone).toBe(0);
  });
  it('ends everything where the setting says so, without asking', async () => {
    const shell = start({ dataDir: withConfig({ closeToTray: 'quit' }) });
    await shell.text('body', '札幌');
    await shell.do('close');
    expect(await shell.gone).toBe(0);
    expect(shell.seen.filter((s) => s.what === 'dialog')).toEqual([]);
  });
});

describe('the computer', () => {
  afterEach(closeAll);
  it('shuts down under Windows: the engine ends as after a quit, and nobody is asked anything', async () => {
    const shell = start();
    await shell.text('body', '札幌');
    const engines = (await shell.do('engines')) as number[];
    await shell.do('windowEvent', { name: 'session-end' });
    expect(await shell.gone).toBe(0);
    expect(engines.filter(isAlive)).toEqual([]);
    expect(shell.seen.filter((s) => s.what === 'dialog' || s['title'] === 'Toride')).toEqual([]);
  });
  it('starts the app at login where that was chosen, with this data folder', async () => {
    const shell = start({ dataDir: withConfig({ openAtLogin: true, startMinimised: true }) });
    const { settings } = (await shell.saw('loginItem')) as unknown as { settings: { args: string[] } };
    expect(settings).toMatchObject({ openAtLogin: true });
    expect(settings.args.slice(-3)).toEqual(['--data', `"${shell.dataDir}"`, '--hidden']);
  });
  it.runIf(onStandin)(
    'is told nothing that it knows, so that what was switched off there stays off',
    async () => {
      const shell = start({
        dataDir: withConfig({ openAtLogin: true }),
        env: { STANDIN_LOGIN_ITEM: '{"openAtLogin":true,"executableWillLaunchAtLogin":false}' },
      });
      await shell.text('body', '札幌');
      expect(shell.seen.filter((s) => s.what === 'loginItem')).toEqual([]);
    },
  );
  it.runIf(onStandin)(
    'is a Mac that starts the app at login: the window shows itself unless it shall not',
    async () => {
      const env = { STANDIN_LOGIN_ITEM: '{"wasOpenedAtLogin":true}' };
      const [shown, hidden] = [
        start({ env }),
        start({ env, dataDir: withConfig({ openAtLogin: true, startMinimised: true }) }),
      ];
      await shown.saw('window.show');
      await hidden.saw('loginItem'); // the settings are known
      expect(await hidden.do('windows')).toBe(0);
    },
  );
  it.runIf(onStandin)('has a small screen: the window fits it', async () => {
    const shell = start({ env: { STANDIN_WORK_AREA: '911x482' } });
    const { options } = await shell.saw('window');
    expect(options).toMatchObject({ width: 911, height: 482, minWidth: 911, minHeight: 482 });
  });
});

describe('an alert', () => {
  afterAll(closeAll);
  it('shows in the tray, the title and a notification, and a click on that opens it', async () => {
    const alerts = {
      watchAt: 0.5,
      dangerAt: 0.8,
      snapshots: 1, // at the first look, instead of two minutes later
      everyMinutes: 2,
      notify: 'all',
      quietFrom: null,
      quietTo: null,
    };
    const shell = start({ dataDir: withConfig({ alerts }) });
    await shell.text('body', '札幌');
    await shell.saw('notification', { title: /札幌.*納期/ });
    await shell.saw('tray.tooltip', { text: /アラート \d+ 件/ });
    await shell.saw('badge', { count: /^[1-9]/ });
    await shell.saw('window.title', { title: /^\(\d+\) / });

    const from = shell.seen.length;
    expect(await shell.do('notificationClick', { title: '札幌' })).toBe(true);
    await shell.saw('window.focus', {}, from);
    await expect.poll(() => shell.evaluate('location.hash')).toMatch(/^#\/alerts\/\w/);
    await shell.text('main', '札幌');

    await shell.evaluate("void (location.hash = '#/situation')");
    await expect
      .poll(async () => {
        // the item counts alerts: with the next one it has another name
        const menu = shell.seen.findLast((s) => s.what === 'tray.menu')?.['labels'] as string[];
        await shell.do('trayClick', { label: menu[0] });
        return shell.evaluate('location.hash');
      })
      .toBe('#/alerts');
  });
  it('makes no popup while the person is looking at the window', async () => {
    const alerts = {
      watchAt: 0.5,
      dangerAt: 0.8,
      snapshots: 1,
      everyMinutes: 2,
      notify: 'all',
      quietFrom: null,
      quietTo: null,
    };
    const shell = start({ dataDir: withConfig({ alerts }), env: { STANDIN_FOCUSED: '1' } });
    await shell.saw('tray.tooltip', { text: /アラート \d+ 件/ });
    expect(shell.seen.filter((s) => s.what === 'notification')).toEqual([]);
  });
});

describe('starting', () => {
  afterEach(closeAll);
  it('hidden: only the tray, and the window when it is asked for', async () => {
    const shell = start({ args: ['--hidden'] });
    await shell.saw('tray');
    await shell.saw('tray.tooltip');
    expect(await shell.do('windows')).toBe(0);
    await shell.do('trayClick', { label: 'Toride を開く' });
    await shell.text('body', '札幌');
  });
  it('in English where the system is', async () => {
    const shell = start({ env: { STANDIN_LOCALE: 'en-US' } });
    expect((await shell.saw('tray.menu'))['labels']).toContain('Open Toride');
  });
  it('with a wrong config.json: names the file once, however often the engine tries', async () => {
    const dataDir = folder();
    writeFileSync(path.join(dataDir, 'config.json'), '{"log": {"keep": 0}}');
    const shell = start({ dataDir });
    const { title } = await shell.saw('errorBox');
    expect(title).toMatch(/config\.json.*log\.keep/);
    await expect
      .poll(() => shell.seen.filter((s) => s.what === 'utilityProcess.fork').length)
      .toBeGreaterThan(2);
    expect(shell.seen.filter((s) => s.what === 'errorBox')).toHaveLength(1);
  });
  it('where nothing may be written: says which folder, and ends', async () => {
    const file = path.join(folder(), 'a-file');
    writeFileSync(file, '');
    const shell = start({ dataDir: path.join(file, 'inside') });
    expect(await shell.gone).toBe(77);
    expect((await shell.saw('errorBox'))['title']).toContain(path.join(file, 'inside'));
  });
  it('loads the dev server only in an unpackaged run', async () => {
    const server = createServer((_, response) => response.end('<title>dev</title><p>dev server</p>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    try {
      const dev = start({ env: { ELECTRON_RENDERER_URL: url } });
      await dev.text('body', 'dev server');
      if (!onStandin) return; // the real one is packed or is not
      const packed = start({ env: { ELECTRON_RENDERER_URL: url, STANDIN_PACKAGED: '1' } });
      await packed.text('body', '札幌');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('the company’s password', () => {
  afterEach(closeAll);
  const PASSWORD = 'correct-horse-battery';
  /** fills the form of the settings and saves, with the password to be kept by the OS */
  async function save(shell: Shell): Promise<void> {
    await shell.text('body', '札幌');
    await shell.evaluate("void (location.hash = '#/settings/company')");
    for (const [label, value] of [
      ['サーバー', '127.0.0.1'],
      ['データベース', 'aimee_db'],
      ['ユーザー名', 'reader'],
      ['パスワード', PASSWORD],
    ])
      await shell.do('fill', { label, value });
    await shell.do('check', { label: 'OS の鍵保管庫' });
    await shell.click('button[type=submit]');
  }
  it('is sealed by the operating system’s key store, and is nowhere as it is', async () => {
    const shell = start();
    await save(shell);
    await expect.poll(() => existsSync(path.join(shell.dataDir, 'secrets.json'))).toBe(true);
    const kept = readFileSync(path.join(shell.dataDir, 'secrets.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ 'mysql-password': { where: 'key-store' } });
    await shell.close();
    const { stdout, status } = spawnSync('grep', ['-rlaF', PASSWORD, shell.dataDir], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 }); // 1: searched, and not found
  });
  it.runIf(onStandin)('is not kept by a key store that anybody can open, and that is said', async () => {
    const shell = start({ env: { STANDIN_KEYRING: 'basic_text' } });
    await shell.text('body', '札幌');
    await shell.evaluate("void (location.hash = '#/settings/company')");
    await shell.text('main', 'この OS の鍵保管庫は弱く');
    expect(await shell.evaluate("document.querySelector('input[value=key-store]').disabled")).toBe(true);
  });
  it.runIf(onStandin)(
    'is kept by it where an administrator allows that, who is told all the same',
    async () => {
      const dataDir = folder();
      writeFileSync(path.join(dataDir, 'config.json'), '{"secrets": {"allowWeakKeyStore": true}}');
      const shell = start({ dataDir, env: { STANDIN_KEYRING: 'basic_text' } });
      await save(shell);
      await shell.text('main', '弱い鍵保管庫です');
      await expect.poll(() => existsSync(path.join(shell.dataDir, 'secrets.json'))).toBe(true);
    },
  );
  it.runIf(onStandin)('is not kept where there is no key store, and that is said', async () => {
    const shell = start({ env: { STANDIN_NO_KEYRING: '1' } });
    await save(shell);
    await shell.text('main', 'この環境には OS の鍵保管庫がありません');
    expect(existsSync(path.join(shell.dataDir, 'secrets.json'))).toBe(false);
  });
});
