import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSecrets, type KeyStore } from '../../../main/secrets/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const keyStore: KeyStore = {
  weak: false,
  seal: (text) => Promise.resolve(`sealed ${text}`),
  open: (sealed) =>
    sealed.startsWith('sealed ')
      ? Promise.resolve(sealed.slice(7))
      : Promise.reject(new Error('sealed by somebody else')),
};
const DAMAGED = { code: 'secrets.damaged' };

describe('a kept password that cannot be read', () => {
  it.each([
    ['garbage', 'x%$'],
    ['cut off', '{"mysql-password":{"where":"fi'],
    ['of another shape', '{"mysql-password":7}'],
    ['no password in it', '{"mysql-password":{"where":"file","value":"パスワード"}}'],
    [
      'no text in it',
      `{"mysql-password":{"where":"file","value":"${Buffer.from([0xff, 0xfe]).toString('base64')}"}}`,
    ],
    ['sealed for another user', '{"mysql-password":{"where":"key-store","value":"x"}}'],
  ])('%s: is told as such, and a new one takes its place', async (_what, text) => {
    const dataDir = tempDir();
    const file = path.join(dataDir, 'secrets.json');
    writeFileSync(file, text);
    const secrets = createSecrets({ dataDir, keyStore, env: {} });
    await expect(secrets.get('mysql-password')).rejects.toMatchObject(DAMAGED);
    await secrets.set('mysql-password', 'new', 'file');
    expect(await secrets.get('mysql-password')).toBe('new');
    expect(readFileSync(file, 'utf8')).not.toContain('new');
  });
  it('the environment goes before it', async () => {
    const dataDir = tempDir();
    writeFileSync(path.join(dataDir, 'secrets.json'), 'x');
    const secrets = createSecrets({ dataDir, keyStore: null, env: { TORIDE_MYSQL_PASSWORD: 'given' } });
    expect(await secrets.get('mysql-password')).toBe('given');
  });
});

describe('a key store that seals with a known key', () => {
  const weak: KeyStore = { ...keyStore, weak: true };
  it('is told and refused; what it sealed before can still be opened', async () => {
    const dataDir = tempDir();
    const before = createSecrets({ dataDir, keyStore, env: {} });
    await before.set('mysql-password', 'old', 'key-store');
    const secrets = createSecrets({ dataDir, keyStore: weak, env: {} });
    expect(secrets).toMatchObject({ keyStore: false, weakKeyStore: true });
    expect(await secrets.get('mysql-password')).toBe('old');
    await expect(secrets.set('mysql-password', 'new', 'key-store')).rejects.toMatchObject({
      code: 'secrets.weak',
    });
    expect(await secrets.get('mysql-password')).toBe('old');
  });
  it('is used where an administrator allows it', async () => {
    const secrets = createSecrets({ dataDir: tempDir(), keyStore: weak, allowWeak: true, env: {} });
    await secrets.set('mysql-password', 'new', 'key-store');
    expect(await secrets.where('mysql-password')).toBe('key-store');
  });
});
