import { Group, SegmentedControl, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { AlertSettings as Values } from '../../../main/alerts/contract/alerts.ts';
import { CommitMinutes, CommitNumber, FieldGroup, FieldRow } from '../../ui/fields.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';
import { AlertBacktest } from './alert-backtest.tsx';
import { AlertMutes } from './alert-mutes.tsx';
import { useSetting } from './use-setting.ts';

const NOTIFY = ['none', 'danger', 'all'] as const;
const NIGHT = { quietFrom: 22 * 60, quietTo: 6 * 60 };

export function AlertSettings() {
  const t = useWords('settings');
  const { settings, loadError, reload, saveError, set } = useSetting();
  const [crossed, setCrossed] = useState(false);
  if (loadError) return <ErrorState error={loadError} retry={reload} />;
  if (!settings) return <Loading />;
  const values = settings.alerts;
  const change = (part: Partial<Values>): void => {
    const next = { ...values, ...part };
    setCrossed(next.watchAt >= next.dangerAt);
    if (next.watchAt < next.dangerAt) set({ alerts: next });
  };
  const quiet = values.quietFrom !== null && values.quietTo !== null;
  const words = { none: t('notifyNone'), danger: t('notifyDanger'), all: t('notifyAll') };
  return (
    <Stack gap="lg">
      <ErrorState error={saveError} />
      <FieldGroup title={t('thresholds')} note={t('alertIntro')}>
        <FieldRow label={t('dangerAt')} help={t('dangerAtHelp')} htmlFor="danger">
          <CommitNumber
            id="danger"
            percent
            min={5}
            max={99}
            value={values.dangerAt}
            error={crossed && t('watchBelowDanger')}
            onCommit={(dangerAt) => change({ dangerAt })}
          />
        </FieldRow>
        <FieldRow label={t('watchAt')} help={t('watchAtHelp')} htmlFor="watch">
          <CommitNumber
            id="watch"
            percent
            min={5}
            max={99}
            value={values.watchAt}
            error={crossed && t('watchBelowDanger')}
            onCommit={(watchAt) => change({ watchAt })}
          />
        </FieldRow>
        <FieldRow label={t('snapshots')} help={t('snapshotsHelp')} htmlFor="snapshots">
          <CommitNumber
            id="snapshots"
            min={1}
            max={10}
            value={values.snapshots}
            onCommit={(snapshots) => change({ snapshots })}
          />
        </FieldRow>
        <FieldRow label={t('everyMinutes')} help={t('everyMinutesHelp')} htmlFor="every">
          <CommitNumber
            id="every"
            min={1}
            max={60}
            value={values.everyMinutes}
            onCommit={(everyMinutes) => change({ everyMinutes })}
          />
        </FieldRow>
      </FieldGroup>
      <AlertBacktest settings={values} onUse={(watchAt) => change({ watchAt })} />
      <FieldGroup title={t('notifying')}>
        <FieldRow label={t('notify')} help={t('notifyHelp')}>
          <SegmentedControl
            fullWidth
            orientation="vertical"
            size="xs"
            aria-label={t('notify')}
            value={values.notify}
            onChange={(notify) => change({ notify })}
            data={NOTIFY.map((value) => ({ value, label: words[value] }))}
          />
        </FieldRow>
        <FieldRow label={t('quiet')} help={t('quietHelp')} htmlFor="quiet">
          <Stack gap="xs">
            <Switch
              id="quiet"
              checked={quiet}
              label={quiet ? undefined : t('quietOff')}
              onChange={(e) => change(e.currentTarget.checked ? NIGHT : { quietFrom: null, quietTo: null })}
            />
            {quiet && (
              <Group grow>
                <CommitMinutes
                  label={t('quietFrom')}
                  value={values.quietFrom}
                  onCommit={(quietFrom) => change({ quietFrom })}
                />
                <CommitMinutes
                  label={t('quietTo')}
                  value={values.quietTo}
                  onCommit={(quietTo) => change({ quietTo })}
                />
              </Group>
            )}
          </Stack>
        </FieldRow>
      </FieldGroup>
      <AlertMutes mutes={values.mutes} onChange={(mutes) => change({ mutes })} />
    </Stack>
  );
}
