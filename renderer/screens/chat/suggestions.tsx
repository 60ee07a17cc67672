import { SimpleGrid, Title, UnstyledButton } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../engine-hooks.ts';
import { Note } from '../../ui/text.tsx';
import classes from './chat.module.css';

/** What could be asked now: first what is late at this moment, then the usual. */
export function Suggestions({ onAsk }: { readonly onAsk: (text: string) => void }) {
  const { t } = useTranslation('chat');
  const rows = useQuery(orpc.situation.list.queryOptions({ input: {} })).data?.rows ?? [];
  const late = rows
    .filter((row) => row.risk === 'danger' || row.risk === 'watch')
    .toSorted((a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1));
  const calm = rows.filter((row) => row.risk === 'ok').toSorted((a, b) => b.people - a.people)[0];
  const texts = [
    ...late.slice(0, 2).map((row) => t('suggestLate', { location: row.location, process: row.process })),
    t('suggestRisk'),
    ...(calm ? [t('suggestImpact', { location: calm.location })] : []),
    ...(late.length ? [t('suggestAlerts')] : []),
    t('suggestPlan'),
    t('suggestProductivity'),
  ];
  return (
    <div className={classes['suggestions']}>
      <Title order={2}>{t('emptyTitle')}</Title>
      <Note mb="md">{t('emptyText')}</Note>
      <SimpleGrid minColWidth="250px" autoFlow="auto-fit" spacing={10}>
        {[...new Set(texts)].slice(0, 6).map((text) => (
          <UnstyledButton key={text} className={classes['suggestion']} onClick={() => onAsk(text)}>
            {text}
            <IconArrowUpRight size={15} aria-hidden />
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </div>
  );
}
