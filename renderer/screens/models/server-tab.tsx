import { Anchor, Button, Group, PasswordInput, Stack, Switch, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { MODEL_ROLES, type ModelServer } from '../../../main/llm/contract/models.ts';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Failed } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './models.module.css';
import type { TabProps } from './models-screen.tsx';

const WIDE = { 'data-wide': true };
type Form = Omit<ModelServer, 'hasKey'>;
const formOf = ({ enabled, url, intent, wording, embedding }: ModelServer): Form => ({
  enabled,
  url,
  intent,
  wording,
  embedding,
});
const isSame = (a: Form, b: Form): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The company's own server instead of this computer: off unless somebody switches it on. */
export function ServerTab({ overview }: TabProps) {
  const t = useWords('models');
  const { server } = overview.settings;
  const format = useFormat();
  const [form, setForm] = useState<Form>(formOf(server));
  const [key, setKey] = useState('');
  const test = useMutation(orpc.models.testServer.mutationOptions());
  const save = useMutation(
    orpc.models.server.mutationOptions({
      onSuccess: (saved) => {
        setForm(formOf(saved.server));
        setKey('');
        showDone(t('server.saved'));
      },
    }),
  );
  const set = (part: Partial<Form>): void => {
    setForm((now) => ({ ...now, ...part }));
    test.reset();
  };
  const isChanged = key !== '' || !isSame(form, formOf(server));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ ...form, ...(key ? { key } : {}) });
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="lg" maw="52rem">
        <FieldGroup title={t('server.title')} note={t('server.intro')}>
          <div className={classes['form']}>
            <Switch
              wrapperProps={WIDE}
              label={t('server.enabled')}
              description={t('server.enabledHelp')}
              checked={form.enabled}
              onChange={(event) => set({ enabled: event.currentTarget.checked })}
            />
            <ImeTextInput
              label={t('server.url')}
              description={t('server.urlHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              required={form.enabled}
              maxLength={500}
              placeholder="http://10.0.0.5:8080/v1"
              value={form.url}
              onChange={(event) => set({ url: event.currentTarget.value })}
            />
            <PasswordInput
              label={t('server.key')}
              description={t('server.keyHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="new-password"
              maxLength={500}
              placeholder={server.hasKey ? t('server.keyKept') : ''}
              value={key}
              onChange={(event) => {
                setKey(event.currentTarget.value);
                test.reset();
              }}
            />
          </div>
        </FieldGroup>
        <FieldGroup title={t('server.models')} note={t('server.modelsHelp')}>
          <div className={classes['form']}>
            {MODEL_ROLES.map((role) => (
              <ImeTextInput
                key={role}
                label={t('server.modelOf', { role: t(`role.names.${role}`) })}
                maxLength={200}
                list="server-models"
                value={form[role]}
                onChange={(event) => set({ [role]: event.currentTarget.value })}
              />
            ))}
            <datalist id="server-models">
              {test.data?.models.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </div>
        </FieldGroup>
        {test.data && (
          <Text size="sm" role="status" c="var(--ok-text)">
            {test.data.models.length === 0
              ? t('server.noModels')
              : t('server.tested', { ms: format.number(test.data.ms), n: test.data.models.length })}{' '}
            {test.data.models.slice(0, 20).join(t('comma'))}
          </Text>
        )}
        {test.data && test.data.models.length > 0 && <NotListed form={form} listed={test.data.models} />}
        <Failed of={test} />
        <Failed of={save} />
        <Group>
          <Button
            variant="default"
            disabled={isChanged || form.url.trim() === ''}
            loading={test.isPending}
            onClick={() => test.mutate({})}
          >
            {t('server.test')}
          </Button>
          <Button type="submit" disabled={!isChanged} loading={save.isPending}>
            {t('server.save')}
          </Button>
          {isChanged && <Fine>{t('server.saveFirst')}</Fine>}
          {server.hasKey && (
            <Button
              ml="auto"
              variant="subtle"
              color="red"
              loading={save.isPending}
              onClick={() => save.mutate({ key: null })}
            >
              {t('server.forgetKey')}
            </Button>
          )}
        </Group>
        <Anchor size="sm" href={href('manual', 'models-server')}>
          {t('server.sent')}
        </Anchor>
      </Stack>
    </form>
  );
}

/** Names that the server did not offer: most servers refuse them, and nothing else would say so before the first question. */
function NotListed({ form, listed }: { readonly form: Form; readonly listed: readonly string[] }) {
  const t = useWords('models');
  const missing = MODEL_ROLES.filter((role) => form[role].trim() && !listed.includes(form[role].trim()));
  return missing.map((role) => (
    <Text key={role} size="sm" role="note" c="var(--watch-text)">
      {t('server.notListed', { name: form[role].trim(), role: t(`role.names.${role}`) })}
    </Text>
  ));
}
