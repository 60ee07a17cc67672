import { Alert, Button, Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Accounting, LogSource } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { replaceRoute, useRoute } from '../../../router.ts';
import { StatTile } from '../../../ui/stat-tile.tsx';
import { EmptyState, Failed } from '../../../ui/states.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { LineSum } from '../accounting-line.tsx';
import { useByteWords, useSizeWords } from '../byte-words.ts';
import { AddSource } from './add-source.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { RulesDrawer } from './rules-drawer.tsx';
import { SourceTable } from './source-table.tsx';

/** Where lines come from, whether every one of them is accounted for, and those that could not be read. */
export function SourcesTab({ sources }: { readonly sources: readonly LogSource[] }) {
  const t = useWords('logs');
  const { query } = useRoute();
  const [edited, setEdited] = useState<string | null>(null);
  const accounting = useQuery(orpc.logs.accounting.queryOptions());
  const adding = query['add'] !== undefined;
  const add = (open: boolean): void =>
    replaceRoute('logs', 'sources', { range: query['range'] ?? null, add: open ? '1' : null });
  return (
    <Stack gap="lg">
      <Failed of={accounting} />
      {accounting.data && <AccountingCard accounting={accounting.data} />}
      {accounting.data && <DamagedNote {...accounting.data} />}
      <section>
        <Group justify="space-between" mb="xs">
          <Title order={2}>{t('sources.title')}</Title>
          <Button leftSection={<IconPlus size={16} />} onClick={() => add(true)}>
            {t('sources.add')}
          </Button>
        </Group>
        {sources.length === 0 ? (
          <EmptyState
            kind="never"
            title={t('sources.none')}
            text={t('sources.noneText')}
            action={{ label: t('sources.add'), onClick: () => add(true) }}
          />
        ) : (
          <SourceTable sources={sources} onEdit={setEdited} />
        )}
      </section>
      <DeadLetters sources={sources} onFix={setEdited} />
      <AddSource opened={adding} onClose={() => add(false)} />
      <RulesDrawer source={sources.find((s) => s.id === edited) ?? null} onClose={() => setEdited(null)} />
    </Stack>
  );
}

/** Stored lines that cannot be read any more: which, how many, and how to get them back. */
function DamagedNote({ damaged, sources }: Pick<Accounting, 'damaged' | 'sources'>) {
  const t = useWords('logs');
  const format = useFormat();
  if (damaged.length === 0) return null;
  const isCompany = (id: string): boolean => sources.find((s) => s.id === id)?.kind === 'company';
  const lines = damaged.reduce((sum, one) => sum + one.lines, 0);
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} />}
      title={t('damaged.title', { n: format.number(lines) })}
    >
      <Text size="sm">{t('damaged.text')}</Text>
      <List size="sm" my={4}>
        {damaged.map((one) => (
          <List.Item key={`${one.sourceId} ${one.firstDay} ${one.lastDay}`}>
            {t('damaged.one', {
              name: one.sourceName,
              days: format.days(one.firstDay, one.lastDay),
              n: format.number(one.lines),
            })}
          </List.Item>
        ))}
      </List>
      {damaged.some(({ sourceId }) => !isCompany(sourceId)) && <Text size="sm">{t('damaged.files')}</Text>}
      {damaged.some(({ sourceId }) => isCompany(sourceId)) && <Text size="sm">{t('damaged.company')}</Text>}
      <Text size="sm">{t('damaged.next')}</Text>
    </Alert>
  );
}

/** The sum over all sources, counted twice: by those who read, and from what is stored. */
function AccountingCard({ accounting }: { readonly accounting: Accounting }) {
  const t = useWords('logs');
  const format = useFormat();
  const bytes = useByteWords();
  const sizeWords = useSizeWords();
  const { rawBytes, storedBytes, expired, keepDays, oldestDay } = accounting;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
      <StatTile
        label={t('account.lines')}
        value={format.number(accounting.lines)}
        unit={t('account.lineUnit')}
        tone={accounting.addsUp ? 'plain' : 'danger'}
        hint={<LineSum {...accounting} />}
      />
      <StatTile
        label={t('account.stored')}
        value={format.number(accounting.storedTemplated + accounting.storedUnparsed + expired)}
        unit={t('account.lineUnit')}
        hint={t(expired > 0 ? 'account.storedExpired' : 'account.storedHint', {
          expired: format.number(expired),
        })}
      />
      <StatTile
        label={t('account.size')}
        value={bytes(storedBytes)}
        hint={sizeWords(rawBytes, storedBytes)}
      />
      <StatTile
        label={t('account.keep')}
        value={keepDays}
        unit={t('account.dayUnit')}
        hint={oldestDay === null ? t('account.noDay') : t('account.oldest', { day: oldestDay })}
      />
    </SimpleGrid>
  );
}
