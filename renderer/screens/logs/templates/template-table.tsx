import { Badge, Box, Checkbox, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { LEVELS, type LogCounts, type LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { Sparkline } from '../../../charts/mini-bars.tsx';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { useRangeWords } from '../../../logs/range-picker.tsx';
import { TemplateText } from '../../../logs/template-text.tsx';
import type { TimeRange } from '../../../stores/time-range.ts';
import { type Column, DataTable, numberColumn, timeColumn } from '../../../ui/data-table.tsx';
import { Strong } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './templates.module.css';

export type TemplateRow = {
  readonly template: LogTemplate;
  /** in the chosen range; null: not among the most frequent there */
  readonly series: LogCounts['series'][number] | null;
};
type Props = {
  readonly rows: readonly TemplateRow[];
  readonly range: TimeRange;
  readonly chosen: ReadonlySet<number>;
  readonly onChosen: (chosen: ReadonlySet<number>) => void;
  readonly onOpen: (id: number) => void;
  readonly opened: number | null;
  readonly empty: ReactNode;
};
const ALARMING: readonly string[] = ['error', 'fatal'];

export function TemplateTable({ rows, range, chosen, onChosen, onOpen, opened, empty }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const rangeWords = useRangeWords();
  const during = rangeWords(range);
  const columns = useMemo<Column<TemplateRow>[]>(() => {
    const toggle = (id: number, on: boolean): void => {
      const next = new Set(chosen);
      if (on) next.add(id);
      else next.delete(id);
      onChosen(next);
    };
    return [
      {
        key: 'choose',
        label: t('templates.choose'),
        labelHidden: true,
        width: '2.2rem',
        render: ({ template }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the click of its checkbox from opening the row
          // biome-ignore lint/a11y/useKeyWithClickEvents: the checkbox has its own keys
          <span onClick={(event) => event.stopPropagation()}>
            <Checkbox
              size="xs"
              aria-label={t('templates.chooseOne', { text: template.name ?? template.text })}
              checked={chosen.has(template.id)}
              onChange={(event) => toggle(template.id, event.currentTarget.checked)}
            />
          </span>
        ),
      },
      {
        key: 'text',
        label: t('templates.text'),
        sort: ({ template }) => template.name ?? template.text,
        render: ({ template }) => <NameCell template={template} />,
      },
      {
        key: 'level',
        label: t('filter.level'),
        oneLine: true,
        width: '5.5rem',
        sort: ({ template }) => template.level && LEVELS.indexOf(template.level),
        render: ({ template }) => <LevelBadge level={template.level} />,
      },
      {
        key: 'services',
        label: t('filter.service'),
        width: '9rem',
        sort: ({ template }) => template.services[0] ?? null,
        render: ({ template }) => (
          <Text
            size="xs"
            lineClamp={2}
            style={{ overflowWrap: 'anywhere' }}
            title={template.services.join(', ')}
          >
            {template.services.slice(0, 3).join(', ')}
            {template.services.length > 3 && t('templates.moreServices', { n: template.services.length - 3 })}
          </Text>
        ),
      },
      {
        key: 'spark',
        label: t('templates.trend'),
        width: '6rem',
        render: ({ template, series }) =>
          series && (
            <Sparkline
              values={series.counts}
              tone={ALARMING.includes(template.level ?? '') ? 'danger' : 'calm'}
              label={t('templates.trendLabel', { range: during, n: format.number(series.total) })}
              width={84}
            />
          ),
      },
      numberColumn('lines', t('templates.lines'), ({ template }) => template.lines, format.number),
      timeColumn('first', t('templates.first'), ({ template }) => template.firstAt, { align: 'right' }),
      timeColumn('last', t('templates.last'), ({ template }) => template.lastAt, { align: 'right' }),
    ];
  }, [t, format, chosen, onChosen, during]);
  return (
    <DataTable
      label={t('tab.templates')}
      columns={columns}
      rows={rows}
      rowKey={({ template }) => String(template.id)}
      onOpen={({ template }) => onOpen(template.id)}
      selected={opened === null ? null : String(opened)}
      maxHeight="max(24rem, calc(var(--content-height) - 15rem))"
      empty={empty}
    />
  );
}

function NameCell({ template }: { readonly template: LogTemplate }) {
  const t = useWords('logs');
  return (
    <Box miw="16rem">
      {template.name !== null && <Strong>{template.name}</Strong>}
      <Text span inherit lineClamp={2}>
        <TemplateText parts={template.parts} />
      </Text>
      {(template.locked || template.mark !== 'none' || template.merged.length > 0) && (
        <span className={classes['tags']}>
          {template.locked && (
            <Badge size="xs" variant="light" color="gray" tt="none" leftSection={<IconLock size={9} />}>
              {t('template.locked')}
            </Badge>
          )}
          {template.mark !== 'none' && (
            <Badge size="xs" variant="light" color="gray" tt="none">
              {t(`mark.${template.mark}`)}
            </Badge>
          )}
          {template.merged.length > 0 && (
            <Badge size="xs" variant="light" color="gray" tt="none">
              {t('template.mergedOf', { n: template.merged.length + 1 })}
            </Badge>
          )}
        </span>
      )}
    </Box>
  );
}
