import { Button, Drawer, FileButton, Group, Radio, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconEye, IconFileImport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { ModelInspection, ModelView } from '../../../main/llm/contract/models.ts';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData, isCancelled, toWordable } from '../../errors.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone, showProblem } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { RunningImports } from './import-tray.tsx';
import { FitBadge } from './model-badges.tsx';
import classes from './models.module.css';
import { type Taken, takePicked } from './take-files.ts';

type Props = {
  readonly opened: boolean;
  /** files and folders of this computer to be looked at */
  readonly paths: readonly string[];
  readonly setPaths: (paths: readonly string[]) => void;
  readonly onTaken: (taken: Taken) => void;
  readonly onClose: () => void;
};
const MODES = ['copy', 'link'] as const;
/** A damaged or wrong file stays so: looking at it once more cannot help. */
const staysWrong = (code: string): boolean => code.startsWith('models.bad-');

/** Looks at files before they are taken in: what each is, whether it fits, what is wrong with it. */
export function ImportDrawer({ opened, onClose, ...rest }: Props) {
  const t = useWords('models');
  return (
    <Drawer opened={opened} onClose={onClose} size="min(720px, 94vw)" title={t('add.title')}>
      {opened && <Form {...rest} />}
    </Drawer>
  );
}

function Form({ paths, setPaths, onTaken }: Omit<Props, 'opened' | 'onClose'>) {
  const t = useWords('models');
  const [path, setPath] = useState('');
  const where = path.trim().replace(/^"(.*)"$/, '$1');
  const client = useQueryClient();
  const look = (): void => {
    if (!where) return;
    // the newest on top, where the person looks
    setPaths([where, ...paths.filter((p) => p !== where)]);
    // another file may lie there by now
    void client.invalidateQueries({ queryKey: orpc.models.inspect.queryKey({ input: { path: where } }) });
  };
  return (
    <Stack>
      <Text size="sm">{t('add.intro')}</Text>
      <Group gap="sm">
        <FileButton
          multiple
          accept=".gguf"
          onChange={(files) => files.length > 0 && onTaken(takePicked(files))}
        >
          {(props) => (
            <Button {...props} leftSection={<IconFileImport size={16} />}>
              {t('add.pick')}
            </Button>
          )}
        </FileButton>
        <Fine>{t('add.pickHint')}</Fine>
      </Group>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <ImeTextInput
          flex={1}
          label={t('add.path')}
          description={t('add.pathHelp')}
          placeholder="E:\models\qwen2-0_5b-instruct-q4_0.gguf  /media/usb/model.gguf"
          data-autofocus
          maxLength={4096}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          onEnter={look}
        />
        <Button variant="default" leftSection={<IconEye size={16} />} disabled={!where} onClick={look}>
          {t('add.look')}
        </Button>
      </Group>
      <RunningImports />
      {paths.map((looked) => (
        <Looked key={looked} path={looked} />
      ))}
    </Stack>
  );
}

function Looked({ path }: { readonly path: string }) {
  const t = useWords('models');
  const inspection = useQuery(
    orpc.models.inspect.queryOptions({ input: { path }, staleTime: Number.POSITIVE_INFINITY, retry: false }),
  );
  return (
    <section className={classes['looked']} aria-label={path}>
      <div className={classes['path']}>{path}</div>
      {inspection.isFetching && (
        <>
          <VisuallyHidden role="status">{t('add.looking', { path })}</VisuallyHidden>
          <Loading count={2} />
        </>
      )}
      {inspection.error && !inspection.isFetching && <Failed of={inspection} />}
      {inspection.data && !inspection.isFetching && (
        <Found inspection={inspection.data} again={() => void inspection.refetch()} />
      )}
    </section>
  );
}

function Found({ inspection, again }: { readonly inspection: ModelInspection; readonly again: () => void }) {
  const t = useWords('models');
  const { bytes } = useFormat();
  const { path, format, architecture, roles, fit, problem } = inspection;
  const [mode, setMode] = useState<(typeof MODES)[number]>('copy');
  const take = useImport();
  if (problem)
    return (
      <>
        <Text size="sm" fw={600} c="var(--danger-text)">
          {t('add.cannot')}
        </Text>
        <ErrorState error={fromErrorData(problem)} {...(staysWrong(problem.code) ? {} : { retry: again })} />
      </>
    );
  if (take.data) return <Imported model={take.data} />;
  return (
    <>
      <Text size="sm" fw={600} c="var(--ok-text)">
        <IconCircleCheck size={14} aria-hidden /> {t('add.good')}
      </Text>
      <Text size="sm">
        {t('add.is', {
          format: format ? t(`detail.formats.${format}`) : '',
          architecture: architecture ?? '',
          size: bytes(inspection.bytes),
        })}
      </Text>
      <Text size="sm">
        {t('add.canDo', { roles: roles.map((role) => t(`role.names.${role}`)).join(t('comma')) })}
      </Text>
      {fit && <FitBadge fit={fit} whole />}
      {fit?.verdict === 'too-big' && (
        <Text size="sm" c="var(--danger-text)">
          {t('add.tooBig')}
        </Text>
      )}
      <Radio.Group
        aria-label={t('add.mode')}
        value={mode}
        onChange={(value) => setMode(MODES.find((m) => m === value) ?? 'copy')}
      >
        <Stack gap={6}>
          {MODES.map((m) => (
            <Radio key={m} value={m} label={t(`storage.${m}`)} description={t(`add.${m}Help`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Failed of={take} />
      <Group>
        <Button loading={take.isPending} onClick={() => take.mutate({ path, mode })}>
          {t('add.go')}
        </Button>
      </Group>
    </>
  );
}

/** An import goes on when its drawer is closed; then its end is told where the person is. */
function useImport() {
  const t = useWords('models');
  const { lang } = useFormat();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return useMutation(
    orpc.models.import.mutationOptions({
      onSuccess: ({ name }) => {
        if (!isHere.current) showDone(t('add.done', { name }));
      },
      onError: (error) => {
        if (isHere.current || isCancelled(error)) return;
        const { say, next } = wordError(toWordable(error), lang);
        showProblem(say, next);
      },
    }),
  );
}

/** The next step is offered at once: what it shall be used for. */
function Imported({ model }: { readonly model: ModelView }) {
  const t = useWords('models');
  const assign = useMutation(
    orpc.models.assign.mutationOptions({
      onSuccess: (_, { role }) => {
        showDone(t('role.done', { role: t(`role.names.${role}`), name: model.name }));
      },
    }),
  );
  return (
    <>
      <Text size="sm" fw={600} c="var(--ok-text)" role="status">
        <IconCircleCheck size={14} aria-hidden /> {t('add.done', { name: model.name })}
      </Text>
      <Group gap="xs">
        {model.roles.map((role) => (
          <Button
            key={role}
            size="compact-sm"
            variant="light"
            leftSection={assign.isSuccess && assign.variables.role === role && <IconCheck size={14} />}
            loading={assign.isPending && assign.variables.role === role}
            onClick={() => assign.mutate({ role, modelId: model.id })}
          >
            {t('add.assign', { role: t(`role.names.${role}`) })}
          </Button>
        ))}
      </Group>
      <Failed of={assign} />
    </>
  );
}
