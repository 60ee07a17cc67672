import { Button, Code, CopyButton, Group, List, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { POLICY_WORDS, wordPolicy, wordRole } from '../../../main/settings/contract/words.ts';
import { orpc, usePolicy } from '../../engine-hooks.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { Facts } from '../../ui/page.tsx';
import { ErrorState, Loading, Pending } from '../../ui/states.tsx';
import { Fine, Note, TimeText } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './settings.module.css';
import { Update } from './update.tsx';

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
  if (!about.isSuccess) return <Pending of={about} />;
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
      <PolicyInForce />
      <Update />
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

/** What an administrator fixed, and what this account may do. */
function PolicyInForce() {
  const { lang, pick } = useFormat();
  const policy = usePolicy();
  if (!policy) return <Loading count={1} />;
  return (
    <FieldGroup title={pick(POLICY_WORDS.title)} note={policy.file ?? undefined}>
      <Stack p="md">
        <Facts
          facts={[
            [pick(POLICY_WORDS.role), wordRole(policy, lang)],
            ...(policy.file === null ? [] : wordPolicy(policy, lang)),
          ]}
        />
      </Stack>
    </FieldGroup>
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
