import { expect, test } from 'vitest';
import { Miner, templateText } from '../../../main/logs/index.ts';
import { parametersOf } from '../../../main/logs/mine/align-parameters.ts';
import type { TemplateRow } from '../../../main/logs/types.ts';
import { scoreGroups } from '../../helpers/logs/grouping.ts';
import { keptBefore } from '../../helpers/logs/kept-templates.ts';
import { minedLines } from '../../helpers/logs/mined-lines.ts';
import { parsedLines } from '../../helpers/logs/parsed-lines.ts';
import { drawStory, KEPT_BLIND, STORIES } from './blind/all-stories.ts';

const templatesOf = (...lines: string[]): string[] => {
  const miner = new Miner();
  const ids = lines.map((line) => miner.add(line).template);
  return [...new Set(ids.map((id) => templateText(miner.template(id))))];
};
const meanOver = (isChosen: (name: string) => boolean): number => {
  const scores = STORIES.filter(({ name }) => isChosen(name)).map((story) => {
    const lines = drawStory(story, 11);
    return scoreGroups(
      minedLines(lines.map(({ line }) => line)),
      lines.map(({ event }) => event),
    ).ga;
  });
  return scores.reduce((sum, ga) => sum + ga, 0) / scores.length;
};

test('whole systems with values as in life, raw lines of 16 kinds', () => {
  expect(meanOver((name) => !KEPT_BLIND.includes(name))).toBeGreaterThanOrEqual(0.77);
  expect(meanOver((name) => KEPT_BLIND.includes(name))).toBeGreaterThanOrEqual(0.43);
});

test('their templates survive restarts and small memory, and every line has its values in its template', () => {
  const small = { maxTemplates: 20_000, maxSignatures: 5 };
  for (const story of STORIES) {
    const raw = drawStory(story, 21)
      .map(({ line }) => line)
      .slice(0, 250);
    const lines = parsedLines(raw).map((parsed, i) => ({
      text: parsed?.content ?? raw[i] ?? '',
      level: parsed?.level,
    }));
    const straight = new Miner();
    const ids = lines.map(({ text, level }) => straight.add(text, level).template);
    const kept = new Map<number, TemplateRow>();
    let miner = new Miner(small);
    const again = lines.map(({ text, level }, i) => {
      const id = miner.add(text, level).template;
      if (i % 41 === 0) {
        for (const row of miner.takeChanges().rows) kept.set(row.id, row);
        miner = new Miner(
          small,
          [...kept.values()].sort((a, b) => a.id - b.id),
        );
      }
      return id;
    });
    expect(again, story.name).toEqual(ids);
    expect(
      miner.templates().map((t) => t.parts),
      story.name,
    ).toEqual(straight.templates().map((t) => t.parts));
    const without = lines.filter(({ text }, i) =>
      parametersOf(straight.partsOf(ids[i] ?? 0), text, text).some(([, end]) => end === 0),
    );
    expect(without, story.name).toEqual([]);
  }
});

test('templates that an earlier version kept are gone on with', () => {
  const miner = new Miner(undefined, keptBefore());
  expect(miner.templates().map(templateText)).toEqual([
    'Order <*> placed, start: Install Pending, target: Staged',
    'Order <*> placed, start: <*>, target: Staged',
    'relay <*>[<*>] refused the mail',
    'Campaign <*> finished: <*> sent',
    'session opened for user <*>',
  ]);
  expect(miner.add('session opened for user carol')).toMatchObject({ template: 8 });
  expect(miner.add('Campaign The last days finished: 3 sent')).toMatchObject({ template: 5 });
  expect(miner.add('relay mx.example.org[10.0.0.2] refused the mail').template).toBeGreaterThan(9);
});

test('a value of several words takes one place', () => {
  const plan = (start: string, target: string) =>
    `Plan made for 7, start: ${start}, target: ${target}, end: 3`;
  expect(templatesOf(plan('Staged', 'Absent'), plan('Install Pending', 'Removed for good'))).toHaveLength(1);
  const cause = (text: string) => `Loading of 7 stopped, rows: 3, error: ${text}`;
  expect(templatesOf(cause('no such file'), cause('out of memory here'))).toHaveLength(2);
  const login = (name: string) => `${name}さんが端末3でログインしました`;
  expect(templatesOf(login('佐藤 花子'), login('システム管理者'))).toHaveLength(1);
  expect(
    templatesOf('ファイル入荷予定_20261121.csvを読みました', 'ファイル在庫 最終版.xlsxを読みました'),
  ).toEqual(['ファイル<*>を読みました']);
});

test('a name with its address, a list of nodes and a name in angle brackets are one value each', () => {
  expect(templatesOf('mail from unknown[10.0.0.1] came', 'mail from mx.example.net[10.0.0.2] came')).toEqual([
    'mail from <*> came',
  ]);
  expect(templatesOf('nodes cn0012 are down', 'nodes cn[0012-0014,0020] are down')).toEqual([
    'nodes <*> are down',
  ]);
  expect(templatesOf('from=<>, size=3', 'from=<"Sales Team"@example.org>, size=9')).toEqual([
    'from=<*>, size=<*>',
  ]);
});

test('what stands between two quoted names is no name, and a quoted sentence says what happened', () => {
  const changed = (key: string, verb: string) => `parameter "${key}" ${verb} "64MB" by hand`;
  expect(templatesOf(changed('a', 'changed to'), changed('a', 'reset from'))).toHaveLength(2);
  expect(templatesOf('"Probe failed" pod="a/b" n=3', '"Probe passed" pod="a/b" n=3')).toHaveLength(2);
  const err = (text: string) => `"Sync failed" err="${text}" pod="a/b"`;
  expect(templatesOf(err('deadline exceeded'), err('no \\"app\\" for \\"b\\"'))).toHaveLength(1);
});

test('another speaker has messages of its own', () => {
  const closed = (who: string) => `pam(${who}:session): session closed for user root at the end of it`;
  expect(templatesOf(...['cron', 'sshd', 'sudo', 'login'].map(closed))).toHaveLength(4);
});

test('letters with accents belong to their words', () => {
  expect(templatesOf('user=Zoë Müller änderte 3 Einträge für Straße 7')[0]).toContain(
    'änderte <*> Einträge für Straße',
  );
});

test('in Japanese, what a space parts from its particle or a bracket encloses is one value', () => {
  const resumed = (line: string) => `${line} が再開しました`;
  expect(templatesOf(...['組立1ライン', '第3プレス', '塗装ライン', '検査工程'].map(resumed))).toEqual([
    '<*> が再開しました',
  ]);
  const begun = (machine: string) => `設備[${machine}] 稼働開始`;
  expect(templatesOf(...['プレス機3号', '成形機A', 'コンベア2', 'ロボットR7', '乾燥炉B'].map(begun))).toEqual(
    ['設備[<*>] 稼働開始'],
  );
  const stopped = (why: string) => `炉3 停止 原因: ${why} 時間: 3分`;
  expect(templatesOf(stopped('材料待ち'), stopped('停電'), stopped('センサー異常'))).toHaveLength(1);
  const moved = (goods: string) => `在庫引当を変更 必要 ${goods} を残す`;
  expect(templatesOf(moved('3個'), moved('2箱'), moved('5kg'))).toEqual(['在庫引当を変更 必要 <*> を残す']);
  expect(templatesOf('接続 を開始しました', '接続 を終了しました')).toHaveLength(2);
});

test('a path ends where a Japanese sentence goes on, and may be Japanese itself', () => {
  expect(templatesOf('設定 /data/x.csvを読みました')).toEqual(['設定 <*>を読みました']);
  expect(templatesOf('設定 /data/お知らせ.txtを読みました')).toEqual(['設定 <*>を読みました']);
  expect(templatesOf('保存先 /data/日報.csv読込完了')).toEqual(['保存先 <*>読込完了']);
  const net = (path: string) => `ジョブネット(${path})を開始します`;
  expect(templatesOf(net('/基幹/日次/売上集計'), net('/基幹/月次/請求締め'))).toEqual([
    'ジョブネット(<*>)を開始します',
  ]);
  expect(templatesOf('C:\\データ\\日次\\a.csvを移動')).toEqual(['<*>を移動']);
  expect(templatesOf('入荷/出荷 を集計', '10円/個で計算')).toEqual(['入荷/出荷 を集計', '<*>円/個で計算']);
});

test('a Japanese name of two words between particles is one; what is done stays apart', () => {
  const approved = (name: string) => `承認依頼が${name}により承認されました`;
  expect(
    templatesOf(approved('田中'), approved('佐藤 花子'), approved('中村'), approved('林 健一')),
  ).toHaveLength(1);
  const booked = (what: string) => `[AP1] [I] 共通 : ${what} 患者ID=3 内科 7`;
  expect(templatesOf(booked('予約登録'), booked('予約変更'), booked('予約取消'))).toHaveLength(3);
});

test('where a Japanese line lists labels, what follows each is a value of any length', () => {
  const begun = (who: string) => `検品開始 伝票番号:SH81 担当:${who} 明細数:3`;
  expect(templatesOf(begun('松本'), begun('パート03'), begun('井上 恵'))).toEqual([
    '検品開始 伝票番号:<*> 担当:<*> 明細数:<*>',
  ]);
  const login = (who: string) => `端末HT-10 ${who}さんがログインしました`;
  expect(templatesOf(...['松本', 'パート03', '清水', '管理者'].map(login))).toHaveLength(1);
});

test('words in a bracket inside a sentence, and a printed object at its end, are one value each', () => {
  const thrown = (why: string) => `Servlet of [cart] threw exception [${why}] with root cause`;
  expect(templatesOf(thrown('null'), thrown('Broken pipe'), thrown('Connection reset by peer'))).toHaveLength(
    1,
  );
  const raised = (error: string) => `Task mail of the shop raised unexpected: ${error}`;
  expect(
    templatesOf(
      raised("KeyError('user_id')"),
      raised('TimeoutError()'),
      raised("OperationalError('is locked')"),
    ),
  ).toEqual(['Task mail of the shop raised unexpected: <*>']);
  expect(
    templatesOf('Link of port 3 changed: refresh(all)', 'Link of port 3 changed: drop(all)'),
  ).toHaveLength(2);
});
