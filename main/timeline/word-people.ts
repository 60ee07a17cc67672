import type { VerdictEvidence } from '../api/contract/timeline.ts';
import { JUDGE } from './config.ts';
import { Figures, piece } from './figures.ts';
import type { Evidence, Gap, Judgement } from './judge.ts';

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
  return [
    piece('steady-people', 'system', {
      figures: f,
      words: {
        ja: `${own.day.cell.process} の人員は予定どおりの ${here.ja}です。`,
        en: `${own.day.cell.process} has the ${here.en} it was to have.`,
      },
    }),
  ];
}

function wordGap({ cell }: Gap, deadline: number, zone: string): VerdictEvidence[] {
  const { process } = cell.day.cell;
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
      piece('people-missing', 'people', {
        figures: f,
        words: {
          ja: `${process} では、予定の ${of.ja}のうち ${n.ja}が来ていません。`,
          en: `Of the ${of.en} planned for ${process}, ${n.en} did not come.`,
        },
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
      piece('people-left', 'people', {
        at,
        figures: f,
        words: {
          ja: `${process} からは ${time.ja} に ${n.ja}が抜け、残りは ${stay.ja}です。`,
          en: `${n.en} left ${process} at ${time.en}; ${stay.en} stayed.`,
        },
      }),
    );
  }
  return pieces;
}

/** More work than was forecast; nothing otherwise. */
export function wordVolume({ volume, line }: Evidence, zone: string): VerdictEvidence[] {
  const first = line?.cells[0];
  if (!volume || !first || volume.arrived < JUDGE.volumeFrom * volume.expected) return [];
  const f = new Figures(zone);
  const came = f.items(volume.arrived);
  const times = f.times(volume.arrived / volume.expected);
  return [
    piece('volume-rose', 'neither', {
      figures: f,
      words: {
        ja: `${first.day.cell.process} には、ここまでに予測の ${times.ja}の ${came.ja}が入っています。`,
        en: `${came.en} have come in to ${first.day.cell.process} so far, ${times.en} the forecast.`,
      },
    }),
  ];
}
