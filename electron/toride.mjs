#!/usr/bin/env node
// `npx toride`: runs the built CLI on the project's own Node; sets up and builds first when that was never done.
import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.mjs';

const { node, root } = prepare({ quiet: true });
// Ctrl+C reaches the command too, which ends by itself: until then the prompt must not come back
process.on('SIGINT', () => {});
const { status } = spawnSync(node, [`${root}/out/main/cli.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
