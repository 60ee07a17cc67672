import { Box, Button, Group, NumberInput, Progress, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { AlertSettings, Backtest } from '../../../main/alerts/contract/alerts.ts';
import { wordBacktest, wordProposedLevel } from '../../../main/alerts/contract/words.ts';
import { engine } from '../../engine-client.ts';
import { isCancelled } from '../../errors.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'done'; readonly result: Backtest; readonly days: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What the levels as set would have raised on the past days, and how much of it really was late. */
export function AlertBacktest({
  settings,
  onUse,
}: {
  readonly settings: AlertSettings;
  /** a proposed level of watch is taken: by a person's button only */
  readonly onUse: (watchAt: number) => void;
}) {
  const t = useWords('settings');
  const format = useFormat();
  const [days, setDays] = useState(7);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const { watchAt, dangerAt, snapshots } = settings;
  const proposed = state.kind === 'done' ? state.result.proposed : null;
  const start = (): void => {
    const abort = new AbortController();
    running.current = abort;
    setState({ kind: 'running', share: 0 });
    const follow = async (): Promise<void> => {
      const input = { days, watchAt, dangerAt, snapshots };
      for await (const event of await engine.alerts.backtest(input, { signal: abort.signal })) {
        if (abort.signal.aborted) return;
        if (event.kind === 'progress')
          setState({ kind: 'running', share: event.done / Math.max(1, event.total) });
        else setState({ kind: 'done', result: event.result, days });
      }
    };
    follow().catch((error: unknown) =>
      setState(isCancelled(error) || abort.signal.aborted ? { kind: 'idle' } : { kind: 'failed', error }),
    );
  };
  return (
    <FieldGroup title={t('backtest.title')} note={t('backtest.note')}>
      <Box p="md">
        <Group gap="sm" align="end">
          <NumberInput
            label={t('backtest.days')}
            min={1}
            max={28}
            w={110}
            value={days}
            onChange={(value) => setDays(Math.min(28, Math.max(1, Number(value) || 7)))}
          />
          {state.kind === 'running' ? (
            <Button
              variant="default"
              onClick={() => {
                running.current?.abort();
                setState({ kind: 'idle' });
              }}
            >
              {t('backtest.cancel')}
            </Button>
          ) : (
            <Button variant="default" onClick={start}>
              {t('backtest.start')}
            </Button>
          )}
        </Group>
        {state.kind === 'running' && (
          <Progress mt="sm" value={state.share * 100} aria-label={t('backtest.running')} />
        )}
        {state.kind === 'done' && (
          <Text mt="sm" role="status">
            {wordBacktest(state.result, state.days, format.lang)}
          </Text>
        )}
        {state.kind === 'done' && proposed && proposed.watchAt !== watchAt && (
          <Group mt="xs" gap="sm">
            <Text flex="1 1 20rem">{wordProposedLevel(state.result, format.lang)}</Text>
            <Button variant="light" onClick={() => onUse(proposed.watchAt)}>
              {t('backtest.use', { level: format.percent(proposed.watchAt) })}
            </Button>
          </Group>
        )}
        {state.kind === 'failed' && <ErrorState error={state.error} retry={start} />}
      </Box>
    </FieldGroup>
  );
}
