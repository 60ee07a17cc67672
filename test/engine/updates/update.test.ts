// A new version without internet: only a whole file, signed with the key that was set, for this computer and newer, is taken; after a backup.
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../../main/engine.ts';
import { createUpdates, makeUpdateKey, signUpdate } from '../../../main/updates/index.ts';
import { toride } from '../../helpers/command-line.ts';
import { tempDir } from '../../helpers/temp.ts';

const KEYS = makeUpdateKey();
const PLATFORM = `${process.platform}-${process.arch}`;
async function updateFile(o: { version?: string; privateKey?: string; platform?: string } = {}) {
  const dir = tempDir();
  const installer = path.join(dir, 'Toride-9.9.9.AppImage');
  writeFileSync(installer, Buffer.alloc(300_000, 'new version '));
  const to = path.join(dir, 'toride.update');
  await signUpdate({
    installer,
    version: '0.2.0',
    platform: PLATFORM,
    privateKey: KEYS.privateKey,
    ...o,
    to,
  });
  return { installer, file: to };
}
const updates = (o: { version?: string; updateKey?: string | undefined; dataDir?: string } = {}) =>
  createUpdates({
    dataDir: tempDir(),
    version: '0.1.0',
    updateKey: KEYS.updateKey,
    backup: () => Promise.resolve({ file: 'backup.tar.zst' }),
    ...o,
  });

describe('an update file', () => {
  it('whole, signed and newer is good', async () => {
    const { file } = await updateFile();
    expect(await updates().check(file)).toMatchObject({
      version: '0.2.0',
      platform: PLATFORM,
      bytes: 300_000,
    });
  });
  it.each(['0.1.0', '0.0.9', '0.1.0'])(
    'of version %s is refused on 0.1.0: a downgrade, in words',
    async (version) => {
      const { file } = await updateFile({ version });
      await expect(updates().check(file)).rejects.toMatchObject({
        code: 'update.older',
        params: { version, current: '0.1.0' },
      });
    },
  );
  it('counts 0.10.0 as newer than 0.9.0', async () => {
    const { file } = await updateFile({ version: '0.10.0' });
    expect(await updates({ version: '0.9.0' }).check(file)).toMatchObject({ version: '0.10.0' });
  });
  it('signed with another key, or whose head was changed, is refused before anything in it is believed', async () => {
    const foreign = await updateFile({ privateKey: makeUpdateKey().privateKey });
    await expect(updates().check(foreign.file)).rejects.toMatchObject({ code: 'update.signature' });
    const { file } = await updateFile();
    writeFileSync(file, readFileSync(file, 'latin1').replace('"0.2.0"', '"0.3.0"'), 'latin1');
    await expect(updates().check(file)).rejects.toMatchObject({ code: 'update.signature' });
  });
  it('with one bit of the installer changed, or cut off, is damaged', async () => {
    const { file } = await updateFile();
    const bytes = readFileSync(file);
    bytes[bytes.length - 1000] = (bytes.at(-1000) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(updates().check(file)).rejects.toMatchObject({ code: 'update.damaged' });
    truncateSync(file, 200_000);
    await expect(updates().check(file)).rejects.toMatchObject({ code: 'update.damaged' });
    truncateSync(file, 20);
    await expect(updates().check(file)).rejects.toMatchObject({ code: 'update.damaged' });
  });
  it('for another computer, or where no key is set, is refused', async () => {
    const { file } = await updateFile({ platform: 'plan9-vax' });
    await expect(updates().check(file)).rejects.toMatchObject({ code: 'update.platform' });
    await expect(updates({ updateKey: undefined }).check(file)).rejects.toMatchObject({
      code: 'update.no-key',
    });
  });
});

it('is taken after a backup, the installer byte for byte; without a backup nothing is taken', async () => {
  const { file, installer } = await updateFile();
  const dataDir = tempDir();
  const taken = await updates({ dataDir }).take(file);
  expect(taken).toMatchObject({ version: '0.2.0', backup: 'backup.tar.zst' });
  expect(readFileSync(taken.installer).equals(readFileSync(installer))).toBe(true);
  expect(statSync(taken.installer).mode & 0o077).toBe(0);
  const other = tempDir();
  const failing = createUpdates({
    dataDir: other,
    version: '0.1.0',
    updateKey: KEYS.updateKey,
    backup: () => Promise.reject(new Error('disk')),
  });
  await expect(failing.take(file)).rejects.toThrow('disk');
  expect(existsSync(path.join(other, 'updates'))).toBe(false);
});

it('from key to installer on the command line: made, signed, set by policy, checked, taken with a real backup', () => {
  const dir = tempDir();
  const at = (name: string): string => path.join(dir, name);
  const { updateKey } = toride(['update', 'key', at('private.pem')]).json<{ updateKey: string }>();
  expect(statSync(at('private.pem')).mode & 0o077).toBe(0);
  writeFileSync(at('policy.json'), JSON.stringify({ updateKey }));
  writeFileSync(at('setup.bin'), 'installer');
  const sign = (release: string, to: string) =>
    toride([
      'update',
      'sign',
      at('setup.bin'),
      '--key',
      at('private.pem'),
      '--release',
      release,
      '--to',
      at(to),
    ]);
  expect(sign('9.0.0', 'new.update').status).toBe(0);
  expect(sign(VERSION, 'same.update').status).toBe(0);
  const same = toride(['update', 'check', at('same.update'), '--policy', at('policy.json')]);
  expect([same.status, same.stderr]).toEqual([65, expect.stringContaining('(update.older)')]);
  const taken = toride([
    'update',
    'take',
    at('new.update'),
    '--policy',
    at('policy.json'),
    '--data',
    at('data'),
    '--json',
  ]);
  expect(taken.stderr).toBe('');
  const { installer, backup } = taken.json<{ installer: string; backup: string }>();
  expect(readFileSync(installer, 'utf8')).toBe('installer');
  expect(existsSync(backup)).toBe(true);
});
