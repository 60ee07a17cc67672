import { z } from 'zod';
import { cellIdOf } from '../../../api/contract/common.ts';
import { formatNumber } from '../../../api/contract/format.ts';
import type { Look } from '../../types.ts';
import { type Finding, followFindings } from '../follow-findings.ts';
import { type Kind, placeOf, type Words } from '../kind.ts';

/** Handing over is no overtime. */
const GRACE_MINUTES = 15;
/** More work than this in a day, breaks included, is too long whatever the shift says: ten hours. */
const LONG_MINUTES = 600;
const NAMED = 8;
const Overtime = z.object({
  date: z.string(),
  people: z.array(
    z.object({
      name: z.string(),
      /** minutes of the local day */
      shiftEnd: z.number().nullable(),
      until: z.number(),
      minutes: z.number(),
    }),
  ),
  count: z.number().int(),
});
type Overtime = z.infer<typeof Overtime>;

/** Cells in which somebody is down for work beyond their shift or for too many hours today. */
function findOvertime({ rosters, report }: Look): Finding[] {
  if (!rosters) return [];
  const cells = new Map(report.cells.map((view) => [view.cell.cellId, view.cell]));
  const long = rosters.shifts.filter(
    ({ shiftEnd, until, minutes }) =>
      (shiftEnd !== null && until > shiftEnd + GRACE_MINUTES) || minutes > LONG_MINUTES,
  );
  const groups = Map.groupBy(long, (row) => cellIdOf(row.location, row.businessId, row.process));
  return [...groups].flatMap(([cellId, rows]): Finding[] => {
    const cell = cells.get(cellId);
    if (!cell) return [];
    const people = rows.map(({ name, shiftEnd, until, minutes }) => ({ name, shiftEnd, until, minutes }));
    const details: Overtime = { date: rosters.date, people: people.slice(0, NAMED), count: people.length };
    return [
      {
        problem: `overtime\u001f${cellId}\u001f${rosters.date}`,
        cell,
        severity: 'watch',
        details,
        until: null,
      },
    ];
  });
}

/** 1530 minutes are 25:30, as a site that works past midnight counts. */
const clockText = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(Math.round(minute % 60)).padStart(2, '0')}`;

/** Somebody is down for work past the end of their shift, by roster or by an approved move, or for too long a day. */
export const overtime: Kind = {
  kind: 'overtime',
  details: Overtime,
  judge: (look) =>
    look.rosters ? followFindings('overtime', findOvertime(look), look) : { changed: [], opened: [] },
  words(alert, o): Words {
    const { people, count } = Overtime.parse(alert.details);
    const hours = (minutes: number): string => formatNumber(minutes / 60, o.lang, 1);
    const n = formatNumber(count, o.lang);
    return o.lang === 'ja'
      ? {
          title: `${placeOf(alert)} に残業の予定があります`,
          text: `${n}名が勤務時間を超える予定です。交代や前倒しができないか確認してください`,
          points: people.map(
            ({ name, shiftEnd, until, minutes }) =>
              `${name}さん: ${clockText(until)} まで${shiftEnd === null ? '' : `（勤務は ${clockText(shiftEnd)} まで）`}、計 ${hours(minutes)}時間`,
          ),
        }
      : {
          title: `${placeOf(alert)}: overtime is planned`,
          text: `${n} ${count === 1 ? 'person is' : 'people are'} down for more than their shift. See whether somebody can take over or the work can be done earlier`,
          points: people.map(
            ({ name, shiftEnd, until, minutes }) =>
              `${name}: until ${clockText(until)}${shiftEnd === null ? '' : ` (shift ends ${clockText(shiftEnd)})`}, ${hours(minutes)} h in all`,
          ),
        };
  },
};
