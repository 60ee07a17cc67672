import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AlertKind, type AlertMute } from '../../../main/alerts/contract/alerts.ts';
import { ALERT_KINDS, wordMute } from '../../../main/alerts/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly mutes: readonly AlertMute[];
  readonly onChange: (mutes: AlertMute[]) => void;
};
const HOURS = Array.from({ length: 25 }, (_, hour) => ({ value: String(hour * 60), label: `${hour}:00` }));

/** Alerts that are listed and not told: by site, process, kind and hours. */
export function AlertMutes({ mutes, onChange }: Props) {
  const t = useWords('settings');
  const format = useFormat();
  const lookup = useQuery(orpc.system.lookup.queryOptions()).data;
  const [draft, setDraft] = useState<AlertMute>({});
  const set = (key: 'location' | 'process' | 'kind' | 'from' | 'to', value: string | null): void => {
    const { [key]: _, ...rest } = draft;
    const typed = key === 'from' || key === 'to' ? Number(value) : value;
    setDraft(value === null ? rest : ({ ...rest, [key]: typed } as AlertMute));
  };
  const businessName = (id: string): string =>
    lookup?.businesses.find((business) => business.id === id)?.name ?? id;
  return (
    <FieldGroup title={t('mutes.title')} note={t('mutes.note')}>
      <Stack gap="xs" p="md">
        {mutes.map((mute, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mute has no name of its own, and the list only loses and gains at known places
          <Group key={`${i} ${JSON.stringify(mute)}`} gap="xs">
            <Text size="sm">{wordMute(mute, businessName, format.lang)}</Text>
            <ActionIcon
              variant="subtle"
              aria-label={t('mutes.remove', { mute: wordMute(mute, businessName, format.lang) })}
              onClick={() => onChange(mutes.filter((_, k) => k !== i))}
            >
              <IconX size={15} />
            </ActionIcon>
          </Group>
        ))}
        {mutes.length === 0 && <Note>{t('mutes.none')}</Note>}
        <Group gap="xs" align="end">
          <Select
            label={t('mutes.location')}
            placeholder={t('mutes.all')}
            clearable
            w={140}
            data={lookup?.locations ?? []}
            value={draft.location ?? null}
            onChange={(value) => set('location', value)}
          />
          <Select
            label={t('mutes.process')}
            placeholder={t('mutes.all')}
            clearable
            w={140}
            data={lookup?.processes ?? []}
            value={draft.process ?? null}
            onChange={(value) => set('process', value)}
          />
          <Select
            label={t('mutes.kind')}
            placeholder={t('mutes.all')}
            clearable
            w={180}
            data={AlertKind.options.map((kind) => ({ value: kind, label: ALERT_KINDS[kind][format.lang] }))}
            value={draft.kind ?? null}
            onChange={(value) => set('kind', value)}
          />
          <Select
            label={t('mutes.from')}
            placeholder={t('mutes.always')}
            clearable
            w={110}
            data={HOURS}
            value={draft.from === undefined ? null : String(draft.from)}
            onChange={(value) => set('from', value)}
          />
          <Select
            label={t('mutes.to')}
            placeholder={t('mutes.always')}
            clearable
            w={110}
            data={HOURS}
            value={draft.to === undefined ? null : String(draft.to)}
            onChange={(value) => set('to', value)}
          />
          <Button
            variant="default"
            disabled={Object.keys(draft).length === 0}
            onClick={() => {
              onChange([...mutes, draft]);
              setDraft({});
            }}
          >
            {t('mutes.add')}
          </Button>
        </Group>
      </Stack>
    </FieldGroup>
  );
}
