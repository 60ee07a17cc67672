import { useCallback } from 'react';
import type { MessageBody } from '../../../main/api/contract/chat.ts';
import { MeasureChart } from '../../charts/measure-chart.tsx';
import type { Write } from '../../charts/measure-shape.ts';
import { writeMeasured } from '../../ui/csv.ts';
import { useFormat } from '../../use-format.ts';
import classes from './chat.module.css';

/** The charts that fit the tables of an answer. */
export function AnswerCharts({ body }: { readonly body: MessageBody }) {
  const format = useFormat();
  const write: Write = useCallback((value, column) => writeMeasured(value, column, format), [format]);
  return body.charts.map(({ table: at, kind }) => {
    const table = body.tables[at];
    return (
      table && (
        <div key={`${at}${kind}`} className={classes['chart']}>
          <MeasureChart table={table} kind={kind} lang={format.lang} write={write} />
        </div>
      )
    );
  });
}
