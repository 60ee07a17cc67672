// The command line from its sources, as an administrator's script calls it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { WAIT_MS } from '../limits.ts';

export const CLI = path.resolve(import.meta.dirname, '../../main/cli/cli.ts');
/** Of a system in Japanese, where no company is named. */
export const cliEnv = (env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  LC_ALL: 'ja_JP.UTF-8',
  TORIDE_MYSQL_URL: '',
  ...env,
});

export type Said = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  json<T>(): T;
};
/** What `toride ARGS` says, once it has ended. */
export function toride(
  args: readonly string[],
  o: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    timeout: WAIT_MS,
    env: cliEnv(o.env),
    ...(o.input === undefined ? {} : { input: o.input }),
  });
  return { status, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}
