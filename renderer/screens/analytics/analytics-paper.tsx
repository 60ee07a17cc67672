import { useTranslation } from 'react-i18next';
import type { Answered, MeasureInfo } from '../../../main/api/contract/measures.ts';
import { HeatTable } from '../../charts/heat-table.tsx';
import { shapeOf } from '../../charts/measure-shape.ts';
import { ReportChart } from '../../charts/report-chart.tsx';
import { engineNow } from '../../engine-hooks.ts';
import { PAPER_PX, Paper } from '../../ui/paper.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { useFormat } from '../../use-format.ts';
import { paperChartOf } from './paper-chart.ts';
import { useWrite } from './result.tsx';

type Props = {
  readonly title: string;
  /** the query in words */
  readonly said: string;
  readonly answered: Answered;
  readonly measures: readonly MeasureInfo[];
  /** see `Paper` */
  readonly save?: (() => Promise<void>) | null | undefined;
  readonly onDone: () => void;
};

/** An answer on paper: its chart, sharp at any size, and its table. */
export function AnalyticsPaper({ title, said, answered, measures, save, onDone }: Props) {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const write = useWrite(measures);
  const { table, chart } = answered;
  const shape = shapeOf(table, format.lang);
  const drawn = paperChartOf(answered, shape, write);
  return (
    <Paper
      over={said}
      title={title}
      foot={t('paper', { at: format.dateTime(answered.asOf), printed: format.dateTime(engineNow()) })}
      save={save}
      onDone={onDone}
    >
      <section>
        {(chart === 'matrix' || chart === 'strip') && shape.across && (
          <HeatTable table={table} shape={shape} write={write} />
        )}
        {drawn && <ReportChart chart={drawn} words={format} width={PAPER_PX} />}
        <PlainTable table={table} />
      </section>
    </Paper>
  );
}
