import { useMemo } from 'react';
import { listedRows } from '../../../main/api/contract/format.ts';
import type { AuditHead } from '../../../main/placement/contract/placement.ts';
import type { Report } from '../../../main/reports/contract/reports.ts';
import { ReportChart } from '../../charts/report-chart.tsx';
import { PlainTable } from '../../ui/contract-table.tsx';
import { PAPER_PX, Paper } from '../../ui/paper.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { dayWords, withoutDay } from './report-words.ts';

type Props = {
  readonly report: Report;
  /** the newest entry of the audit record: on paper, what is cut off later shows */
  readonly auditHead: AuditHead | null;
  /** see `Paper` */
  readonly save?: (() => Promise<void>) | null | undefined;
  readonly onDone: () => void;
};
const STAMPS = ['made', 'checked', 'approved'] as const;

/** A report on paper, with a place for three seals. */
export function ReportPaper({ report, auditHead, save, onDone }: Props) {
  const t = useWords('reports');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  return (
    <Paper
      over={`${t(`kind.${report.kind}`)} ${dayWords(report.date, format)}`}
      title={withoutDay(format.pick(report.headline), report.date, format)}
      stamps={STAMPS.map((stamp) => t(`page.stamps.${stamp}`))}
      foot={
        t('page.footer', { madeAt: format.dateTime(report.madeAt) }) +
        (auditHead ? t('page.audit', { seq: String(auditHead.seq), hash: auditHead.hash.slice(0, 16) }) : '')
      }
      save={save}
      onDone={onDone}
    >
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
            <PlainTable
              key={`${table.query}${table.title.en}`}
              table={table}
              shown={[...listedRows(report.kind, table.rows)]}
            />
          ))}
        </section>
      ))}
    </Paper>
  );
}
