import { Anchor, Button, Code, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { Facts } from '../../ui/page.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { Fine, Note, TimeText } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { Rows } from './rows.tsx';
import classes from './settings.module.css';

const FILES = [
  ['toride.db', 'db'],
  ['config.json', 'settings'],
  ['logs', 'log'],
  ['backups', 'backups'],
  ['log-blocks', 'segments'],
  ['models', 'models'],
] as const;

export function About() {
  const t = useWords('settings');
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
      <ModelsByHash />
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

/** Which models are here, by what the IT department can compare. */
function ModelsByHash() {
  const t = useWords('settings');
  const overview = useQuery(orpc.models.overview.queryOptions());
  if (overview.error) return <ErrorState error={overview.error} />;
  if (!overview.data) return <Loading count={1} />;
  const { models } = overview.data;
  return (
    <FieldGroup title={t('modelsByHash')}>
      <Stack p="md">
        {models.length === 0 && <Note>{t('noModels')}</Note>}
        <Facts
          facts={models.map(({ name, sha256 }) => [
            name,
            <code key={name} className={classes['mono']}>
              {sha256 ?? '—'}
            </code>,
          ])}
        />
      </Stack>
    </FieldGroup>
  );
}

type Row = {
  readonly what: 'company' | 'server' | 'page';
  /** null: not connected to at all */
  readonly address: string | null;
  readonly link: string | null;
};

/** Everything this app speaks to, by address. The list is whole: nothing else in it can open a connection. */
function Connections({ host }: { readonly host: 'electron' | 'browser' | 'cli' }) {
  const t = useWords('settings');
  const company = useQuery(orpc.company.connection.queryOptions());
  const models = useQuery(orpc.models.overview.queryOptions());
  const error = company.error ?? models.error;
  if (error) return <ErrorState error={error} />;
  if (!company.data || !models.data) return <Loading count={3} />;
  const { connection } = company.data;
  const { server } = models.data.settings;
  const rows: readonly Row[] = [
    {
      what: 'company',
      address: connection && `${connection.host}:${connection.port}`,
      link: href('settings', 'company'),
    },
    { what: 'server', address: server.enabled ? server.url : null, link: href('models', 'server') },
    { what: 'page', address: host === 'browser' ? window.location.host : null, link: null },
  ];
  return (
    <FieldGroup title={t('net.title')} note={t('net.note')}>
      <Rows
        label={t('net.title')}
        head={[t('net.what'), t('net.state'), t('net.sent')]}
        rows={rows.map(({ what, address, link }) => [
          link ? (
            <Anchor key="name" href={link} size="sm">
              {t(`net.names.${what}`)}
            </Anchor>
          ) : (
            t(`net.names.${what}`)
          ),
          address === null ? (
            <Note key="state" className={classes['netState'] ?? ''}>
              <IconCircleDashed size={14} className={classes['netIcon'] ?? ''} aria-hidden />{' '}
              {t(`net.off.${what}`)}
            </Note>
          ) : (
            <Text key="state" size="sm" className={classes['netState'] ?? ''}>
              <IconCircleCheck size={14} className={classes['netIcon'] ?? ''} aria-hidden /> {address}
            </Text>
          ),
          t(`net.whatIsSent.${what}`),
        ])}
      />
    </FieldGroup>
  );
}
