import { Button, Group } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { Verdict } from '../../../main/timeline/contract/timeline.ts';
import { wordSides } from '../../../main/timeline/contract/words.ts';
import { useFormat } from '../../use-format.ts';
import {
  adviceOf,
  Caution,
  lookOf,
  VERDICT_ICON,
  VerdictBadge,
  VerdictCard,
} from '../../verdict/verdict.tsx';
import { useWords } from '../../words.ts';
import classes from './timeline.module.css';
import type { LateCells } from './use-late-cells.ts';

const FIRST = 2;
/** What can be acted upon comes before what cannot be told. */
const rank = ([first]: readonly Verdict[]): number => Number((first?.sides.length ?? 0) > 0);

/** The answer in a sentence, then a card for each queue that may be late. */
export function VerdictOverview({ late }: { readonly late: LateCells }) {
  const t = useWords('timeline');
  const v = useWords('verdict');
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
  // what most are put down to comes first; among equals the system, which moving people would not help
  const groups = [...Map.groupBy(verdicts, ({ sides }) => sides.join()).values()].toSorted(
    (a, b) =>
      rank(b) - rank(a) ||
      b.length - a.length ||
      Number(b[0]?.sides.includes('system')) - Number(a[0]?.sides.includes('system')),
  );
  const main = groups[0];
  const sides = main?.[0]?.sides ?? [];
  const look = lookOf(sides);
  const Icon = VERDICT_ICON[look];
  const shown = all ? verdicts : verdicts.slice(0, FIRST);
  const count = sides.length === 0 ? late.rows.length : (main?.length ?? 0);
  const headline =
    sides.length === 0
      ? t('headline.unknown', { count })
      : t(count === late.rows.length ? 'headline.all' : 'headline.some', {
          count,
          late: late.rows.length,
          what: wordSides(sides, format.lang),
        });
  return (
    <>
      <div className={classes['headline']} data-kind={verdicts.length ? look : 'waiting'} role="status">
        <Icon size={30} stroke={1.7} aria-hidden />
        <div>
          <h2>{verdicts.length === 0 ? t('headline.waiting', { count: late.rows.length }) : headline}</h2>
          {verdicts.length > 0 && <p>{v(`advice.${adviceOf({ sides })}`)}</p>}
        </div>
        <ul>
          {groups.map((group) => (
            <li key={group[0]?.sides.join()}>
              <VerdictBadge sides={group[0]?.sides ?? []} /> {format.number(group.length)}
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
        <Group gap="4px 12px" mb={14} fz={12} c="dimmed">
          {verdicts.length > FIRST && (
            <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>
              {all ? t('fewerVerdicts') : t('moreVerdicts', { count: verdicts.length - FIRST })}
            </Button>
          )}
          <Caution verdict={verdicts[0]} />
        </Group>
      )}
    </>
  );
}
