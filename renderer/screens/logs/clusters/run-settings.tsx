import {
  Button,
  Group,
  NumberInput,
  Popover,
  Radio,
  Slider,
  Stack,
  Switch,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconAdjustments, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ClusterMethod, ClusterRun } from '../../../../main/clusters/contract/clusters.ts';
import { KDistance } from '../../../charts/k-distance.tsx';
import { useEmbedder, useEmbedderNames } from '../../../embedder-names.ts';
import { orpc } from '../../../engine-hooks.ts';
import { ErrorState } from '../../../ui/states.tsx';
import { Fine } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './clusters.module.css';

type Props = { readonly run: ClusterRun; readonly busy: boolean };
const METHODS = ['dbscan', 'hdbscan'] as const satisfies readonly ClusterMethod[];

/** How templates or incidents are grouped: method, distance with the curve it comes from, and what the last run gave. */
export function RunSettings({ run, busy }: Props) {
  const t = useWords('clusters');
  const draw = useMutation(orpc.clusters.draw.mutationOptions({ onSuccess: () => showDone(t('run.drawn')) }));
  const again = useMutation(
    orpc.clusters.run.mutationOptions({
      onSuccess: () => {
        showDone(t('run.done'));
        draw.mutate({ of: run.of });
      },
    }),
  );
  const error = again.error ?? draw.error;
  const working = busy || again.isPending || draw.isPending;
  return (
    <Popover width={380} position="bottom-end" shadow="md" withinPortal trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconAdjustments size={15} />}>
          {t('run.settings')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Form
          key={run.at}
          run={run}
          working={working}
          onRun={(params) => again.mutate({ ...params, of: run.of })}
          onDraw={() => draw.mutate({ of: run.of })}
        />
        <ErrorState error={error} />
      </Popover.Dropdown>
    </Popover>
  );
}

type FormProps = {
  readonly run: ClusterRun;
  readonly working: boolean;
  readonly onRun: (params: ClusterRun['params']) => void;
  readonly onDraw: () => void;
};
function Form({ run, working, onRun, onDraw }: FormProps) {
  const t = useWords('clusters');
  const format = useFormat();
  const embedder = useEmbedderName(run.embedder);
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  const [method, setMethod] = useState<ClusterMethod>(run.params.method);
  const [minPoints, setMinPoints] = useState(run.params.minPoints);
  const [auto, setAuto] = useState(run.params.eps === null);
  const [eps, setEps] = useState(run.eps);
  const top = Math.max(0.05, ...run.kDistance, run.eps);
  /** what was found by itself is known of a run that did so; it need not be where the curve bends */
  const shown = auto ? (run.params.eps === null ? run.eps : null) : eps;
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('run.method')}
        size="xs"
        value={method}
        onChange={(value) => setMethod(METHODS.find((name) => name === value) ?? 'dbscan')}
      >
        <Stack gap={4} mt={4}>
          {METHODS.map((name) => (
            <Radio key={name} size="xs" value={name} label={t(`run.${name}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <NumberInput
        size="xs"
        label={t(run.of === 'incident' ? 'incident.minPoints' : 'run.minPoints')}
        min={2}
        max={100}
        value={minPoints}
        onChange={(value) => setMinPoints(Math.min(100, Math.max(2, Number(value) || 2)))}
      />
      {method === 'dbscan' && (
        <div>
          <Group justify="space-between" mb={4}>
            <Text size="xs" fw={500}>
              {t('run.eps')}
            </Text>
            <Switch
              size="xs"
              labelPosition="left"
              label={t('run.epsAuto')}
              checked={auto}
              onChange={(event) => setAuto(event.currentTarget.checked)}
            />
          </Group>
          {run.kDistance.length > 1 && (
            <KDistance distances={run.kDistance} knee={run.knee} eps={shown} words={words} />
          )}
          <Slider
            mt={8}
            size="sm"
            disabled={auto}
            min={0.001}
            max={Math.min(2, top * 1.05)}
            step={0.001}
            value={shown ?? run.eps}
            thumbLabel={t('run.eps')}
            label={(value) => t('run.epsValue', { n: format.number(value, 3) })}
            onChange={setEps}
          />
          <Fine mt={4}>
            {shown !== null &&
              `${t(auto ? 'run.epsFound' : 'run.epsValue', { n: format.number(shown, 3) })}${format.dot}`}
            {t('run.epsHelp')}
          </Fine>
        </div>
      )}
      <Fine component="div" className={classes['runFacts'] ?? ''}>
        {run.agreement !== null && (
          <Tooltip label={t('run.agreementHelp')} multiline maw={300}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
            <span tabIndex={0}>
              {t('run.agreement', { share: format.percent(Math.max(0, run.agreement)) })}
            </span>
          </Tooltip>
        )}
        <span>{t('run.at', { at: format.dateTime(run.at), took: format.number(run.tookMs / 1000, 1) })}</span>
        <span>{t('run.embedder', { name: embedder })}</span>
      </Fine>
      <Group justify="flex-end" gap={6}>
        <Button size="xs" variant="default" disabled={working} onClick={onDraw}>
          {t('run.draw')}
        </Button>
        <Button
          size="xs"
          leftSection={<IconRefresh size={14} />}
          loading={working}
          onClick={() => onRun({ method, minPoints, eps: auto ? null : eps })}
        >
          {t('run.go')}
        </Button>
      </Group>
    </Stack>
  );
}

/** What made the vectors that a run went by: by its name while it is in use, by its id when it no longer is. */
function useEmbedderName(id: string): string {
  const status = useEmbedder().data;
  const nameOf = useEmbedderNames(status);
  const known = [status?.serving, status?.wanted].find((embedder) => embedder?.id === id);
  return known ? nameOf(known) : id;
}
