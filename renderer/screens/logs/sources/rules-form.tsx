import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { LogSourceKind, LogSourceRules } from '../../../../main/logs/contract/logs.ts';
import { CommitNumber } from '../../../ui/fields.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { ENCODINGS, useFormatNames } from './source-words.ts';

export type Rules = Omit<LogSourceRules, 'paused' | 'table'>;
export const NO_RULES: Rules = {
  name: '',
  format: null,
  encoding: null,
  timeZone: null,
  skewMs: 0,
  service: null,
  pattern: null,
};
type Props = {
  readonly kind: LogSourceKind;
  readonly rules: Rules;
  /** what was found out by itself, in words, shown beside "automatic" */
  readonly detected?: { readonly format: string | null; readonly encoding: string | null } | undefined;
  readonly onChange: (rules: Rules) => void;
};
const AUTO = '';
const MAX_SKEW_S = 86_400;

/** Zones most logs are written in, besides the site's own. */
const ZONES = [
  'Asia/Tokyo',
  'UTC',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Europe/London',
  'America/Los_Angeles',
];

/** How a source is read. What is left to itself is detected from its first lines. */
export function RulesForm({ kind, rules, detected, onChange }: Props) {
  const t = useWords('logs');
  const { zone } = useFormat();
  const { formats, titleOf } = useFormatNames();
  const auto = (found: string | null | undefined): string =>
    found ? t('rules.autoFound', { found }) : t('rules.auto');
  const isEncoding = (value: string | null): value is (typeof ENCODINGS)[number] =>
    ENCODINGS.some((name) => name === value);
  const zones = [...new Set([...ZONES, ...(rules.timeZone ? [rules.timeZone] : [])])];
  const company = kind === 'company';
  const ofTable = kind === 'table';
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label={t('rules.name')}
        description={t(ofTable ? 'rules.nameHelpTable' : 'rules.nameHelp')}
        maxLength={200}
        value={rules.name}
        onChange={(event) => onChange({ ...rules, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('rules.service')}
        description={t('rules.serviceHelp')}
        maxLength={200}
        value={rules.service ?? ''}
        onChange={(event) => onChange({ ...rules, service: orNull(event.currentTarget.value) })}
      />
      {!company && (
        <>
          <Select
            // a format that was just added: its name is shown once the list has it
            key={formats.length}
            label={t('rules.format')}
            description={t(ofTable ? 'rules.formatHelpTable' : 'rules.formatHelp')}
            searchable
            data={[
              { value: AUTO, label: auto(detected?.format) },
              ...formats.map(({ name }) => ({ value: name, label: titleOf(name) })),
            ]}
            value={rules.format ?? AUTO}
            onChange={(value) => onChange({ ...rules, format: value || null })}
          />
          <Select
            label={t('rules.encoding')}
            description={t(ofTable ? 'rules.encodingHelpTable' : 'rules.encodingHelp')}
            data={[
              { value: AUTO, label: auto(detected?.encoding) },
              ...ENCODINGS.map((value) => ({ value, label: t(`rules.encodings.${value}`) })),
            ]}
            value={rules.encoding ?? AUTO}
            onChange={(value) => onChange({ ...rules, encoding: isEncoding(value) ? value : null })}
          />
        </>
      )}
      <Select
        label={t('rules.timeZone')}
        description={t('rules.timeZoneHelp')}
        data={[
          { value: AUTO, label: ofTable ? t('rules.companyZone') : t('rules.siteZone', { zone }) },
          ...zones.map((value) => ({ value, label: value })),
        ]}
        value={rules.timeZone ?? AUTO}
        onChange={(value) => onChange({ ...rules, timeZone: value || null })}
      />
      <CommitNumber
        label={t('rules.skew')}
        description={t('rules.skewHelp')}
        min={-MAX_SKEW_S}
        max={MAX_SKEW_S}
        integer={false}
        value={rules.skewMs / 1000}
        onCommit={(seconds) => onChange({ ...rules, skewMs: Math.round(seconds * 1000) })}
      />
      {kind === 'folder' && (
        <TextInput
          label={t('rules.pattern')}
          description={t('rules.patternHelp')}
          placeholder="*.log"
          maxLength={200}
          value={rules.pattern ?? ''}
          onChange={(event) => onChange({ ...rules, pattern: orNull(event.currentTarget.value) })}
        />
      )}
    </SimpleGrid>
  );
}

/** As it is written: a space taken off at once could never stand between two words. */
const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
