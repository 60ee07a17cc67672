// Whatever a person judges leaves a link in the audit chain, in the very transaction that does it: who, what, about what.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { localClient } from '../../../main/api/index.ts';
import { wordAudit } from '../../../main/approvals/contract/words.ts';
import { startEngine } from '../../../main/engine.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import { openStore, run, sql } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const CONNECTION = {
  host: '127.0.0.1',
  port: 3999,
  user: 'reader',
  database: 'aimee_db',
  tls: 'off',
  ca: null,
  timeZone: 'Asia/Tokyo',
  writeBack: false,
} as const;

async function desk(dataDir = tempDir()) {
  const engine = await startEngine({ dataDir, schedule: false });
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
    // whoever it was until then
    [userInfo().username, 'settings.changed', 'userName'],
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
    connection: CONNECTION,
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

it('a judgement whose record cannot be written is not made', async () => {
  const dir = tempDir();
  const { engine, client } = await desk(dir);
  await engine.services.demo.start({ seed: 1, scenario: 'shortage' });
  await client.alerts.check();
  const [alert] = (await client.alerts.list({ states: ['open'] })).alerts;
  const id = alert!.id;
  const document = await client.knowledge.add({ title: '応援の手順', text: '札幌から品川へは送らない。' });
  const remedy = await client.incidents.saveRemedy({ title: '再起動', steps: '1. 止める' });
  const [person] = await client.placement.people();
  const [draft] = await client.placement.draftFrom({ text: `${person!.name}さんは動かさないで` });
  for await (const _ of await client.placement.backTest({ id: draft!.id }));
  const second = await openStore(dir);
  onTestFinished(() => second.close());
  await second.write([
    run(sql`CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END`),
  ]);
  const state = async () => ({
    alert: await client.alerts.get({ id }),
    rules: await client.placement.rules(),
    drafts: await client.placement.drafts(),
    documents: (await client.knowledge.list()).map(({ title }) => title),
    folders: await client.knowledge.folders(),
    settings: await client.settings.get(),
    server: (await client.models.overview()).settings.server.url,
    connection: (await client.company.connection()).connection,
    mapping: await client.company.mapping(),
    remedies: await client.incidents.remedies(),
    expectations: await client.anomalies.expectations(),
    sources: await client.logs.sources(),
    entries: (await client.approvals.audit({})).entries.length,
  });
  const before = await state();
  const judgements: (() => Promise<unknown>)[] = [
    () => client.alerts.acknowledge({ id }),
    () => client.alerts.snooze({ id, minutes: 30 }),
    () => client.placement.setRules({ rules: { ...DEFAULT_RULES, maxMoves: 5 }, why: null }),
    () => client.placement.confirmDraft({ id: draft!.id, why: '試した' }),
    () => client.placement.discardDraft({ id: draft!.id }),
    () => client.knowledge.add({ title: '別の手順', text: '品川から札幌へ送る。' }),
    () => client.knowledge.update({ id: document.id, title: '直した', text: 'なし', tags: [] }),
    () => client.knowledge.remove({ id: document.id }),
    () => client.knowledge.watch({ path: dir, tags: [] }),
    () => client.settings.set({ undoMinutes: 20 }),
    () => client.models.server({ url: 'http://127.0.0.1:9/v1' }),
    () => client.company.save({ connection: CONNECTION, remember: 'memory' }),
    () => client.company.saveMapping({ mapping: { version: 1, tables: {} } }),
    () => client.incidents.saveRemedy({ title: '待つ', steps: '' }),
    () => client.incidents.removeRemedy({ id: remedy.id }),
    () =>
      client.anomalies.expect({ kind: 'rate', templateId: null, service: null, until: null, why: '棚卸し' }),
    () => client.logs.addSource({ kind: 'folder', path: dir }),
  ];
  for (const judge of judgements) await expect(judge()).rejects.toMatchObject({ data: { code: 'internal' } });
  expect(await state()).toEqual(before);
  await second.write([run(sql`DROP TRIGGER refuse`)]);
  await client.alerts.acknowledge({ id });
  expect(await client.alerts.get({ id })).toMatchObject({ state: 'acknowledged' });
});

it('a connection that was settled when the process ended is there at the next start, one that was not is not', async () => {
  const dir = tempDir();
  const { engine, client } = await desk(dir);
  const file = path.join(dir, 'company.json');
  // a folder in its place: what was settled cannot be put there, as when the process ends just then
  mkdirSync(path.join(file, 'in-the-way'), { recursive: true });
  await expect(client.company.save({ connection: CONNECTION, remember: 'memory' })).rejects.toMatchObject({
    code: 'APP',
  });
  expect((await client.approvals.audit({})).entries[0]).toMatchObject({ action: 'connection.saved' });
  await engine.close();
  rmSync(file, { recursive: true });
  const next = await desk(dir);
  expect((await next.client.company.connection()).connection).toEqual(CONNECTION);
  await next.engine.close();
  // beside it, but never settled
  writeFileSync(`${file}.new`, JSON.stringify({ ...CONNECTION, host: '10.0.0.9' }));
  const last = await desk(dir);
  expect((await last.client.company.connection()).connection).toEqual(CONNECTION);
});
