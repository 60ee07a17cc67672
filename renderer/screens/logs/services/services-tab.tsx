import { Button, Drawer, Group, Stack } from '@mantine/core';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Window } from '../../../../main/measures/contract/measures.ts';
import { wordNote } from '../../../../main/measures/contract/words.ts';
import { orpc, useNow, useSettings } from '../../../engine-hooks.ts';
import { useChangeSettings } from '../../../frame/use-applied-settings.ts';
import { RangePicker } from '../../../logs/range-picker.tsx';
import { navigate, useRoute } from '../../../router.ts';
import { boundsOf, type TimeRange, useRangeInAddress, writeRange } from '../../../stores/time-range.ts';
import { ContractTable } from '../../../ui/contract-table.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { EmptyState, ErrorState, Loading, Pending } from '../../../ui/states.tsx';
import { Fine, Note } from '../../../ui/text.tsx';
import { showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { type Arranged, arranged, moved } from './arrange.ts';
import { type CardActs, durationOf, ServiceCard } from './service-card.tsx';
import classes from './services.module.css';
import { type Bounds, durationQuery, useDurations, useServices, windowOf } from './use-services.ts';

/** Cards shown at once; a site with a thousand services finds the others by name, or a page at a time. */
const PAGE = 24;
const NONE: Arranged = { order: [], hidden: [] };

/** How every service does: lines, errors, how long things took, when it last wrote, and what is wrong with it now. */
export function ServicesTab() {
  const t = useWords('logs');
  const format = useFormat();
  const range = useRangeInAddress();
  const { query } = useRoute();
  const now = useNow(10_000);
  const [text, setText] = useState('');
  const [pages, setPages] = useState(1);
  const [measured, setMeasured] = useState<string | null>(null);
  // the range stays the same for a minute, and so do the questions
  const minutes = JSON.stringify(boundsOf(range, now));
  const bounds = useMemo(() => JSON.parse(minutes) as Bounds, [minutes]);
  const { services, begin, isPending, error, retry } = useServices(bounds);
  const { arrangement, change, saveError } = useArrangement();
  const wanted = text.trim().toLowerCase();
  const found = services.filter(({ name }) => name.toLowerCase().includes(wanted));
  const { shown, hidden } = arranged(found, arrangement);
  const cards = shown.slice(0, pages * PAGE);
  const window = windowOf(bounds, begin, now);
  const took = useDurations(
    cards.map(({ name }) => name),
    window,
  );
  const names = shown.map(({ name }) => name);
  const acts: CardActs = {
    move: (name, to) => {
      const at = names.indexOf(name);
      const place = { first: 0, before: at - 1, after: at + 1 }[to];
      change({ ...arrangement, order: moved(names, name, place) });
    },
    hide: (name) => {
      change({ ...arrangement, hidden: [...arrangement.hidden, name] });
      showUndoBar(t('services.hidden', { service: name || t('services.unnamed') }), () =>
        change(arrangement),
      );
    },
    openDurations: setMeasured,
  };
  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end">
        <ImeTextInput
          flex="1 1 11rem"
          aria-label={t('services.search')}
          placeholder={t('services.search')}
          leftSection={<IconSearch size={16} />}
          data-search
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setPages(1);
          }}
        />
        {arrangement.order.length > 0 && (
          <Button variant="default" onClick={() => change({ ...arrangement, order: [] })}>
            {t('services.unarrange')}
          </Button>
        )}
        <RangePicker
          range={range}
          onChange={(next: TimeRange) => navigate('logs', 'services', { ...query, range: writeRange(next) })}
          now={now}
        />
      </Group>
      <ErrorState error={error} retry={retry} />
      <ErrorState error={saveError} />
      {took.error && <ErrorState error={took.error} retry={took.retry} />}
      {isPending && error === null && <Loading kind="tiles" count={8} />}
      {!isPending && shown.length > 0 && (
        <Note role="status">
          {t('services.shown', { shown: format.number(cards.length), total: format.number(shown.length) })}
        </Note>
      )}
      {!isPending && found.length === 0 && (
        <EmptyState
          kind={wanted ? 'no-result' : 'never'}
          title={t(wanted ? 'services.none' : 'never.title')}
          text={t(wanted ? 'services.noneText' : 'never.text')}
          {...(wanted && { action: { label: t('common:clearFilter'), onClick: () => setText('') } })}
        />
      )}
      <div className={classes['cards']}>
        {!isPending &&
          cards.map((service) => (
            <ServiceCard
              key={service.name}
              service={service}
              duration={durationOf(took.durations, took.isPending, service.name)}
              range={range}
              now={now}
              acts={acts}
            />
          ))}
      </div>
      {cards.length < shown.length && (
        <Button
          variant="default"
          leftSection={<IconChevronDown size={15} />}
          onClick={() => setPages(pages + 1)}
        >
          {t('services.more', { n: format.number(Math.min(PAGE, shown.length - cards.length)) })}
        </Button>
      )}
      {took.notes.map((note) => (
        <Fine key={note.code}>{wordNote(note, format.lang)}</Fine>
      ))}
      {!isPending && hidden.length > 0 && (
        <Group gap="xs" component="section" aria-label={t('services.hiddenOnes')}>
          <Fine>{t('services.hiddenOnes')}</Fine>
          {hidden.slice(0, PAGE).map(({ name }) => (
            <Button
              key={name}
              size="compact-xs"
              variant="default"
              aria-label={t('services.showAgain', { service: name || t('services.unnamed') })}
              onClick={() =>
                change({ ...arrangement, hidden: arrangement.hidden.filter((one) => one !== name) })
              }
            >
              {name || t('services.unnamed')}
            </Button>
          ))}
        </Group>
      )}
      <DurationRows service={measured} window={window} onClose={() => setMeasured(null)} />
    </Stack>
  );
}

function useArrangement() {
  const settings = useSettings();
  const save = useChangeSettings();
  return {
    arrangement: settings?.serviceCards ?? NONE,
    change: (serviceCards: Arranged) => save.mutate({ serviceCards }),
    saveError: save.error,
  };
}

/** The durations behind a service's quantiles. */
function DurationRows({
  service,
  window,
  onClose,
}: {
  readonly service: string | null;
  readonly window: Window;
  readonly onClose: () => void;
}) {
  const t = useWords('logs');
  return (
    <Drawer
      opened={service !== null}
      onClose={onClose}
      size="xl"
      title={service !== null && t('services.durationsOf', { service })}
    >
      {service !== null && <Rows service={service} window={window} />}
    </Drawer>
  );
}
function Rows({ service, window }: { readonly service: string; readonly window: Window }) {
  const query = durationQuery([service], window);
  const rows = useQuery({
    ...orpc.measures.rows.queryOptions({
      input: { query: { ...query, measures: ['duration-p95'] }, group: { service } },
    }),
    placeholderData: keepPreviousData,
  });
  if (!rows.isSuccess) return <Pending of={rows} />;
  return <ContractTable table={rows.data} maxHeight="calc(100vh - 9rem)" />;
}
