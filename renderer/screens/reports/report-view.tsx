import { ActionIcon, Button, Group, Menu, SimpleGrid, Title, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconFileTypePdf,
  IconPrinter,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { listedRows } from '../../../main/api/contract/format.ts';
import type { Report, ReportSection, ReportSummary } from '../../../main/reports/contract/reports.ts';
import { ReportChart } from '../../charts/report-chart.tsx';
import { orpc } from '../../engine-hooks.ts';
import { usePaper } from '../../print-page.ts';
import { href, navigate } from '../../router.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { PlainTable } from '../../ui/contract-table.tsx';
import { saveText } from '../../ui/csv.ts';
import { EmptyState, Failed, Loading } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ReportPaper } from './report-paper.tsx';
import { dayWords, withoutDay } from './report-words.ts';
import classes from './reports.module.css';

type Props = { readonly id: string; readonly reports: readonly ReportSummary[] };

/** One report as one reads it from top to bottom, with the ways to take it along. */
export function ReportView({ id, reports }: Props) {
  const t = useWords('reports');
  const format = useFormat();
  const report = useQuery(orpc.reports.get.queryOptions({ input: { id } }));
  const audit = useQuery(orpc.approvals.audit.queryOptions({ input: { limit: 1 } }));
  const paper = usePaper(report.data ? `${t(`kind.${report.data.kind}`)} ${report.data.date}` : '');
  if (report.isPending) return <Loading kind="text" count={10} />;
  if (report.isError)
    return (
      <>
        <EmptyState kind="failed" title={t('missing')} text={t('missingText')} />
        <Failed of={report} />
      </>
    );
  const { kind, date, headline, madeAt, trigger, sections } = report.data;
  return (
    <article className={classes['report']} aria-label={`${t(`kind.${kind}`)} ${dayWords(date, format)}`}>
      <header>
        <div>
          <Note>
            {t(`kind.${kind}`)}
            {format.dot}
            {dayWords(date, format)}
            {format.dot}
            {t('madeAt', { at: format.dateTime(madeAt), trigger: t(`trigger.${trigger}`) })}
          </Note>
          <Title order={2} mt={4}>
            {withoutDay(format.pick(headline), date, format)}
          </Title>
        </div>
        <Acts report={report.data} reports={reports} onPaper={paper.put} saving={paper.saving} />
      </header>
      {sections.map((section) => (
        <Section key={section.key} section={section} kind={kind} />
      ))}
      {paper.sheet && (
        <ReportPaper report={report.data} auditHead={audit.data?.head ?? null} {...paper.sheet} />
      )}
    </article>
  );
}

type SectionProps = { readonly section: ReportSection; readonly kind: Report['kind'] };
function Section({ section, kind }: SectionProps) {
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  return (
    <section className={classes['section']}>
      <Title order={3}>{format.pick(section.title)}</Title>
      {section.words.map((sentence) => (
        <p key={sentence.en}>{format.pick(sentence)}</p>
      ))}
      {section.charts.length > 0 && (
        <SimpleGrid minColWidth="380px" autoFlow="auto-fit" verticalSpacing={18} spacing={24} my={14}>
          {section.charts.map((chart) => (
            <ReportChart key={chart.key} chart={chart} words={words} />
          ))}
        </SimpleGrid>
      )}
      {section.tables.map((table) => (
        <PlainTable
          key={`${table.query}${table.title.en}`}
          table={table}
          shown={[...listedRows(kind, table.rows)]}
          save
        />
      ))}
    </section>
  );
}

type ActsProps = {
  readonly report: Report;
  readonly reports: readonly ReportSummary[];
  readonly onPaper: (as: 'print' | 'pdf') => void;
  /** null: only the print dialog makes a PDF */
  readonly saving: boolean | null;
};
function Acts({ report, reports, onPaper, saving }: ActsProps) {
  const t = useWords('reports');
  const format = useFormat();
  const [removing, setRemoving] = useState(false);
  const same = reports
    .filter(({ kind }) => kind === report.kind)
    .toSorted((a, b) => a.madeAt - b.madeAt || (a.date < b.date ? -1 : 1));
  const here = same.findIndex(({ id }) => id === report.id);
  const [before, after] = [same[here - 1], same[here + 1]];
  const save = useMutation(
    orpc.reports.export.mutationOptions({
      onSuccess: ({ name, mime, text }) => {
        saveText(name, text, mime);
        showDone(t('exported', { name }));
      },
    }),
  );
  const remove = useMutation(
    orpc.reports.remove.mutationOptions({
      onSuccess: () => {
        setRemoving(false);
        navigate('reports', before?.id ?? null);
        showDone(t('removed'));
      },
    }),
  );
  const step = (to: ReportSummary | undefined, label: string, Icon: typeof IconChevronLeft) => (
    <Tooltip label={to ? `${label} (${dayWords(to.date, format)})` : label}>
      <ActionIcon
        size="lg"
        aria-label={label}
        disabled={!to}
        {...(to ? { component: 'a' as const, href: href('reports', to.id) } : {})}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <>
      <Group gap={6} className="no-print" wrap="nowrap">
        {step(before, t('previous'), IconChevronLeft)}
        {step(after, t('next'), IconChevronRight)}
        <Menu>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconDownload size={15} />}
              rightSection={<IconChevronDown size={14} />}
              loading={save.isPending}
            >
              {t('export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['markdown', 'csv', 'json'] as const).map((name) => (
              <Menu.Item
                key={name}
                onClick={() => save.mutate({ id: report.id, format: name, lang: format.lang })}
              >
                {t(`exportAs.${name}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {saving === null ? (
          <Tooltip label={t('printHelp')}>
            <Button
              variant="default"
              leftSection={<IconPrinter size={15} />}
              onClick={() => onPaper('print')}
            >
              {t('print')}
            </Button>
          </Tooltip>
        ) : (
          <>
            <Button
              variant="default"
              leftSection={<IconFileTypePdf size={15} />}
              loading={saving}
              onClick={() => onPaper('pdf')}
            >
              {t('common:savePdf')}
            </Button>
            <Tooltip label={t('common:print')}>
              <ActionIcon size="lg" aria-label={t('common:print')} onClick={() => onPaper('print')}>
                <IconPrinter size={17} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <Tooltip label={t('remove')}>
          <ActionIcon size="lg" aria-label={t('remove')} onClick={() => setRemoving(true)}>
            <IconTrash size={17} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Failed of={save} />
      <ConfirmDialog
        opened={removing}
        title={t('removeTitle')}
        text={
          <>
            {t('removeText', { date: dayWords(report.date, format), kind: t(`kind.${report.kind}`) })}
            <Failed of={remove} />
          </>
        }
        confirm={t('remove')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: report.id })}
        onClose={() => setRemoving(false)}
      />
    </>
  );
}
