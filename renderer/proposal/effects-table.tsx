import { Box, Group } from '@mantine/core';
import { IconArrowNarrowRight } from '@tabler/icons-react';
import type { Effect } from '../../main/placement/contract/placement.ts';
import { type Format, useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';

export const toneOf = (pOnTime: number): string =>
  pOnTime < 0.2 ? 'danger' : pOnTime <= 0.5 ? 'watch' : 'ok';

/** Every touched deadline before → after, receivers and givers alike. */
export function EffectsTable({ effects }: { readonly effects: readonly Effect[] }) {
  const t = useWords('proposals');
  return (
    <Box style={{ overflowX: 'auto' }}>
      <table className={classes['effects']} aria-label={t('effects.title')}>
        <thead>
          <tr>
            <th scope="col">{t('effects.cell')}</th>
            <th scope="col">{t('effects.deadline')}</th>
            <th scope="col" className={classes['num']}>
              {t('effects.people')}
            </th>
            <th scope="col" className={classes['num']}>
              {t('effects.short')}
            </th>
            <th scope="col">{t('effects.finish')}</th>
            <th scope="col" className={classes['wide']}>
              {t('effects.onTime')}
            </th>
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <EffectRow key={`${effect.cell.cellId}-${effect.deadline}`} effect={effect} />
          ))}
        </tbody>
      </table>
    </Box>
  );
}

const finish = (at: number | null, format: Format, never: string): string =>
  at === null ? never : format.time(at);

function EffectRow({ effect }: { readonly effect: Effect }) {
  const t = useWords('proposals');
  const format = useFormat();
  const { before, after } = effect;
  const never = t('effects.neverDone');
  return (
    <tr>
      <th scope="row">
        {format.cell(effect.cell)}
        <span className={classes['role']} data-role={effect.role}>
          {t(`effects.roles.${effect.role}`)}
        </span>
      </th>
      <td>
        {format.time(effect.deadline)}
        <small>{t('effects.items', { items: format.number(effect.due) })}</small>
      </td>
      <td className={classes['num']}>
        <Change before={format.number(before.people)} after={format.number(after.people)} />
      </td>
      <td className={classes['num']}>
        <Change before={format.number(before.shortItems)} after={format.number(after.shortItems)} />
      </td>
      <td>
        <Change
          before={finish(before.finishAt, format, never)}
          after={finish(after.finishAt, format, never)}
        />
      </td>
      <td>
        <OnTimeChange before={before.pOnTime} after={after.pOnTime} />
      </td>
    </tr>
  );
}

function Change({ before, after }: { readonly before: string; readonly after: string }) {
  if (before === after) return <span>{after}</span>;
  return (
    <span className={classes['change']}>
      <s>{before}</s>
      <IconArrowNarrowRight size={13} aria-label="→" />
      <b>{after}</b>
    </span>
  );
}

/** Two bars on one scale: pale before, full after. */
function OnTimeChange({ before, after }: { readonly before: number; readonly after: number }) {
  const t = useWords('proposals');
  const format = useFormat();
  return (
    <Group
      gap={10}
      wrap="nowrap"
      role="img"
      aria-label={t('effects.barLabel', { before: format.percent(before), after: format.percent(after) })}
    >
      <span className={classes['bars']}>
        <span className={classes['barBefore']} style={{ width: `${Math.max(1, before * 100)}%` }} />
        <span
          className={classes['barAfter']}
          data-tone={toneOf(after)}
          style={{ width: `${Math.max(1, after * 100)}%` }}
        />
      </span>
      <span className={classes['onTimeText']}>
        {format.percent(before) !== format.percent(after) && (
          <>
            <s>{format.percent(before)}</s>
            <IconArrowNarrowRight size={13} />
          </>
        )}
        <b>{format.percent(after)}</b>
      </span>
    </Group>
  );
}
