import type { Bilingual, FactUnit, Lang, Table } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import {
  EVIDENCE,
  type EvidenceKind,
  type Verdict,
  type VerdictEvidence,
  type VerdictSide,
} from '../timeline/contract/timeline.ts';
import { wordSides } from '../timeline/contract/words.ts';
import { clip } from './clip.ts';
import type { Draft } from './draft.ts';
import { both, type FactBook } from './facts.ts';

/** In an answer about people, so many pieces of evidence are told; in one about logs, all of a verdict's best. */
const TOLD = 2;
const INSTANTS_FROM = 1e11;

/** The verdict of one queue with its strongest evidence; of these sides only, where they are given. */
export function sayVerdict(
  draft: Draft,
  verdict: Verdict,
  only: readonly VerdictSide[] = verdict.sides,
): void {
  const cell = draft.book.cell(verdict.cell);
  if (verdict.sides.length > 0)
    draft.say(
      `${cell}の遅れは、${wordSides(verdict.sides, 'ja')}が先に起きています。`,
      `The delay of ${cell} is preceded by ${wordSides(verdict.sides, 'en')}.`,
    );
  else sayPiece(draft, verdict, verdict.words);
  sayEvidence(draft, verdict, only);
}
/** What shows it. */
export function sayEvidence(
  draft: Draft,
  verdict: Verdict,
  only: readonly VerdictSide[] = verdict.sides,
): void {
  const speaking = (side: VerdictSide): VerdictEvidence[] =>
    verdict.evidence.filter(({ kind }) => EVIDENCE[kind].join() === `${side},for`);
  const say = (told: readonly VerdictEvidence[]): void => {
    for (const piece of told) sayPiece(draft, verdict, piece.words, piece.figures);
  };
  const [first] = only;
  if (first === undefined) say(verdict.evidence.slice(0, TOLD));
  else if (only.length === 1) say(speaking(first).slice(0, TOLD));
  else draft.weigh(only.map((side) => () => say(speaking(side).slice(0, side === 'system' ? TOLD : 1))));
}
function sayPiece(
  draft: Draft,
  verdict: Verdict,
  words: Bilingual,
  figures: VerdictEvidence['figures'] = [],
): void {
  const table = draft.book.table(evidenceTable(verdict, draft.lang));
  const sentence = slotted(draft, words, { figures, names: namesOf(verdict), table });
  draft.say(sentence, sentence);
}

const SIDES: Record<VerdictSide, Bilingual> = {
  people: both('人員', 'people'),
  system: both('システム', 'system'),
  volume: both('件数', 'volume'),
};
const SPEAKS: Record<(typeof EVIDENCE)[EvidenceKind][1], Bilingual> = {
  for: both('要因', 'speaks for it'),
  against: both('平常', 'as usual'),
  neither: both('参考', 'context'),
};
const evidenceTable = (verdict: Verdict, lang: Lang): Table => ({
  title: both(
    `${formatCell(verdict.cell)} の遅れより先に起きたこと`,
    `What precedes the delay of ${formatCell(verdict.cell)}`,
  ),
  query: 'verdict',
  slots: { cellId: verdict.cell.cellId },
  columns: [
    { key: 'at', label: both('時刻', 'Time'), kind: 'instant' },
    { key: 'side', label: both('何について', 'About'), kind: 'text' },
    { key: 'words', label: both('内容', 'What'), kind: 'text' },
  ],
  rows: verdict.evidence.map((e) => {
    const [side, speaks] = EVIDENCE[e.kind];
    return {
      at: e.at,
      side: `${SIDES[side][lang]} (${SPEAKS[speaks][lang]})`,
      words: e.words[lang],
    };
  }),
  total: verdict.evidence.length,
  asOf: verdict.asOf,
});

/** Processes that a verdict's sentences may name. */
const namesOf = ({ cell, evidence }: Verdict): string[] => [
  ...new Set([cell, ...evidence.flatMap((piece) => piece.cell ?? [])].map(formatCell)),
];

/**
 * A sentence of the verdict with everything in it that is a figure, a quotation or a name put into slots: its words are code's, its
 * numbers were counted, and what it quotes is only ever data.
 */
function slotted(
  { book, lang }: Draft,
  words: Bilingual,
  { figures, names, table }: { figures: VerdictEvidence['figures']; names: readonly string[]; table: number },
): string {
  let parts: (string | { slot: string })[] = [words[lang]];
  const put = (
    find: (text: string) => readonly [number, number] | null,
    slot: (found: string) => string,
  ): boolean => {
    for (const [i, part] of parts.entries()) {
      if (typeof part !== 'string') continue;
      const found = find(part);
      if (!found) continue;
      const [from, to] = found;
      parts = [
        ...parts.slice(0, i),
        part.slice(0, from),
        { slot: slot(part.slice(from, to)) },
        part.slice(to),
        ...parts.slice(i + 1),
      ];
      return true;
    }
    return false;
  };
  const quoted = both('ログの文面', 'Text of the log');
  const quote = (text: string): readonly [number, number] | null => {
    const match = /(?<=『)[^』]*(?=』)|(?<=“)[^”]*(?=”)/.exec(text);
    return match && match[0].length > 0 ? [match.index, match.index + match[0].length] : null;
  };
  while (put(quote, (text) => book.name(clip(text), quoted)));
  for (const figure of [...figures].sort((a, b) => b.text[lang].length - a.text[lang].length))
    put(
      (text) => whole(text, figure.text[lang]),
      () => book.add(factOf(figure, table)),
    );
  for (const name of names)
    while (
      put(
        (text) => whole(text, name),
        () => book.name(name, both('工程', 'Process')),
      )
    );
  return parts.map((part) => (typeof part === 'string' ? part : part.slot)).join('');
}

/** Where a figure stands by itself, not inside a longer number. */
function whole(text: string, figure: string): readonly [number, number] | null {
  for (let from = text.indexOf(figure); figure !== '' && from >= 0; from = text.indexOf(figure, from + 1)) {
    const to = from + figure.length;
    if (!/[\p{N}.,:]$/u.test(text.slice(0, from)) && !/^[.,:]?\p{N}/u.test(text.slice(to))) return [from, to];
  }
  return null;
}

const UNITS: readonly (readonly [RegExp, FactUnit])[] = [
  [/%/, 'percent'],
  [/件\/時/, 'items/hour'],
  [/名$/, 'people'],
  [/件$/, 'items'],
  [/分$|時間$/, 'minutes'],
  [/倍$/, 'ratio'],
];
const factOf = (
  figure: VerdictEvidence['figures'][number],
  table: number,
): Parameters<FactBook['add']>[0] => ({
  value: figure.value,
  unit:
    figure.value > INSTANTS_FROM
      ? 'instant'
      : (UNITS.find(([pattern]) => pattern.test(figure.text.ja))?.[1] ?? 'count'),
  label: both('先に起きていることの数値', 'Figure of what precedes'),
  text: figure.text,
  table,
});
