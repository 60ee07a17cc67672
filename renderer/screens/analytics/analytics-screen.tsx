import { ActionIcon, Anchor, Button, SimpleGrid, Title, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconDeviceFloppy,
  IconFileTypePdf,
  IconMessageCircle2,
  IconPlus,
  IconPrinter,
  IconTableExport,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MeasureInfo, Query, SavedView } from '../../../main/measures/contract/measures.ts';
import { orpc } from '../../engine-hooks.ts';
import { usePaper } from '../../print-page.ts';
import { href, navigate, replaceRoute, useRoute } from '../../router.ts';
import { ask } from '../../stores/conversations.ts';
import { fileName, saveText, toCsv } from '../../ui/csv.ts';
import { PageHeader, useWide } from '../../ui/page.tsx';
import { EmptyState, Failed, Loading } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './analytics.module.css';
import { AnalyticsPaper } from './analytics-paper.tsx';
import { Builder } from './builder.tsx';
import { isSame, NEW_VIEW, type Opened, OWN, openedOf, READY, writeQuery } from './opened-view.ts';
import { Result, useAnswer } from './result.tsx';
import { SaveDialog, type Saving } from './save-dialog.tsx';
import { useQueryWords } from './use-query-words.ts';
import { useViews, type Views } from './use-views.ts';
import { SavedViews, ViewList } from './view-list.tsx';

/** `#/analytics` is where to begin; `#/analytics/<view>` a ready or saved view, `?q=` with what was changed of it. */
export function AnalyticsScreen() {
  const t = useWords('analytics');
  const { id, query: address } = useRoute();
  const wide = useWide('68rem');
  const views = useViews();
  const measures = useQuery(orpc.measures.list.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const [saving, setSaving] = useState<Saving | null>(null);
  const opened = openedOf(id, address['q'], views.saved);
  const rename = (view: SavedView): void => setSaving({ view, query: view.query, name: view.name });
  const body = () => {
    if (id === null) return <Begin />;
    if (measures.isError) return <Failed of={measures} />;
    if (measures.isPending || views.list.isPending) return <Loading count={8} />;
    if (!opened)
      return (
        <EmptyState
          kind="failed"
          title={t('missing')}
          text={t('missingText')}
          action={{ label: t('back'), onClick: () => navigate('analytics') }}
        />
      );
    return <View key={opened.id} opened={opened} measures={measures.data} views={views} onSave={setSaving} />;
  };
  return (
    <>
      {(id === null || !opened) && <PageHeader title={t('title')} subtitle={t('subtitle')} />}
      <Failed of={views.list} />
      <Failed of={views} />
      <div className={classes['split']} data-wide={(wide && id !== null) || undefined}>
        {wide && id !== null && <ViewList opened={id} views={views} onRename={rename} />}
        <div className={classes['side']}>
          {!wide && id !== null && (
            <Anchor href={href('analytics')} size="sm" mb="sm" display="inline-block" className="no-print">
              <IconChevronLeft size={14} aria-hidden /> {t('back')}
            </Anchor>
          )}
          {body()}
          {id === null && <SavedViews opened={null} views={views} onRename={rename} />}
        </div>
      </div>
      <SaveDialog
        saving={saving}
        views={views}
        onSaved={(view) => {
          const isNew = saving?.view === null;
          setSaving(null);
          if (isNew) navigate('analytics', view.id);
        }}
        onClose={() => setSaving(null)}
      />
    </>
  );
}

/** The ready views as cards: the first thing that is seen here. */
function Begin() {
  const t = useWords('analytics');
  return (
    <section aria-label={t('start.title')}>
      <Title order={2} size="h3">
        {t('start.title')}
      </Title>
      <Note mb="md">{t('start.text')}</Note>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {READY.map(({ id }) => (
          <a key={id} href={href('analytics', id)} className={classes['card']}>
            <b>{t(`ready.${id}.title`)}</b>
            <small>{t(`ready.${id}.text`)}</small>
          </a>
        ))}
        <a href={href('analytics', NEW_VIEW, { q: writeQuery(OWN) })} className={classes['card']} data-own>
          <b>
            <IconPlus size={14} aria-hidden /> {t('own')}
          </b>
        </a>
      </SimpleGrid>
    </section>
  );
}

type ViewProps = {
  readonly opened: Opened;
  readonly measures: readonly MeasureInfo[];
  readonly views: Views;
  readonly onSave: (saving: Saving) => void;
};
function View({ opened, measures, views, onSave }: ViewProps) {
  const t = useWords('analytics');
  const { query, ready, saved } = opened;
  const words = useQueryWords(measures, query);
  const answer = useAnswer(query);
  const title = saved?.name ?? (ready ? t(`ready.${ready.id}.title`) : t('own'));
  const change = (next: Query): void => {
    const base = saved?.query ?? ready?.query;
    navigate('analytics', opened.id, { q: base && isSame(base, next) ? null : writeQuery(next) });
  };
  return (
    <>
      <PageHeader
        title={title}
        subtitle={words.query(query)}
        actions={
          <Acts
            opened={opened}
            title={title}
            said={words.query(query)}
            measures={measures}
            answered={answer.data && !answer.isPlaceholderData ? answer.data : null}
            saving={views.save.isPending}
            onSave={() => onSave({ view: null, query, name: saved ? '' : ready ? title : '' })}
            onSaveOver={() => {
              if (saved)
                views.save.mutate(
                  { id: saved.id, name: saved.name, nightly: saved.nightly, query },
                  { onSuccess: () => replaceRoute('analytics', saved.id) },
                );
            }}
          />
        }
      />
      {opened.changed && saved && (
        <Note mb="sm" role="status">
          {t('changed')}{' '}
          <Anchor component="button" size="sm" onClick={() => change(saved.query)}>
            {t('act.discard')}
          </Anchor>
        </Note>
      )}
      <Builder query={query} onChange={change} measures={measures} words={words} />
      <Result answer={answer} query={query} measures={measures} words={words} />
    </>
  );
}

type ActsProps = {
  readonly opened: Opened;
  readonly title: string;
  readonly said: string;
  readonly measures: readonly MeasureInfo[];
  /** null until it is there */
  readonly answered: ReturnType<typeof useAnswer>['data'] | null;
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onSaveOver: () => void;
};
function Acts({ opened, title, said, measures, answered, saving, onSave, onSaveOver }: ActsProps) {
  const t = useWords('analytics');
  const format = useFormat();
  const paper = usePaper(title);
  const talk = (): void => {
    navigate('chat');
    const question = {
      sessionId: null,
      text: said,
      lang: format.lang,
      plans: [{ act: 'measure' as const, query: opened.query }],
    };
    void ask(question, (sessionId) => {
      if (/^#\/chat(\?|$)/.test(window.location.hash)) replaceRoute('chat', sessionId);
    });
  };
  const isEmpty = !answered || answered.table.rows.length === 0;
  return (
    <>
      <Button variant="default" leftSection={<IconMessageCircle2 size={16} />} onClick={talk}>
        {t('act.ask')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTableExport size={16} />}
        disabled={isEmpty}
        onClick={() => {
          if (!answered) return;
          const { table } = answered;
          saveText(fileName(title, table.asOf, format.zone, 'csv'), toCsv(table, format), 'text/csv');
        }}
      >
        {t('act.csv')}
      </Button>
      {paper.saving !== null && (
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={16} />}
          loading={paper.saving}
          disabled={isEmpty}
          onClick={() => paper.put('pdf')}
        >
          {t('common:savePdf')}
        </Button>
      )}
      <Tooltip label={t('act.print')}>
        <ActionIcon
          size="lg"
          aria-label={t('act.print')}
          disabled={isEmpty}
          onClick={() => paper.put('print')}
        >
          <IconPrinter size={17} />
        </ActionIcon>
      </Tooltip>
      {opened.saved && opened.changed && (
        <Button variant="light" loading={saving} onClick={onSaveOver}>
          {t('act.saveOver')}
        </Button>
      )}
      <Button leftSection={<IconDeviceFloppy size={16} />} onClick={onSave}>
        {t('act.save')}
      </Button>
      {paper.sheet && answered && (
        <AnalyticsPaper title={title} said={said} answered={answered} measures={measures} {...paper.sheet} />
      )}
    </>
  );
}
