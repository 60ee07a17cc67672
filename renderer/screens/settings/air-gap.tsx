import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconPrinter, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';
import type { Reach } from '../../../main/api/contract/reach.ts';
import { REACH_WORDS as W, wordFoot, wordOutbound } from '../../../main/api/contract/reach-words.ts';
import { orpc } from '../../engine-hooks.ts';
import { useSavePdf } from '../../print-page.ts';
import { href } from '../../router.ts';
import { fileName } from '../../ui/csv.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { Paper } from '../../ui/paper.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { Rows } from './rows.tsx';
import classes from './settings.module.css';

const LINKS = {
  company: href('settings', 'company'),
  server: href('models', 'server'),
  logs: null,
  page: null,
} as const;

import { useWords } from '../../words.ts';

/** What the app may open and why, and what of the network was tried in this run: for the IT department, on paper too. */
export function AirGap() {
  const t = useWords('common');
  const { lang, pick, dateTime, zone } = useFormat();
  const read = useQuery(orpc.reach.read.queryOptions({ refetchInterval: 10_000 }));
  const about = useQuery(orpc.system.about.queryOptions());
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const pdf = useSavePdf();
  const error = read.error ?? about.error;
  if (error) return <ErrorState error={error} retry={() => void read.refetch()} />;
  if (!read.data || !about.data) return <Loading />;
  const { version, pid } = about.data;
  const title = pick(W.page.title);
  const words = wordOutbound(read.data, lang);
  const group = (name: string, note: string | undefined, body: ReactNode) => (
    <FieldGroup key={name} title={name} note={note}>
      {body}
    </FieldGroup>
  );
  return (
    <Stack gap="lg">
      <Alert
        variant="light"
        color={read.data.refused > 0 ? 'orange' : 'teal'}
        icon={<IconShieldCheck />}
        title={words}
      />
      <Group>
        <Button
          variant="default"
          loading={pdf?.saving ?? false}
          leftSection={<IconPrinter size={15} />}
          onClick={() => setPrinting(true)}
        >
          {pdf ? t('savePdf') : t('print')}
        </Button>
      </Group>
      <Tables reach={read.data} group={group} linked />
      {printing && (
        <Paper
          over="Toride"
          title={title}
          foot={wordFoot({ version, pid, at: dateTime(Date.now()) }, lang)}
          save={pdf ? () => pdf.save(fileName(title, Date.now(), zone, 'pdf')) : undefined}
          onDone={printed}
        >
          <p>{words}</p>
          <Tables
            reach={read.data}
            group={(name, note, body) => (
              <section key={name}>
                <h2>{name}</h2>
                {note !== undefined && <p>{note}</p>}
                {body}
              </section>
            )}
          />
        </Paper>
      )}
    </Stack>
  );
}

type Props = {
  readonly reach: Reach;
  readonly linked?: boolean;
  readonly group: (name: string, note: string | undefined, body: ReactNode) => ReactNode;
};
function Tables({ reach, linked = false, group }: Props) {
  const { pick, number, dateTime } = useFormat();
  const { page } = W;
  const head = (...names: (keyof typeof page)[]): string[] => names.map((name) => pick(page[name]));
  const place = (path: string): ReactNode => (
    <code key="path" className={classes['mono']}>
      {path}
    </code>
  );
  const name = (what: keyof typeof LINKS): ReactNode => {
    const link = LINKS[what];
    const words = pick(W.sockets[what]);
    if (!linked || link === null) return words;
    return (
      <Anchor key="name" href={link} size="sm">
        {words}
      </Anchor>
    );
  };
  return (
    <>
      {group(
        pick(page.opened),
        pick(page.note),
        <Rows
          label={pick(page.opened)}
          head={head('what', 'state', 'why')}
          rows={reach.sockets.map(({ what, address }) => [
            name(what),
            address === null ? (
              <Note key="state" className={classes['netState'] ?? ''}>
                <IconCircleDashed size={14} className={classes['netIcon'] ?? ''} aria-hidden />{' '}
                {pick(W.offSocket[what])}
              </Note>
            ) : (
              <Text key="state" size="sm" className={classes['netState'] ?? ''}>
                <IconCircleCheck size={14} className={classes['netIcon'] ?? ''} aria-hidden /> {address}
              </Text>
            ),
            pick(W.whySocket[what]),
          ])}
        />,
      )}
      {group(
        pick(page.tried),
        undefined,
        reach.tried.length === 0 ? (
          <Note p="md">{pick(page.nothing)}</Note>
        ) : (
          <Rows
            label={pick(page.tried)}
            head={head('address', 'what', 'process', 'result', 'times', 'last')}
            rows={reach.tried.map((one) => [
              place(one.address),
              one.purpose === null ? '–' : pick(W.sockets[one.purpose]),
              pick(W.processes[one.by]),
              pick(one.purpose === null ? page.stopped : page.let),
              number(one.count),
              dateTime(one.lastAt),
            ])}
          />
        ),
      )}
      {group(
        pick(page.processes),
        undefined,
        <Rows
          label={pick(page.processes)}
          head={head('process', 'pid', 'reason')}
          rows={reach.processes.map(({ what, pid }) => [
            pick(W.processes[what]),
            pid === null ? pick(page.notRunning) : String(pid),
            pick(W.whyProcess[what]),
          ])}
        />,
      )}
      {group(
        pick(page.folders),
        pick(page.picked),
        <Rows
          label={pick(page.folders)}
          head={head('reason', 'place', 'access')}
          rows={reach.folders.map(({ what, path, writes }) => [
            pick(W.folders[what]),
            place(path),
            pick(writes ? page.writes : page.reads),
          ])}
        />,
      )}
    </>
  );
}
