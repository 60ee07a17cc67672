import { Button, Group, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogSource } from '../../../../main/api/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { replaceRoute, useRoute } from '../../../router.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { AccountingCard } from './accounting-card.tsx';
import { AddSource } from './add-source.tsx';
import { DamagedNote } from './damaged-note.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { RulesDrawer } from './rules-drawer.tsx';
import { SourceTable } from './source-table.tsx';

/** Where lines come from, whether every one of them is accounted for, and those that could not be read. */
export function SourcesTab({ sources }: { readonly sources: readonly LogSource[] }) {
  const { t } = useTranslation('logs');
  const { query } = useRoute();
  const [edited, setEdited] = useState<string | null>(null);
  const accounting = useQuery(orpc.logs.accounting.queryOptions());
  const adding = query['add'] !== undefined;
  const add = (open: boolean): void =>
    replaceRoute('logs', 'sources', { range: query['range'] ?? null, add: open ? '1' : null });
  return (
    <Stack gap="lg">
      {accounting.error && <ErrorState error={accounting.error} retry={() => void accounting.refetch()} />}
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
