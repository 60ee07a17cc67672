import { useWords } from '../../words.ts';
import classes from './timeline.module.css';

/** What the marks of the one clock mean. */
export function ClockLegend() {
  const t = useWords('timeline');
  return (
    <div className={classes['legend']}>
      <span>
        <i data-mark="incident" />
        {t('legend.incident')}
      </span>
      <span>
        <i data-mark="errors" />
        {t('legend.errors')}
      </span>
      <span>
        <i data-mark="talking" />
        {t('legend.talking')} ({t('legend.silent')})
      </span>
      <span>
        <i data-mark="backlog" />
        {t('legend.backlog')}
      </span>
      <span>
        <i data-mark="throughput" />
        {t('legend.throughput')} ({t('legend.scale')})
      </span>
      <span>
        <b data-mark="up">▲</b>
        <b data-mark="down">▼</b>
        {t('legend.staffing')}
      </span>
      <span>
        <i data-mark="deadline" />
        {t('legend.deadline')}
      </span>
    </div>
  );
}
