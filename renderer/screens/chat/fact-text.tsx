import { Box } from '@mantine/core';
import { useState } from 'react';
import type { Table } from '../../../main/api/contract/common.ts';
import type { Message } from '../../../main/chat/contract/chat.ts';
import { TableDrawer } from '../../ui/contract-table.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { cutAtMarks, partsOf, withTails } from './answer-text.ts';
import classes from './chat.module.css';

/** An answer whose numbers open the rows they came from; a structured one under its headings. */
export function FactText({ message }: { readonly message: Message }) {
  const [table, setTable] = useState<Table | null>(null);
  const { text, body } = message;
  return (
    <>
      <div className={classes['answerText']} lang={body.lang}>
        {partsOf(text, body.sections).map((part) =>
          part.isHeading ? (
            <h2 key={part.key} className={classes['answerHeading']}>
              {text.slice(part.start, part.end)}
            </h2>
          ) : (
            <Pieces key={part.key} message={message} from={part.start} to={part.end} onOpen={setTable} />
          ),
        )}
      </div>
      <TableDrawer table={table} onClose={() => setTable(null)} />
    </>
  );
}

type PiecesProps = {
  readonly message: Message;
  /** the stretch [from, to) of the text */
  readonly from: number;
  readonly to: number;
  readonly onOpen: (table: Table) => void;
};
function Pieces({ message, from, to, onOpen }: PiecesProps) {
  const t = useWords('chat');
  const format = useFormat();
  const { marks, facts, tables } = message.body;
  // a heading parts the text by itself: the blank lines around it are for plain text
  const whole = message.text.slice(from, to);
  const isPart = to - from < message.text.length;
  const start = isPart ? from + (/^\n+/.exec(whole)?.[0].length ?? 0) : from;
  const end = isPart ? to - (/\n+$/.exec(whole)?.[0].length ?? 0) : to;
  const within = marks
    .filter((mark) => mark.start >= start && mark.end <= end)
    .map((mark) => ({ ...mark, start: mark.start - start, end: mark.end - start }));
  const pieces = withTails(cutAtMarks(message.text.slice(start, Math.max(start, end)), within, facts));
  return pieces.map(({ text, fact, start: at, tail }) => {
    const rows = fact?.table == null ? undefined : tables[fact.table];
    if (!fact || !rows) return <span key={at}>{text + tail}</span>;
    const button = (
      <button
        key={at}
        type="button"
        className={classes['fact']}
        title={t('factOpen', { label: format.pick(fact.label) })}
        onClick={() => onOpen(rows)}
      >
        {text}
      </button>
    );
    if (!tail) return button;
    return (
      <Box key={at} component="span" style={{ whiteSpace: 'nowrap' }}>
        {button}
        {tail}
      </Box>
    );
  });
}
