// Checks the checks: with a protection taken out of the built app, its item of the security checklist must fail, and no other.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from './driver.ts';

/** Where in the build, the protection's text, and what stands there without it. */
type Fault = { readonly item: number; readonly file: RegExp; readonly from: string; readonly to: string };
const SHELL = /^out\/main\/shell\.js$/;
const ANY_MAIN = /^out\/main\/[^/]+\.js$/;
const fault = (item: number, from: string, to: string, file = SHELL): Fault => ({ item, file, from, to });

const FAULTS: readonly Fault[] = [
  fault(1, 'cancel: !isLocal(details.url)', 'cancel: false'),
  fault(2, 'nodeIntegration: false', 'nodeIntegration: true'),
  fault(3, 'contextIsolation: true', 'contextIsolation: false'),
  fault(4, 'app.enableSandbox();', ''),
  fault(5, 'done(ALLOWED_PERMISSIONS.has(permission) &&', 'done(permission !== "" ||'),
  fault(6, 'webSecurity: true', 'webSecurity: false'),
  fault(
    7,
    '"content-security-policy": contentSecurityPolicy(',
    '"x-nothing": contentSecurityPolicy(',
    ANY_MAIN,
  ),
  fault(8, 'allowRunningInsecureContent: false', 'allowRunningInsecureContent: true'),
  fault(9, 'experimentalFeatures: false', 'experimentalFeatures: true'),
  fault(10, 'safeDialogs: true', 'enableBlinkFeatures: "PreciseMemoryInfo"'),
  fault(11, 'webviewTag: false', 'webviewTag: true'),
  fault(12, '"will-attach-webview", (event) => event.preventDefault()', '"will-attach-webview", () => {}'),
  fault(15, 'if (url.protocol !== "https:"', 'if (url.protocol === ""'),
  fault(16, '"electron": "45.', '"electron": "12.', /^package\.json$/),
  fault(17, 'if (!isTrustedSender(event.senderFrame) ||', 'if ('),
  fault(18, 'relative.startsWith("..")', 'relative === ".."', ANY_MAIN),
  fault(19, 'runAsNode: false', 'runAsNode: true', /^electron-builder\.yml$/),
  fault(20, 'connect: () =>', 'electron, connect: () =>', /^out\/preload\/preload\.cjs$/),
];
// in a copy of their own, because the page does not survive them
const FAULTS_OF_NAVIGATION: readonly Fault[] = [
  fault(13, 'if (!isOurs(event.url)) event.preventDefault()', ''),
  fault(14, '({ action: "deny" })', '({ action: "allow" })'),
];

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

/** A copy of the built app with the faults in it. */
function plant(faults: readonly Fault[]): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'toride-fault-'));
  copies.push(copy);
  for (const part of ['out', 'resources', 'package.json', 'electron-builder.yml'])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const files = readdirSync(copy, { recursive: true, encoding: 'utf8' });
  for (const { item, file, from, to } of faults) {
    const places = files.filter(
      (f) => file.test(f) && readFileSync(path.join(copy, f), 'utf8').includes(from),
    );
    expect(places, `where to plant fault ${item}: ${from}`).not.toEqual([]);
    for (const place of places) {
      const full = path.join(copy, place);
      writeFileSync(
        full,
        readFileSync(full, 'utf8').replaceAll(from, () => to),
      );
    }
  }
  return copy;
}

/** The numbers of the items whose test failed on that copy; `only`: as a regular expression, which tests run. */
async function failingItems(copy: string, only = '.'): Promise<number[]> {
  const results = path.join(copy, 'results.json');
  const project = path.resolve(import.meta.dirname, '../..');
  const child = spawn(
    process.execPath,
    [
      path.join(project, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project=shell',
      '--reporter=json',
      `--outputFile=${results}`,
      'test/shell/security.test.ts',
      '-t',
      only,
    ],
    { cwd: project, env: { ...process.env, TORIDE_SHELL_ROOT: copy }, stdio: 'ignore' },
  );
  await new Promise((resolve) => child.once('exit', resolve));
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string }[] }[];
  };
  const tests = testResults.flatMap((t) => t.assertionResults);
  expect(tests.map((t) => Number.parseInt(t.title, 10))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  return tests.filter((t) => t.status === 'failed').map((t) => Number.parseInt(t.title, 10));
}

it('each protection of the built app that is taken out is missed by its own item', async () => {
  expect(await failingItems(plant(FAULTS))).toEqual(FAULTS.map((f) => f.item));
});

it('so is what keeps pages at home and windows from opening', async () => {
  expect(await failingItems(plant(FAULTS_OF_NAVIGATION), ' 1[34] ')).toEqual([13, 14]);
});
