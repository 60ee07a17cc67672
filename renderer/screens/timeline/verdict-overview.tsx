import { Button } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../../main/api/contract/timeline.ts';
import { useFormat } from '../../use-format.ts';
import { VERDICT_ICON, VerdictBadge } from '../../verdict/verdict-badge.tsx';
import { Caution, VerdictCard } from '../../verdict/verdict-card.tsx';
import classes from './timeline.module.css';
import type { LateCells } from './use-late-cells.ts';

const KINDS = ['system', 'both', 'people', 'unknown'] as const;
const FIRST = 2;

/** The answer in a sentence, then a card for each queue that may be late. */
export function VerdictOverview({ late }: { readonly late: LateCells }) {
  const { t } = useTranslation('timeline');
  const { t: v } = useTranslation('verdict');
  const format = useFormat();
  const [all, setAll] = useState(false);
  if (late.rows.length === 0)
    return late.waiting ? null : (
      <div className={classes['headline']} data-kind="none" role="status">
        <IconCircleCheckFilled size={28} aria-hidden />
        <div>
          <h2>{t('headline.none')}</h2>
          <p>{t('headline.noneText')}</p>
        </div>
      </div>
    );
  const verdicts = late.rows.flatMap((row) => late.verdicts.get(row.cellId) ?? []);
  const only = late.rows.length === 1 ? verdicts[0] : undefined;
  if (only)
    return (
      <div className={classes['verdicts']}>
        <VerdictCard verdict={only} named />
      </div>
    );
  const counts = Object.fromEntries(
    KINDS.map((kind) => [kind, verdicts.filter((verdict) => verdict.kind === kind).length]),
  ) as Record<Verdict['kind'], number>;
  // what can be acted upon comes first; among equals the system, which moving people would not help
  const main = (['system', 'both', 'people'] as const).toSorted((a, b) => counts[b] - counts[a])[0];
  const kind = main && counts[main] > 0 ? main : 'unknown';
  const Icon = VERDICT_ICON[kind];
  const shown = all ? verdicts : verdicts.slice(0, FIRST);
  const count = kind === 'unknown' ? late.rows.length : counts[kind];
  return (
    <>
      <div className={classes['headline']} data-kind={verdicts.length ? kind : 'waiting'} role="status">
        <Icon size={30} stroke={1.7} aria-hidden />
        <div>
          <h2>
            {verdicts.length === 0
              ? t('headline.waiting', { count: late.rows.length })
              : t(`headline.${count === late.rows.length ? 'all' : 'some'}.${kind}`, {
                  count,
                  late: late.rows.length,
                })}
          </h2>
          {verdicts.length > 0 && <p>{v(`advice.${kind}`)}</p>}
        </div>
        <ul>
          {KINDS.filter((one) => counts[one] > 0).map((one) => (
            <li key={one}>
              <VerdictBadge kind={one} /> {format.number(counts[one])}
            </li>
          ))}
        </ul>
      </div>
      {verdicts.length > 0 && (
        <section aria-label={t('verdicts')} className={classes['verdicts']}>
          {shown.map((verdict) => (
            <VerdictCard key={verdict.cell.cellId} verdict={verdict} named first={2} compact />
          ))}
        </section>
      )}
      {verdicts[0] && (
        <div className={classes['verdictsFoot']}>
          {verdicts.length > FIRST && (
            <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>
              {all ? t('fewerVerdicts') : t('moreVerdicts', { count: verdicts.length - FIRST })}
            </Button>
          )}
          <Caution verdict={verdicts[0]} />
        </div>
      )}
    </>
  );
}
