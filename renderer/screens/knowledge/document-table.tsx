import { ActionIcon, Badge, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Document } from '../../../main/knowledge/contract/knowledge.ts';
import { type Column, DataTable, numberColumn, timeColumn } from '../../ui/data-table.tsx';
import { Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { DocumentState } from './document-state.tsx';

type Props = {
  readonly documents: readonly Document[];
  readonly onOpen: (document: Document) => void;
  readonly onRemove: (document: Document) => void;
};

export function DocumentTable({ documents, onOpen, onRemove }: Props) {
  const t = useWords('knowledge');
  const format = useFormat();
  const columns = useMemo<Column<Document>[]>(
    () => [
      {
        key: 'title',
        label: t('name'),
        sort: (d) => d.title,
        render: (d) => (
          <Group gap={6}>
            <Strong span>{d.title}</Strong>
            {d.tags.map((tag) => (
              <Badge key={tag} size="sm" variant="light" color="gray" tt="none">
                {tag}
              </Badge>
            ))}
          </Group>
        ),
      },
      { key: 'source', label: t('source'), sort: (d) => d.source, render: (d) => t(`sources.${d.source}`) },
      {
        key: 'state',
        label: t('state'),
        sort: (d) => d.state,
        render: (d) => <DocumentState document={d} />,
      },
      {
        key: 'size',
        label: t('text'),
        align: 'right',
        sort: (d) => d.characters,
        render: (d) => t('characters', { n: format.number(d.characters) }),
      },
      numberColumn('used', t('usedTimes'), (d) => d.useCount, format.number),
      timeColumn('updated', t('updated'), (d) => d.updatedAt, { align: 'right' }),
      {
        key: 'remove',
        label: t('common:remove'),
        labelHidden: true,
        width: '3rem',
        render: (d) =>
          d.source === 'company' ? null : (
            <ActionIcon
              aria-label={`${t('common:remove')}: ${d.title}`}
              onClick={(event) => {
                event.stopPropagation();
                onRemove(d);
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          ),
      },
    ],
    [t, format, onRemove],
  );
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={documents}
      rowKey={(d) => d.id}
      onOpen={onOpen}
      initialSort={{ key: 'updated', down: true }}
    />
  );
}
