// `npm test`: sets everything up, then types, lint and borders, and every shelf of tests. Ends with the slowest
// ten files and "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare } from '../electron/prepare.mjs';
import { setUpSystem } from './setup.mjs';

// first what packages are compiled with
setUpSystem();
const { node, root } = prepare({ complete: true });

const bin = (relative) => path.join(root, 'node_modules', relative);
const work = path.join(root, 'test/.work');
const results = path.join(work, 'results.json');
const again = path.join(work, 'again.json');
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
const runTests = (name, output, args) =>
  step(name, bin('vitest/vitest.mjs'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
    ...args,
  ]);
const countedIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
const failedFiles = (counted) =>
  counted.testResults
    .filter((file) => file.status !== 'passed')
    .map((file) => path.relative(root, file.name));

let testsPassed = runTests('tests', results, only);
const counted = countedIn(results) ?? { numPassedTests: 0, numFailedTests: 0, testResults: [] };
let { numPassedTests: passedTests, numFailedTests: failedTests } = counted;

// What drives real processes can fail because the machine stalled. A few such files are run once more, alone, from a clean
// start; the first failure stays above, and its tests are named at the end. Plain tests get no second try.
const REAL = /^test\/(browser|shell|pack|mariadb|clickhouse|engine)\//;
const AGAIN_AT_MOST = 3;
const unsteady = failedFiles(counted);
const steadied =
  !testsPassed &&
  unsteady.length > 0 &&
  unsteady.length <= AGAIN_AT_MOST &&
  unsteady.every((file) => REAL.test(file)) &&
  runTests(`once more, alone: ${unsteady.join(', ')}`, again, unsteady);
if (steadied) {
  const files = counted.testResults.filter((file) => file.status !== 'passed');
  const ones = files.flatMap((file) => file.assertionResults);
  const names = ones.filter((one) => one.status === 'failed').map((one) => one.fullName);
  console.log('\nunsteady (failed above, passed when run once more):');
  for (const name of names.length > 0 ? names : unsteady) console.log(`  ${name}`);
  passedTests += countedIn(again).numPassedTests - ones.filter((one) => one.status === 'passed').length;
  failedTests = 0;
  testsPassed = true;
}
checks.push(testsPassed);

// where the time goes
const SLOWEST = 10;
const took = ({ startTime, endTime }) => (endTime - startTime) / 1000;
if (counted.testResults.length > SLOWEST) {
  console.log('\nthe slowest:');
  for (const file of counted.testResults.toSorted((a, b) => took(b) - took(a)).slice(0, SLOWEST))
    console.log(`${took(file).toFixed(0).padStart(5)} s  ${path.relative(root, file.name)}`);
}

// a check that failed counts as one failed test, and so does a run that could not count
const failed =
  failedTests + checks.slice(0, -1).filter((ok) => !ok).length || (checks.every(Boolean) ? 0 : 1);
console.log(`\n${passedTests + checks.slice(0, -1).filter(Boolean).length} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
