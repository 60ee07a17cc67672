// Whatever a person judges leaves a link in the audit chain: who, what, about what.
import { expect, it, onTestFinished } from 'vitest';
import { wordAudit } from '../../../main/api/contract/words/audit.ts';
import { localClient } from '../../../main/api/index.ts';
import { startEngine } from '../../../main/engine.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import { tempDir } from '../../helpers/temp.ts';

async function desk() {
  const engine = await startEngine({ dataDir: tempDir(), schedule: false });
  onTestFinished(() => engine.close());
  const client = localClient({ services: engine.services, host: 'cli' });
  await client.settings.set({ userName: '佐藤' });
  return { engine, client };
}

it('alerts, rules, know-how and settings are kept with the name of who judged', async () => {
  const { engine, client } = await desk();
  await engine.services.demo.start({ seed: 1, scenario: 'shortage' });
  await client.alerts.check();
  const alert = (await client.alerts.list({ states: ['open'] })).alerts.find(
    ({ cell }) => cell?.location === '札幌' && cell.process === 'エントリ1',
  );
  await client.alerts.snooze({ id: alert!.id, minutes: 30 });
  await client.alerts.reopen({ id: alert!.id });
  await client.alerts.acknowledge({ id: alert!.id });
  await client.placement.setRules({ rules: { ...DEFAULT_RULES, maxMoves: 5 }, why: '繁忙期' });
  const document = await client.knowledge.add({ title: '応援の手順', text: '札幌から品川へは送らない。' });
  await client.knowledge.remove({ id: document.id });
  // how the window looks is nobody's judgement
  await client.settings.set({ theme: 'dark' });
  await client.settings.set({ undoMinutes: 20 });

  const { entries, intact } = await client.approvals.audit({});
  expect(intact).toBe(true);
  expect(entries.map((entry) => [entry.actor, entry.action, entry.subject]).reverse()).toEqual([
    ['佐藤', 'settings.changed', 'userName'],
    ['佐藤', 'alert.snoozed', '札幌 SS エントリ1'],
    ['佐藤', 'alert.reopened', '札幌 SS エントリ1'],
    ['佐藤', 'alert.acknowledged', '札幌 SS エントリ1'],
    ['佐藤', 'rules.changed', '1'],
    ['佐藤', 'knowledge.added', '応援の手順'],
    ['佐藤', 'knowledge.removed', '応援の手順'],
    ['佐藤', 'settings.changed', 'undoMinutes'],
  ]);
  expect(entries[0]!.body).toEqual({ undoMinutes: [10, 20] });
  for (const { action } of entries)
    for (const lang of ['ja', 'en'] as const) expect(wordAudit(action, lang)).not.toBe(action);
});

it('a connection is kept without its password, a model server without its key', async () => {
  const { client } = await desk();
  await client.company.save({
    connection: {
      host: '127.0.0.1',
      port: 3999,
      user: 'reader',
      database: 'aimee_db',
      tls: 'off',
      ca: null,
      timeZone: 'Asia/Tokyo',
      writeBack: false,
    },
    password: 'geheim-1',
    remember: 'memory',
  });
  await client.models.server({ url: 'http://127.0.0.1:9/v1', key: 'geheim-2' });
  await client.company.forget();
  const { entries } = await client.approvals.audit({});
  expect(entries.map(({ action, subject }) => [action, subject]).slice(0, 3)).toEqual([
    ['connection.forgotten', 'reader@127.0.0.1:3999/aimee_db'],
    ['model.server', 'http://127.0.0.1:9/v1'],
    ['connection.saved', 'reader@127.0.0.1:3999/aimee_db'],
  ]);
  expect(JSON.stringify(entries)).not.toContain('geheim');
});

it('what was refused leaves no trace', async () => {
  const { client } = await desk();
  const before = (await client.approvals.audit({})).entries.length;
  await expect(client.alerts.acknowledge({ id: 'no-such-alert' })).rejects.toMatchObject({ code: 'APP' });
  await expect(client.models.remove({ id: 'no-such-model' })).rejects.toMatchObject({ code: 'APP' });
  expect((await client.approvals.audit({})).entries).toHaveLength(before);
});
