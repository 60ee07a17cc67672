import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../main/api/contract/chat.ts';
import type { Table } from '../../../main/api/contract/common.ts';
import { TableDrawer } from '../../ui/table-drawer.tsx';
import { useFormat } from '../../use-format.ts';
import { cutAtMarks } from './answer-text.ts';
import classes from './chat.module.css';

/** An answer whose numbers open the rows they came from. */
export function FactText({ message }: { readonly message: Message }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const [table, setTable] = useState<Table | null>(null);
  const { marks, facts, tables } = message.body;
  return (
    <>
      <div className={classes['answerText']}>
        {cutAtMarks(message.text, marks, facts).map((piece) => {
          const rows = piece.fact?.table == null ? undefined : tables[piece.fact.table];
          if (!piece.fact || !rows) return <span key={piece.start}>{piece.text}</span>;
          return (
            <button
              key={piece.start}
              type="button"
              className={classes['fact']}
              title={t('factOpen', { label: format.pick(piece.fact.label) })}
              onClick={() => setTable(rows)}
            >
              {piece.text}
            </button>
          );
        })}
      </div>
      <TableDrawer table={table} onClose={() => setTable(null)} />
    </>
  );
}
