import { Anchor, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type BackTest,
  Constraint,
  type RuleChange,
  type RuleDraft,
} from '../../../main/placement/contract/placement.ts';
import { wordBackTest, wordChange } from '../../../main/placement/contract/words.ts';
import { engine } from '../../engine-client.ts';
import { orpc } from '../../engine-hooks.ts';
import { isCancelled } from '../../errors.ts';
import { href } from '../../router.ts';
import { CommitNumber } from '../../ui/fields.tsx';
import { ErrorState, Failed } from '../../ui/states.tsx';
import { Fine, Note, Strong } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ConstraintForm } from './constraint-form.tsx';

type Props = {
  readonly draft: RuleDraft;
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
};

/** One draft: the words it came from, the form, what it would have changed, and the person's yes or no. */
export function DraftCard({ draft, businesses }: Props) {
  const t = useWords('rules');
  const { lang } = useFormat();
  const [change, setChange] = useState(draft.change);
  const test = useBackTest(draft.id);
  const confirm = useMutation(orpc.placement.confirmDraft.mutationOptions());
  const discard = useMutation(orpc.placement.discardDraft.mutationOptions());
  const isRunning = test.state.kind === 'running';
  const isWhole = change.kind !== 'constraint' || Constraint.safeParse(change.constraint).success;
  const isTested = draft.backTest !== null && JSON.stringify(change) === JSON.stringify(draft.change);
  const businessOf = (id: string): string => businesses.find((b) => b.id === id)?.name ?? id;
  const what = wordChange(change, lang, businessOf);
  const accept = (): void =>
    confirm.mutate(
      { id: draft.id, why: draft.text },
      { onSuccess: ({ version }) => showDone(t('saved', { n: version ?? 0 })) },
    );
  return (
    <Paper withBorder p="md" radius="lg" component="article" aria-label={what}>
      <Stack gap="sm">
        <div>
          <Text fw={700}>{what}</Text>
          <Note>{t('drafts.quote', { text: draft.text })}</Note>
          <Fine component="div">
            <DraftSource source={draft.source} />
          </Fine>
        </div>
        {change.kind === 'constraint' ? (
          <ConstraintForm
            constraint={change.constraint}
            onChange={(constraint) => setChange({ ...change, constraint })}
          />
        ) : (
          <Weight change={change} onChange={setChange} />
        )}
        {test.state.kind === 'running' && (
          <Group gap="sm">
            <Progress
              flex={1}
              value={test.state.of === 0 ? 0 : (100 * test.state.done) / test.state.of}
              aria-label={t('drafts.testing')}
            />
            <Fine role="status">{t('drafts.progress', { done: test.state.done, of: test.state.of })}</Fine>
            <Button size="compact-sm" variant="default" onClick={test.cancel}>
              {t('drafts.stop')}
            </Button>
          </Group>
        )}
        {test.state.kind === 'failed' && <ErrorState error={test.state.error} />}
        {!isRunning && isTested && draft.backTest && <Tested backTest={draft.backTest} />}
        <Failed of={confirm} />
        <Failed of={discard} />
        <Group gap="sm">
          <Button
            variant={isTested ? 'default' : 'filled'}
            disabled={isRunning || !isWhole}
            onClick={() => test.start(change)}
          >
            {t('drafts.test')}
          </Button>
          <Button disabled={!isTested || isRunning} loading={confirm.isPending} onClick={accept}>
            {t('drafts.confirm')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            loading={discard.isPending}
            onClick={() => discard.mutate({ id: draft.id })}
          >
            {t('drafts.discard')}
          </Button>
          {!isTested && !isRunning && <Fine>{t(isWhole ? 'drafts.testFirst' : 'drafts.namesNothing')}</Fine>}
        </Group>
      </Stack>
    </Paper>
  );
}

/** Where a draft was read from, with the way there. */
function DraftSource({ source }: Pick<RuleDraft, 'source'>) {
  const t = useWords('rules');
  if (source.kind === 'typed' || source.id === null) return <>{t('drafts.fromTyped')}</>;
  return (
    <Anchor size="xs" href={href(source.kind === 'rejection' ? 'proposals' : 'knowledge', source.id)}>
      {source.kind === 'rejection'
        ? t('drafts.fromRejection', { id: source.id })
        : t('drafts.fromKnowledge', { title: source.title ?? '' })}
    </Anchor>
  );
}

/** How much a business that comes first weighs. */
function Weight({
  change,
  onChange,
}: {
  readonly change: Extract<RuleChange, { kind: 'priority' }>;
  readonly onChange: (change: RuleChange) => void;
}) {
  const t = useWords('rules');
  return (
    <Group gap="xs">
      <Text size="sm">{t('weight')}</Text>
      <CommitNumber
        size="xs"
        w={72}
        aria-label={t('weight')}
        integer={false}
        min={0.1}
        max={10}
        value={change.weight}
        onCommit={(weight) => onChange({ ...change, weight })}
      />
    </Group>
  );
}

const SHOWN = 5;
/** What past plans would have been. */
function Tested({ backTest }: { readonly backTest: BackTest }) {
  const t = useWords('rules');
  const format = useFormat();
  const rest = backTest.changed.length - SHOWN;
  return (
    <div role="status">
      <Strong>{wordBackTest(backTest, format.lang)}</Strong>
      {backTest.changed.slice(0, SHOWN).map((one) => (
        <Fine key={one.proposalId}>
          <Anchor size="xs" href={href('proposals', one.proposalId)}>
            {format.dateTime(one.createdAt)}
          </Anchor>
          {': '}
          {t('drafts.instead', {
            gone: format.list(one.gone) || t('drafts.nobody'),
            come: format.list(one.come) || t('drafts.nobody'),
          })}
          {one.missedAfter !== one.missedBefore &&
            ` (${t('drafts.missed', { before: one.missedBefore, after: one.missedAfter })})`}
        </Fine>
      ))}
      {rest > 0 && <Fine>{t('drafts.more', { n: rest })}</Fine>}
    </div>
  );
}

type BackTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly of: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Tries a draft on past proposals, with its progress; leaving the page stops it and keeps nothing. */
function useBackTest(id: string): {
  readonly state: BackTestState;
  readonly start: (change: RuleChange) => void;
  readonly cancel: () => void;
} {
  const client = useQueryClient();
  const [state, setState] = useState<BackTestState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(
    (change: RuleChange): void => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      setState({ kind: 'running', done: 0, of: 0 });
      const follow = async (): Promise<void> => {
        const events = await engine.placement.backTest({ id, change }, { signal: abort.signal });
        for await (const event of events) {
          if (abort.signal.aborted) return;
          if (event.kind === 'progress') setState({ kind: 'running', done: event.done, of: event.of });
        }
        await client.invalidateQueries({ queryKey: orpc.placement.drafts.key() });
        if (running.current === abort) setState({ kind: 'idle' });
      };
      follow().catch((error: unknown) => {
        if (running.current !== abort) return;
        setState(isCancelled(error) ? { kind: 'idle' } : { kind: 'failed', error });
      });
    },
    [id, client],
  );
  const cancel = useCallback((): void => {
    running.current?.abort();
    setState({ kind: 'idle' });
  }, []);
  return { state, start, cancel };
}
