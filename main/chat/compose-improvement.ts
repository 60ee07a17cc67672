import type { Alert } from '../api/contract/alerts.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import type { Move, Proposal } from '../api/contract/placement.ts';
import type { SituationRow } from '../api/contract/situation.ts';
import { composeAlerts } from './compose-alerts.ts';
import {
  announce,
  askForApproval,
  movesTable,
  sayBadge,
  sayEffects,
  sayImpossible,
  sayMissed,
  sayMoves,
  sayStandstill,
  withoutMoves,
} from './compose-plan.ts';
import { describeRow, rowSlots } from './compose-risk.ts';
import { adviseBeyondPeople, sayBeyondPeople, systemPrecedes } from './compose-verdict.ts';
import type { Draft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both } from './facts.ts';
import { situationTable } from './situation-table.ts';

const MINUTE = 60_000;
/** A queue is looked at again so long before its deadline, while something can still be done. */
const LOOK_AGAIN_MS = 30 * MINUTE;
const LISTED = 3;

/** The parts of an improvement plan, in their order; the keys are the contract. */
const TITLES = {
  priority_analysis: both('優先順位の分析', 'Priorities'),
  action_plan: both('対策', 'What to do'),
  quantitative_forecast: both('数値の見通し', 'What it should bring'),
  implementation_schedule: both('進め方', 'Schedule'),
  supporting_data: both('裏付けのデータ', 'Supporting data'),
  next_monitoring: both('次の確認', 'What to watch next'),
} satisfies Record<string, Bilingual>;

type Given = {
  readonly alerts: readonly Alert[];
  readonly evidence: Evidence;
  /** says why there is no proposal */
  readonly sayRefusal: () => void;
};

/** improve_alerts as a plan in parts: what comes first, what to do, what it brings, when, on what grounds, and what to look at next. */
export function composeImprovement(draft: Draft, { alerts, evidence, sayRefusal }: Given): void {
  const { proposal } = evidence;
  const part = (key: keyof typeof TITLES): void => void draft.section(key, TITLES[key]);
  const hasMoves = proposal !== null && proposal.moves.length > 0;

  part('priority_analysis');
  sayFirst(draft, alerts);
  composeAlerts(draft, alerts, evidence.situation.asOf);
  sayBeyondPeople(draft, evidence);

  part('action_plan');
  adviseBeyondPeople(draft, evidence);
  if (!proposal) sayRefusal();
  else if (hasMoves) {
    announce(draft, proposal, 'now');
    sayStandstill(draft, proposal);
    sayBadge(draft, proposal);
    sayMoves(draft, proposal);
  } else withoutMoves(draft, proposal, 'now', true);

  const about = new Set(alerts.flatMap((alert) => (alert.cell ? [alert.cell.cellId] : [])));
  const rows = evidence.rows.filter((row) => about.has(row.cellId)).slice(0, LISTED);
  const table = draft.book.table(situationTable(evidence.situation, evidence.rows, {}));

  part('quantitative_forecast');
  if (proposal && hasMoves) {
    sayMissed(draft, proposal);
    sayEffects(draft, proposal);
  } else sayUnchanged(draft, rows, table);
  if (proposal) sayImpossible(draft, proposal);

  part('implementation_schedule');
  if (proposal && hasMoves) {
    sayWhen(draft, proposal);
    askForApproval(draft);
  } else
    draft.say(
      '動かす人がいないため、移動の予定はありません。',
      'Nobody is to be moved, so there is no schedule of moves.',
    );

  part('supporting_data');
  rows.forEach((row, i) => {
    if (i > 0) draft.paragraph();
    describeRow(draft, row, table, systemPrecedes(evidence, row.cellId));
  });
  draft.paragraph();
  const asOf = draft.book.instant(evidence.situation.asOf, both('数字の時刻', 'Time of the numbers'), null);
  draft.say(`${asOf}時点の進捗から計算しています。`, `This is worked out from the progress at ${asOf}.`);

  part('next_monitoring');
  sayWatch(draft, alerts, evidence.situation.asOf);
  draft.section(null);
}

const delaysOf = (alerts: readonly Alert[]) =>
  alerts
    .flatMap(({ kind, cell, evidence }) => (kind === 'delay' && cell && evidence ? [{ cell, evidence }] : []))
    .sort(
      (a, b) =>
        b.evidence.pMiss - a.evidence.pMiss || (a.evidence.deadline ?? 0) - (b.evidence.deadline ?? 0),
    );

function sayFirst(draft: Draft, alerts: readonly Alert[]): void {
  const delays = delaysOf(alerts);
  const [first] = delays;
  if (!first || delays.length < 2) return;
  const { book } = draft;
  const name = formatCell(first.cell);
  const p = book.percent(
    first.evidence.pMiss,
    both(`${name} の間に合わない確率 (アラート)`, `P(late) of ${name} (alert)`),
    null,
  );
  draft.say(
    `最も優先すべきは${book.cell(first.cell)}です（間に合わない確率${p}）。`,
    `${book.cell(first.cell)} comes before the others (${p} chance of being late).`,
  );
}

/** Without moves: what each queue is heading for. */
function sayUnchanged(draft: Draft, rows: readonly SituationRow[], table: number): void {
  for (const row of rows) {
    const s = rowSlots(draft.book, row, table);
    if (!s.pOnTime || !s.deadline) continue;
    draft.entry(
      `${s.cell}：${s.deadline}に間に合う確率は${s.pOnTime}のまま${s.short ? `、納期の時点の不足は${s.short}` : ''}`,
      `${s.cell}: the chance of making ${s.deadline} stays at ${s.pOnTime}${s.short ? `, with ${s.short} left then` : ''}`,
    );
  }
  draft.paragraph();
}

/** Who moves and who is done at each hour, in the order of the clock. A move lasts until the person's own hours end. */
function sayWhen(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const table = book.table(movesTable(proposal));
  const starting = Map.groupBy(proposal.moves, (move) => move.startsAt);
  const ending = Map.groupBy(proposal.moves, (move) => move.endsAt);
  const times = [...new Set([...starting.keys(), ...ending.keys()])].sort((a, b) => a - b);
  const said = (group: readonly Move[], people: Bilingual) => {
    const names = group.slice(0, LISTED).map((move) => book.name(move.name, both('担当者', 'Person')));
    const rest = group.length - names.length;
    const more = rest > 0 ? book.people(rest, both('ほかの人数', 'Other people'), table) : null;
    return {
      people: book.people(group.length, people, table),
      cells: [...new Set(group.map((move) => book.cell(move.to)))],
      ja: `${names.map((name) => `${name}さん`).join('、')}${more ? `、ほか${more}` : ''}`,
      en: `${names.join(', ')}${more ? `, another ${more}` : ''}`,
    };
  };
  for (const at of times) {
    const [ends, starts] = [ending.get(at), starting.get(at)];
    if (ends) {
      const time = book.instant(at, both('配置変更の終わる時刻', 'Time a move ends'), table);
      const who = said(ends, both('その時刻に終える人数', 'People who finish then'));
      const isLast = at === times.at(-1);
      draft.entry(
        `${time}：${who.people}が${who.cells.join('、')}での作業を終え${isLast ? '、配置変更はここで終わります' : 'ます'}（${who.ja}）`,
        `${time}: ${who.people} ${ends.length === 1 ? 'finishes' : 'finish'} at ${who.cells.join(', ')}${isLast ? ', the end of the last move' : ''} (${who.en})`,
      );
    }
    if (starts) {
      const time = book.instant(at, both('移る時刻', 'Time of the move'), table);
      const who = said(starts, both('その時刻に移る人数', 'People who move then'));
      draft.entry(
        `${time}：${who.people}が${who.cells.join('、')}へ移ります（${who.ja}）`,
        `${time}: ${who.people} to ${who.cells.join(', ')} (${who.en})`,
      );
    }
  }
  draft.paragraph();
}

/** When each late queue should be looked at again: a while before its deadline. */
function sayWatch(draft: Draft, alerts: readonly Alert[], asOf: number): void {
  const { book } = draft;
  for (const { cell, evidence } of delaysOf(alerts).slice(0, LISTED)) {
    if (evidence.deadline === null) continue;
    const name = formatCell(cell);
    const due = book.instant(evidence.deadline, both(`${name} の納期`, `Deadline of ${name}`), null);
    const again = evidence.deadline - LOOK_AGAIN_MS;
    if (again <= asOf) {
      draft.entry(
        `${book.cell(cell)}：納期${due}まで目を離さないでください`,
        `${book.cell(cell)}: keep an eye on it until it is due at ${due}`,
      );
      continue;
    }
    const look = book.instant(again, both(`${name} を見直す時刻`, `Time to look at ${name} again`), null);
    draft.entry(
      `${book.cell(cell)}：${look}に残件と処理速度を確認してください（納期${due}）`,
      `${book.cell(cell)}: check its backlog and pace at ${look} (due ${due})`,
    );
  }
  draft.paragraph();
  draft.say(
    '見込みが変わったときは、アラートが自動で更新されます。',
    'The alerts follow by themselves when the outlook changes.',
  );
}
