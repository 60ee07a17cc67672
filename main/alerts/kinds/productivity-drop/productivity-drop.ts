import { z } from 'zod';
import { formatNumber, formatPercent } from '../../../api/contract/format.ts';
import type { Look } from '../../types.ts';
import { type Finding, followFindings } from '../follow-findings.ts';
import { type Kind, placeOf, timeText, type Words } from '../kind.ts';

/**
 * Told from this much of CUSUM's sum on (Page 1954). On normal days it rings about once a week over 20 processes; a fall to half of the usual
 * speed is told after half an hour, one to 0.7 of it within two hours in four of ten cases (`npm run bench -- alerts`). A slow time
 * is found from 7.4 on, which would ring four times a week.
 */
const TOLD_FROM = 15;
const Drop = z.object({
  since: z.number(),
  /** items done ÷ items usual for those present */
  ratio: z.number(),
  items: z.number(),
  usual: z.number(),
  people: z.number().int(),
});
type Drop = z.infer<typeof Drop>;

/** Cells that have been slower than their people usually are, and still are. */
function findDrops({ work, report }: Look): Finding[] {
  const cells = new Map(report.cells.map((view) => [view.cell.cellId, view]));
  return (work?.slow ?? []).flatMap((slow): Finding[] => {
    const view = cells.get(slow.cellId);
    if (!view || slow.strength < TOLD_FROM) return [];
    const details: Drop = {
      since: slow.from,
      ratio: slow.ratio,
      items: slow.items,
      usual: slow.usual,
      people: view.people,
    };
    return [
      {
        problem: `productivity-drop\u001f${slow.cellId}`,
        cell: view.cell,
        severity: 'watch',
        details,
        until: null,
      },
    ];
  });
}

/**
 * The people of a cell get less done than they usually do, before a deadline is in danger. The slow time is found by CUSUM
 * (main/timeline/find-slow.ts); a cell with a delay alert says it there.
 */
export const productivityDrop: Kind = {
  kind: 'productivity-drop',
  details: Drop,
  judge: (look) => followFindings('productivity-drop', findDrops(look), look, { behindDelay: true }),
  words(alert, o): Words {
    const { since, ratio, items, usual, people } = Drop.parse(alert.details);
    const n = (value: number): string => formatNumber(value, o.lang);
    const from = timeText(since, o);
    const share = formatPercent(ratio, o.lang);
    return o.lang === 'ja'
      ? {
          title: `${placeOf(alert)} の処理速度が落ちています`,
          text: `${from} から、${n(people)}名の処理が普段の${share}です（普段なら約${n(usual)}件のところ ${n(items)}件）。納期が危なくなる前に、システムの調子と困りごとを確認してください`,
        }
      : {
          title: `${placeOf(alert)} is slower than usual`,
          text: `since ${from} the ${n(people)} ${people === 1 ? 'person' : 'people'} there work at ${share} of the usual speed (${n(items)} items where about ${n(usual)} are usual). Check the system and what holds them up before a deadline is in danger`,
        };
  },
};
