import { IconArrowNarrowRight } from '@tabler/icons-react';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';

type Figure = {
  readonly key: 'missed' | 'short' | 'productivity' | 'quality';
  readonly unit: string;
  readonly digits: number;
  readonly before: number;
  readonly after: number;
  /** the better direction */
  readonly better: 'less' | 'more';
};

/** The plan in five numbers, each before → after. */
export function ImpactStrip({ impact }: { readonly impact: Proposal['impact'] }) {
  const t = useWords('proposals');
  const format = useFormat();
  const figures: Figure[] = [
    {
      key: 'missed',
      unit: t('impact.countUnit'),
      digits: 0,
      before: impact.missedBefore,
      after: impact.missedAfter,
      better: 'less',
    },
    {
      key: 'short',
      unit: t('impact.hoursUnit'),
      digits: 1,
      before: impact.shortHoursBefore,
      after: impact.shortHoursAfter,
      better: 'less',
    },
    {
      key: 'productivity',
      unit: t('impact.speedUnit'),
      digits: 0,
      before: impact.productivityBefore,
      after: impact.productivityAfter,
      better: 'more',
    },
    {
      key: 'quality',
      unit: '',
      digits: 1,
      before: impact.qualityBefore,
      after: impact.qualityAfter,
      better: 'more',
    },
  ];
  const minutes = Math.round(impact.delayMinutes);
  const moved =
    minutes === 0
      ? t('impact.same')
      : t(minutes < 0 ? 'impact.earlier' : 'impact.later', { time: format.minutes(Math.abs(minutes)) });
  return (
    <dl className={classes['impact']} aria-label={t('impact.label')}>
      {figures.map((figure) => {
        const [before, after] = [
          format.number(figure.before, figure.digits),
          format.number(figure.after, figure.digits),
        ];
        const gain = figure.better === 'less' ? figure.before - figure.after : figure.after - figure.before;
        return (
          <div key={figure.key}>
            <dt>{t(`impact.${figure.key}`)}</dt>
            <dd data-tone={before === after ? 'same' : gain > 0 ? 'better' : 'worse'}>
              <span className={classes['srOnly']}>{t('impact.change', { before, after })}</span>
              <span aria-hidden>
                {before !== after && (
                  <>
                    <s>{before}</s>
                    <IconArrowNarrowRight size={14} />
                  </>
                )}
                <b>{after}</b>
                <small>{figure.unit}</small>
              </span>
            </dd>
          </div>
        );
      })}
      <div>
        <dt>{t('impact.delay')}</dt>
        <dd data-tone={minutes === 0 ? 'same' : minutes < 0 ? 'better' : 'worse'}>
          <b className={classes['wordy']}>{moved}</b>
        </dd>
      </div>
    </dl>
  );
}
