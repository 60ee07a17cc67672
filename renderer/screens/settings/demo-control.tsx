import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconPlayerPlayFilled, IconPlayerStopFilled, IconRotateClockwise } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { DemoStatus } from '../../../main/sync/contract/company.ts';
import { orpc, useNow } from '../../engine-hooks.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CommitNumber, FieldGroup, FieldRow } from '../../ui/fields.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { ErrorState, Pending } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Status = z.infer<typeof DemoStatus>;
const SPEEDS = [0, 1, 10, 60];
const NAMED = ['normal', 'shortage', 'outage', 'long-outage', 'volume', 'both', 'random'] as const;

export function DemoControl() {
  const status = useQuery(orpc.demo.status.queryOptions());
  const start = useMutation(orpc.demo.start.mutationOptions({ onSuccess: () => status.refetch() }));
  const stop = useMutation(orpc.demo.stop.mutationOptions({ onSuccess: () => status.refetch() }));
  if (!status.isSuccess) return <Pending of={status} />;
  const problem = start.error ?? stop.error;
  return (
    <Stack gap="lg">
      <ErrorState error={problem} />
      <DemoForm
        key={`${status.data.scenario} ${status.data.seed}`}
        status={status.data}
        busy={start.isPending || stop.isPending}
        start={(choice) => start.mutate(choice)}
        stop={() => stop.mutate({})}
      />
    </Stack>
  );
}

type FormProps = {
  readonly status: Status;
  readonly busy: boolean;
  readonly start: (choice: { scenario?: string; seed?: number; speed?: number }) => void;
  readonly stop: () => void;
};
function DemoForm({ status, busy, start, stop }: FormProps) {
  const t = useWords('settings');
  const format = useFormat();
  const now = useNow(1000);
  const [scenario, setScenario] = useState(status.scenario);
  const [seed, setSeed] = useState(status.seed);
  const [asking, setAsking] = useState(false);
  const nameOf = (value: string): string => {
    const known = NAMED.find((name) => name === value);
    return known ? t(`scenarios.${known}`) : value;
  };
  const speeds = [...new Set([...SPEEDS, status.speed])].sort((a, b) => a - b);
  return (
    <>
      <FieldGroup title={t('tabs.demo')} note={t('demoIntro')}>
        <Group p="md" justify="space-between">
          <StatTile
            label={status.running ? t('demoRunning') : t('demoStopped')}
            value={status.running ? format.time(now) : '—'}
            hint={status.running ? format.date(now) : undefined}
          />
          <Group gap="xs">
            {status.running && (
              <Button
                variant="default"
                leftSection={<IconPlayerStopFilled size={15} />}
                loading={busy}
                onClick={stop}
              >
                {t('stopDemo')}
              </Button>
            )}
            <Button
              leftSection={
                status.running ? <IconRotateClockwise size={15} /> : <IconPlayerPlayFilled size={15} />
              }
              loading={busy}
              onClick={() => (status.running ? setAsking(true) : start({ scenario, seed }))}
            >
              {status.running ? t('restart') : t('start')}
            </Button>
          </Group>
        </Group>
        <FieldRow label={t('scenario')} help={t('scenarioHelp')} htmlFor="scenario">
          <Select
            id="scenario"
            data={status.scenarios.map((value) => ({ value, label: nameOf(value) }))}
            value={scenario}
            onChange={(value) => {
              if (!value) return;
              setScenario(value);
              if (status.running && value !== status.scenario) setAsking(true);
            }}
          />
        </FieldRow>
        <FieldRow label={t('seed')} help={t('seedHelp')} htmlFor="seed">
          <CommitNumber id="seed" min={0} max={2 ** 31 - 1} value={seed} onCommit={setSeed} />
        </FieldRow>
        <FieldRow label={t('speed')} help={t('speedHelp')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('speed')}
            disabled={!status.running}
            value={String(status.speed)}
            onChange={(speed) => start({ speed: Number(speed) })}
            data={speeds.map((n) => ({
              value: String(n),
              label: n === 0 ? t('speedPaused') : t('speedX', { n }),
            }))}
          />
        </FieldRow>
      </FieldGroup>
      <ConfirmDialog
        opened={asking}
        title={t('restartTitle')}
        text={<Text size="sm">{t('restartText')}</Text>}
        confirm={t('restart')}
        onClose={() => {
          setAsking(false);
          setScenario(status.scenario);
        }}
        onConfirm={() => {
          setAsking(false);
          start({ scenario, seed });
        }}
      />
    </>
  );
}
