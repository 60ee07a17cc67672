import { Button, Group, PasswordInput, Radio, Select, Stack, Switch, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { POLICY_WORDS } from '../../../main/settings/contract/words.ts';
import { Connection, type ConnectionView } from '../../../main/sync/contract/company.ts';
import { orpc, usePolicy } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CommitNumber, FieldGroup } from '../../ui/fields.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Failed, Pending } from '../../ui/states.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ConnectionTest } from './connection-test.tsx';
import classes from './settings.module.css';

type Form = z.infer<typeof Connection>;
type View = z.infer<typeof ConnectionView>;
const BLANK: Form = {
  host: '',
  port: 3306,
  user: '',
  database: '',
  tls: 'verify',
  ca: null,
  timeZone: 'Asia/Tokyo',
  writeBack: true,
  sharedTable: null,
};
const TLS = ['verify', 'on', 'off'] as const;
const PLACES = ['key-store', 'file', 'memory'] as const;
type Place = (typeof PLACES)[number];
const WIDE = { 'data-wide': true };
const LONG = { 'data-long': true };
const NARROW = { 'data-narrow': true };
const ZONES = Intl.supportedValuesOf('timeZone');

export function CompanyConnection() {
  const view = useQuery(orpc.company.connection.queryOptions());
  if (!view.isSuccess) return <Pending of={view} />;
  return <ConnectionForm view={view.data} />;
}

function ConnectionForm({ view }: { readonly view: View }) {
  const t = useWords('company');
  const [form, setForm] = useState<Form>(view.connection ?? BLANK);
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState<Place>(
    view.password === 'none' ? (view.keyStore ? 'key-store' : 'memory') : view.password,
  );
  const [forgetting, setForgetting] = useState(false);
  const { pick } = useFormat();
  const readOnly = usePolicy()?.policy.readOnly === true;
  const test = useMutation(orpc.company.test.mutationOptions());
  const save = useMutation(orpc.company.save.mutationOptions());
  const forget = useMutation(orpc.company.forget.mutationOptions());
  const set = (part: Partial<Form>): void => {
    setForm((now) => ({ ...now, ...part }));
    test.reset();
  };
  const ready = Connection.safeParse(form).success;
  const secret = password ? { password } : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(
      { connection: form, remember, ...secret },
      {
        onSuccess: () => {
          setPassword('');
          showDone(t('savedNext'));
          navigate('settings', 'mapping');
        },
      },
    );
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="lg">
        <FieldGroup title={t('connection')} note={t('intro')}>
          <div className={classes['form']}>
            <ImeTextInput
              wrapperProps={LONG}
              label={t('host')}
              placeholder={t('hostPlaceholder')}
              required
              value={form.host}
              onChange={(e) => set({ host: e.currentTarget.value.trim() })}
            />
            <CommitNumber
              wrapperProps={NARROW}
              label={t('port')}
              min={1}
              max={65_535}
              value={form.port}
              onCommit={(port) => set({ port })}
            />
            <ImeTextInput
              wrapperProps={WIDE}
              label={t('database')}
              required
              value={form.database}
              onChange={(e) => set({ database: e.currentTarget.value })}
            />
            <ImeTextInput
              label={t('user')}
              required
              description={t('userHelp')}
              value={form.user}
              onChange={(e) => set({ user: e.currentTarget.value })}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
            <PasswordInput
              label={t('password')}
              autoComplete="new-password"
              placeholder={view.password === 'none' ? '' : t('passwordKept')}
              value={password}
              onChange={(e) => {
                setPassword(e.currentTarget.value);
                test.reset();
              }}
            />
            <Select
              label={t('tls')}
              data={TLS.map((value) => ({ value, label: t(`tlsOptions.${value}`) }))}
              value={form.tls}
              onChange={(value) => set({ tls: TLS.find((name) => name === value) ?? 'verify' })}
            />
            <Select
              label={t('zone')}
              description={t('zoneHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              searchable
              data={ZONES}
              value={form.timeZone}
              onChange={(timeZone) => timeZone && set({ timeZone })}
            />
            {form.tls === 'verify' && (
              <Textarea
                wrapperProps={WIDE}
                label={t('ca')}
                description={t('caHelp')}
                maxRows={6}
                value={form.ca ?? ''}
                placeholder="-----BEGIN CERTIFICATE-----"
                onChange={(e) => set({ ca: e.currentTarget.value.trim() || null })}
              />
            )}
            <Switch
              wrapperProps={WIDE}
              label={t('writeBack')}
              description={readOnly ? pick(POLICY_WORDS.fixed) : t('writeBackHelp')}
              disabled={readOnly}
              checked={form.writeBack && !readOnly}
              onChange={(e) => set({ writeBack: e.currentTarget.checked })}
            />
            <ImeTextInput
              wrapperProps={WIDE}
              label={t('sharedTable')}
              description={readOnly ? pick(POLICY_WORDS.fixed) : t('sharedTableHelp')}
              disabled={readOnly}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              placeholder="toride_shared"
              value={form.sharedTable ?? ''}
              onChange={(e) => set({ sharedTable: e.currentTarget.value.trim() || null })}
            />
          </div>
        </FieldGroup>
        <PasswordPlace view={view} remember={remember} setRemember={setRemember} />
        {test.data && <ConnectionTest result={test.data} />}
        <Failed of={test} />
        <Failed of={save} />
        <Failed of={forget} />
        <Group>
          <Button
            variant="default"
            disabled={!ready}
            loading={test.isPending}
            onClick={() => test.mutate({ connection: form, ...secret })}
          >
            {t('test')}
          </Button>
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            {t('save')}
          </Button>
          {view.connection && (
            <Button variant="subtle" color="red" ml="auto" onClick={() => setForgetting(true)}>
              {t('forget')}
            </Button>
          )}
        </Group>
      </Stack>
      <ConfirmDialog
        opened={forgetting}
        danger
        title={t('forgetTitle')}
        text={t('forgetText')}
        confirm={t('forget')}
        busy={forget.isPending}
        onClose={() => setForgetting(false)}
        onConfirm={() =>
          forget.mutate(
            {},
            {
              onSuccess: () => {
                setForm(BLANK);
                setPassword('');
              },
              onSettled: () => setForgetting(false),
            },
          )
        }
      />
    </form>
  );
}

type PlaceProps = {
  readonly view: View;
  readonly remember: Place;
  readonly setRemember: (place: Place) => void;
};
function PasswordPlace({ view, remember, setRemember }: PlaceProps) {
  const t = useWords('company');
  const wordsOf = (place: Place): string => {
    if (place !== 'key-store') return t(`rememberWords.${place}`);
    if (view.weakKeyStore) return t(view.keyStore ? 'weakAllowed' : 'weakKeyStore');
    return t(view.keyStore ? 'rememberWords.key-store' : 'noKeyStore');
  };
  return (
    <FieldGroup
      title={t('remember')}
      note={
        view.password === 'none'
          ? t('rememberWords.none')
          : t('keptWhere', { where: t(`rememberOptions.${view.password}`) })
      }
    >
      <Radio.Group
        aria-label={t('remember')}
        p="md"
        value={remember}
        onChange={(value) => setRemember(PLACES.find((name) => name === value) ?? 'memory')}
      >
        <Stack gap="sm">
          {PLACES.map((place) => {
            return (
              <Radio
                key={place}
                value={place}
                disabled={place === 'key-store' && !view.keyStore}
                label={t(`rememberOptions.${place}`)}
                description={wordsOf(place)}
              />
            );
          })}
        </Stack>
      </Radio.Group>
    </FieldGroup>
  );
}
