import { Button, Code, CopyButton, Group, List, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FieldGroup } from '../../ui/field-row.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Fine } from '../../ui/text.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useFormat } from '../../use-format.ts';
import { Connections } from './connections.tsx';

const FILES = [
  ['toride.db', 'db'],
  ['config.json', 'settings'],
  ['logs', 'log'],
  ['backups', 'backups'],
  ['log-blocks', 'segments'],
  ['models', 'models'],
] as const;

export function About() {
  const { t } = useTranslation(['settings', 'common']);
  const format = useFormat();
  const about = useQuery(orpc.system.about.queryOptions({ refetchInterval: 10_000 }));
  if (about.error) return <ErrorState error={about.error} retry={() => void about.refetch()} />;
  if (!about.data) return <Loading />;
  const { version, host, node, pid, dataDir, startedAt, memoryMb } = about.data;
  const slash = dataDir.includes('\\') ? '\\' : '/';
  return (
    <Stack gap="lg">
      <FieldGroup title={t('whereTitle')}>
        <Stack p="md" gap="sm">
          <List size="sm" spacing={6}>
            <List.Item>{t('where1')}</List.Item>
            <List.Item>{t('where2')}</List.Item>
            <List.Item>{t('where3')}</List.Item>
            <List.Item>{t('where4')}</List.Item>
          </List>
          <Group gap="xs" wrap="nowrap">
            <Code block flex={1}>
              {dataDir}
            </Code>
            <CopyButton value={dataDir}>
              {({ copied, copy }) => (
                <Button variant="default" size="xs" onClick={copy}>
                  {copied ? t('common:copied') : t('common:copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Facts
            facts={FILES.map(([file, what]) => [
              `${dataDir.endsWith(slash) ? '' : slash}${file}`,
              t(`whereList.${what}`),
            ])}
          />
        </Stack>
      </FieldGroup>
      <Connections host={host} />
      <FieldGroup title={`Toride ${version}`}>
        <Stack p="md">
          <Facts
            facts={[
              [t('host'), t(`hosts.${host}`)],
              [t('node'), `Node.js ${node.replace(/^v/, '')}`],
              [t('startedAt'), <TimeText key="started" at={startedAt} />],
              [t('memory'), `${format.number(memoryMb)} MB`],
              [t('pid'), String(pid)],
            ]}
          />
          <Fine>© Toride contributors · MIT</Fine>
        </Stack>
      </FieldGroup>
    </Stack>
  );
}
