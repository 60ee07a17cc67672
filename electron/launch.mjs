// `npm start`: set up, then open the app: in Electron where its binary is or can be had, else in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './prepare.mjs';

const HELP = `
npm start -- [options]

  --browser      ブラウザーで開く (Electron を使わない)      open in the browser instead of Electron
  --data DIR     データの置き場所                            where the data is kept
  --policy FILE  管理者の方針ファイル                        policy file of an administrator
  --port N       ブラウザー版のポート (既定: 空いている番号) port of the browser host (default: a free one)
  --demo         デモの拠点を始める                          start the demo site
  --no-open      ブラウザーを開かず、アドレスだけを表示する  print the address instead of opening it
  --help         この説明                                    this text
`;
const FETCH_WITHIN_MS = 180_000;
/** an Electron that ends in failure sooner than this could not be started at all */
const STARTS_WITHIN_MS = 10_000;

let values;
try {
  ({ values } = parseArgs({
    options: {
      browser: { type: 'boolean' },
      data: { type: 'string' },
      policy: { type: 'string' },
      port: { type: 'string' },
      demo: { type: 'boolean' },
      'no-open': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  }));
} catch (error) {
  console.error(`${error.message}\n${HELP}`);
  process.exit(64);
}
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const { node, root } = prepare();
const electronDir = path.join(root, 'node_modules/electron');

/** The Electron executable, or why there is none. */
function electronBinary() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { missing: '画面がありません / no display' };
  if (process.platform === 'linux' && process.getuid() === 0)
    return { missing: 'Electron は root では動きません / Electron does not run as root' };
  const find = () => {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    const nameFile = path.join(electronDir, 'path.txt');
    const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'electron';
    const file = path.join(override ?? path.join(electronDir, 'dist'), name);
    return existsSync(file) ? file : null;
  };
  const found = find();
  if (found) return { file: found };
  console.log('▸ Electron を取得しています… / Fetching Electron…');
  spawnSync(node, [path.join(electronDir, 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: FETCH_WITHIN_MS,
  });
  const fetched = find();
  return fetched ? { file: fetched } : { missing: 'Electron を取得できません / Electron cannot be had here' };
}

const given = (name) => (values[name] === undefined ? [] : [`--${name}`, path.resolve(values[name])]);
const data = [...given('data'), ...given('policy')];
const electron = values.browser || values['no-open'] ? null : electronBinary();
/** on Windows: what the app has for ending by itself */
const ENDS_WITHIN_MS = 6_000;
let signalled = false;
let running;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    signalled = true;
    // on Windows Ctrl+C reaches the app by itself, and to kill is to cut off
    if (process.platform === 'win32') setTimeout(() => running?.kill(), ENDS_WITHIN_MS).unref();
    else running?.kill(signal);
  });
// npm passes no signal on when it is ended itself: then the app ends as well
const npm = process.ppid;
setInterval(() => {
  if (process.ppid !== npm && !signalled) process.emit('SIGTERM');
}, 1_000).unref();
const run = (file, args, ended) => {
  // of glibc: with an arena for each thread the engine holds 100 MB more
  const env = { ...process.env, MALLOC_ARENA_MAX: '2' };
  running = spawn(file, args, { stdio: 'inherit', cwd: root, env });
  running.on('error', (error) => ended(1, error.message));
  running.on('exit', (code, signal) => ended(code ?? (signal ? 1 : 0), signal ?? `${code}`));
};
const demo = values.demo ? ['--demo'] : [];

function openBrowser() {
  const host = path.join(root, 'out/main/browser-host.js');
  const port = values.port === undefined ? [] : ['--port', values.port];
  const quiet = values['no-open'] ? ['--no-open'] : [];
  run(node, [host, ...data, ...port, ...demo, ...quiet], (code) => process.exit(code));
}
const sayBrowser = (why) => console.log(`▸ ${why}。ブラウザーで開きます / opening in the browser instead.`);

if (electron?.file) {
  const begun = performance.now();
  let over = false;
  run(electron.file, [root, ...data, ...demo], (code, how) => {
    if (over) return;
    over = true;
    if (code === 0 || signalled || performance.now() - begun > STARTS_WITHIN_MS) process.exit(code);
    sayBrowser(`Electron を開始できません (${how}) / Electron does not start`);
    openBrowser();
  });
} else {
  if (electron) sayBrowser(electron.missing);
  openBrowser();
}
