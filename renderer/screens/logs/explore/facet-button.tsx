import { Box, Button, Checkbox, CloseButton, Group, Popover, ScrollArea, Stack, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { CountBy, LineFilter } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { Pending } from '../../../ui/states.tsx';
import { Fine, Note } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';

type Props = {
  readonly label: string;
  readonly by: Extract<CountBy, 'level' | 'service' | 'source'>;
  /** the filter without this facet */
  readonly filter: LineFilter;
  readonly chosen: readonly string[];
  readonly nameOf: (key: string) => ReactNode;
  readonly textOf: (key: string) => string;
  readonly onChange: (chosen: string[]) => void;
};
const SEARCH_FROM = 12;

/** The values of a column with how many lines each has; check those to see. */
export function FacetButton(props: Props) {
  const { label, by, filter, chosen, nameOf, textOf, onChange } = props;
  const t = useWords('logs');
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={290}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={chosen.length ? 'light' : 'default'}
          rightSection={<IconChevronDown size={13} />}
          onClick={() => setOpened(!opened)}
        >
          {chosen.length ? t('facet.chosen', { label, n: chosen.length }) : label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        {opened && (
          <Values
            by={by}
            filter={filter}
            chosen={chosen}
            nameOf={nameOf}
            textOf={textOf}
            onChange={onChange}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Values({ by, filter, chosen, nameOf, textOf, onChange }: Omit<Props, 'label'>) {
  const t = useWords('logs');
  const format = useFormat();
  const [text, setText] = useState('');
  const counts = useQuery(orpc.logs.counts.queryOptions({ input: { filter, by, top: 200 } }));
  const all = useMemo(() => {
    const found = counts.data?.series.map(({ key, total }) => ({ key, total })) ?? [];
    const gone = chosen.filter((key) => !found.some((value) => value.key === key));
    return [...found, ...gone.map((key) => ({ key, total: 0 }))];
  }, [counts.data, chosen]);
  if (!counts.isSuccess) return <Pending of={counts} kind="text" count={4} />;
  const wanted = text.normalize('NFKC').toLowerCase();
  const shown = all.filter(({ key }) => textOf(key).normalize('NFKC').toLowerCase().includes(wanted));
  const toggle = (key: string, on: boolean): void =>
    onChange(on ? [...chosen, key] : chosen.filter((old) => old !== key));
  return (
    <Stack gap="xs">
      {all.length >= SEARCH_FROM && (
        <ImeTextInput
          size="xs"
          aria-label={t('facet.find')}
          placeholder={t('facet.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {!counts.data.exact && (
        <Text size="xs" c="var(--watch-text)">
          {t('histogram.notExact')}
        </Text>
      )}
      <ScrollArea.Autosize mah={300}>
        <Stack gap={5}>
          {shown.map(({ key, total }) => (
            <Group
              key={key}
              gap="0.5rem"
              wrap="nowrap"
              justify="space-between"
              pe="0.75rem"
              style={{ overflowWrap: 'anywhere' }}
            >
              <Checkbox
                size="xs"
                label={nameOf(key)}
                aria-label={textOf(key)}
                checked={chosen.includes(key)}
                onChange={(event) => toggle(key, event.currentTarget.checked)}
              />
              <Fine>{format.number(total)}</Fine>
            </Group>
          ))}
          {shown.length === 0 && <Note>{t('facet.none')}</Note>}
        </Stack>
      </ScrollArea.Autosize>
      {chosen.length > 0 && (
        <Button size="compact-xs" variant="subtle" w="fit-content" onClick={() => onChange([])}>
          {t('facet.clear')}
        </Button>
      )}
    </Stack>
  );
}

type ChipProps = {
  readonly label: string;
  readonly value: string;
  /** lines with it are left out */
  readonly not?: boolean;
  readonly onRemove: () => void;
};
/** One condition, with the way out of it. */
export function Chip({ label, value, not = false, onRemove }: ChipProps) {
  const t = useWords('logs');
  return (
    <span className={classes['chip']} data-not={not || undefined} title={value}>
      <Box component="span" flex="none" c="dimmed">
        {not ? t('filter.not', { label }) : label}
      </Box>
      <Text span inherit truncate fw={600}>
        {value}
      </Text>
      <CloseButton size={18} aria-label={t('filter.remove', { label, value })} onClick={onRemove} />
    </span>
  );
}
