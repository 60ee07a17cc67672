// Disks of a test's own: a small file system in memory that is full or read-only. Root of the machine, or of a namespace, may mount one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';

export const mount = (at: string, options: string): boolean => {
  mkdirSync(at, { recursive: true });
  return spawnSync('mount', ['-i', '-t', 'tmpfs', '-o', options, 'tmpfs', at]).status === 0;
};
export const unmount = (at: string): void => void spawnSync('umount', [at]);
export const canMount = ((): boolean => {
  if (process.platform !== 'linux') return false;
  const at = mkdtempSync(path.join(os.tmpdir(), 'toride-mount-'));
  const isMounted = mount(at, 'size=64k');
  if (isMounted) unmount(at);
  rmSync(at, { recursive: true });
  return isMounted;
})();

/** A disk of `size` bytes on which others left only `free`; both may come later. */
export function fullDisk(at: string, o: { readonly size: number; readonly free: number }) {
  expect(mount(at, `size=${o.size}`)).toBe(true);
  onTestFinished(() => unmount(at));
  const ballast = path.join(at, 'of-others');
  writeFileSync(ballast, Buffer.alloc(o.size - o.free, 1));
  return { makeRoom: () => rmSync(ballast) };
}

const IN_NAMESPACE = 'TORIDE_TEST_IN_NAMESPACE';
/** Runs a test file again by a user who is root of a namespace. @throws with how to allow it */
export function runInNamespace(file: string): void {
  if (process.env[IN_NAMESPACE]) throw new Error('nothing can be mounted in a user namespace either');
  const own = ['--user', '--map-root-user', '--mount', process.execPath];
  const vitest = path.join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs');
  const { status, stdout, stderr, error } = spawnSync(
    'unshare',
    [...own, vitest, 'run', path.relative(process.cwd(), file)],
    { encoding: 'utf8', env: { ...process.env, [IN_NAMESPACE]: '1' } },
  );
  if (status === 0) return;
  throw new Error(
    `A file system must be mounted for this: run it as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1).\n${error ?? ''}${stdout ?? ''}${stderr ?? ''}`,
  );
}
