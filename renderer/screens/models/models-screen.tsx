import { Box, Button, Tabs } from '@mantine/core';
import {
  IconChartLine,
  IconCpu,
  IconFileImport,
  IconListCheck,
  IconPackageImport,
  IconServer2,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ModelsOverview } from '../../../main/llm/contract/models.ts';
import { orpc } from '../../engine-hooks.ts';
import { reportFailure } from '../../failures.ts';
import { navigate, replaceRoute, useRoute } from '../../router.ts';
import { startModelUpload } from '../../stores/model-uploads.ts';
import { DropAnywhere } from '../../ui/drop-anywhere.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Pending } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';
import { BenchmarksTab } from './benchmarks-tab.tsx';
import { ImportDrawer } from './import-drawer.tsx';
import { ImportTray } from './import-tray.tsx';
import { KnownTab } from './known-tab.tsx';
import { ListTab } from './list-tab.tsx';
import { MachineTab } from './machine-tab.tsx';
import { ModelDrawer } from './model-drawer.tsx';
import { ServerTab } from './server-tab.tsx';
import { type Taken, takeDropped } from './take-files.ts';

const TABS = [
  { name: 'list', icon: IconListCheck, body: ListTab },
  { name: 'known', icon: IconPackageImport, body: KnownTab },
  { name: 'benchmarks', icon: IconChartLine, body: BenchmarksTab },
  { name: 'server', icon: IconServer2, body: ServerTab },
  { name: 'machine', icon: IconCpu, body: MachineTab },
] as const;

/** `#/models/<tab>?model=<id>&add=1` */
export function ModelsScreen() {
  const t = useWords('models');
  const { id, query } = useRoute();
  const overview = useQuery(orpc.models.overview.queryOptions());
  const [paths, setPaths] = useState<readonly string[]>([]);
  const tab = TABS.find(({ name }) => name === id)?.name ?? 'list';
  const show = (part: Readonly<Record<string, string | null>>): void =>
    replaceRoute('models', tab, { ...query, ...part });
  const take = (taken: Taken): void => {
    if (taken.kind === 'paths') {
      setPaths((now) => [...new Set([...now, ...taken.paths])]);
      show({ add: '1' });
      return;
    }
    show({ add: null });
    for (const model of taken.models) startModelUpload(model).catch(reportFailure);
  };
  return (
    <Box mih="var(--content-height)">
      <DropAnywhere
        label={t('dropHere')}
        onDrop={(data) => void takeDropped(data).then(take).catch(reportFailure)}
      />
      <PageHeader
        title={t('title')}
        subtitle={<Box maw="48rem">{t('subtitle')}</Box>}
        actions={
          <Button leftSection={<IconFileImport size={16} />} onClick={() => show({ add: '1' })}>
            {t('import')}
          </Button>
        }
      />
      <ImportTray />
      <Tabs value={tab} onChange={(name) => navigate('models', name)}>
        <Tabs.List mb="md">
          {TABS.map(({ name, icon: Icon }) => (
            <Tabs.Tab key={name} value={name} leftSection={<Icon size={15} />}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ name, body: Body }) => (
          <Tabs.Panel key={name} value={name}>
            {!overview.isSuccess && <Pending of={overview} count={8} />}
            {overview.data && <Body overview={overview.data} />}
          </Tabs.Panel>
        ))}
      </Tabs>
      <ModelDrawer
        id={query['model'] ?? null}
        overview={overview.data ?? null}
        onClose={() => show({ model: null })}
      />
      <ImportDrawer
        opened={query['add'] !== undefined}
        paths={paths}
        setPaths={setPaths}
        onTaken={take}
        onClose={() => {
          setPaths([]);
          show({ add: null });
        }}
      />
    </Box>
  );
}
export type TabProps = { readonly overview: ModelsOverview };
