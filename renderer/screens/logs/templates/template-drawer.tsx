import { Button, Drawer, Group, SegmentedControl, Stack, Switch, Text, Title } from '@mantine/core';
import { IconListSearch, IconMessageCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LogTemplate, ParameterStats, TemplateChange } from '../../../../main/logs/contract/logs.ts';
import { MiniBars } from '../../../charts/mini-bars.tsx';
import { orpc, useNow } from '../../../engine-hooks.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { linesHref } from '../../../logs/log-address.ts';
import { dayTime } from '../../../logs/log-time.ts';
import { useRangeWords } from '../../../logs/range-picker.tsx';
import { parameterNames, TemplateText } from '../../../logs/template-text.tsx';
import { navigate } from '../../../router.ts';
import { boundsOf, type TimeRange } from '../../../stores/time-range.ts';
import { CommitText } from '../../../ui/fields.tsx';
import { Facts } from '../../../ui/page.tsx';
import { EmptyState, ErrorState, Failed, Loading } from '../../../ui/states.tsx';
import { Fine, Note, TimeText } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { ParameterPanel } from './parameter-panel.tsx';
import { MergedParts, TemplateHistory } from './template-history.tsx';
import { useTemplateActs } from './use-template-acts.ts';

type Props = {
  readonly id: number | null;
  /** the parameter whose values are shown first */
  readonly parameter: number | null;
  readonly range: TimeRange;
  readonly onClose: () => void;
  readonly onOpen: (id: number) => void;
};

/** One template in full: its words and parameters, when it came, what stood in the parameters, and what people decided about it. */
export function TemplateDrawer({ id, parameter, range, onClose, onOpen }: Props) {
  const t = useWords('logs');
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      size="min(760px, 92vw)"
      title={t('template.title', { id: String(id ?? '') })}
    >
      {id !== null && (
        <Body key={id} id={id} parameter={parameter} range={range} onClose={onClose} onOpen={onOpen} />
      )}
    </Drawer>
  );
}

function Body({ id, parameter, range, onClose, onOpen }: Props & { readonly id: number }) {
  const t = useWords('logs');
  const found = useQuery(orpc.logs.template.queryOptions({ input: { id } }));
  if (found.isError)
    return (
      <Stack>
        <Failed of={found} />
        <EmptyState
          kind="failed"
          title={t('template.missing')}
          action={{ label: t('template.back'), onClick: onClose }}
        />
      </Stack>
    );
  if (!found.data) return <Loading kind="text" count={14} />;
  const { template, parts, parameters, history } = found.data;
  return (
    <Detail
      template={template}
      parts={parts}
      parameters={parameters}
      history={history}
      parameter={parameter}
      range={range}
      onOpen={onOpen}
    />
  );
}

type DetailProps = {
  readonly template: LogTemplate;
  /** merged into it */
  readonly parts: readonly { readonly id: number; readonly text: string }[];
  readonly parameters: readonly ParameterStats[];
  readonly history: readonly TemplateChange[];
  readonly parameter: number | null;
  readonly range: TimeRange;
  readonly onOpen: (id: number) => void;
};
const MARKS = ['none', 'known', 'noise'] as const;

function Detail({ template, parts, parameters, history, parameter, range, onOpen }: DetailProps) {
  const t = useWords('logs');
  const format = useFormat();
  const acts = useTemplateActs(template);
  const [current, setCurrent] = useState(parameter ?? parameters[0]?.parameter ?? null);
  const stats = parameters.find((h) => h.parameter === current);
  return (
    <Stack gap="lg">
      <div>
        <Group gap="sm" mb={4}>
          <LevelBadge level={template.level} />
          <Note>{template.services.join(', ')}</Note>
        </Group>
        {template.name !== null && <Title order={2}>{template.name}</Title>}
        <TemplateText parts={template.parts} onParameter={setCurrent} current={current} />
        <Group gap="xs" mt="sm">
          <Button
            component="a"
            href={linesHref({ templates: [template.id], noise: true })}
            leftSection={<IconListSearch size={16} />}
          >
            {t('template.lines')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconMessageCircle size={16} />}
            onClick={() =>
              navigate('chat', null, { ask: t('template.askText', { text: template.text.slice(0, 300) }) })
            }
          >
            {t('detail.ask')}
          </Button>
        </Group>
      </div>
      <ErrorState error={acts.error} />
      <OverTime template={template} range={range} />
      <Facts
        facts={[
          [t('templates.lines'), format.number(template.lines)],
          [t('templates.first'), <TimeText key="first" at={template.firstAt} />],
          [t('templates.last'), <TimeText key="last" at={template.lastAt} />],
        ]}
      />
      <section>
        <Title order={3} mb="xs">
          {t('template.decide')}
        </Title>
        <Stack gap="sm">
          <CommitText
            label={t('template.name')}
            description={t('template.nameHelp')}
            maxLength={300}
            value={template.name ?? ''}
            onCommit={(name) => acts.rename(name.trim() || null)}
          />
          <Group gap="lg">
            <div>
              <Text size="sm" fw={500} mb={3}>
                {t('templates.mark')}
              </Text>
              <SegmentedControl
                size="xs"
                aria-label={t('templates.mark')}
                value={template.mark}
                onChange={(value) => acts.mark(MARKS.find((m) => m === value) ?? 'none')}
                data={MARKS.map((value) => ({ value, label: t(`mark.${value}`) }))}
              />
            </div>
            <Switch
              label={t('template.lock')}
              description={t('template.lockHelp')}
              checked={template.locked}
              onChange={(event) => acts.lock(event.currentTarget.checked)}
            />
          </Group>
          <Fine>{t(`mark.help.${template.mark}`)}</Fine>
        </Stack>
      </section>
      {parts.length > 0 && <MergedParts parts={parts} onUnmerge={acts.unmerge} />}
      <section>
        <Title order={3} mb="xs">
          {t('parameter.title', { n: parameters.length })}
        </Title>
        {parameters.length === 0 && <Note>{t('parameter.noParameters')}</Note>}
        {stats && (
          <ParameterPanel
            key={stats.parameter}
            stats={stats}
            parameters={parameters}
            names={parameterNames(template.parts)}
            templateId={template.id}
            onParameter={setCurrent}
            onSplit={(values) => acts.split(stats.parameter, values)}
            splitting={acts.splitting}
          />
        )}
      </section>
      <TemplateHistory history={history} onOpen={onOpen} />
    </Stack>
  );
}

const BUCKETS = 60;
function OverTime({ template, range }: { readonly template: LogTemplate; readonly range: TimeRange }) {
  const t = useWords('logs');
  const format = useFormat();
  const words = useRangeWords();
  const now = useNow(60_000);
  const bounds = JSON.stringify(boundsOf(range, now));
  const filter = useMemo(
    () => ({
      ...(JSON.parse(bounds) as { from?: number; to?: number }),
      templates: [template.id],
      noise: true,
    }),
    [bounds, template.id],
  );
  const counts = useQuery(
    orpc.logs.counts.queryOptions({ input: { filter, by: 'template', buckets: BUCKETS, top: 1 } }),
  );
  if (counts.error) return <Failed of={counts} />;
  const data = counts.data;
  const series = data?.series[0];
  const at = (i: number): string =>
    dayTime((data?.from ?? 0) + i * (data?.bucketMs ?? 0), format.zone, format.lang);
  const edge = (i: number): string => format.dateTime((data?.from ?? 0) + i * (data?.bucketMs ?? 0));
  return (
    <section>
      <Title order={3} mb="xs">
        {t('template.overTime', { range: words(range) })}
      </Title>
      {data && !series && <Note>{t('template.notInRange')}</Note>}
      {series && (
        <MiniBars
          label={t('templates.trendLabel', { range: words(range), n: format.number(series.total) })}
          bars={series.counts.map((value, i) => ({ value, title: `${at(i)}  ${format.number(value)}` }))}
          ends={[edge(0), edge(series.counts.length)]}
        />
      )}
    </section>
  );
}
