import { SegmentedControl, Select, Stack, Switch } from '@mantine/core';
import { POLICY_WORDS } from '../../../main/settings/contract/words.ts';
import { usePolicy } from '../../engine-hooks.ts';
import { shellBridge } from '../../shell-bridge.ts';
import { CommitNumber, CommitText, FieldGroup, FieldRow } from '../../ui/fields.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { useSetting } from './use-setting.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const LANGS = ['system', 'ja', 'en'] as const;
const THEMES = ['system', 'light', 'dark'] as const;
const CLOSING = ['ask', 'tray', 'quit'] as const;

export function GeneralSettings() {
  const t = useWords('settings');
  const { settings, loadError, reload, saveError, set } = useSetting();
  const { pick } = useFormat();
  const policy = usePolicy()?.policy;
  const fixed = (key: 'lang' | 'openAtLogin'): string | undefined =>
    policy?.[key] === undefined ? undefined : pick(POLICY_WORDS.fixed);
  if (loadError) return <ErrorState error={loadError} retry={reload} />;
  if (!settings) return <Loading />;
  const desktop = shellBridge() !== undefined;
  const closing = { ask: t('closeAsk'), tray: t('closeTray'), quit: t('closeQuit') };
  return (
    <Stack gap="lg">
      <ErrorState error={saveError} />
      <FieldGroup title={t('display')}>
        <FieldRow label={t('frame:lang.label')} help={t('langHelp')} fixed={fixed('lang')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('frame:lang.label')}
            value={settings.lang}
            onChange={(lang) => set({ lang })}
            data={LANGS.map((value) => ({
              value,
              label: value === 'system' ? t('langSystem') : t(`frame:lang.${value}`),
            }))}
          />
        </FieldRow>
        <FieldRow label={t('frame:theme.label')} help={t('themeHelp')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('frame:theme.label')}
            value={settings.theme}
            onChange={(theme) => set({ theme })}
            data={THEMES.map((value) => ({ value, label: t(`frame:theme.${value}`) }))}
          />
        </FieldRow>
        <FieldRow label={t('zone')} help={t('zoneHelp')} htmlFor="zone">
          <Select
            id="zone"
            searchable
            data={ZONES}
            value={settings.timeZone}
            onChange={(timeZone) => timeZone && set({ timeZone })}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={t('person')}>
        <FieldRow label={t('name')} help={t('nameHelp')} htmlFor="name">
          <CommitText
            id="name"
            maxLength={100}
            autoComplete="name"
            placeholder={t('namePlaceholder')}
            value={settings.userName}
            onCommit={(userName) => set({ userName })}
          />
        </FieldRow>
        <FieldRow label={t('sendWith')} help={t('sendWithHelp')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('sendWith')}
            value={settings.sendWith}
            onChange={(sendWith) => set({ sendWith })}
            data={[
              { value: 'enter', label: t('sendEnter') },
              { value: 'ctrl-enter', label: t('sendCtrl') },
            ]}
          />
        </FieldRow>
        <FieldRow label={t('undoMinutes')} help={t('undoMinutesHelp')} htmlFor="undo">
          <CommitNumber
            id="undo"
            min={1}
            max={240}
            value={settings.undoMinutes}
            onCommit={(undoMinutes) => set({ undoMinutes })}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={t('freshness')}>
        <FieldRow label={t('staleMinutes')} help={t('staleMinutesHelp')} htmlFor="stale">
          <CommitNumber
            id="stale"
            min={2}
            max={1440}
            value={settings.staleMinutes}
            onCommit={(staleMinutes) => set({ staleMinutes })}
          />
        </FieldRow>
        <FieldRow label={t('syncEvery')} help={t('syncEveryHelp')} htmlFor="every">
          <CommitNumber
            id="every"
            min={10}
            max={86_400}
            value={settings.syncEverySeconds}
            onCommit={(syncEverySeconds) => set({ syncEverySeconds })}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={t('desktop')} note={desktop ? undefined : t('desktopOnly')}>
        <FieldRow label={t('closeToTray')} help={t('closeToTrayHelp')} htmlFor="closing">
          <Select
            id="closing"
            data={CLOSING.map((value) => ({ value, label: closing[value] }))}
            value={settings.closeToTray}
            onChange={(value) => {
              const closeToTray = CLOSING.find((name) => name === value);
              if (closeToTray) set({ closeToTray });
            }}
          />
        </FieldRow>
        <FieldRow
          label={t('openAtLogin')}
          help={t('openAtLoginHelp')}
          htmlFor="login"
          fixed={fixed('openAtLogin')}
        >
          <Switch
            id="login"
            checked={settings.openAtLogin}
            onChange={(e) => set({ openAtLogin: e.currentTarget.checked })}
          />
        </FieldRow>
        <FieldRow label={t('startMinimised')} help={t('startMinimisedHelp')} htmlFor="minimised">
          <Switch
            id="minimised"
            checked={settings.startMinimised}
            onChange={(e) => set({ startMinimised: e.currentTarget.checked })}
          />
        </FieldRow>
      </FieldGroup>
    </Stack>
  );
}
