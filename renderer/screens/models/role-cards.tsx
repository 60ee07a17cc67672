import { Box, Button, Select, SimpleGrid, Text, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ModelRole, ModelView, RoleView } from '../../../main/llm/contract/models.ts';
import { orpc, useEngine } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './models.module.css';
import type { TabProps } from './models-screen.tsx';
import { previousModel } from './previous-model.ts';
import { takingTurns } from './taking-turns.ts';

const MB = 1_000_000;
const BUILT_IN = 'built-in';
const SERVER = 'server';

/** Each role with what plays it, and the built-in way that always can. */
export function RoleCards({ overview }: TabProps) {
  const t = useWords('models');
  return (
    <section>
      <Title order={2} mb="xs">
        {t('role.title')}
      </Title>
      <SimpleGrid minColWidth="17rem" autoFlow="auto-fit" spacing="0.75rem">
        {overview.roles.map((role) => (
          <RoleCard key={role.role} view={role} overview={overview} />
        ))}
      </SimpleGrid>
      <TakingTurns overview={overview} />
    </section>
  );
}

/** Models that play roles and find no place in memory beside each other. */
function TakingTurns({ overview }: TabProps) {
  const t = useWords('models');
  const { bytes } = useFormat();
  const turns = takingTurns(overview);
  if (!turns) return null;
  return (
    <Text size="sm" mt="xs" role="note" c="var(--watch-text)">
      {t(turns.isIntentLeft ? 'role.turnsIntent' : 'role.turns', {
        names: turns.names.join(t('comma')),
        need: bytes(turns.needMb * MB),
        free: bytes(turns.freeMb * MB),
      })}
    </Text>
  );
}

const canPlay = (model: ModelView, role: ModelRole): boolean =>
  model.roles.includes(role) && ['ready', 'loading', 'loaded'].includes(model.state);

function RoleCard({ view, overview }: TabProps & { readonly view: RoleView }) {
  const t = useWords('models');
  const { bytes, number } = useFormat();
  const engine = useEngine();
  const { role } = view;
  const nameOf = (id: string | null): string | undefined =>
    overview.models.find((model) => model.id === id)?.name;
  const onSuccess = ({ roles }: { roles: readonly RoleView[] }): void => {
    const now = roles.find((r) => r.role === role);
    const name = (now?.source === 'local' && nameOf(now.modelId)) || t(`role.builtIn.${role}`);
    showDone(t('role.done', { role: t(`role.names.${role}`), name }));
  };
  const assign = useMutation({
    onSuccess,
    mutationKey: orpc.models.key(),
    mutationFn: async (value: string) => {
      // the server plays a role as long as a name stands there
      if (view.source === SERVER) await engine.models.server({ [role]: '' });
      return engine.models.assign({ role, modelId: value === BUILT_IN ? null : value });
    },
  });
  const rollBack = useMutation(orpc.models.rollBack.mutationOptions({ onSuccess }));
  const serverName = overview.settings.server[role];
  const candidates = overview.models.filter((model) => canPlay(model, role));
  const playing = overview.models.find((model) => model.id === view.modelId);
  const previous = previousModel(view, overview.models);
  const options = [
    { value: BUILT_IN, label: t(`role.builtIn.${role}`) },
    ...candidates.map((model) => ({ value: model.id, label: model.name })),
    ...(playing && !candidates.includes(playing)
      ? [{ value: playing.id, label: playing.name, disabled: true }]
      : []),
    ...(view.source === SERVER
      ? [{ value: SERVER, label: t('role.serverOption', { name: serverName }) }]
      : []),
  ];
  const value = view.source === SERVER ? SERVER : (playing?.id ?? BUILT_IN);
  const error = assign.error ?? rollBack.error;
  return (
    <article className={classes['role']} aria-label={t(`role.names.${role}`)}>
      <div>
        <Title order={3}>{t(`role.names.${role}`)}</Title>
        <Fine>{t(`role.what.${role}`)}</Fine>
      </div>
      <Box flex={1} fz="sm">
        {view.source === SERVER
          ? t('role.server', { name: serverName })
          : playing && view.noRoom
            ? t('role.noRoom', {
                name: playing.name,
                need: bytes(view.noRoom.needMb * MB),
                free: bytes(view.noRoom.freeMb * MB),
              })
            : playing && canPlay(playing, role)
              ? t('role.local')
              : playing
                ? t('role.notReady', { name: playing.name })
                : t(`role.without.${role}`)}
        {view.cut && (
          <Text size="sm" mt={4} c="var(--watch-text)">
            {t('role.cut', { n: number(view.cut.texts), tokens: number(view.cut.tokens) })}{' '}
            <Fine span>{t('role.cutHelp')}</Fine>
          </Text>
        )}
      </Box>
      <Select
        aria-label={t('role.choose', { role: t(`role.names.${role}`) })}
        data={options}
        value={value}
        disabled={assign.isPending}
        onChange={(next) => next && next !== value && next !== SERVER && assign.mutate(next)}
      />
      {candidates.length === 0 && view.source === 'none' && <Fine>{t('role.noCandidate')}</Fine>}
      {previous && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={14} />}
          loading={rollBack.isPending}
          onClick={() => rollBack.mutate({ role })}
        >
          {t('role.previous', { name: previous.name })}
        </Button>
      )}
      <ErrorState error={error} />
    </article>
  );
}
