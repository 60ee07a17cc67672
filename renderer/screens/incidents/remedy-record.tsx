import type { Remedy } from '../../../main/anomalies/contract/anomalies.ts';
import { BandBar } from '../../ui/bars.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './incidents.module.css';

/** `4 回中 3 回効いた`, with the interval as a bar: with few cases it stays wide. */
export function RemedyRecord({ remedy }: { readonly remedy: Remedy }) {
  const t = useWords('incidents');
  const format = useFormat();
  const { worked, tried, low, high, lastUsedAt } = remedy;
  const interval = t('remedy.interval', { low: format.percent(low), high: format.percent(high) });
  return (
    <div className={classes['record']}>
      <span>
        {tried === 0 ? (
          t('remedy.recordNone')
        ) : (
          <b>{t('remedy.record', { worked: format.number(worked), tried: format.number(tried) })}</b>
        )}
        {lastUsedAt !== null && <small>{t('remedy.lastUsed', { time: format.dateTime(lastUsedAt) })}</small>}
      </span>
      {tried > 0 && (
        <span className={classes['recordBar']} title={t('remedy.intervalHelp')}>
          {/* the mean of Beta(1 + worked, 1 + failed) */}
          <BandBar
            low={low}
            mean={(1 + worked) / (2 + tried)}
            high={high}
            actual={null}
            max={1}
            tone="plain"
            label={interval}
          />
          <small>{interval}</small>
        </span>
      )}
    </div>
  );
}
