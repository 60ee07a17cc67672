// The packed app: the file list is complete and lean, the fuses are set, and what was packed starts. Electron itself is stood in for by an empty
// distribution of the same shape, because packing needs its files and not its code.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createPackage, extractAll, listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ThirdPartyList } from '../../main/api/contract/third-party.ts';
import { VERSION } from '../../main/engine.ts';
import { Thread } from '../../main/kernel/thread.ts';
import type { FileCalls } from '../../main/knowledge/files/file-worker.ts';
import { forkScript } from '../../main/llm/process/fork-models.ts';
import { pdfOf, shiftJis } from '../helpers/knowledge/pdf-file.ts';
import { openModels } from '../helpers/llm/models-runtime.ts';
import { writeEmbedder } from '../helpers/llm/onnx/make-embedder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const react = require('react/package.json') as { version: string };
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;
const [OFF, ON] = ['0', '1'].map((c) => c.charCodeAt(0)) as [number, number];

/** Looks like an unpacked Linux Electron with a fuse wire of version 1, all on. */
async function emptyElectron(dir: string): Promise<void> {
  mkdirSync(path.join(dir, 'resources'), { recursive: true });
  mkdirSync(path.join(dir, 'locales'));
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, FUSES]),
    Buffer.from('1'.repeat(FUSES)),
  ]);
  writeFileSync(
    path.join(dir, 'electron'),
    Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), wire, Buffer.from('\n')]),
    { mode: 0o755 },
  );
  for (const name of [
    'chrome_100_percent.pak',
    'icudtl.dat',
    'resources.pak',
    'LICENSE',
    'LICENSES.chromium.html',
    'v8_context_snapshot.bin',
    'snapshot_blob.bin',
    'chrome-sandbox',
    'chrome_crashpad_handler',
    'libffmpeg.so',
    'libvulkan.so.1',
  ])
    writeFileSync(path.join(dir, name), 'empty');
  for (const lang of ['en-US', 'ja', 'de']) writeFileSync(path.join(dir, `locales/${lang}.pak`), 'empty');
  const app = mkdtempSync(path.join(os.tmpdir(), 'toride-default-app-'));
  writeFileSync(path.join(app, 'main.js'), '');
  await createPackage(app, path.join(dir, 'resources/default_app.asar'));
  rmSync(app, { recursive: true });
  writeFileSync(path.join(dir, 'version'), '45.4.1');
}

let work: string, packed: string, asar: string, extracted: string;
/** `npm run pack`, unpacked into a folder named after the flavour; what it said. */
function pack(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'electron/pack.mjs'), '--dir', '--electron', path.join(work, 'electron'), ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, said: `${stdout}${stderr}` };
}
beforeAll(async () => {
  work = mkdtempSync(path.join(os.tmpdir(), 'toride-pack-'));
  await emptyElectron(path.join(work, 'electron'));
  const { status, said } = pack('--output', path.join(work, 'dist'));
  expect(said).not.toMatch(/default Electron icon is used/);
  if (status !== 0) throw new Error(said);
  packed = path.join(work, 'dist/linux-unpacked');
  asar = path.join(packed, 'resources/app.asar');
  extracted = path.join(work, 'extracted');
  extractAll(asar, extracted);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it('the configuration is valid by electron-builder’s own schema, and a wrong one is not', async () => {
  const lib = require.resolve('app-builder-lib').replace(/out\/index\.js$/, 'out/');
  const { validateConfiguration } = require(`${lib}util/config/config.js`) as {
    validateConfiguration(c: unknown, log: unknown): Promise<void>;
  };
  const { DebugLogger } = require('builder-util') as { DebugLogger: new (on: boolean) => unknown };
  const { load } = require(require.resolve('js-yaml', { paths: [lib] })) as {
    load(text: string): Record<string, unknown>;
  };
  const config = load(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));
  await expect(validateConfiguration(config, new DebugLogger(false))).resolves.not.toThrow();
  await expect(validateConfiguration({ ...config, asarUnpak: [] }, new DebugLogger(false))).rejects.toThrow(
    /asarUnpak/,
  );
});

it('the fuses are blown in the packed executable', () => {
  const bytes = readFileSync(path.join(packed, 'toride'));
  const at = bytes.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
  // order of Electron's fuse wire v1: runAsNode, cookieEncryption, nodeOptions, nodeCliInspect, asarIntegrity, onlyLoadAppFromAsar, browserSnapshot, fileProtocol
  expect([...bytes.subarray(at, at + 8)]).toEqual([OFF, ON, OFF, OFF, ON, ON, OFF, OFF]);
});

it('what was packed starts, serves the app and opens its database, with nothing from the source tree', async () => {
  const host = spawn(
    process.execPath,
    [path.join(extracted, 'out/main/browser-host.js'), '--data', path.join(work, 'data'), '--no-open'],
    {
      cwd: work,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_PATH: '' },
    },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      host.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
      host.stdout.on('data', (d) => {
        const found = /Toride: (\S+)/.exec(String(d))?.[1];
        if (found) resolve(found);
      });
    });
    const { origin } = new URL(url);
    const status = await new Promise((resolve, reject) =>
      request(origin, (res) => resolve(res.statusCode))
        .on('error', reject)
        .end(),
    );
    expect(status).toBe(200);
    expect(existsSync(path.join(work, 'data/toride.db'))).toBe(true);
  } finally {
    host.kill();
  }
});

/** What was packed, as a later version: another number, and one migration more. */
function laterVersion(name: string, sql: string): string {
  const folder = path.join(work, name);
  for (const part of ['out', 'resources', 'package.json'])
    cpSync(path.join(extracted, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(extracted, 'node_modules'), path.join(folder, 'node_modules'));
  const main = path.join(folder, 'out/main');
  const one = `{ id: 99990, name: 'later', sql: ${JSON.stringify(sql)} }`;
  const newest = /(MIGRATIONS = \[[\s\S]*?\})(\s*\n\];)/;
  for (const file of readdirSync(main).filter((one) => one.endsWith('.js'))) {
    const text = readFileSync(path.join(main, file), 'utf8');
    const migrating = text.replace(newest, (_, last: string, end: string) => `${last}, ${one}${end}`);
    writeFileSync(path.join(main, file), migrating.replaceAll(`"${VERSION}"`, `"${LATER}"`));
  }
  return folder;
}
const LATER = '9.9.9';
const started = (app: string, data: string) => {
  const host = spawn(
    process.execPath,
    [path.join(app, 'out/main/browser-host.js'), '--data', data, '--no-open'],
    { cwd: work, env: { ...process.env, NODE_PATH: '' } },
  );
  let said = '';
  const up = new Promise<boolean>((resolve) => {
    for (const stream of [host.stdout, host.stderr])
      stream.on('data', (d) => {
        said += String(d);
        if (said.includes('Toride: http')) resolve(true);
      });
    host.once('close', () => resolve(false));
  });
  /** whether it came up; it is closed again either way */
  return up.then(async (isUp) => {
    const gone = new Promise((resolve) => host.once('close', resolve));
    if (isUp) {
      host.kill();
      await gone;
    }
    return { isUp, said };
  });
};
const commanded = (app: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(app, 'out/main/cli.js'), ...args], {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: '' },
  });

it('a later version that cannot migrate the data says how to go back, and the one before goes on with it', async () => {
  const data = path.join(work, 'updated');
  const later = laterVersion('later-broken', 'CREATE TABLE later (x) STRICT, no SQL;');
  expect(await started(extracted, data)).toMatchObject({ isUp: true });
  expect((await started(later, data)).isUp).toBe(false);
  const again = await started(later, data);
  expect(again.isUp).toBe(false);
  expect(again.said).toContain(`新しい版 ${LATER} は、前回開始できませんでした。`);
  const back = commanded(later, 'update', 'back', '--data', data, '--lang', 'ja');
  expect([back.status, back.stdout]).toEqual([
    0,
    expect.stringContaining(`版 ${VERSION} を入れ直してください`),
  ]);
  expect(await started(extracted, data)).toMatchObject({ isUp: true });
});

it('a later version that comes up migrates the data after a copy; the one before refuses it in words and changes nothing', async () => {
  const data = path.join(work, 'migrated');
  const later = laterVersion('later-good', 'CREATE TABLE later (x INTEGER) STRICT;');
  await started(extracted, data);
  expect(await started(later, data)).toMatchObject({ isUp: true });
  expect(readdirSync(path.join(data, 'backups'))).toContainEqual(
    expect.stringMatching(/^before-99990-\d+\.db$/),
  );
  const refused = await started(extracted, data);
  expect(refused.isUp).toBe(false);
  expect(refused.said).toContain(`版 ${LATER}、この版 ${VERSION}`);
  expect(refused.said).toContain(`version ${LATER}; this one is ${VERSION}`);
  const back = commanded(extracted, 'update', 'back', '--data', data, '--lang', 'en');
  expect([back.status, back.stderr]).toEqual([65, expect.stringContaining('(update.no-way-back)')]);
  expect(await started(later, data)).toMatchObject({ isUp: true });
});

it('the version before takes its data back itself, where the later one cannot even be run', async () => {
  const data = path.join(work, 'cut-off');
  // migrates, and ends before it is up
  const later = laterVersion('later-falls', 'CREATE TABLE later (x INTEGER) STRICT;');
  const engine = path.join(later, 'out/main');
  for (const file of readdirSync(engine).filter((one) => /^engine-(?!process)/.test(one))) {
    const text = readFileSync(path.join(engine, file), 'utf8');
    writeFileSync(path.join(engine, file), text.replace(/^\s*cameUp\(/m, 'process.exit(9); cameUp('));
  }
  await started(extracted, data);
  expect(await started(later, data)).toMatchObject({ isUp: false });
  const refused = await started(extracted, data);
  expect(refused).toMatchObject({ isUp: false, said: expect.stringContaining('toride update back') });
  const back = commanded(extracted, 'update', 'back', '--data', data, '--json');
  expect(JSON.parse(back.stdout)).toMatchObject({
    failed: LATER,
    former: VERSION,
    aside: expect.any(String),
  });
  expect(await started(extracted, data)).toMatchObject({ isUp: true });
});

it('what was packed answers a question, from the command line on a demo of its own', () => {
  const toride = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(extracted, 'out/main/cli.js'), ...args, '--data', path.join(work, 'asked')],
      { cwd: work, encoding: 'utf8', env: { ...process.env, NODE_PATH: '' } },
    );
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    return stdout;
  };
  toride('demo', 'start');
  expect(toride('ask', '札幌の残件は？')).toMatch(/札幌[\s\S]*\d件/);
});

it('what was packed runs a model', async () => {
  await using models = openModels({
    spawn: () => forkScript(path.join(extracted, 'out/main/models-process.js')),
  });
  const [chosen] = await models.ask(models.make('chooser', 'qwen2-tiny'));
  expect(chosen?.options).toHaveLength(2);
  const vectors = await models.runtime.embed(
    models.specOf('embedder', writeEmbedder(path.join(models.dir, 'embedder')), {
      format: 'onnx-folder',
      architecture: 'bert',
    }),
    ['納期が近い'],
    'query',
  );
  expect(vectors.map((v) => v.length)).toEqual([32]);
});

it('carries no other platform’s binaries, no sources, no tests', () => {
  const files = listPackage(asar, { isPack: false });
  expect(
    files.filter(
      (f) =>
        /\.(node|so|dll|dylib)$/.test(f) &&
        !/linux[-/](x64|arm64)|hnswlib-node\/build\/Release\/addon\.node$/.test(f),
    ),
  ).toEqual([]);
  expect(
    files.filter(
      (f) =>
        /^\/(main|renderer|electron|test|models|shared|\.ci|resources\/screenshots)\//.test(f) ||
        /\.([mc]?ts|tsx|map|gyp|[ch]pp?|cc)$/.test(f),
    ),
  ).toEqual([]);
  const inside = files.filter((f) => /\.(node|so|dll|dylib)$/.test(f) && !existsSync(`${asar}.unpacked${f}`));
  expect(inside).toEqual([]);
});

/** The packages of llama.cpp's binaries that lie in a packed app. */
const backendsIn = (dist: string): string[] =>
  readdirSync(
    path.join(dist, 'linux-unpacked/resources/app.asar.unpacked/node_modules/@node-llama-cpp'),
  ).sort();

it('a flavour carries the binaries of its own, and says what they weigh', () => {
  const here = `linux-${process.arch}`;
  expect(backendsIn(path.join(work, 'dist'))).toEqual([here, `${here}-vulkan`]);
  const dist = path.join(work, 'cpu');
  const { status, said } = pack('--flavour', 'cpu', '--output', dist);
  console.log(said.slice(said.lastIndexOf('\ncpu ')));
  expect(status, said).toBe(0);
  expect(backendsIn(dist)).toEqual([here]);
  expect(said).toMatch(new RegExp(`MB {2}@node-llama-cpp/${here}\\n`));
});

it('a flavour whose files are missing, or that there is none of, is refused in words before anything is packed', () => {
  const metal = pack('--flavour', 'metal', '--platform', 'mac', '--arch', 'arm64');
  expect(metal.status).toBe(1);
  expect(metal.said).toMatch(/@node-llama-cpp\/mac-arm64-metal[\s\S]*npm install --no-save --force/);
  const none = pack('--flavour', 'metal', '--platform', 'linux');
  expect(none).toMatchObject({ status: 1, said: expect.stringContaining('There is no “metal” of linux') });
});

it('names every package that it carries in the licence list, and no other', () => {
  const { parts } = ThirdPartyList.parse(
    JSON.parse(readFileSync(path.join(extracted, 'out/notices/third-party.json'), 'utf8')),
  );
  const named = (name: string, version: string) => `${name} ${version}`;
  const listed = new Set(parts.map((part) => named(part.name, part.version)));
  const carried = readdirSync(extracted, { recursive: true, encoding: 'utf8' })
    .filter((file) => /node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(path.join(extracted, file), 'utf8')) as Record<string, string>)
    .map(({ name = '', version = '' }) => named(name, version))
    .filter((name) => !name.startsWith('@node-llama-cpp/'));
  expect(carried.filter((name) => !listed.has(name))).toEqual([]);
  const { packages } = JSON.parse(
    readFileSync(path.join(root, 'node_modules/.package-lock.json'), 'utf8'),
  ) as { packages: Record<string, { readonly dev?: boolean }> };
  const namesOf = (dev: boolean): string[] =>
    Object.entries(packages)
      .filter(([, one]) => (one.dev ?? false) === dev)
      .map(([place]) => place.split('node_modules/').at(-1) ?? '');
  const here = new Set([...carried.map((name) => name.split(' ')[0]), ...namesOf(true)]);
  const listedNames = new Set(parts.map((part) => part.name));
  expect(namesOf(false).filter((name) => listedNames.has(name) && !here.has(name))).toEqual([]);
  // what is bundled, and what lies inside of packages
  for (const name of [
    'react',
    '@mantine/core',
    'echarts',
    '@fontsource-variable/noto-sans-jp',
    'SQLite',
    'llama.cpp, ggml',
    'ONNX Runtime',
  ])
    expect(parts.map((part) => part.name)).toContain(name);
});

it('lays the notices and the bill of materials beside the app, for who has no app at hand', () => {
  const notices = readFileSync(path.join(packed, 'notices/THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices).toMatch(/better-sqlite3 [\d.]+ \(MIT\)[\s\S]*Copyright \(c\) 2017 Joshua Wise/);
  const bill = JSON.parse(readFileSync(path.join(packed, 'notices/sbom.cdx.json'), 'utf8')) as {
    components: { purl?: string; licenses: unknown[] }[];
  };
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  expect(bill.components.map((one) => one.purl)).toContain(`pkg:npm/react@${react.version}`);
  expect(bill.components.filter((one) => one.licenses.length === 0)).toEqual([]);
});

it('what was packed reads a PDF whose Japanese font is not in it', async () => {
  const text = '認証が止まったら再起動する。';
  const bytes = pdfOf([[{ codes: shiftJis(text), x: 50, y: 700 }]]);
  const worker = new Worker(path.join(extracted, 'out/main/file-worker.js'), { stdout: true, stderr: true });
  const thread = new Thread<FileCalls>(worker);
  const file = { name: 'a.pdf', kind: 'pdf', known: '', bytes: new Uint8Array(bytes) } as const;
  expect(await thread.call('read', file)).toMatchObject({ text });
  await thread.stop();
});

it('carries what a person sees without a network: pages, icons, the manual', () => {
  const files = listPackage(asar, { isPack: false });
  for (const wanted of [
    '/out/renderer/index.html',
    '/out/preload/preload.cjs',
    '/resources/icons/toride.png',
    '/resources/icons/tray@2x.png',
    '/resources/manual/ja',
    '/resources/manual/en',
  ])
    expect(files).toContain(wanted);
});

it('is lean: the packages it runs on and no others', () => {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const sizes = new Map<string, number>();
  for (const name of readdirSync(extracted, { recursive: true, encoding: 'utf8' })) {
    const stat = statSync(path.join(extracted, name));
    if (!stat.isFile()) continue;
    const [first = '', second = '', third = ''] = name.split(path.sep);
    const part = second.startsWith('@') ? `${first}/${second}/${third}` : `${first}/${second}`;
    sizes.set(part, (sizes.get(part) ?? 0) + stat.size);
  }
  const total = [...sizes.values()].reduce((a, b) => a + b, 0);
  const listed = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 8);
  console.log(
    `packed without Electron: ${megabytes(total)} (${listed.map(([name, size]) => `${name} ${megabytes(size)}`).join(', ')})`,
  );
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const packages = [...sizes.keys()].filter((name) => name.startsWith('node_modules/'));
  expect(packages).toEqual(expect.arrayContaining(Object.keys(dependencies).map((d) => `node_modules/${d}`)));
  expect(total).toBeLessThan(200e6);
});
