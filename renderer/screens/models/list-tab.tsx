import { Stack, Title } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ModelView } from '../../../main/llm/contract/models.ts';
import { navigate, replaceRoute } from '../../router.ts';
import { type Column, DataTable, numberColumn } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ChecksumBadge, FitBadge, StateBadge } from './model-badges.tsx';
import type { TabProps } from './models-screen.tsx';
import { RoleCards } from './role-cards.tsx';

/** Who plays which role, and every model that was taken in. */
export function ListTab({ overview }: TabProps) {
  const t = useWords('models');
  return (
    <Stack gap="lg">
      <RoleCards overview={overview} />
      <section>
        <Title order={2} mb="xs">
          {t('list.title')}
        </Title>
        {overview.models.length === 0 ? (
          <EmptyState
            kind="never"
            icon={<IconCpu size={28} stroke={1.5} />}
            title={t('list.never')}
            text={t('list.neverText')}
            action={{ label: t('list.neverKnown'), onClick: () => navigate('models', 'known') }}
          />
        ) : (
          <ModelTable models={overview.models} />
        )}
        <Fine mt="xs">{t('list.folder', { path: overview.folder })}</Fine>
      </section>
    </Stack>
  );
}

const FIT_ORDER = { fits: 0, tight: 1, 'too-big': 2 };
function ModelTable({ models }: { readonly models: readonly ModelView[] }) {
  const t = useWords('models');
  const format = useFormat();
  const columns = useMemo(
    (): Column<ModelView>[] => [
      {
        key: 'name',
        label: t('list.column.name'),
        sort: (model) => model.name,
        render: (model) => (
          <>
            <Strong>{model.name}</Strong>
            <Fine>
              {[model.architecture, model.quantisation, t(`storage.${model.storage}`)]
                .filter(Boolean)
                .join(format.dot)}
            </Fine>
          </>
        ),
      },
      {
        key: 'roles',
        label: t('list.column.roles'),
        render: (model) => model.roles.map((role) => t(`role.names.${role}`)).join(t('comma')),
      },
      {
        key: 'state',
        label: t('list.column.state'),
        sort: (model) => model.state,
        render: (model) => <StateBadge state={model.state} />,
      },
      numberColumn('bytes', t('list.column.bytes'), (model) => model.bytes, format.bytes),
      {
        key: 'fit',
        label: t('list.column.fit'),
        sort: (model) => FIT_ORDER[model.fit.verdict],
        render: (model) => <FitBadge fit={model.fit} />,
      },
      {
        key: 'licence',
        label: t('list.column.licence'),
        sort: (model) => model.licence,
        render: (model) => model.licence ?? t('licenceUnknown'),
      },
      {
        key: 'checksum',
        label: t('list.column.checksum'),
        sort: (model) => model.checksum,
        render: (model) => <ChecksumBadge checksum={model.checksum} />,
      },
    ],
    [t, format],
  );
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      rows={models}
      rowKey={(model) => model.id}
      onOpen={(model) => replaceRoute('models', 'list', { model: model.id })}
    />
  );
}
