import { ActionIcon, Button, Checkbox, Group, SimpleGrid, Stack, UnstyledButton } from '@mantine/core';
import { IconFilterMinus, IconGitBranch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ParameterStats } from '../../../../main/logs/contract/logs.ts';
import { MiniBars } from '../../../charts/mini-bars.tsx';
import { linesHref } from '../../../logs/log-address.ts';
import { StatTile } from '../../../ui/stat-tile.tsx';
import { Fine, Note } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './templates.module.css';

type Props = {
  readonly stats: ParameterStats;
  readonly parameters: readonly ParameterStats[];
  /** what stands before each parameter of the template */
  readonly names: readonly string[];
  readonly templateId: number;
  readonly onParameter: (parameter: number) => void;
  readonly onSplit: (values: string[]) => void;
  readonly splitting: boolean;
};
const MOST_VALUES = 20;

/** The values of one parameter: their spread when they are numbers, the most frequent ones always. */
export function ParameterPanel({
  stats,
  parameters,
  names,
  templateId,
  onParameter,
  onSplit,
  splitting,
}: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const link = (value: string, not: boolean): string =>
    linesHref({
      templates: [templateId],
      noise: true,
      fields: [{ key: `${templateId}.${stats.parameter}`, value, not }],
    });
  // after a split its values are no longer here
  const wanted = chosen.filter((value) => stats.top.some((one) => one.value === value));
  const top = Math.max(1, ...stats.top.map((value) => value.count));
  return (
    <Stack gap="sm">
      {parameters.length > 1 && (
        <Group gap={6} role="group" aria-label={t('parameter.choose')}>
          {parameters.map((parameter) => (
            <UnstyledButton
              key={parameter.parameter}
              className={classes['parameterTab']}
              aria-pressed={parameter.parameter === stats.parameter}
              onClick={() => onParameter(parameter.parameter)}
            >
              {names[parameter.parameter]} {t(`parameter.${parameter.type}`)}
            </UnstyledButton>
          ))}
        </Group>
      )}
      <Note>
        {t(stats.newest === null ? 'parameter.seen' : 'parameter.seenInNewest', {
          seen: format.number(stats.seen),
          distinct: format.number(stats.distinct),
          newest: format.number(stats.newest ?? 0),
        })}
      </Note>
      {stats.numbers && <Numbers numbers={stats.numbers} />}
      <div className={classes['values']}>
        {stats.top.map(({ value, count, share }) => (
          <div key={value} className={classes['valueRow']}>
            <Checkbox
              size="xs"
              aria-label={t('parameter.chooseValue', { value })}
              checked={chosen.includes(value)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked ? [...chosen, value] : chosen.filter((v) => v !== value),
                )
              }
            />
            <a className={classes['value']} href={link(value, false)} title={t('value.only')}>
              <span className={classes['valueBar']} style={{ width: `${(count / top) * 100}%` }} />
              <span className={classes['valueText']}>{value === '' ? t('parameter.empty') : value}</span>
            </a>
            <span className={classes['valueCount']}>
              {format.number(count)} <small>{format.percent(share)}</small>
            </span>
            <ActionIcon
              size="sm"
              component="a"
              href={link(value, true)}
              aria-label={`${value}: ${t('value.without')}`}
              title={t('value.without')}
            >
              <IconFilterMinus size={14} />
            </ActionIcon>
          </div>
        ))}
      </div>
      {stats.top.length === 0 && stats.seen > 0 && <Note>{t('parameter.noneOften')}</Note>}
      <Group gap="sm">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconGitBranch size={14} />}
          disabled={wanted.length === 0 || wanted.length > MOST_VALUES}
          loading={splitting}
          onClick={() => onSplit(wanted)}
        >
          {wanted.length ? t('parameter.splitBy', { n: wanted.length }) : t('parameter.split')}
        </Button>
        <Fine>{t('parameter.splitHelp')}</Fine>
      </Group>
    </Stack>
  );
}

function Numbers({ numbers }: { readonly numbers: NonNullable<ParameterStats['numbers']> }) {
  const t = useWords('logs');
  const format = useFormat();
  const digits = Math.abs(numbers.max) < 10 ? 2 : Math.abs(numbers.max) < 1000 ? 1 : 0;
  const write = (value: number): string => format.number(value, digits);
  const unit = numbers.unit === null ? {} : { unit: numbers.unit };
  return (
    <>
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs">
        <StatTile label={t('parameter.p50')} value={write(numbers.p50)} {...unit} />
        <StatTile label={t('parameter.p95')} value={write(numbers.p95)} {...unit} />
        <StatTile label={t('parameter.p99')} value={write(numbers.p99)} {...unit} />
        <StatTile
          label={t('parameter.range')}
          value={write(numbers.max)}
          {...unit}
          hint={t('parameter.min', { min: write(numbers.min) })}
        />
      </SimpleGrid>
      {numbers.histogram.length > 1 && (
        <MiniBars
          label={t('parameter.histogram', {
            p50: write(numbers.p50),
            p95: write(numbers.p95),
            max: write(numbers.max),
          })}
          bars={numbers.histogram.map(({ from, to, count }) => ({
            value: count,
            title: `${write(from)} – ${write(to)}  ${format.number(count)}`,
          }))}
          ends={[
            write(numbers.histogram[0]?.from ?? numbers.min),
            write(numbers.histogram.at(-1)?.to ?? numbers.max),
          ]}
        />
      )}
    </>
  );
}
