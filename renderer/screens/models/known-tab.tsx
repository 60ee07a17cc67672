import { Anchor, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { KnownModel, ModelsOverview } from '../../../main/llm/contract/models.ts';
import { href } from '../../router.ts';
import { ToneBadge } from '../../ui/badges.tsx';
import { type Column, DataTable, numberColumn, textColumn } from '../../ui/data-table.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './models.module.css';
import type { TabProps } from './models-screen.tsx';

const MB = 1_000_000;
/** What to fetch on another computer: role, size, memory, licence, why. */
export function KnownTab({ overview }: TabProps) {
  const t = useWords('models');
  const format = useFormat();
  const columns = useMemo(
    (): Column<KnownModel>[] => [
      {
        key: 'name',
        label: t('known.column.name'),
        sort: (known) => known.name,
        render: (known) => (
          <>
            <Strong>{known.name}</Strong>
            <span className={classes['path']}>{known.file}</span>
          </>
        ),
      },
      {
        key: 'role',
        label: t('known.column.role'),
        oneLine: true,
        sort: (known) => known.role,
        render: (known) => t(`role.names.${known.role}`),
      },
      {
        key: 'have',
        label: t('known.column.have'),
        render: (known) => <Here known={known} overview={overview} />,
      },
      numberColumn('bytes', t('known.column.bytes'), (known) => known.bytes, format.bytes),
      {
        key: 'memory',
        label: t('known.column.memory'),
        align: 'right',
        oneLine: true,
        sort: (known) => known.memoryMb,
        render: (known) => format.bytes(known.memoryMb * MB),
      },
      textColumn('licence', t('known.column.licence'), (known) => known.licence),
      {
        key: 'why',
        label: t('known.column.why'),
        render: (known) => (
          <>
            <Text size="sm">{format.pick(known.note)}</Text>
            {known.sha256 === null ? (
              <Fine>{t('known.noSha')}</Fine>
            ) : (
              <CopyButton value={known.sha256}>
                {({ copied, copy }) => (
                  <Button size="compact-xs" variant="subtle" onClick={copy}>
                    {copied ? t('common:copied') : t('known.sha')}
                  </Button>
                )}
              </CopyButton>
            )}
          </>
        ),
      },
    ],
    [t, format, overview],
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text size="sm" maw="46rem">
          {t('known.intro')}
        </Text>
        <Anchor size="sm" flex="none" href={href('manual', 'models-carry')}>
          {t('known.manual')}
        </Anchor>
      </Group>
      <DataTable
        label={t('known.title')}
        columns={columns}
        rows={overview.known}
        rowKey={(known) => known.id}
        maxHeight="none"
      />
    </Stack>
  );
}

function Here({ known, overview }: { readonly known: KnownModel; readonly overview: ModelsOverview }) {
  const t = useWords('models');
  const isHere = overview.models.some((model) => model.knownId === known.id);
  const goesIn = known.memoryMb <= overview.machine.totalMb;
  return (
    <ToneBadge
      tone={isHere ? 'ok' : goesIn ? 'calm' : 'watch'}
      icon={goesIn ? IconCircleCheck : IconAlertTriangleFilled}
      label={isHere ? t('known.have') : goesIn ? t('known.fits') : t('known.tooBig')}
    />
  );
}
