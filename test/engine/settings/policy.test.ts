// An administrator's policy: told apart from a wrong one in words, in force everywhere, and who may decide under which name.
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localClient } from '../../../main/api/index.ts';
import { startEngine } from '../../../main/engine.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { AppError, wordError } from '../../../main/kernel/errors.ts';
import { createAccess, readPolicy, sealPin } from '../../../main/settings/index.ts';
import { toride } from '../../helpers/command-line.ts';
import { tempDir } from '../../helpers/temp.ts';

const NOWHERE = '/nowhere/policy.json';
const written = (policy: unknown): string => {
  const file = path.join(tempDir(), 'policy.json');
  writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  return file;
};
async function open(policy: unknown) {
  const engine = await startEngine({ dataDir: tempDir(), policyFile: written(policy), schedule: false });
  onTestFinished(() => engine.close());
  const client = localClient({ services: engine.services, host: 'cli' });
  return { engine, client };
}
const saidOf = (file: string, lang: 'ja' | 'en'): string => {
  try {
    readPolicy(file, NOWHERE);
    return '';
  } catch (error) {
    return error instanceof AppError ? wordError(error, lang).say : String(error);
  }
};

describe('a policy file', () => {
  it('is told with every fault and what may be written there, in both languages', () => {
    const file = written({ keepLogDays: 0, lang: 'fr', colour: 1, allowedModels: ['abc'] });
    const ja = saidOf(file, 'ja');
    for (const said of [
      'keepLogDays: ログを残す日数。1 から 3650',
      '"ja" または "en"',
      'colour: この項目はありません',
      'allowedModels.0: 使ってよいモデルの SHA-256',
    ])
      expect(ja).toContain(said);
    expect(saidOf(file, 'en')).toContain('colour: there is no such item. Known: readOnly, keepLogDays');
    expect(saidOf(written('{ "lang": '), 'ja')).toContain('JSON');
    expect(saidOf(written('[]'), 'en')).toContain('one JSON object');
    expect(saidOf(NOWHERE, 'en')).toContain(NOWHERE);
  });
  it('of the system wins over one that is named', () => {
    const system = written({ readOnly: true });
    expect(readPolicy(written({ readOnly: false }), system)).toEqual({
      file: system,
      policy: { readOnly: true },
    });
    expect(readPolicy(null, NOWHERE)).toEqual({ file: null, policy: {} });
  });
  it('is the example of the manual, in both languages', () => {
    for (const lang of ['ja', 'en']) {
      const page = readFileSync(`resources/manual/${lang}/it.md`, 'utf8');
      const example = /```json\n(\{[^`]*"readOnly"[^`]*)```/.exec(page)?.[1] ?? '';
      expect(saidOf(written(example), 'en')).toBe('');
    }
  });
});

it('fixes what it names: a person who changes it is told why not, everything else stays free', async () => {
  const { client, engine } = await open({ lang: 'en', openAtLogin: true, keepLogDays: 7, readOnly: true });
  expect(await client.settings.get()).toMatchObject({ lang: 'en', openAtLogin: true });
  await expect(client.settings.set({ lang: 'ja' })).rejects.toMatchObject({ data: { code: 'policy.fixed' } });
  expect(await client.settings.set({ lang: 'en', theme: 'dark' })).toMatchObject({
    lang: 'en',
    theme: 'dark',
  });
  expect(engine.services.logs.accounting().keepDays).toBe(7);
  expect((await client.policy.view()).policy).toMatchObject({ readOnly: true });
});

it('never decides under the name of an account that several share', async () => {
  const { client } = await open({});
  await client.demo.start({ scenario: 'shortage', seed: 5 });
  const id = 'SGT20261121-00000000';
  for (const actor of [undefined, 'root', ' Administrator '])
    await expect(client.approvals.approve({ id, actor })).rejects.toMatchObject({
      data: { code: 'approvals.name' },
    });
  await client.settings.set({ userName: '佐藤 花子' });
  await expect(client.approvals.approve({ id })).rejects.toMatchObject({ data: { code: 'not-found' } });
});

describe('roles', () => {
  it('an account that is not listed looks on; the policy page says which account that is', async () => {
    const { client } = await open({ approvers: ['somebody-else'] });
    expect(await client.policy.view()).toMatchObject({ role: 'viewer', account: userInfo().username });
    await expect(client.approvals.approve({ id: 'x', actor: '佐藤' })).rejects.toMatchObject({
      data: { code: 'policy.viewer', params: { account: userInfo().username } },
    });
  });
  it('a PIN opens for fifteen minutes after the last decision, and guessing is slow', () => {
    const clock = new ManualClock(0);
    const read = { file: 'p', policy: { approverPin: sealPin('４７１１') } };
    const access = createAccess({ read, clock, userName: () => '佐藤', account: 'a' });
    const code = (work: () => void): string => {
      try {
        work();
        return 'ok';
      } catch (error) {
        return (error as AppError).code;
      }
    };
    expect(code(access.mayDecide)).toBe('policy.pin');
    access.unlock('4711');
    clock.advance(14 * 60_000);
    expect(access.decider(undefined)).toBe('佐藤');
    clock.advance(14 * 60_000);
    expect(access.decider('鈴木')).toBe('鈴木');
    clock.advance(15 * 60_000);
    expect(code(access.mayDecide)).toBe('policy.pin');
    expect([1, 2, 3, 4, 5].map((n) => code(() => access.unlock(`${n}`)))).toEqual(
      Array.from({ length: 5 }, () => 'policy.pin-wrong'),
    );
    expect(code(() => access.unlock('4711'))).toBe('policy.pin-wait');
    clock.advance(60_000);
    expect(code(() => access.unlock('4711'))).toBe('ok');
    expect(JSON.stringify(access.view())).not.toContain('scrypt');
  });
});

it('toride policy check: exit status 78 and the fault on stderr, 0 and a sentence where there is none', () => {
  const bad = toride(['policy', 'check', written({ readOnly: 'yes' })]);
  expect(bad).toMatchObject({ status: 78 });
  expect(bad.stderr).toContain('readOnly: true（会社のデータベースには書かない）');
  expect(toride(['policy', 'check', written({ readOnly: true })])).toMatchObject({ status: 0 });
});
