import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { killBackups } from '../../helpers/backup/killed-backup.ts';
import { bundleDir } from '../../helpers/bundle.ts';
import { tempDir } from '../../helpers/temp.ts';

it('killed while it backs up or restores: no half backup has a name, no half folder is there, nothing is lost', async () => {
  const bundle = bundleDir();
  onTestFinished(() => rmSync(bundle, { recursive: true, force: true }));
  const { lines, kills } = await killBackups({ dir: tempDir(), bundle, kills: 8, seed: 5 });
  expect({ kills, lines }).toEqual({ kills: 8, lines: 20_000 });
});
