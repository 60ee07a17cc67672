// Copies a file as an import does, slowly enough to be killed on the way: node copy-child.ts FROM INTO
import path from 'node:path';
import { copyFiles } from '../../../main/llm/registry/copy-files.ts';
import { findTarget, readSource } from '../../../main/llm/registry/read-source.ts';

const [from = '', into = ''] = process.argv.slice(2);
const source = await readSource(await findTarget(from));
await copyFiles({
  ...source,
  into,
  signal: new AbortController().signal,
  durableEvery: 4 * 1024 * 1024,
  progress: (done) => process.stdout.write(`${done} ${path.basename(source.main)}\n`),
});
