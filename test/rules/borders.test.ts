// The border rules have tests: one violation of each is planted in a copy of the tree, and the checker must name it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const rules = (
  require(path.join(root, '.dependency-cruiser.cjs')) as { forbidden: { name: string; comment: string }[] }
).forbidden;
const domains = rules.filter((r) => r.name.startsWith('may-')).map((r) => r.name.slice('may-'.length));
const allowed = Object.fromEntries(
  rules
    .filter((r) => r.name.startsWith('may-'))
    .map((r) => [r.name.slice(4), r.comment.split(': ')[1]?.split(', ') ?? []]),
);

/** rule → [file, what stands in it] */
const PLANTED: Record<string, [file: string, text: string]> = {
  'no-cycles': ['main/logistics/a.ts', "import { b } from './b.ts';\nexport const a = (): unknown => b;"],
  'no-orphans': ['main/placement/dead.ts', 'export const dead = 1;'],
  'not-to-unresolvable': [
    'main/placement/nowhere.ts',
    "import { x } from './not-there.ts';\nexport const y = x;",
  ],
  'electron-is-a-shell': [
    'electron/deep.ts',
    "import { createSync } from '../main/sync/index.ts';\nexport const s = createSync;",
  ],
  'renderer-sees-contract-only': [
    'renderer/reach.ts',
    "import { createSync } from '../main/sync/index.ts';\nexport const s = createSync;",
  ],
  'engine-is-plain-node': ['main/sync/shellish.ts', "import { app } from 'electron';\nexport const a = app;"],
  'contract-is-pure': [
    'main/placement/contract/impure.ts',
    "import fs from 'node:fs';\nexport const f = fs;",
  ],
  'types-are-pure': [
    'main/approvals/types.ts',
    "import { createApprovals } from './approvals.ts';\nexport type A = typeof createApprovals;",
  ],
  'kernel-is-bottom': [
    'main/kernel/ids.ts',
    "import { openStore } from '../store/index.ts';\nexport const up = openStore;",
  ],
  'front-door-only': [
    'main/alerts/back-door.ts',
    "import { openDatabase } from '../store/connection.ts';\nexport const d = openDatabase;",
  ],
  'not-through-own-door': [
    'main/approvals/own-door.ts',
    "import { createApprovals } from './index.ts';\nexport const c = createApprovals;",
  ],
  'api-is-top': [
    'main/approvals/api-back.ts',
    "import { router } from '../api/index.ts';\nexport const r = router;",
  ],
  'engine-ts-is-root': [
    'main/approvals/engine-back.ts',
    "import { startEngine } from '../engine.ts';\nexport const e = startEngine;",
  ],
  offline: ['main/analytics/phone-home.ts', "import https from 'node:https';\nexport const h = https;"],
  'preload-is-thin': [
    'electron/preload.ts',
    "import { startEngine } from '../main/engine.ts';\nexport const e = startEngine;",
  ],
  'screens-are-islands': [
    'renderer/screens/situation/visit.ts',
    "import { ChatScreen } from '../chat/chat-screen.tsx';\nexport const v = ChatScreen;",
  ],
  'ui-is-dumb': [
    'renderer/ui/knowing.ts',
    "import { engine } from '../engine-client.ts';\nexport const e = engine;",
  ],
  'stores-know-no-screen': [
    'renderer/stores/seeing.ts',
    "import { ChatScreen } from '../screens/chat/chat-screen.tsx';\nexport const s = ChatScreen;",
  ],
  'no-test-in-product': [
    'main/approvals/testing.ts',
    "import { chromiumPath } from '../../test/helpers/browser/chromium.ts';\nexport const c = chromiumPath;",
  ],
  'owner-better-sqlite3': [
    'main/alerts/own-db.ts',
    "import Database from 'better-sqlite3';\nexport const d = Database;",
  ],
  'owner-highs': ['main/alerts/own-solver.ts', "import highs from 'highs';\nexport const h = highs;"],
  'owner-mysql2': ['main/alerts/own-mysql.ts', "import mysql from 'mysql2';\nexport const m = mysql;"],
  'owner-hnswlib-node': [
    'main/clusters/own-index.ts',
    "import hnsw from 'hnswlib-node';\nexport const h = hnsw;",
  ],
  'owner-onnxruntime-node': [
    'main/clusters/own-runtime.ts',
    "import { Tensor } from 'onnxruntime-node';\nexport const t = Tensor;",
  ],
  'owner-node-llama-cpp': [
    'main/chat/own-llama.ts',
    "import { getLlama } from 'node-llama-cpp';\nexport const g = getLlama;",
  ],
  'owner-@huggingface/transformers': [
    'main/vectors/own-transformers.ts',
    "import { pipeline } from '@huggingface/transformers';\nexport const p = pipeline;",
  ],
  'owner-yauzl': ['main/sync/own-zip.ts', "import yauzl from 'yauzl';\nexport const y = yauzl;"],
  'owner-xz-decompress': [
    'main/knowledge/own-xz.ts',
    "import xz from 'xz-decompress';\nexport const x = xz;",
  ],
  'owner-pdfjs-dist': [
    'main/chat/own-pdf.ts',
    "import { getDocument } from 'pdfjs-dist';\nexport const g = getDocument;",
  ],
  'owner-saxes': [
    'main/chat/own-xml.ts',
    "import { SaxesParser } from 'saxes';\nexport const p = SaxesParser;",
  ],
  'owner-commander': [
    'main/alerts/own-cli.ts',
    "import { Command } from 'commander';\nexport const c = Command;",
  ],
  'owner-ws': ['main/alerts/own-socket.ts', "import { WebSocket } from 'ws';\nexport const w = WebSocket;"],
  'owner-electron': ['renderer/own-electron.ts', "import { app } from 'electron';\nexport const a = app;"],
  'owner-react': [
    'main/alerts/own-react.ts',
    "import { useState } from 'react';\nexport const u = useState;",
  ],
  'owner-zustand': [
    'main/alerts/own-zustand.ts',
    "import { create } from 'zustand';\nexport const c = create;",
  ],
  'owner-echarts': [
    'renderer/ui/own-charts.ts',
    "import { init } from 'echarts/core';\nexport const i = init;",
  ],
};

let copy: string;
let clean: string;
let violations: { rule: string; from: string }[];
const cruise = (dir: string): { rule: string; from: string }[] => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'main',
      'electron',
      'renderer',
    ],
    { cwd: dir, encoding: 'utf8', maxBuffer: 1e9 },
  );
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map((v) => ({ rule: v.rule.name, from: v.from }));
};
const plant = (file: string, text: string): void => {
  const full = path.join(copy, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, `${text}\n`, { flag: 'a' });
};

/** a copy of the product's sources, the packages linked */
const copyTree = (): string => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-borders-'));
  for (const name of [
    'electron',
    'main',
    'models',
    'renderer',
    'test/helpers',
    '.dependency-cruiser.cjs',
    'tsconfig.json',
    'package.json',
  ])
    cpSync(path.join(root, name), path.join(dir, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'));
  return dir;
};
/** Beside llm/server, which may open sockets, the rest of its room may not. */
const NEAR_SERVER = 'main/llm/phone-home.ts';
beforeAll(() => {
  copy = copyTree();
  plant(NEAR_SERVER, "import http from 'node:http';\nexport const h = http;");
  clean = copyTree();
  for (const [file, text] of Object.values(PLANTED)) plant(file, text);
  plant('main/logistics/b.ts', "import { a } from './a.ts';\nexport const b = (): unknown => a;");
  for (const from of domains)
    for (const to of domains)
      if (from !== to)
        plant(
          `main/${from}/probe-${to}.ts`,
          `import * as door from '../${to}/index.ts';\nexport const probe = door;`,
        );
  violations = cruise(copy);
});
afterAll(() => {
  for (const dir of [copy, clean]) rmSync(dir, { recursive: true, force: true });
});

describe('borders', () => {
  it('the tree as it stands breaks no rule', () => {
    const planted = new Set([NEAR_SERVER, ...Object.values(PLANTED).map(([file]) => file)]);
    const own = violations.filter(
      (v) => !planted.has(v.from) && !/\/probe-|main\/logistics\//.test(v.from) && v.rule !== 'no-cycles',
    );
    expect(own).toEqual([]);
  });
  it.each(Object.keys(PLANTED))('a planted fault is refused: %s', (rule) => {
    const [file] = PLANTED[rule]!;
    expect(violations).toContainEqual({ rule, from: file });
  });
  it('only the part that speaks to the model server may open a socket in its room', () => {
    expect(violations).toContainEqual({ rule: 'offline', from: NEAR_SERVER });
    expect(violations.filter((v) => v.from.startsWith('main/llm/server/'))).toEqual([]);
  });
  it('every rule has a planted fault', () => {
    const unproved = rules
      .map((r) => r.name)
      .filter((name) => !(name in PLANTED) && !name.startsWith('may-'));
    expect(unproved).toEqual([]);
  });
  it('every pair of domains answers as the table says', () => {
    const refused = new Set(violations.filter((v) => v.rule.startsWith('may-')).map((v) => v.from));
    const wrong = domains.flatMap((from) =>
      domains
        .filter((to) => from !== to)
        .filter((to) => refused.has(`main/${from}/probe-${to}.ts`) === (allowed[from] ?? []).includes(to))
        .map((to) => `${from} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });
  it('the table has no cycle', () => {
    const visit = (domain: string, above: string[]): void => {
      expect(above).not.toContain(domain);
      for (const next of allowed[domain] ?? []) if (next !== 'nothing') visit(next, [...above, domain]);
    };
    for (const domain of domains) visit(domain, []);
  });
});

/** What does not compile, by side: file, its text, the compiler's code. */
const WRONG = {
  main: {
    'the engine has no DOM': ['main/analytics/dom.ts', "document.title = 'x';\nexport {};", /TS2584/],
    'enums are refused': ['main/analytics/enum.ts', 'export enum Colour { Red }', /TS1294/],
  },
  renderer: {
    'the page has no Node': ['renderer/node.ts', 'export const pid = process.pid;', /TS2580|TS2591/],
    'a wrong procedure does not compile': [
      'renderer/wrong-call.ts',
      "import { engine } from './engine-client.ts';\nvoid engine.situation.lst();",
      /TS2339|TS2551/,
    ],
    'a wrong input does not compile': [
      'renderer/wrong-input.ts',
      "import { engine } from './engine-client.ts';\nvoid engine.situation.cell({ cellId: 1 });",
      /TS2322/,
    ],
  },
} as const;
describe.each(Object.entries(WRONG))('types keep each side in its place: %s', (side, wrong) => {
  let said = '';
  beforeAll(() => {
    for (const [file, text] of Object.values(wrong)) writeFileSync(path.join(clean, file), text);
    said = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript7/bin/tsc'), '-p', side], {
      cwd: clean,
      encoding: 'utf8',
    }).stdout;
    for (const [file] of Object.values(wrong)) rmSync(path.join(clean, file));
  });
  it.each(Object.entries(wrong))('%s', (_what, [file, , code]) => {
    expect(
      said
        .split('\n')
        .filter((line) => line.startsWith(file))
        .join('\n'),
    ).toMatch(code);
  });
  it('nothing else is wrong', () => {
    const planted = Object.values(wrong).map(([file]) => file);
    const others = said.split('\n').filter((line) => /error TS/.test(line));
    expect(others.filter((line) => !planted.some((file) => line.startsWith(file)))).toEqual([]);
  });
});

it('the top level holds only what it is allowed to', () => {
  const { stdout } = spawnSync('git', ['ls-tree', '--name-only', 'HEAD'], { cwd: root, encoding: 'utf8' });
  const folders = ['electron', 'main', 'renderer', 'models', 'resources', 'test', 'docs', '.ci'];
  const files = [
    'electron-builder.yml',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vitest.config.ts',
    'biome.jsonc',
    '.dependency-cruiser.cjs',
    '.gitattributes',
    '.gitignore',
    '.npmrc',
    'README.md',
    'LICENSE',
  ];
  expect(
    stdout
      .trim()
      .split('\n')
      .filter((name) => ![...folders, ...files].includes(name)),
  ).toEqual([]);
});
it('every domain says what it is for', () => {
  for (const domain of domains)
    expect(readFileSync(path.join(root, 'main', domain, 'README.md'), 'utf8').length, domain).toBeGreaterThan(
      200,
    );
});
