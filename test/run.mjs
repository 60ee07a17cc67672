// `npm test`: sets everything up, then types, lint and borders, and every shelf of tests. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare } from '../electron/prepare.mjs';
import { setUpSystem } from './setup.mjs';

const { node, root } = prepare();
setUpSystem();

const bin = (relative) => path.join(root, 'node_modules', relative);
const work = path.join(root, 'test/.work');
const results = path.join(work, 'results.json');
mkdirSync(work, { recursive: true });
rmSync(results, { force: true });

const step = (name, file, args) => {
  console.log(`\n▸ ${name}`);
  const begun = performance.now();
  const ok =
    spawnSync(node, [file, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
    }).status === 0;
  console.log(`  ${ok ? 'ok' : 'FAILED'} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
  return ok;
};

// vitest's own arguments may follow, e.g. `npm test -- --project unit`
const only = process.argv.slice(2);
const checks = only.length
  ? []
  : [
      step('types', path.join(root, 'test/check-types.mjs'), []),
      step('lint', bin('@biomejs/biome/bin/biome'), ['check', '.']),
      step('borders', bin('dependency-cruiser/bin/dependency-cruiser.mjs'), [
        '--config',
        '.dependency-cruiser.cjs',
        'main',
        'electron',
        'renderer',
      ]),
    ];
checks.push(
  step('tests', bin('vitest/vitest.mjs'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...only,
  ]),
);

const counted = existsSync(results)
  ? JSON.parse(readFileSync(results, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 0 };
// a check that failed counts as one failed test, and so does a run that could not count
const failed =
  counted.numFailedTests + checks.slice(0, -1).filter((ok) => !ok).length || (checks.every(Boolean) ? 0 : 1);
console.log(
  `\n${counted.numPassedTests + checks.slice(0, -1).filter(Boolean).length} passed, ${failed} failed`,
);
process.exit(failed ? 1 : 0);
