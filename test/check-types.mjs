// The four type-checked sides. TypeScript 7 checks; TypeScript 6 is there only because dependency-cruiser needs its API.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const tsc = path.join(root, 'node_modules/typescript7/bin/tsc');
const sides = process.argv.length > 2 ? process.argv.slice(2) : ['main', 'electron', 'renderer', 'test'];
const failed = sides.filter(
  // what was checked before and did not change is not checked again
  (side) => {
    const cache = ['--incremental', '--tsBuildInfoFile', path.join(root, '.cache/types', `${side}.json`)];
    return (
      spawnSync(process.execPath, [tsc, '-p', side, ...cache], { cwd: root, stdio: 'inherit' }).status !== 0
    );
  },
);
if (failed.length) {
  console.error(`types: ${failed.join(', ')} failed`);
  process.exit(1);
}
