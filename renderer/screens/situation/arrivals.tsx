import { Badge, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CellDetail, DayForecast } from '../../../main/analytics/contract/situation.ts';
import { ArrivalForecast } from '../../charts/arrival-forecast.tsx';
import { orpc } from '../../engine-hooks.ts';
import { EmptyState, Failed, Loading } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const DAY_MS = 24 * 3_600_000;
const AHEAD = [0, 1, 2] as const;

/** What comes in to the cell today, tomorrow and the day after: ours, the company's, and how near both were. */
export function Arrivals({ row }: { readonly row: CellDetail['row'] }) {
  const t = useWords('situation');
  const format = useFormat();
  const [ahead, setAhead] = useState(0);
  // the date in the site's zone, as it is stored
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: format.zone }).format(
    row.dataAt + ahead * DAY_MS,
  );
  const day = useQuery(orpc.forecast.day.queryOptions({ input: { cellId: row.cellId, date } }));
  return (
    <section>
      <Group justify="space-between" mb={6}>
        <Title order={3}>{t('forecast.title')}</Title>
        <SegmentedControl
          size="xs"
          value={`${ahead}`}
          onChange={(value) => setAhead(Number(value))}
          data={AHEAD.map((n) => ({ value: `${n}`, label: t(`forecast.day${n}`) }))}
          aria-label={t('forecast.which')}
        />
      </Group>
      {day.isPending ? (
        <Loading kind="text" count={6} />
      ) : day.isError ? (
        <Failed of={day} />
      ) : (
        <DayOfCell day={day.data} name={format.cell(row)} />
      )}
    </section>
  );
}

function DayOfCell({ day, name }: { readonly day: DayForecast; readonly name: string }) {
  const t = useWords('situation');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  const { ours, company, actual } = day.total;
  const items = (value: number | null | undefined): string =>
    value === null || value === undefined ? t('unknown') : format.number(value);
  const kinds = day.kinds.map((kind) =>
    kind === 'holiday' && format.lang === 'ja' && day.holiday ? day.holiday : t(`forecast.kind.${kind}`),
  );
  return (
    <Stack gap="xs">
      {kinds.length > 0 && (
        <Group gap={6}>
          {kinds.map((kind) => (
            <Badge key={kind} variant="light" size="sm" tt="none">
              {kind}
            </Badge>
          ))}
        </Group>
      )}
      {day.blocks.length === 0 ? (
        <EmptyState
          kind="no-result"
          title={t(day.state === 'closed' ? 'forecast.closedTitle' : 'forecast.noneTitle')}
          text={t(day.state === 'closed' ? 'forecast.closedText' : 'forecast.noneText')}
        />
      ) : (
        <>
          <Text size="sm">
            {[
              ours === null
                ? null
                : t('forecast.ours', {
                    n: format.number(ours.mean),
                    low: format.number(ours.low),
                    high: format.number(ours.high),
                  }),
              company === null ? null : t('forecast.company', { n: format.number(company) }),
              actual === null ? null : t('forecast.actual', { n: format.number(actual) }),
            ]
              .filter((text) => text !== null)
              .join(format.dot)}
          </Text>
          <ArrivalForecast
            day={day}
            words={words}
            label={t('forecast.label', {
              cell: name,
              ours: items(ours?.mean),
              company: items(company),
              actual: items(actual),
            })}
          />
          <Fine>{t('forecast.legend')}</Fine>
        </>
      )}
      <HowSure day={day} />
    </Stack>
  );
}

/** The past of both forecasts in words, and how much ours has learned from. */
function HowSure({ day }: { readonly day: DayForecast }) {
  const t = useWords('situation');
  const format = useFormat();
  const { record, state, days, weeks, best } = day;
  const learned = { days: format.number(days), weeks: format.number(weeks, 1) };
  const lines = [
    state === 'none'
      ? t('forecast.noHistory', learned)
      : t(state === 'learning' ? 'forecast.learning' : 'forecast.learned', learned),
    ...(record.ours !== null && record.company !== null
      ? [
          t('forecast.errors', {
            days: format.number(record.days),
            ours: format.percent(record.ours),
            company: format.percent(record.company),
          }),
        ]
      : record.ours !== null
        ? [t('forecast.ownError', { days: format.number(record.days), ours: format.percent(record.ours) })]
        : []),
    ...(record.coverage === null ? [] : [t('forecast.coverage', { share: format.percent(record.coverage) })]),
    ...(best === null || record.ours === null || record.company === null
      ? []
      : [t(best === 'ours' ? 'forecast.bestOurs' : 'forecast.bestCompany')]),
  ];
  return <Note>{lines.join(format.lang === 'ja' ? '' : ' ')}</Note>;
}
