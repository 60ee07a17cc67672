import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../api/contract/system.ts';
import type { Clock } from '../kernel/clock.ts';
import { textOf } from '../kernel/encoding.ts';
import { AppError } from '../kernel/errors.ts';
import { fillBoth, type Words } from '../kernel/words.ts';
import { POLICY_KEYS, Policy, type PolicyView } from './contract/policy.ts';
import { POLICY_SAYS, wordPolicyIssue } from './contract/words.ts';

/** Where an administrator puts the policy: a folder that users cannot write into. */
export function systemPolicyFile(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (platform === 'win32')
    return path.join(env['ProgramData'] ?? 'C:\\ProgramData', 'Toride', 'policy.json');
  if (platform === 'darwin') return '/Library/Application Support/Toride/policy.json';
  return '/etc/toride/policy.json';
}

export type ReadPolicy = { readonly file: string | null; readonly policy: Policy };

/**
 * The system's policy file where there is one, else the given one. Nobody gets round the first by naming another.
 * @throws `policy.invalid` with every fault in words; `policy.missing` where the given file is not there
 */
export function readPolicy(given: string | null = null, system: string = systemPolicyFile()): ReadPolicy {
  const file = existsSync(system) ? system : given && path.resolve(given);
  if (!file) return { file: null, policy: {} };
  if (!existsSync(file)) throw new AppError('policy.missing', { file });
  const faults = (all: readonly Words[]): AppError =>
    new AppError('policy.invalid', {
      file,
      'detail.ja': all.map((one) => one.ja).join(' / '),
      'detail.en': all.map((one) => one.en).join(' / '),
    });
  let raw: unknown;
  try {
    raw = JSON.parse(textOf(readFileSync(file)));
  } catch (cause) {
    throw faults([fillBoth(POLICY_SAYS.whole, { detail: cause instanceof Error ? cause.message : '' })]);
  }
  const parsed = Policy.safeParse(raw);
  if (parsed.success) return { file, policy: parsed.data };
  throw faults(
    parsed.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => wordPolicyIssue(key, false));
      const [top] = issue.path;
      return POLICY_KEYS.some((key) => key === top)
        ? [wordPolicyIssue(issue.path.join('.'), true)]
        : [fillBoth(POLICY_SAYS.whole, { detail: issue.message })];
    }),
  );
}

/** The settings that a policy fixes. */
export const fixedSettings = ({ lang, openAtLogin }: Policy): Partial<Settings> => ({
  ...(lang === undefined ? {} : { lang }),
  ...(openAtLogin === undefined ? {} : { openAtLogin }),
});

const hashPin = (pin: string, salt: string): Buffer =>
  scryptSync(pin.normalize('NFKC'), Buffer.from(salt, 'hex'), 32, { N: 2 ** 15, maxmem: 2 ** 26 });
/** The value of `approverPin` for a PIN. */
export function sealPin(pin: string): string {
  const salt = randomBytes(16).toString('hex');
  return `scrypt:${salt}:${hashPin(pin, salt).toString('hex')}`;
}

const UNLOCKED_MS = 15 * 60_000;
const TRIES = 5;
const WAIT_MS = 60_000;
/** accounts of the machine, behind which anybody may be */
const SHARED = /^(root|administrator|admin|system|user|guest)$/i;

export type Access = ReturnType<typeof createAccess>;
/** Who may decide, and under which name. */
export function createAccess(o: {
  readonly read: ReadPolicy;
  readonly clock: Clock;
  readonly userName: () => string;
  readonly account: string;
  /** said beforehand, for the command line */
  readonly pin?: string | undefined;
}) {
  const { file, policy } = o.read;
  const role: PolicyView['role'] =
    policy.approvers && !policy.approvers.includes(o.account) ? 'viewer' : 'approver';
  let unlockedUntil = 0;
  let wrong = 0;
  let waitUntil = 0;
  const isPin = (pin: string): boolean => {
    const [, salt = '', hash = ''] = policy.approverPin?.split(':') ?? [];
    return timingSafeEqual(hashPin(pin, salt), Buffer.from(hash, 'hex'));
  };
  const unlock = (pin: string): void => {
    if (policy.approverPin === undefined) return;
    const now = o.clock.now();
    if (now < waitUntil)
      throw new AppError('policy.pin-wait', { seconds: Math.ceil((waitUntil - now) / 1000) });
    if (!isPin(pin)) {
      wrong++;
      if (wrong % TRIES === 0) waitUntil = now + WAIT_MS;
      throw new AppError('policy.pin-wrong');
    }
    wrong = 0;
    unlockedUntil = now + UNLOCKED_MS;
  };
  /** @throws `policy.viewer`, `policy.pin` */
  const mayDecide = (): void => {
    if (role === 'viewer') throw new AppError('policy.viewer', { account: o.account });
    if (policy.approverPin === undefined) return;
    if (o.pin !== undefined) unlock(o.pin);
    if (o.clock.now() >= unlockedUntil) throw new AppError('policy.pin');
    unlockedUntil = o.clock.now() + UNLOCKED_MS;
  };
  return {
    unlock,
    mayDecide,
    /** The name a decision is kept under. @throws `approvals.name`, and as `mayDecide` */
    decider(given: string | undefined): string {
      mayDecide();
      const name = given?.trim() || o.userName().trim();
      if (name === '' || SHARED.test(name)) throw new AppError('approvals.name');
      return name;
    },
    view: (): PolicyView => {
      const { approverPin, ...shown } = policy;
      return {
        file,
        policy: shown,
        account: o.account,
        role,
        hasPin: approverPin !== undefined,
      };
    },
  };
}
