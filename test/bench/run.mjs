// `npm run bench [-- NAME…]`: every claim of speed or size, as a ratio within one run. Benches are test/bench/*.bench.ts.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { prepare } from '../../electron/prepare.mjs';
import { setUpSystem } from '../setup.mjs';

setUpSystem();
const { node, root } = prepare({ complete: true });
const here = import.meta.dirname;
const wanted = process.argv.slice(2);
const all = readdirSync(here)
  .filter((f) => f.endsWith('.bench.ts'))
  .map((f) => f.replace('.bench.ts', ''))
  .sort();
const unknown = wanted.filter((w) => !all.includes(w));
if (unknown.length) {
  console.error(`no such bench: ${unknown.join(', ')}; there are: ${all.join(', ')}`);
  process.exit(64);
}
let failed = 0;
for (const name of wanted.length ? wanted : all) {
  console.log(`\n# ${name}`);
  // no --input-type: worker threads inherit it and fail on it
  const code = `import(${JSON.stringify(path.join(here, `${name}.bench.ts`))}).then(({ run }) => run((line) => console.log(line))).then(() => process.exit(0));`;
  const { status } = spawnSync(node, ['--expose-gc', '-e', code], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
}
process.exit(failed ? 1 : 0);
