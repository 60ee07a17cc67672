import type { Bilingual, Table } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import type { Draft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both } from './facts.ts';
import type { WhatIf, WhatIfSide } from './pipeline-types.ts';

const SAFE = 0.8;

const whatIfTable = ({ cell, asOf, before, after }: WhatIf): Table => ({
  title: both(`${formatCell(cell)} の試算`, `What-if for ${formatCell(cell)}`),
  query: 'what-if',
  slots: { cellId: cell.cellId },
  columns: [
    { key: 'case', label: both('条件', 'Case'), kind: 'text' },
    { key: 'people', label: both('人数', 'People'), kind: 'number' },
    { key: 'backlog', label: both('残件', 'Backlog'), kind: 'number' },
    { key: 'deadline', label: both('納期', 'Deadline'), kind: 'instant' },
    { key: 'pOnTime', label: both('間に合う確率', 'P(on time)'), kind: 'percent' },
    { key: 'shortItems', label: both('納期時点の不足', 'Missing at deadline'), kind: 'number' },
    { key: 'finishAt', label: both('完了見込み', 'Expected finish'), kind: 'instant' },
  ],
  rows: [
    { case: '現在 / now', ...before },
    { case: '試算 / what-if', ...after },
  ],
  total: 2,
  asOf,
});

/** impact_analysis: the change asked for, what it does to the deadline, and what that calls for. */
export function composeWhatIf(draft: Draft, evidence: Evidence): void {
  const { whatIf, change } = evidence;
  if (!whatIf || !change) {
    draft.say(
      'この条件では試算できませんでした。対象の拠点と工程を確かめてください。',
      'That could not be worked out. Please check the site and the process.',
    );
    return;
  }
  const { book } = draft;
  const { before, after, cell } = whatIf;
  const table = book.table(whatIfTable(whatIf));
  const name = formatCell(cell);
  const label = (ja: string, en: string): Bilingual => both(`${name} の${ja}`, `${en} of ${name}`);
  const slot = book.cell(cell);

  const changes: { ja: string; en: string }[] = [];
  if (after.people !== before.people) {
    const from = book.people(before.people, label('現在の人数', 'People now'), table);
    const to = book.people(after.people, label('試算の人数', 'People in the what-if'), table);
    changes.push({
      ja: `人数が${from}から${to}になる`,
      en: `the team at ${slot} goes from ${from} to ${to}`,
    });
  }
  if (Math.abs(after.backlog - before.backlog) >= 0.5) {
    const from = book.items(before.backlog, label('現在の残件', 'Backlog now'), table);
    const to = book.items(after.backlog, label('試算の残件', 'Backlog in the what-if'), table);
    changes.push({
      ja: `残件が${from}から${to}になる`,
      en: `the backlog at ${slot} goes from ${from} to ${to}`,
    });
  }
  if (change.speedFactor !== 1) {
    const share = book.percent(
      Math.abs(1 - change.speedFactor),
      label('速度の変化（ご指定）', 'Change of speed (as asked)'),
      null,
    );
    const down = change.speedFactor < 1;
    changes.push({
      ja: `処理速度が${share}${down ? '下がる' : '上がる'}`,
      en: `work at ${slot} gets ${share} ${down ? 'slower' : 'faster'}`,
    });
  }
  const ja = changes.map((c) => c.ja).join('、');
  const en = changes.map((c) => c.en).join(' and ');
  const assumption =
    changes.length > 0
      ? both(`${slot}の${ja}場合の試算です。`, `Suppose ${en}.`)
      : both(`${slot}は、その条件でも今と変わりません。`, `For ${slot} that changes nothing.`);
  draft.say(assumption.ja, assumption.en);
  sayOutcome(draft, before, after, table, label);
  draft.say('試算だけで、配置は何も変えていません。', 'It is a calculation only; no placement was changed.');
}

function sayOutcome(
  draft: Draft,
  before: WhatIfSide,
  after: WhatIfSide,
  table: number,
  label: (ja: string, en: string) => Bilingual,
): void {
  const { book } = draft;
  const at = (side: WhatIfSide, ja: string, en: string): string | null =>
    side.finishAt === null ? null : book.instant(side.finishAt, label(ja, en), table);
  const endBefore = at(before, '現在の完了見込み', 'Expected finish now');
  const endAfter = at(after, '試算の完了見込み', 'Expected finish in the what-if');
  if (before.pOnTime !== null && after.pOnTime !== null && after.deadline !== null) {
    const deadline = book.instant(after.deadline, label('納期', 'Deadline'), table);
    const p = book.percent(before.pOnTime, label('現在の間に合う確率', 'P(on time) now'), table);
    const q = book.percent(after.pOnTime, label('試算の間に合う確率', 'P(on time) in the what-if'), table);
    const moved = Math.abs(after.pOnTime - before.pOnTime) >= 0.005;
    const up = after.pOnTime > before.pOnTime;
    draft.say(
      moved
        ? `${deadline}の納期に間に合う確率は${p}から${q}に${up ? '上がります' : '下がります'}。`
        : `${deadline}の納期に間に合う確率は${q}のままです。`,
      moved
        ? `The chance of making the ${deadline} deadline ${up ? 'rises' : 'falls'} from ${p} to ${q}.`
        : `The chance of making the ${deadline} deadline stays at ${q}.`,
    );
  } else
    draft.say(
      '納期の決まった残件がないため、確率は出ません。',
      'Nothing waiting there has a deadline, so there is no probability to give.',
    );
  if (
    endBefore &&
    endAfter &&
    endBefore !== endAfter &&
    before.finishAt !== null &&
    after.finishAt !== null
  ) {
    const minutes = (after.finishAt - before.finishAt) / 60_000;
    const shift = book.minutes(
      Math.abs(minutes),
      label('完了見込みの差 (試算 − 現在)', 'Shift of the expected finish (what-if − now)'),
      table,
    );
    draft.say(
      `終わる見込みは${endBefore}から${endAfter}へ、${shift}${minutes > 0 ? '遅く' : '早く'}なります。`,
      `The expected finish moves from ${endBefore} to ${endAfter}, ${shift} ${minutes > 0 ? 'later' : 'earlier'}.`,
    );
  } else if (endBefore && !endAfter)
    draft.say(
      'この条件では、今日のうちに終わる見込みが立ちません。',
      'Under these conditions there is no telling when the work would be finished.',
    );
  if (after.shortItems >= 0.5) {
    const short = book.items(after.shortItems, label('試算の不足', 'Missing items in the what-if'), table);
    draft.say(`納期の時点で${short}が残る見込みです。`, `${short} would be left at the deadline.`);
  }
  if (after.pOnTime === null || after.deadline === null) return;
  if (after.pOnTime >= SAFE)
    draft.say('この条件でも、納期は守れる見込みです。', 'Even so, the deadline should be met.');
  else
    draft.say(
      'そうなる前に、応援を出せる工程を確かめておくことをお勧めします。',
      'It would be wise to see beforehand which queues could lend people.',
    );
}
