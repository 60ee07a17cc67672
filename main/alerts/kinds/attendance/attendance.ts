import { z } from 'zod';
import type { CellDay } from '../../../analytics/types.ts';
import { formatNumber, formatPercent } from '../../../api/contract/format.ts';
import type { Look } from '../../types.ts';
import { type Finding, followFindings } from '../follow-findings.ts';
import { type Kind, placeOf, timeText, type Words } from '../kind.ts';

const HOUR = 3_600_000;
/** Below it a deadline does not hang on anybody. */
const RISK_FROM = 0.2;
/** What the missing people would do covers at least this share of what will be short. */
const COVERS = 0.5;
const NAMED = 5;

const Absence = z.object({
  deadline: z.number(),
  pMiss: z.number(),
  due: z.number(),
  shortItems: z.number(),
  /** items the missing people would have done by the deadline */
  lost: z.number(),
  names: z.array(z.string()),
  missing: z.number().int(),
});
type Absence = z.infer<typeof Absence>;

/** Items that those marked absent would do in a cell between two instants (epoch ms), and who they are. */
function lostBy({ team }: CellDay, from: number, until: number): { items: number; names: string[] } {
  let items = 0;
  const names = new Set<string>();
  for (const stint of team.filter(({ missing }) => missing === 'absent')) {
    const start = Math.max(from, stint.from);
    const end = Math.min(until, stint.until);
    const pause = stint.breaks.reduce(
      (sum, [a, b]) => sum + Math.max(0, Math.min(end, b) - Math.max(start, a)),
      0,
    );
    if (end - start - pause <= 0) continue;
    items += ((end - start - pause) / HOUR) * stint.speed;
    names.add(stint.name);
  }
  return { items, names: [...names] };
}

/** Deadlines that would be safe if the people marked absent today were there; of each cell the likeliest to be missed. */
function findAbsences({ work, report, settings }: Look): Finding[] {
  const views = new Map(report.cells.map((view) => [view.cell.cellId, view]));
  return (work?.day.cells ?? []).flatMap((day): Finding[] => {
    const view = views.get(day.cell.cellId);
    const worst = view?.deadlines.reduce<(typeof view.deadlines)[number] | null>(
      (most, one) => (one.deadline > report.at && one.pMiss > (most?.pMiss ?? 0) ? one : most),
      null,
    );
    if (!view || !worst || worst.pMiss < RISK_FROM || worst.pMiss >= settings.watchAt) return [];
    const { items, names } = lostBy(day, report.at, worst.deadline);
    if (names.length === 0 || items < Math.max(1, COVERS * worst.shortItems)) return [];
    const details: Absence = {
      deadline: worst.deadline,
      pMiss: worst.pMiss,
      due: worst.due,
      shortItems: worst.shortItems,
      lost: items,
      names: names.slice(0, NAMED),
      missing: names.length,
    };
    return [
      {
        problem: `attendance\u001f${day.cell.cellId}\u001f${worst.deadline}`,
        cell: view.cell,
        severity: 'watch',
        details,
        until: worst.deadline,
      },
    ];
  });
}

/** Somebody is absent and a deadline hangs on them, before the risk is high enough for a delay alert. */
export const attendance: Kind = {
  kind: 'attendance',
  details: Absence,
  judge: (look) => followFindings('attendance', findAbsences(look), look, { behindDelay: true }),
  words(alert, o): Words {
    const { deadline, pMiss, due, lost, names, missing } = Absence.parse(alert.details);
    const n = (value: number): string => formatNumber(value, o.lang);
    const time = timeText(deadline, o);
    const chance = formatPercent(pMiss, o.lang);
    return o.lang === 'ja'
      ? {
          title: `${placeOf(alert)} は欠勤で納期 ${time} が危うくなっています`,
          text: `欠勤 ${n(missing)}名分で納期までに約${n(lost)}件が減り、納期分 ${n(due)}件に間に合わない確率は ${chance}です。代わりの手配を検討してください`,
          points: names.map((name) => `${name}さん（欠勤）`),
        }
      : {
          title: `${placeOf(alert)}: absence endangers the deadline of ${time}`,
          text: `${n(missing)} absent ${missing === 1 ? 'person takes' : 'people take'} away about ${n(lost)} items until then; the ${n(due)} items due are ${chance} likely to be late. Consider a replacement`,
          points: names.map((name) => `${name} (absent)`),
        };
  },
};
