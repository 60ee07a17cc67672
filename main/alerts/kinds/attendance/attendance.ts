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
  /** marked late and perhaps not there yet, and by when they come; alerts from before late people counted have none */
  late: z.array(z.object({ name: z.string(), until: z.number() })).default([]),
});
type Absence = z.infer<typeof Absence>;

type Lost = { readonly items: number; readonly absent: string[]; readonly late: Absence['late'] };
/** Items that those marked absent, and those marked late until they come, would do in a cell between two instants (epoch ms). */
function lostBy({ team }: CellDay, from: number, until: number): Lost {
  let items = 0;
  const absent = new Set<string>();
  const late = new Map<string, number>();
  for (const stint of team) {
    const away = stint.missing === 'absent' ? stint.until : (stint.lateUntil ?? 0);
    const start = Math.max(from, stint.from);
    const end = Math.min(until, stint.until, away);
    const pause = stint.breaks.reduce(
      (sum, [a, b]) => sum + Math.max(0, Math.min(end, b) - Math.max(start, a)),
      0,
    );
    if (end - start - pause <= 0) continue;
    items += ((end - start - pause) / HOUR) * stint.speed;
    if (stint.missing === 'absent') absent.add(stint.name);
    else late.set(stint.name, away);
  }
  return { items, absent: [...absent], late: [...late].map(([name, at]) => ({ name, until: at })) };
}

/** Deadlines that would be safe if the people marked absent or late today were there; of each cell the likeliest to be missed. */
function findAbsences({ work, report, settings }: Look): Finding[] {
  const views = new Map(report.cells.map((view) => [view.cell.cellId, view]));
  return (work?.day.cells ?? []).flatMap((day): Finding[] => {
    const view = views.get(day.cell.cellId);
    const worst = view?.deadlines.reduce<(typeof view.deadlines)[number] | null>(
      (most, one) => (one.deadline > report.at && one.pMiss > (most?.pMiss ?? 0) ? one : most),
      null,
    );
    if (!view || !worst || worst.pMiss < RISK_FROM || worst.pMiss >= settings.watchAt) return [];
    const { items, absent, late } = lostBy(day, report.at, worst.deadline);
    if (absent.length + late.length === 0 || items < Math.max(1, COVERS * worst.shortItems)) return [];
    const details: Absence = {
      deadline: worst.deadline,
      pMiss: worst.pMiss,
      due: worst.due,
      shortItems: worst.shortItems,
      lost: items,
      names: absent.slice(0, NAMED),
      missing: absent.length,
      late,
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

/** Somebody is absent or late and a deadline hangs on them, before the risk is high enough for a delay alert. */
export const attendance: Kind = {
  kind: 'attendance',
  details: Absence,
  judge: (look) => followFindings('attendance', findAbsences(look), look, { behindDelay: true }),
  words(alert, o): Words {
    const { deadline, pMiss, due, lost, names, missing, late } = Absence.parse(alert.details);
    const n = (value: number): string => formatNumber(value, o.lang);
    const time = timeText(deadline, o);
    const chance = formatPercent(pMiss, o.lang);
    const cases = <T>(absent: T, behind: T): T[] => [
      ...(missing > 0 ? [absent] : []),
      ...(late.length > 0 ? [behind] : []),
    ];
    const shown = late.slice(0, NAMED);
    if (o.lang === 'ja') {
      const who = cases(`欠勤 ${n(missing)}名`, `遅刻 ${n(late.length)}名`).join('と');
      return {
        title: `${placeOf(alert)} は${cases('欠勤', '遅刻').join('・')}で納期 ${time} が危うくなっています`,
        text: `${who}分で納期までに約${n(lost)}件が減り、納期分 ${n(due)}件に間に合わない確率は ${chance}です。${cases('代わりの手配を検討してください', '出勤したか確かめてください').join('。')}`,
        points: [
          ...names.map((name) => `${name}さん（欠勤）`),
          ...shown.map(({ name, until }) => `${name}さん（遅刻、${timeText(until, o)} までに来る見込み）`),
        ],
      };
    }
    const who = cases(
      `${n(missing)} absent ${missing === 1 ? 'person' : 'people'}`,
      `${n(late.length)} late ${late.length === 1 ? 'person' : 'people'}`,
    ).join(' and ');
    return {
      title: `${placeOf(alert)}: ${cases('absence', 'lateness').join(' and ')} ${missing > 0 && late.length > 0 ? 'endanger' : 'endangers'} the deadline of ${time}`,
      text: `${who} ${missing + late.length === 1 ? 'takes' : 'take'} away about ${n(lost)} items until then; the ${n(due)} items due are ${chance} likely to be late. ${cases('Consider a replacement', 'Check whether they have come').join('. ')}`,
      points: [
        ...names.map((name) => `${name} (absent)`),
        ...shown.map(({ name, until }) => `${name} (late, expected by ${timeText(until, o)})`),
      ],
    };
  },
};
