import { Anchor, Box, Button, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconFilePlus, IconTargetArrow } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Report, ReportSummary } from '../../../main/reports/contract/reports.ts';
import { orpc } from '../../engine-hooks.ts';
import { href, navigate, useRoute } from '../../router.ts';
import { TaskProgress, useRunningTask } from '../../tasks/task-progress.tsx';
import { PageHeader, Panel, useWide } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ReportView } from './report-view.tsx';
import { dayWords, withoutDay } from './report-words.ts';
import classes from './reports.module.css';

const KINDS = ['nightly', 'validation'] as const;

/** `#/reports` shows the newest report, `#/reports/<id>` one: beside the list of days where there is room. */
export function ReportsScreen() {
  const t = useWords('reports');
  const { id: asked } = useRoute();
  const wide = useWide('62rem');
  const list = useQuery(orpc.reports.list.queryOptions());
  const task = useRunningTask(['report', 'validate']);
  const onSuccess = (report: Report): void => {
    navigate('reports', report.id);
    showDone(t('made'));
  };
  const make = useMutation(orpc.reports.make.mutationOptions({ onSuccess }));
  const validate = useMutation(orpc.reports.validate.mutationOptions({ onSuccess }));
  const reports = list.data ?? [];
  const id = asked ?? (wide ? (reports[0]?.id ?? null) : null);
  const busy = task !== undefined || make.isPending || validate.isPending;
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <Tooltip label={t('validateHelp')} multiline maw={320}>
              <Button
                variant="default"
                leftSection={<IconTargetArrow size={16} />}
                disabled={busy}
                onClick={() => validate.mutate({})}
              >
                {t('validate')}
              </Button>
            </Tooltip>
            <Button leftSection={<IconFilePlus size={16} />} disabled={busy} onClick={() => make.mutate({})}>
              {t('make')}
            </Button>
          </>
        }
      />
      {task && (
        <Panel mb={14} p="10px 14px">
          <TaskProgress task={task} label={t(task.kind === 'validate' ? 'validating' : 'making')} />
        </Panel>
      )}
      {make.isError && <ErrorState error={make.error} retry={() => make.mutate({})} />}
      {validate.isError && <ErrorState error={validate.error} retry={() => validate.mutate({})} />}
      {!list.isSuccess && <Pending of={list} />}
      {list.data && reports.length === 0 && asked === null && (
        <EmptyState
          kind="never"
          title={t('empty.title')}
          text={t('empty.text')}
          action={{ label: t('make'), onClick: () => make.mutate({}) }}
        />
      )}
      {(reports.length > 0 || asked !== null) && (
        <div className={classes['split']} data-wide={wide || undefined}>
          {(wide || id === null) && <ReportList reports={reports} selected={id} />}
          <Box miw={0}>
            {!wide && id !== null && (
              <Anchor href={href('reports')} size="sm" mb="sm" display="inline-block" className="no-print">
                <IconChevronLeft size={14} aria-hidden /> {t('back')}
              </Anchor>
            )}
            {id !== null && <ReportView key={id} id={id} reports={reports} />}
          </Box>
        </div>
      )}
    </>
  );
}

type ListProps = { readonly reports: readonly ReportSummary[]; readonly selected: string | null };
function ReportList({ reports, selected }: ListProps) {
  const t = useWords('reports');
  const format = useFormat();
  return (
    <nav aria-label={t('list')} className={classes['list']}>
      {KINDS.map((kind) => {
        const items = reports.filter((report) => report.kind === kind);
        return (
          items.length > 0 && (
            <section key={kind} aria-label={t(`kind.${kind}`)}>
              <Fine fw={600} mb={4}>
                {t(`kind.${kind}`)}
              </Fine>
              {items.map((report) => (
                <a
                  key={report.id}
                  href={href('reports', report.id)}
                  aria-current={report.id === selected ? 'true' : undefined}
                >
                  <b>{dayWords(report.date, format)}</b>
                  <small>{withoutDay(format.pick(report.headline), report.date, format)}</small>
                </a>
              ))}
            </section>
          )
        );
      })}
    </nav>
  );
}
