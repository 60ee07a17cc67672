import { formatCell } from '../api/contract/format.ts';
import type { VerdictEvidence } from './contract/timeline.ts';
import { wordVolume } from './contract/words.ts';
import { Figures, piece, say } from './figures.ts';
import { type Evidence, type Gap, isMore, type Judgement } from './judge.ts';

/** Who did not come, who left and when; or that all are there. */
export function wordPeople(judgement: Judgement, evidence: Evidence, zone: string): VerdictEvidence[] {
  const { line } = evidence;
  if (!line) return [];
  const found = judgement.gaps.slice(0, 2).flatMap((gap) => wordGap(gap, line.deadline, zone));
  if (found.length > 0) return found;
  const own = line.cells.at(-1);
  if (!own) return [];
  const f = new Figures(zone);
  const here = f.people(
    own.day.team.filter((s) => s.missing === null && s.from <= evidence.asOf && s.until > evidence.asOf)
      .length,
  );
  const name = formatCell(own.day.cell);
  return [
    piece('steady-people', {
      cell: own.day.cell,
      figures: f,
      words: say('people-as-planned', { name, here }),
    }),
  ];
}

function wordGap({ cell }: Gap, deadline: number, zone: string): VerdictEvidence[] {
  const name = formatCell(cell.day.cell);
  const due = cell.day.team.filter((s) => s.missing !== null && s.from < deadline);
  const away = new Set(
    due.filter((s) => s.missing === 'absent' || s.missing === 'cancelled').map((s) => s.operatorId),
  );
  const left = due.filter((s) => (s.missing === 'left' || s.missing === 'moved') && !away.has(s.operatorId));
  const pieces: VerdictEvidence[] = [];
  if (away.size > 0) {
    const f = new Figures(zone);
    const n = f.people(away.size);
    const of = f.people(new Set(cell.day.team.map((s) => s.operatorId)).size);
    pieces.push(
      piece('people-missing', {
        cell: cell.day.cell,
        figures: f,
        words: say('people-missing', { name, of, n }),
      }),
    );
  }
  const leaves = [...Map.groupBy(left, (s) => s.from)].sort((a, b) => b[1].length - a[1].length)[0];
  if (leaves) {
    const [at, stints] = leaves;
    const f = new Figures(zone);
    const time = f.time(at);
    const n = f.people(new Set(stints.map((s) => s.operatorId)).size);
    const stay = f.people(
      new Set(
        cell.day.team
          .filter((s) => s.missing === null && s.from <= at && s.until > at)
          .map((s) => s.operatorId),
      ).size,
    );
    pieces.push(
      piece('people-left', {
        cell: cell.day.cell,
        at,
        figures: f,
        words: say('people-left', { name, time, n, stay }),
      }),
    );
  }
  return pieces;
}

/** How much came in to the line's first process, against what was to be expected by then. */
export function wordCame({ line }: Evidence, zone: string): VerdictEvidence[] {
  const first = line?.cells[0];
  if (!line || !first) return [];
  const { cell } = first.day;
  const name = formatCell(cell);
  const f = new Figures(zone);
  if (!line.excess)
    return [
      piece('no-forecast', {
        cell,
        figures: f,
        words: say('nothing-expected', { name }),
      }),
    ];
  const { volume } = line.excess;
  const { basis, arrived, expected } = volume;
  const due = f.items(expected);
  const came = f.items(arrived);
  if (!isMore(volume))
    return [
      piece('steady-volume', {
        cell,
        figures: f,
        words:
          basis === 'forecast'
            ? say('as-forecast', { name, due, came })
            : say('as-usual', { name, due, came }),
      }),
    ];
  f.share(arrived / expected - 1);
  return [
    piece('volume-rose', {
      cell,
      figures: f,
      words: say('came', { name, volume: { ja: wordVolume(volume, 'ja'), en: wordVolume(volume, 'en') } }),
    }),
  ];
}
