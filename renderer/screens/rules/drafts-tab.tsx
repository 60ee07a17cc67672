import { Alert, Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleDraft } from '../../../main/placement/contract/placement.ts';
import { wordChange } from '../../../main/placement/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { DraftCard } from './draft-card.tsx';

/** Rules read from what people wrote. None of them counts before a person has tried and confirmed it. */
export function DraftsTab() {
  const t = useWords('rules');
  const drafts = useQuery(orpc.placement.drafts.queryOptions());
  const lookup = useQuery(orpc.system.lookup.queryOptions());
  if (!drafts.isSuccess) return <Pending of={drafts} count={3} />;
  const open = drafts.data.filter((draft) => draft.state === 'open');
  const decided = drafts.data.filter((draft) => draft.state !== 'open');
  return (
    <Stack gap="md" maw="62rem">
      <Typed />
      {open.length === 0 && (
        <EmptyState kind="never" title={t('drafts.emptyTitle')} text={t('drafts.emptyText')} />
      )}
      {open.map((draft) => (
        <DraftCard key={draft.id} draft={draft} businesses={lookup.data?.businesses ?? []} />
      ))}
      {decided.length > 0 && <Decided drafts={decided} />}
    </Stack>
  );
}

/** A sentence of one's own, read the same way. */
function Typed() {
  const t = useWords('rules');
  const [text, setText] = useState('');
  const [isUnread, setUnread] = useState(false);
  const read = useMutation(orpc.placement.draftFrom.mutationOptions());
  const act = (): void => {
    if (!text.trim()) return;
    read.mutate(
      { text },
      {
        onSuccess: async (drafts) => {
          setUnread(drafts.length === 0);
          if (drafts.length > 0) {
            setText('');
            showDone(t('drafts.made', { n: drafts.length }));
          }
        },
      },
    );
  };
  return (
    <Paper withBorder p="md" radius="lg">
      <Group align="flex-end" gap="sm">
        <ImeTextInput
          flex={1}
          miw={240}
          label={t('drafts.typed')}
          description={t('drafts.typedHelp')}
          placeholder={t('drafts.typedPlaceholder')}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onEnter={act}
        />
        <Button variant="default" disabled={!text.trim()} loading={read.isPending} onClick={act}>
          {t('drafts.read')}
        </Button>
      </Group>
      <Failed of={read} />
      {isUnread && (
        <Alert mt="sm" color="orange" variant="light" role="status">
          {t('drafts.unread')}
        </Alert>
      )}
    </Paper>
  );
}

function Decided({ drafts }: { readonly drafts: readonly RuleDraft[] }) {
  const t = useWords('rules');
  const format = useFormat();
  return (
    <section>
      <Strong mb={4}>{t('drafts.decided')}</Strong>
      <Stack gap={4}>
        {drafts.map((draft) => (
          <Fine key={draft.id}>
            {t(`drafts.state.${draft.state}`)}
            {format.dot}
            {wordChange(draft.change, format.lang)}
            {format.dot}
            {draft.decidedBy ?? '—'}
            {draft.decidedAt !== null && ` ${format.dateTime(draft.decidedAt)}`}
          </Fine>
        ))}
      </Stack>
    </section>
  );
}
