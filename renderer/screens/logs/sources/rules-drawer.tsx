import { Drawer, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogSource } from '../../../../main/logs/contract/logs.ts';
import type { LogTable } from '../../../../main/logs/contract/tables.ts';
import { orpc } from '../../../engine-hooks.ts';
import { fromErrorData } from '../../../errors.ts';
import { DialogActions } from '../../../ui/confirm-dialog.tsx';
import { Facts } from '../../../ui/page.tsx';
import { ErrorState, Failed, Pending } from '../../../ui/states.tsx';
import { Fine, TimeText } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { LineSum } from '../accounting-line.tsx';
import { type Rules, RulesForm } from './rules-form.tsx';
import { useFormatNames } from './source-words.ts';
import { TableColumns } from './table-columns.tsx';
import { TablePreview } from './table-preview.tsx';

type Props = { readonly source: LogSource | null; readonly onClose: () => void };

export function RulesDrawer({ source, onClose }: Props) {
  const t = useWords('logs');
  return (
    <Drawer
      opened={source !== null}
      onClose={onClose}
      size="lg"
      title={t('rules.title', { name: source?.name ?? '' })}
    >
      {source && <Body key={source.id} source={source} onClose={onClose} />}
    </Drawer>
  );
}

function Body({ source, onClose }: { readonly source: LogSource; readonly onClose: () => void }) {
  const t = useWords('logs');
  const format = useFormat();
  const { titlesOf } = useFormatNames();
  const used = titlesOf(source.usedFormats);
  const { name, format: chosen, encoding, timeZone, skewMs, service, pattern } = source;
  const [rules, setRules] = useState<Rules>({
    name,
    format: chosen,
    encoding,
    timeZone,
    skewMs,
    service,
    pattern,
  });
  const [table, setTable] = useState(source.table);
  const save = useMutation(
    orpc.logs.updateSource.mutationOptions({
      onSuccess: () => {
        showDone(t('common:saved'));
        onClose();
      },
    }),
  );
  return (
    <Stack>
      <Facts
        facts={[
          [
            t('sources.path'),
            (source.kind === 'import' ? null : (source.table?.table ?? source.path)) ??
              t(`sources.kind.${source.kind}`),
          ],
          [
            t('sources.lines'),
            <LineSum key="sum" {...source} addsUp={source.lines === source.templated + source.unparsed} />,
          ],
          [
            t('sources.format'),
            used === null
              ? t('common:unknown')
              : `${used}${
                  source.formatRate === null
                    ? ''
                    : ` (${t('sources.rate', { rate: format.percent(source.formatRate) })})`
                }`,
          ],
          [t('sources.first'), <TimeText key="first" at={source.firstAt} />],
          [t('sources.last'), <TimeText key="last" at={source.lastAt} />],
        ]}
      />
      {table && <TableRules table={table} rules={rules} onChange={setTable} />}
      <RulesForm
        kind={source.kind}
        rules={rules}
        detected={{
          format: source.usedFormats.length === 1 ? used : null,
          encoding: source.usedEncodings.join(t('sources.listComma')) || null,
        }}
        onChange={setRules}
      />
      <Fine>{t('rules.applies')}</Fine>
      <Failed of={save} />
      <DialogActions
        confirm={t('common:save')}
        onClose={onClose}
        disabled={rules.name.trim() === ''}
        loading={save.isPending}
        onConfirm={() => save.mutate({ id: source.id, rules: { ...rules, name: rules.name.trim(), table } })}
      />
    </Stack>
  );
}

type TableProps = {
  readonly table: LogTable;
  readonly rules: Rules;
  readonly onChange: (table: LogTable) => void;
};
/** What the columns mean can be changed while it is read; how far it is read says by what. */
function TableRules({ table, rules: { name: _name, ...others }, onChange }: TableProps) {
  const t = useWords('logs');
  const tables = useQuery({ ...orpc.logs.tables.queryOptions(), staleTime: 0, retry: false });
  const choice = tables.data?.find((one) => one.table === table.table);
  if (!tables.isSuccess) return <Pending of={tables} count={3} />;
  if (!choice)
    return <ErrorState error={fromErrorData({ code: 'logs.table-gone', params: { table: table.table } })} />;
  return (
    <>
      <TableColumns value={table} choice={choice} isRead onChange={onChange} />
      <Fine>{t('table.fixed')}</Fine>
      <TablePreview table={table} rules={others} />
    </>
  );
}
