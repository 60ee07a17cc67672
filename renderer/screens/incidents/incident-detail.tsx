import { Box, Button, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Incident, IncidentDetail } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { RiskBadge, SeverityBadge } from '../../ui/badges.tsx';
import { ImeTextarea } from '../../ui/ime.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { EmptyState, ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useModelWords } from '../../use-model-words.ts';
import { useWords } from '../../words.ts';
import { AnomalyCard } from './anomaly-card.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { servicesOf, whenOf } from './incident-words.ts';
import classes from './incidents.module.css';
import { Recommendations } from './recommendations.tsx';
import { Story } from './story.tsx';
import { type IncidentActs, useIncident } from './use-incident.ts';

type Props = { readonly id: string; readonly now: number };

/** One incident: what to do about it first, then what happened, the numbers, and what was like it. */
export function IncidentDetailView({ id, now }: Props) {
  const t = useWords('incidents');
  const { detail, acts } = useIncident(id);
  if (detail.isPending) return <Loading kind="text" count={10} />;
  if (detail.isError)
    return (
      <>
        <EmptyState kind="failed" title={t('missing')} text={t('missingText')} />
        <Failed of={detail} />
      </>
    );
  const { incident } = detail.data;
  return (
    <Stack gap="lg">
      <Head incident={incident} detail={detail.data} acts={acts} now={now} />
      <Explanation id={incident.id} changed={whatIsTold(detail.data)} />
      <Section title={t('section.remedies')}>
        <Recommendations detail={detail.data} acts={acts} />
      </Section>
      <Section title={t('section.story')}>
        <Story entries={detail.data.timeline} />
      </Section>
      {incident.anomalies.length > 0 && (
        <Section title={t('section.anomalies', { count: incident.anomalies.length })}>
          <Stack gap="sm">
            {incident.anomalies.map((anomaly) => (
              <AnomalyCard key={anomaly.id} anomaly={anomaly} />
            ))}
          </Stack>
        </Section>
      )}
      <Section title={t('section.similar')}>
        <Similar detail={detail.data} />
      </Section>
      <Section title={t('section.note')}>
        <NoteField key={incident.note} note={incident.note} acts={acts} />
      </Section>
    </Stack>
  );
}

/** Differs whenever the sentences would. */
const whatIsTold = ({ incident, recommendations }: IncidentDetail): string =>
  [
    incident.state,
    incident.to,
    incident.lines,
    ...recommendations.map(({ title, tried, worked }) => `${title} ${worked}/${tried}`),
  ].join(' ');

/** The incident in a few sentences: in the authored order at once, as a model arranges them when it has. */
function Explanation({ id, changed }: { readonly id: string; readonly changed: string }) {
  const t = useWords('incidents');
  const { lang } = useFormat();
  const modelWords = useModelWords();
  const composed = useQuery({
    ...orpc.incidents.explain.queryOptions({ input: { id, lang, arrange: false } }),
    queryKey: ['incident-explained', id, lang, changed, 'composed'],
  }).data;
  const arranged = useQuery({
    ...orpc.incidents.explain.queryOptions({ input: { id, lang, arrange: true } }),
    queryKey: ['incident-explained', id, lang, changed, 'arranged'],
    retry: false,
  }).data;
  const shown = arranged ?? composed;
  if (!shown) return null;
  return (
    <div>
      <p className={classes['sentence']}>{shown.sentences.join(lang === 'ja' ? '' : ' ')}</p>
      {shown.modelId !== null && <Fine>{t('arrangedByModel', { model: modelWords(shown.modelId) })}</Fine>}
    </div>
  );
}

type HeadProps = {
  readonly incident: Incident;
  readonly detail: IncidentDetail;
  readonly acts: IncidentActs;
  readonly now: number;
};
function Head({ incident, detail, acts, now }: HeadProps) {
  const t = useWords('incidents');
  const format = useFormat();
  const { state, severity, from, to } = incident;
  const isOver = state === 'resolved' || state === 'dismissed';
  const minutes = Math.max(1, ((to ?? now) - from) / 60_000);
  return (
    <div className={classes['detail']} data-severity={isOver ? 'over' : severity}>
      <Group gap="sm">
        {isOver ? (
          <RiskBadge risk={state === 'resolved' ? 'ok' : 'unknown'} label={t(`state.${state}`)} />
        ) : (
          <SeverityBadge severity={severity} label={t(`severity.${severity}`)} />
        )}
        <Note>
          {!isOver && `${t(`state.${state}`)}${format.dot}`}
          {whenOf(incident, now, t, format)}
          {state === 'acknowledged' &&
            incident.acknowledgedBy &&
            `${format.dot}${t('acknowledgedBy', { name: incident.acknowledgedBy })}`}
        </Note>
      </Group>
      <Title order={2} mt={6} mb="sm">
        {format.pick(incident.title)}
      </Title>
      <IncidentActions detail={detail} acts={acts} now={now} />
      <ErrorState error={acts.error} />
      <SimpleGrid minColWidth="150px" autoFlow="auto-fit" spacing={8} mt={18}>
        <StatTile label={t('tile.from')} value={format.time(from)} hint={format.ago(from, now)} />
        <StatTile
          label={t('tile.length')}
          value={format.minutes(minutes)}
          hint={to === null ? t('ongoing') : undefined}
        />
        <StatTile label={t('tile.lines')} value={format.number(incident.lines)} unit={t('lines')} />
        <StatTile
          label={t('tile.services')}
          value={format.number(incident.services.filter(Boolean).length)}
          hint={servicesOf(incident.services, t, format)}
        />
      </SimpleGrid>
    </div>
  );
}

function Similar({ detail }: { readonly detail: IncidentDetail }) {
  const t = useWords('incidents');
  const format = useFormat();
  const known = useQuery(orpc.incidents.remedies.queryOptions()).data ?? [];
  const titles = new Map(known.map((remedy) => [remedy.id, remedy.title]));
  if (detail.similar.length === 0) return <Note>{t('similar.none')}</Note>;
  return (
    <div className={classes['similar']}>
      {detail.similar.map(({ incident, similarity }) => {
        const fixedBy = incident.remedyId === null ? undefined : titles.get(incident.remedyId);
        return (
          <a key={incident.id} href={href('incidents', incident.id)}>
            <Box component="span" flex="none" w="7em" fz={12} fw={600} c="dimmed">
              {t('similar.share', { share: format.percent(similarity) })}
            </Box>
            <span>
              <b>{format.pick(incident.title)}</b>
              <small>
                {format.dateTime(incident.from)}
                {format.dot}
                {t(`state.${incident.state}`)}
                {fixedBy !== undefined && `${format.dot}${t('similar.fixedBy', { title: fixedBy })}`}
              </small>
            </span>
          </a>
        );
      })}
    </div>
  );
}

function NoteField({ note, acts }: { readonly note: string | null; readonly acts: IncidentActs }) {
  const t = useWords('incidents');
  const [text, setText] = useState(note ?? '');
  const isChanged = text.trim() !== (note ?? '');
  return (
    <Stack gap="xs" align="flex-start">
      <ImeTextarea
        w="100%"
        aria-label={t('section.note')}
        placeholder={t('notePlaceholder')}
        value={text}
        maxLength={5000}
        with="ctrl-enter"
        onEnter={() => isChanged && acts.note(text.trim() || null)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isChanged && (
        <Button size="compact-sm" loading={acts.busy} onClick={() => acts.note(text.trim() || null)}>
          {t('noteSave')}
        </Button>
      )}
    </Stack>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3} mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}
