import { IconAlertTriangleFilled, IconCircleCheckFilled, IconEye } from '@tabler/icons-react';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { type Format, useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { urgentRows } from './board-model.ts';
import classes from './headline.module.css';

type Props = { readonly rows: readonly SituationRow[]; readonly now: number };
const ICON = { danger: IconAlertTriangleFilled, watch: IconEye, ok: IconCircleCheckFilled };

const slots = (row: SituationRow, deadline: number, now: number, format: Format) => ({
  cell: format.cell(row),
  time: format.time(deadline),
  left: format.minutes((deadline - now) / 60_000),
  items: format.number(row.backlog),
  pOnTime: row.pOnTime === null ? '–' : format.percent(row.pOnTime),
});

/** The one sentence to read when there is time for one. */
export function Headline({ rows, now }: Props) {
  const t = useWords('situation');
  const format = useFormat();
  const urgent = urgentRows(rows);
  const danger = urgent.filter((row) => row.risk === 'danger').length;
  const tone = danger ? 'danger' : urgent.length ? 'watch' : 'ok';
  const Icon = ICON[tone];
  const next =
    urgent[0] ??
    rows.filter((row) => row.deadline !== null).toSorted((a, b) => (a.deadline ?? 0) - (b.deadline ?? 0))[0];
  const title =
    tone === 'danger'
      ? t('headline.late', { count: danger })
      : tone === 'watch'
        ? t('headline.watch', { count: urgent.length })
        : t('headline.allFine', { count: rows.length });
  const detail = (): string => {
    if (!next || next.deadline === null) return t('headline.noneDue');
    const values = slots(next, next.deadline, now, format);
    if (tone === 'ok') return t('headline.fineNext', values);
    return t(next.deadline > now ? 'headline.worst' : 'headline.worstPast', values);
  };
  return (
    <div className={classes['headline']} data-tone={tone} role="status">
      <Icon size={30} aria-hidden className={classes['icon']} />
      <div>
        <h2>{title}</h2>
        <p>{detail()}</p>
      </div>
    </div>
  );
}
