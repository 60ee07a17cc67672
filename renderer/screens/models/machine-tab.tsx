import { Box, Group, Select, Stack, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { orpc } from '../../engine-hooks.ts';
import { CommitNumber, FieldGroup, FieldRow } from '../../ui/fields.tsx';
import { Facts } from '../../ui/page.tsx';
import { Failed } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import type { TabProps } from './models-screen.tsx';

const MB = 1_000_000;
const BACKENDS = ['auto', 'cpu', 'cuda', 'vulkan', 'metal'] as const;

/** What this computer has, the process that computes, and how models run on it. */
export function MachineTab({ overview }: TabProps) {
  return (
    <Stack gap="lg" maw="52rem">
      <Machine overview={overview} />
      <Process overview={overview} />
      <Running overview={overview} />
    </Stack>
  );
}

function Machine({ overview: { machine } }: TabProps) {
  const t = useWords('models');
  const format = useFormat();
  return (
    <FieldGroup title={t('machine.title')}>
      <Box p="1rem 1.1rem">
        <Facts
          facts={[
            [t('machine.cpu'), machine.cpu],
            [t('machine.cores'), format.number(machine.cores)],
            [t('machine.threads'), format.number(machine.threads)],
            [
              t('machine.memory'),
              t('machine.memoryValue', {
                free: format.bytes(machine.freeMb * MB),
                total: format.bytes(machine.totalMb * MB),
              }),
            ],
            [
              t('machine.backend'),
              machine.backend === null ? t('machine.notAsked') : t(`machine.backends.${machine.backend}`),
            ],
            [
              t('machine.gpus'),
              machine.gpus.join(t('comma')) ||
                t(machine.backend === null ? 'machine.notAsked' : 'machine.noGpu'),
            ],
            ...(machine.vramMb === null
              ? []
              : [[t('machine.vram'), format.bytes(machine.vramMb * MB)] as const]),
          ]}
        />
      </Box>
    </FieldGroup>
  );
}

function Process({ overview }: TabProps) {
  const t = useWords('models');
  const format = useFormat();
  const { state, pid, deaths, lastDeath } = overview.process;
  const nameOf = (id: string | null): string =>
    overview.models.find((model) => model.id === id)?.name ?? id ?? t('machine.idle');
  return (
    <FieldGroup title={t('machine.process')} note={t('machine.processHelp')}>
      <Box p="1rem 1.1rem">
        <Facts
          facts={[
            [t('list.column.state'), t(`machine.processState.${state}`)],
            [t('machine.pid'), pid === null ? '—' : String(pid)],
            [t('machine.deaths'), t('detail.deathsN', { n: format.number(deaths) })],
            ...(lastDeath
              ? [
                  [
                    t('machine.lastDeath'),
                    t('machine.lastDeathOf', {
                      at: format.dateTime(lastDeath.at),
                      model: nameOf(lastDeath.modelId),
                    }),
                  ] as const,
                ]
              : []),
          ]}
        />
      </Box>
    </FieldGroup>
  );
}

function Running({ overview: { settings, machine } }: TabProps) {
  const t = useWords('models');
  const save = useMutation(orpc.models.settings.mutationOptions());
  return (
    <FieldGroup title={t('machine.settings')}>
      <Failed of={save} />
      <FieldRow label={t('machine.context')} help={t('machine.contextHelp')} htmlFor="model-context">
        <CommitNumber
          id="model-context"
          min={1024}
          max={32_768}
          value={settings.contextTokens}
          onCommit={(contextTokens) => save.mutate({ contextTokens })}
        />
      </FieldRow>
      <FieldRow label={t('machine.idleMinutes')} help={t('machine.idleMinutesHelp')} htmlFor="model-idle">
        <CommitNumber
          id="model-idle"
          min={1}
          max={1440}
          value={settings.idleMinutes}
          onCommit={(idleMinutes) => save.mutate({ idleMinutes })}
        />
      </FieldRow>
      <FieldRow label={t('machine.backendChoice')} help={t('machine.backendHelp')} htmlFor="model-backend">
        <Select
          id="model-backend"
          data={BACKENDS.map((value) => ({
            value,
            label: value === 'auto' ? t('machine.auto') : t(`machine.backends.${value}`),
          }))}
          value={settings.backend}
          onChange={(value) => {
            const backend = BACKENDS.find((b) => b === value);
            if (backend) save.mutate({ backend });
          }}
        />
      </FieldRow>
      <FieldRow label={t('machine.threadsChoice')} help={t('machine.threadsHelp')} htmlFor="model-threads">
        <Group gap="sm" wrap="nowrap" justify="flex-end">
          <Switch
            label={t('machine.threadsOwn')}
            checked={settings.threads !== null}
            onChange={(event) =>
              save.mutate({ threads: event.currentTarget.checked ? machine.threads : null })
            }
          />
          {settings.threads !== null && (
            <CommitNumber
              id="model-threads"
              w={80}
              min={1}
              max={256}
              aria-label={t('machine.threadsChoice')}
              value={settings.threads}
              onCommit={(threads) => save.mutate({ threads })}
            />
          )}
        </Group>
      </FieldRow>
    </FieldGroup>
  );
}
