import type { Bilingual, Cell } from '../../api/contract/common.ts';
import { dateIn, instantOf, weekdayOf } from '../../kernel/clock.ts';
import type { Filter, Window } from '../../measures/contract/measures.ts';
import type { DayBoard } from '../../placement/contract/day-plan.ts';
import { wordAssumption } from '../../placement/contract/day-words.ts';
import type { Proposal } from '../../placement/contract/placement.ts';
import { wordChange } from '../../placement/contract/what-if-words.ts';
import type { ProposeLimits, Supposed } from '../../questions/contract/questions.ts';
import type { ChatEvent } from '../contract/chat.ts';
import { both } from '../facts.ts';
import type { ActContext, ActRun } from './act.ts';
import { fits, peopleIn, placeWords, scopeOf } from './places.ts';
import {
  askForApproval,
  effectsTable,
  sayBadge,
  sayGiving,
  sayHelped,
  sayImpossible,
  sayMissed,
  sayMoves,
} from './plan-words.ts';
import { hasLimits, limitWords, sayNoRows } from './propose.ts';
import { solve, whyNone } from './solve.ts';
import { changesOf } from './suppose.ts';
import sentences from './words/tomorrow.json' with { type: 'json' };

const DAY = 86_400_000;
const NOON = 12 * 3_600_000;

/** The first day a window means, `2026-11-20`, counted from today; null: tomorrow, as nothing else is said. */
export function dayOf({ days }: Window, now: number, zone: string): string | null {
  const today = dateIn(now, zone);
  const later = (n: number): string => dateIn(instantOf(today, 0, zone) + n * DAY + NOON, zone);
  const weekday = weekdayOf(today);
  const monday = (week: number): number => ((weekday + 6) % 7) * -1 + 7 * week;
  switch (days.kind) {
    case 'day':
      return later(days.offset);
    case 'week':
      return later(Math.max(1, monday(days.offset)));
    case 'weekday': {
      const offset = monday(days.week) + ((days.weekday + 6) % 7);
      return later(offset <= 0 && days.week === 0 ? offset + 7 : offset);
    }
    case 'dates':
      return days.from;
    case 'month': {
      const [year = 0, month = 1] = today.split('-').map(Number);
      const first = new Date(Date.UTC(year, month - 1 + days.offset, 1)).toISOString().slice(0, 10);
      return first <= today ? later(1) : first;
    }
    default:
      return null;
  }
}

/** The plan of a day to come, its lowest chance and what it rests on. */
export const tomorrow: ActRun<'tomorrow'> = async function* (plan, context): AsyncGenerator<ChatEvent, void> {
  yield* planDay(plan, context);
};

type Wanted = { readonly window: Window; readonly where: readonly Filter[]; readonly limits: ProposeLimits };
/** `suppose`: what is supposed of that day; such a plan is for reading only. */
export async function* planDay(
  { window, where, limits: asked }: Wanted,
  context: ActContext,
  suppose: readonly Supposed[] = [],
): AsyncGenerator<ChatEvent, void> {
  const { means, draft, book } = context;
  const { rows: cells } = means.analytics.situation();
  const name = placeWords(context, where, both('全拠点', 'all sites'));
  if (!cells.some((row) => fits(row, where))) return sayNoRows(context, name);
  const date = dayOf(window, means.now, means.zone);
  const limits: ProposeLimits = { ...asked, keep: [...asked.keep, ...peopleIn(where, true)], until: null };
  const { changes } = changesOf(suppose, { where, window, rows: cells, means });
  const outcome = yield* solve(
    {
      ...scopeOf(cells, where),
      horizon: 'next-day',
      ...(date === null ? {} : { date }),
      ...(hasLimits(limits) ? { limits } : {}),
      ...(changes.length > 0 ? { assume: [...changes] } : {}),
    },
    context,
  );
  if ('refusal' in outcome) {
    const at = instantOf(date ?? dateIn(means.now + DAY, means.zone), 12 * 60, means.zone);
    const day = book.date(at, both('計画の日', 'Day of the plan'), null);
    const none = whyNone(draft, outcome.refusal);
    draft.tell(sentences['cannot-plan'], { day, name, none });
    return;
  }
  const { proposal } = outcome;
  const business = (id: string): string => means.master().businesses.find((b) => b.id === id)?.name ?? id;
  const supposed = changes.map((one) =>
    book.words(
      both(wordChange(one, 'ja', { business }), wordChange(one, 'en', { business })),
      both('仮定', 'Supposed'),
    ),
  );
  const board = where.length > 0 ? await means.tools.board(proposal.id) : null;
  sayDay(context, proposal, { name, supposed, of: board ? ofPlace(board, where) : null });
  if (asked.until !== null) draft.tell(sentences['cannot-keep']);
}

/** Of a day's plan what is about some places: their deadline least likely to be met, and how many people they have. */
type OfPlace = {
  readonly lowest: { cell: Cell; deadline: number; pOnTime: number } | null;
  readonly people: number;
};
function ofPlace({ cells, deadlines, people }: DayBoard, where: readonly Filter[]): OfPlace {
  const own = new Map(cells.filter((cell) => fits(cell, where)).map((cell) => [cell.cellId, cell]));
  const lots = deadlines.flatMap(({ cellId, deadline, after }) => {
    const cell = own.get(cellId);
    return cell ? [{ cell, deadline, pOnTime: after }] : [];
  });
  return {
    lowest: lots.sort((a, b) => a.pOnTime - b.pOnTime)[0] ?? null,
    people: people.filter((person) => own.has(person.cellId)).length,
  };
}

type Day = { readonly name: Bilingual; readonly supposed: readonly string[]; readonly of: OfPlace | null };
function sayDay(context: ActContext, proposal: Proposal, o: Day): void {
  const { draft, book, means } = context;
  const { name } = o;
  const table = book.table(effectsTable(proposal));
  const noon = instantOf(proposal.day?.date ?? dateIn(proposal.asOf + DAY, means.zone), 12 * 60, means.zone);
  const day = book.date(noon, both('計画の日', 'Day of the plan'), table);
  const told = limitWords(context, proposal.scope);
  const conditions = [...o.supposed, ...(told.ja ? [told.ja] : [])];
  const given = both(
    conditions.length > 0 ? `${conditions.join('、')}という条件では、` : '',
    [...o.supposed, ...(told.en ? [told.en] : [])].join('; '),
  );
  const en = given.en ? ` (${given.en})` : '';
  const lowest = o.of ? o.of.lowest : proposal.day?.lowest?.after;
  const p = lowest
    ? book.percent(lowest.pOnTime, both('最も低い達成確率', 'Lowest chance of the day'), table)
    : null;
  const at = lowest
    ? both(
        `最も低い達成確率は${book.cell(lowest.cell)}の${book.instant(lowest.deadline, both('納期', 'Deadline'), table, noon)}の${p}です`,
        `the lowest chance is ${p}: ${book.cell(lowest.cell)}, due ${book.instant(lowest.deadline, both('納期', 'Deadline'), table, noon)}`,
      )
    : both('その日の納期の分かる仕事はまだありません', 'nothing with a deadline is known for that day yet');
  if (proposal.moves.length > 0) {
    const people = book.people(proposal.moves.length, both('動かす人数', 'People to move'), table);
    draft.say(
      `${given.ja}${day}の${name.ja}は今の割り当てのままでは足りないところがあるため、${people}の割り当てを変える案です。`,
      `For ${day} at ${name.en}, the present assignments are short in places; this plan changes the assignment of ${people}${en}.`,
    );
    draft.tell(sentences.lowest, { at });
    sayMissed(draft, proposal);
    sayMoves(draft, proposal);
    draft.paragraph();
    sayHelped(draft, proposal);
    sayGiving(draft, proposal);
    sayBadge(draft, proposal);
  } else if (proposal.badge.kind === 'no-move-helps' || proposal.notPossible.length > 0) {
    draft.say(
      `${given.ja}${day}の${name.ja}は、足りない納期がありますが、動かして間に合わせられる人はいません。`,
      `For ${day} at ${name.en}, some deadlines are short, and nobody’s move would save them${en}.`,
    );
    draft.say(`${at.ja}。`, `${at.en.charAt(0).toUpperCase()}${at.en.slice(1)}.`);
  } else {
    draft.say(
      `${given.ja}${day}の${name.ja}は、今の割り当てのままで人が足りる見込みなので、組み替えは必要ありません。`,
      `For ${day} at ${name.en}, the present assignments are enough, so no change is needed${en}.`,
    );
    draft.say(`${at.ja}。`, `${at.en.charAt(0).toUpperCase()}${at.en.slice(1)}.`);
  }
  if (o.of) {
    const people = book.people(o.of.people, both('その日の割り当て', 'People assigned that day'), table);
    draft.tell(sentences.assigned, { name, people });
  }
  sayImpossible(draft, proposal);
  draft.paragraph();
  for (const assumption of proposal.day?.assumed ?? []) {
    const words = both(wordAssumption(assumption, 'ja'), wordAssumption(assumption, 'en'));
    const slot = book.words(words, both('計画の前提', 'What the plan assumes'));
    draft.entry(slot, slot);
  }
  draft.paragraph();
  if (o.supposed.length > 0) draft.tell(sentences.supposed);
  else if (proposal.moves.length > 0) askForApproval(draft);
}
