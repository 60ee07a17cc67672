import { Portal } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../main/api/contract/reports.ts';
import { ReportChart } from '../../charts/report-chart.tsx';
import { useFormat } from '../../use-format.ts';
import { PlainTable } from './plain-table.tsx';
import classes from './report-paper.module.css';
import { dayWords, withoutDay } from './report-words.ts';

type Props = {
  readonly report: Report;
  /** puts it on paper; resolves once that is done. Without it the print dialog does; null: that is open already */
  readonly save?: (() => Promise<void>) | null | undefined;
  readonly onDone: () => void;
};
/** px of 178 mm, what A4 leaves between its margins */
const PAPER_PX = 670;
const STAMPS = ['made', 'checked', 'approved'] as const;

/**
 * A report on paper: A4, black on white in either theme, page numbers, a place for three seals. Prints, or is saved, when it appears;
 * what Ctrl+P prints is this too.
 */
export function ReportPaper({ report, save, onDone }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  useEffect(() => {
    if (save) return void save().finally(onDone);
    window.addEventListener('afterprint', onDone);
    if (save === undefined) window.print();
    return () => window.removeEventListener('afterprint', onDone);
  }, [save, onDone]);
  return (
    // a node of its own: a hint that is open in the shared one would make the page wider, and what is on it smaller
    <Portal reuseTargetNode={false}>
      <div className={classes['paper']} aria-hidden>
        <div className={classes['top']}>
          <div>
            <p>
              {t(`kind.${report.kind}`)} {dayWords(report.date, format)}
            </p>
            <h1>{withoutDay(format.pick(report.headline), report.date, format)}</h1>
          </div>
          <div className={classes['stamps']}>
            {STAMPS.map((stamp) => (
              <span key={stamp}>{t(`page.stamps.${stamp}`)}</span>
            ))}
          </div>
        </div>
        {report.sections.map((section) => (
          <section key={section.key}>
            <h2>{format.pick(section.title)}</h2>
            {section.words.map((sentence) => (
              <p key={sentence.en}>{format.pick(sentence)}</p>
            ))}
            {section.charts.map((chart) => (
              <ReportChart key={chart.key} chart={chart} words={words} width={PAPER_PX} />
            ))}
            {section.tables.map((table) => (
              <PlainTable key={`${table.query}${table.title.en}`} table={table} kind={report.kind} />
            ))}
          </section>
        ))}
        <p className={classes['foot']}>{t('page.footer', { madeAt: format.dateTime(report.madeAt) })}</p>
      </div>
    </Portal>
  );
}
