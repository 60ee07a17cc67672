import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Table } from '../../../main/api/contract/common.ts';
import type { ChatOptions } from '../../../main/chat/chat.ts';
import type { ChatEvent, Message } from '../../../main/chat/contract/chat.ts';
import { type Chat, type ChatTools, createChat } from '../../../main/chat/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import type { Query } from '../../../main/measures/contract/measures.ts';
import type { Plan, Reading } from '../../../main/questions/contract/questions.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { type Figures, measuresOf, readingOf } from '../../helpers/chat/hand-made-readings.ts';
import {
  ALERTS,
  HIT,
  LOG_HITS,
  LOGS,
  MASTER,
  NOW,
  PROPOSAL,
  PROPOSAL_NEXT_DAY,
  situationOf,
  VERDICT,
  ZONE,
} from '../../helpers/chat/hand-made-site.ts';

export type Opened = {
  chat: Chat;
  store: Store;
  clock: ManualClock;
  lines: ReturnType<typeof memoryLog>['lines'];
  /** what the tools were asked for, in order */
  proposed: Parameters<ChatTools['propose']>[0][];
  close(): Promise<void>;
};
export type Hand = Partial<
  Pick<ChatOptions, 'analytics' | 'knowledge' | 'models' | 'wordingPatienceMs' | 'read'>
> & {
  /** what each question is read as; anything else is out of scope */
  readonly questions?: Readonly<Record<string, Plan | Partial<Reading>>>;
  readonly figures?: (query: Query) => Figures;
  readonly tools?: Partial<ChatTools>;
};

export const emptyTable: Table = {
  title: { ja: '表', en: 'Table' },
  query: 'test',
  slots: {},
  columns: [],
  rows: [],
  total: 0,
  asOf: NOW,
};

/** A chat on a real store in a temporary folder; the site around it is the hand-made one. */
export async function openChat(hand: Hand = {}): Promise<Opened> {
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-chat-'));
  const store = await openStore(dir, { now: NOW });
  const clock = new ManualClock(NOW);
  const { log, lines } = memoryLog(clock);
  const proposed: Opened['proposed'] = [];
  const chat = createChat({
    store,
    clock,
    zone: () => ZONE,
    read:
      hand.read ??
      ((text, { lang }) => {
        const read = hand.questions?.[text] ?? { act: 'out-of-scope' };
        return 'act' in read
          ? readingOf(text, [read], { lang })
          : readingOf(text, [], { lang, outcome: 'not-understood', ...read });
      }),
    intentOf: ({ plans: [plan] }) => ({
      intent: plan === undefined || plan.act === 'out-of-scope' ? 'out_of_scope' : 'simple_query',
      location: null,
      process: null,
      business: null,
      requires_action: false,
      confidence: 1,
    }),
    measures: measuresOf(hand.figures ?? (({ measures }) => ({ totals: { [measures[0] ?? '']: 12 } }))),
    master: () => MASTER,
    analytics: hand.analytics ?? {
      situation: () => situationOf(),
      cell: () => {
        throw new Error('not asked for here');
      },
    },
    knowledge: hand.knowledge ?? {
      search: (text) => (/手順|取込|procedure/i.test(text) ? [HIT] : []),
      used: () => {},
    },
    tools: {
      async *propose(input) {
        proposed.push(input);
        yield { kind: 'progress', progress: { phase: 'direct', seconds: 0.1, objective: 1, moves: 2 } };
        yield { kind: 'proposal', proposal: input.horizon === 'next-day' ? PROPOSAL_NEXT_DAY : PROPOSAL };
      },
      openAlerts: () => ALERTS,
      alertsOf: () => [],
      proposal: () => PROPOSAL,
      whyNot: () => Promise.reject(new RangeError('not asked for here')),
      board: () => Promise.reject(new RangeError('not asked for here')),
      compare: () => Promise.reject(new RangeError('not asked for here')),
      verdicts: (cellIds) => [VERDICT].filter((v) => cellIds.includes(v.cell.cellId)),
      logs: async ({ words }) => (words?.includes('タイムアウト') ? LOG_HITS : LOGS),
      lines: async () => [],
      decisions: () => [],
      ...hand.tools,
    },
    log,
    models: hand.models,
    wordingPatienceMs: hand.wordingPatienceMs,
  });
  return {
    chat,
    store,
    clock,
    lines,
    proposed,
    async close() {
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const eventsOf = async (events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> => {
  const seen: ChatEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};
/** The stored answer to one question. */
export const answerTo = async (
  chat: Chat,
  text: string,
  lang: 'ja' | 'en' = 'ja',
  sessionId?: string,
): Promise<Message> => {
  const last = (await eventsOf(chat.send({ text, lang, ...(sessionId ? { sessionId } : {}) }))).at(-1);
  if (last?.kind !== 'answered') throw new Error('no answer');
  return last.message;
};
