// An answer's time by step, each as a share of the whole, and the gate and the search against simple yardsticks.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { StepName } from '../../main/chat/contract/chat.ts';
import { createChat } from '../../main/chat/index.ts';
import { insertMessage } from '../../main/chat/queries.ts';
import type { MasterData } from '../../main/chat/types.ts';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { MEASURES } from '../../main/measures/index.ts';
import { createReader, intentOf } from '../../main/questions/index.ts';
import { openStore, sql, run as statement } from '../../main/store/index.ts';
import { measuresOf } from '../helpers/chat/hand-made-readings.ts';
import {
  ALERTS,
  HIT,
  LOGS,
  MASTER,
  NOW,
  PROPOSAL,
  situationOf,
  VERDICT,
  ZONE,
} from '../helpers/chat/hand-made-site.ts';

const ROUNDS = 30;
const STEPS: readonly (typeof StepName.options)[number][] = [
  'intent',
  'evidence',
  'proposal',
  'wording',
  'check',
];
const QUESTIONS = [
  '札幌のエントリ1工程が遅延しています',
  '納期に遅れそうな工程はどこですか',
  '今日の欠勤は誰ですか',
  '横浜の残件数を教えてください',
  'ログにエラーは出ていますか',
];
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const timed = (work: () => void): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

/** The chat's own part: the situation, the solver and the know-how answer at once here and are measured in their own benches. */
export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-chat-'));
  const store = await openStore(dir);
  const master: MasterData = {
    ...MASTER,
    operators: Array.from({ length: 500 }, (_, i) => ({
      id: `p${i}`,
      name: `担当 ${String.fromCodePoint(0x4e00 + i)}子`,
    })),
  };
  const reader = createReader({ measures: MEASURES });
  const names = {
    sites: master.locations,
    businesses: master.businesses,
    processes: master.processes,
    people: master.operators.map((person) => ({ ...person, site: null })),
    services: ['db-main'],
  };
  const chat = createChat({
    store,
    clock: systemClock,
    zone: () => ZONE,
    read: (text, conversation) =>
      reader.read(text, { ...conversation, names, today: '2026-11-21', minute: 840, at: NOW }),
    intentOf,
    measures: measuresOf(({ measures }) => ({ totals: { [measures[0] ?? '']: 12 } })),
    master: () => master,
    analytics: {
      situation: () => situationOf(),
      cell: () => {
        throw new RangeError('no cell is opened here');
      },
    },
    knowledge: { search: () => [HIT], used: () => {} },
    tools: {
      async *propose() {
        yield { kind: 'proposal', proposal: PROPOSAL };
      },
      openAlerts: () => ALERTS,
      alertsOf: () => [],
      proposal: () => PROPOSAL,
      whyNot: () => Promise.reject(new RangeError('not asked for here')),
      board: () => Promise.reject(new RangeError('not asked for here')),
      compare: () => Promise.reject(new RangeError('not asked for here')),
      verdicts: () => [VERDICT],
      logs: async () => LOGS,
      lines: async () => [],
      decisions: () => [],
    },
    log: silentLog,
  });
  try {
    const times = new Map<string, number[]>();
    const whole: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      for (const text of QUESTIONS) {
        const began = performance.now();
        for await (const event of chat.send({ text, lang: 'ja' }))
          if (event.kind === 'answered')
            for (const step of event.message.body.steps)
              if (step.ms !== null) times.set(step.step, [...(times.get(step.step) ?? []), step.ms]);
        whole.push(performance.now() - began);
        // at the same moment, so that both see the same machine
        const alone = performance.now();
        await store.write([
          statement(
            sql`INSERT OR REPLACE INTO settings (key, value, changed_at) VALUES ('bench', ${'x'.repeat(8000)}, ${round})`,
          ),
        ]);
        bare.push(performance.now() - alone);
      }
    const all = median(whole);
    const two = 2 * median(bare);
    print(`chat: whole answer ${(all / two).toFixed(2)} × the two durable writes it cannot do without`);
    for (const step of STEPS)
      print(
        `chat: ${step} ${((100 * median(times.get(step) ?? [])) / all).toFixed(1)} % of the whole answer`,
      );

    const session = await chat.create({ title: '検索' });
    const body = chat.messages(chat.sessions().find((s) => s.messages > 0)?.id ?? '')[0]?.body;
    if (!body) throw new RangeError('no message to copy');
    for (let batch = 0; batch < 10; batch++)
      await store.write(
        Array.from({ length: 1000 }, (_, i) =>
          insertMessage({
            id: `b${batch}-${i}`,
            sessionId: session.id,
            role: 'user',
            text: `${'残件の確認です。'.repeat(20)}${batch === 9 && i === 999 ? '認証' : ''}`,
            at: i,
            body,
          }),
        ),
      );
    const listing = median(Array.from({ length: 5 }, () => timed(() => chat.sessions())));
    const finding = median(Array.from({ length: 5 }, () => timed(() => chat.sessions({ text: '認証' }))));
    print(
      `chat: finding a two-character word in 10,000 messages ${(finding / listing).toFixed(1)} × listing the sessions`,
    );
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
