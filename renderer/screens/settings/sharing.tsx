import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Shared } from '../../../main/sharing/contract/sharing.ts';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { ErrorState, Failed } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './settings.module.css';

/** What this computer shares with the others of the company, and what a person has to choose. Nothing where no table is named. */
export function Sharing() {
  const t = useWords('company');
  const format = useFormat();
  const shared = useQuery(orpc.sharing.view.queryOptions({ refetchInterval: 10_000 }));
  const round = useMutation(orpc.sharing.round.mutationOptions());
  if (!shared.data?.table) return null;
  const { table, agreed, waiting, lastAt, error, conflicts } = shared.data;
  return (
    <FieldGroup title={t('shared.title')}>
      <Stack gap="sm" p="md">
        <Group justify="space-between">
          <Note>
            {t('shared.state', {
              table,
              remedies: format.number(agreed.remedy),
              documents: format.number(agreed['know-how']),
              rules: format.number(agreed.rules),
              waiting: format.number(waiting),
              at: lastAt === null ? t('shared.never') : format.dateTime(lastAt),
            })}
          </Note>
          <Button
            variant="default"
            size="compact-sm"
            loading={round.isPending}
            onClick={() => round.mutate({})}
          >
            {t('shared.now')}
          </Button>
        </Group>
        {error && !round.error && <ErrorState error={fromErrorData(error)} />}
        <Failed of={round} />
        {conflicts.map((conflict) => (
          <Conflict key={`${conflict.kind}/${conflict.id}`} conflict={conflict} />
        ))}
      </Stack>
    </FieldGroup>
  );
}

function Conflict({ conflict }: { readonly conflict: Shared['conflicts'][number] }) {
  const t = useWords('company');
  const { dateTime } = useFormat();
  const settle = useMutation(orpc.sharing.settle.mutationOptions());
  const { kind, id, title, by, at } = conflict;
  return (
    <Stack gap="xs" className={classes['conflict']}>
      <Text size="sm" fw={600}>
        {[t(`shared.kind.${kind}`), title].filter(Boolean).join(' ')}
      </Text>
      <Text size="sm">{t('shared.both', { by, at: dateTime(at) })}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {(['mine', 'theirs'] as const).map((side) => (
          <Stack key={side} gap={4}>
            <Fine>{t(`shared.${side}`)}</Fine>
            <Text size="sm" className={classes['version']}>
              {conflict[side] ?? t('shared.removed')}
            </Text>
            <Group>
              <Button
                size="compact-sm"
                variant="default"
                disabled={settle.isPending}
                onClick={() => settle.mutate({ kind, id, keep: side })}
              >
                {t(side === 'mine' ? 'shared.keepMine' : 'shared.keepTheirs')}
              </Button>
            </Group>
          </Stack>
        ))}
      </SimpleGrid>
      <Failed of={settle} />
    </Stack>
  );
}
