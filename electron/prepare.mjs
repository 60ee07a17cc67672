// Set-up shared by `npm start`, `npm test` and `npx toride`: dependencies, the right Node, the build. Runs on Node 20 or newer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
const SOURCES = [
  'electron',
  'main',
  'models',
  'renderer',
  'resources/manual',
  'resources/third-party.json',
  'electron-builder.yml',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
];
const OUTPUTS = [
  'out/main/cli.js',
  'out/main/shell.js',
  'out/main/browser-host.js',
  'out/main/models-process.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/notices/third-party.json',
];
const isWindows = process.platform === 'win32';

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const stop = (ja, en) => {
  console.error(`\n${ja}\n${en}`);
  process.exit(1);
};

/** SHA-256 over the names and contents of files and folders. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  const add = (relative) => {
    const full = path.join(root, relative);
    if (!existsSync(full)) return;
    let names;
    try {
      names = readdirSync(full).sort();
    } catch {
      hash.update(relative).update('\0').update(readFileSync(full)).update('\0');
      return;
    }
    for (const name of names) add(`${relative}/${name}`);
  };
  for (const relative of paths) add(relative);
  return hash.digest('hex');
}

/** The Node that the `node` package brings: the version the app and its tests run on. */
export function nodePath() {
  const inside = path.join(root, 'node_modules/node/bin', isWindows ? 'node.exe' : 'node');
  return existsSync(inside) ? inside : null;
}

/** Whether node_modules holds what package-lock.json says, by the list that npm leaves there; optional packages may be missing. */
function isInstalled() {
  const packagesOf = (file) => {
    try {
      return JSON.parse(read(path.join(root, file))).packages ?? {};
    } catch {
      return {};
    }
  };
  const have = packagesOf('node_modules/.package-lock.json');
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([name]) => name !== '');
  return (
    wanted.length > 0 &&
    wanted.every(([name, { version, optional }]) => optional || have[name]?.version === version)
  );
}

/** Direct dependencies that may be missing: they are compiled, and the app does without. */
const missingOptional = () =>
  Object.keys(JSON.parse(read(path.join(root, 'package.json'))).optionalDependencies ?? {}).filter(
    (name) => !existsSync(path.join(root, 'node_modules', name)),
  );

function install(say, complete) {
  if (isInstalled() && nodePath() && !(complete && missingOptional().length > 0)) return;
  say('依存パッケージを入れています… / Installing dependencies…');
  // npm's own CLI when npm started us, so that the same npm goes on
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : [isWindows ? 'npm.cmd' : 'npm'];
  const [command, ...args] = [...npm, 'ci', '--no-audit', '--no-fund'];
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // an npm that does not know allowScripts would run the installer of node-llama-cpp, which downloads or compiles: its binaries are packages
    env: { ...process.env, NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true' },
    shell: isWindows && npm.length === 1,
  });
  if (status !== 0 || !nodePath())
    stop(
      '依存パッケージを入れられませんでした。上の npm の表示を確認してください。',
      'The dependencies could not be installed: see what npm said above.',
    );
  const missing = complete ? missingOptional().join(', ') : '';
  if (missing)
    stop(
      `${missing} を組み立てられませんでした。C++ コンパイラー、make、Python 3 が必要です。入れてからもう一度実行してください。`,
      `${missing} could not be compiled. It needs a C++ compiler, make and Python 3: install them and run this again.`,
    );
}

function build(say, node) {
  const stamp = path.join(root, 'out/.built');
  const wanted = fingerprint(SOURCES);
  if (read(stamp) === wanted && OUTPUTS.every((f) => existsSync(path.join(root, f)))) return;
  say('アプリを組み立てています… / Building the app…');
  const { status, stdout, stderr } = spawnSync(
    node,
    [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (status !== 0) stop(`組み立てに失敗しました。\n${stdout}${stderr}`, 'The build failed: see above.');
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Brings everything up to date; says what it does, and nothing when nothing was to do. `complete`: with what the app could do without. */
export function prepare({ quiet = false, complete = false } = {}) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    stop(
      `Node 20 以上が必要です (今は ${process.versions.node})。`,
      `Node 20 or newer is needed (this is ${process.versions.node}).`,
    );
  const say = (text) => (quiet ? process.stderr : process.stdout).write(`▸ ${text}\n`);
  install(say, complete);
  const node = nodePath();
  build(say, node);
  return { node, root };
}
