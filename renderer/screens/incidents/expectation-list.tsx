import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Expectation } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc, useNow } from '../../engine-hooks.ts';
import { useTemplates } from '../../logs/use-templates.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { showUndoBar } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

/** What is kept quiet, until when, why and by whom; each can be taken back. */
export function ExpectationList() {
  const t = useWords('incidents');
  const format = useFormat();
  const now = useNow(60_000);
  const list = useQuery(orpc.anomalies.expectations.queryOptions());
  const templates = useTemplates((list.data ?? []).flatMap(({ templateId }) => templateId ?? []));
  const unexpect = useMutation(orpc.anomalies.unexpect.mutationOptions());
  const expect = useMutation(orpc.anomalies.expect.mutationOptions());
  const { mutate: takeBack } = unexpect;
  const { mutate: again } = expect;
  const columns = useMemo((): Column<Expectation>[] => {
    const whatOf = ({ kind, templateId, service }: Expectation): string => {
      const template = templateId === null ? undefined : templates.get(templateId);
      return [
        kind === null ? t('expect.all') : t(`kind.${kind}`),
        service,
        template ? (template.name ?? template.text) : templateId === null ? null : `#${templateId}`,
      ]
        .filter(Boolean)
        .join(format.dot);
    };
    return [
      { key: 'what', label: t('expect.column.what'), sort: whatOf, render: (row) => <b>{whatOf(row)}</b> },
      {
        key: 'until',
        label: t('expect.column.until'),
        sort: (row) => row.until,
        render: (row) =>
          row.until === null ? (
            t('expect.forever')
          ) : row.until <= now ? (
            <Note>
              {t('expect.over')} ({format.dateTime(row.until)})
            </Note>
          ) : (
            t('expect.untilAt', { time: format.dateTime(row.until) })
          ),
      },
      textColumn('why', t('expect.column.why'), (row) => row.why),
      textColumn('actor', t('expect.column.actor'), (row) => row.actor),
      timeColumn('at', t('expect.column.at'), (row) => row.at),
      {
        key: 'remove',
        label: t('expect.remove'),
        labelHidden: true,
        align: 'right',
        render: (row) => (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('expect.removeNow', { what: whatOf(row) })}
            onClick={() => {
              const { kind, templateId, service, until, why } = row;
              takeBack(
                { id: row.id },
                {
                  onSuccess: () =>
                    showUndoBar(t('expect.undone'), () => again({ kind, templateId, service, until, why })),
                },
              );
            }}
          >
            {t('expect.remove')}
          </Button>
        ),
      },
    ];
  }, [t, format, now, templates, takeBack, again]);
  if (!list.isSuccess) return <Pending of={list} />;
  return (
    <>
      <Failed of={unexpect} />
      <DataTable
        label={t('tab.expected')}
        columns={columns}
        rows={list.data}
        rowKey={(row) => row.id}
        initialSort={{ key: 'at', down: true }}
        maxHeight="calc(var(--content-height) - 14rem)"
        empty={<EmptyState kind="never" title={t('expect.none')} text={t('expect.noneText')} />}
      />
    </>
  );
}
