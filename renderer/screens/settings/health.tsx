import { Button, Group, Modal, ScrollArea, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Health as Read } from '../../../main/health/contract/health.ts';
import {
  QUEUE_WORDS,
  STORE_WORDS,
  HEALTH_WORDS as W,
  wordNow,
  wordTiming,
} from '../../../main/health/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { saveText } from '../../ui/csv.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { Facts } from '../../ui/page.tsx';
import { Failed, Pending } from '../../ui/states.tsx';
import { Note, TimeText } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { Rows } from './rows.tsx';
import classes from './settings.module.css';

/** How the engine fares, and what a support desk gets. */
export function Health() {
  const t = useWords('settings');
  const { bytes, number, pick, lang, zone } = useFormat();
  const health = useQuery(orpc.health.read.queryOptions({ refetchInterval: 10_000 }));
  if (!health.isSuccess) return <Pending of={health} />;
  const { stores, queues, startedAt } = health.data;
  return (
    <Stack gap="lg">
      <FieldGroup title={pick(W.now)}>
        <Stack p="md">
          <Facts
            facts={[
              ...wordNow(health.data, lang, zone),
              [t('startedAt'), <TimeText key="started" at={startedAt} />],
            ]}
          />
        </Stack>
      </FieldGroup>
      <FieldGroup title={pick(W.sizes)}>
        <Rows
          label={pick(W.sizes)}
          head={[pick(W.what), pick(W.place), pick(W.size), pick(W.perDay)]}
          right={2}
          rows={stores.map((s) => [
            pick(STORE_WORDS[s.name]),
            <code key="place" className={classes['mono']}>
              {s.path}
            </code>,
            bytes(s.bytes),
            s.perDay === null ? '–' : `${s.perDay < 0 ? '−' : '+'}${bytes(Math.abs(s.perDay))}`,
          ])}
        />
      </FieldGroup>
      <FieldGroup title={pick(W.queues)}>
        <Rows
          label={pick(W.queues)}
          head={[pick(W.what), pick(W.length)]}
          right={1}
          rows={queues.map(({ name, length }) => [
            pick(QUEUE_WORDS[name]),
            name === 'unreadBytes' ? bytes(length) : number(length),
          ])}
        />
      </FieldGroup>
      <Times
        title={pick(W.times)}
        none={pick(W.noTimes)}
        of={[...health.data.solver, ...health.data.models]}
      />
      <Times title={pick(W.slow)} none={pick(W.noSlow)} of={health.data.slow} />
      <Support />
    </Stack>
  );
}

function Times(o: { readonly title: string; readonly none: string; readonly of: Read['slow'] }) {
  const { number, pick, lang } = useFormat();
  const ms = (value: number): string => `${number(value, value < 10 ? 1 : 0)} ms`;
  return (
    <FieldGroup title={o.title}>
      {o.of.length === 0 ? (
        <Note p="md">{o.none}</Note>
      ) : (
        <Rows
          label={o.title}
          head={[pick(W.what), pick(W.count), pick(W.median), pick(W.worst)]}
          right={1}
          rows={o.of.map((one) => [
            <span key="name" className={classes['statement']}>
              {wordTiming(one.name, lang)}
            </span>,
            number(one.count),
            ms(one.medianMs),
            ms(one.worstMs),
          ])}
        />
      )}
    </FieldGroup>
  );
}

/** The file for a support desk: looked at first, then saved as it was shown. */
function Support() {
  const t = useWords('common');
  const { pick } = useFormat();
  const made = useMutation(orpc.health.diagnostics.mutationOptions());
  return (
    <FieldGroup title={pick(W.support)}>
      <Stack p="md" gap="sm">
        <Note>{pick(W.supportText)}</Note>
        <Failed of={made} />
        <Group>
          <Button variant="default" loading={made.isPending} onClick={() => made.mutate({})}>
            {pick(W.preview)}
          </Button>
        </Group>
      </Stack>
      <Modal
        opened={made.data !== undefined}
        onClose={made.reset}
        title={pick(W.bundle)}
        size="xl"
        scrollAreaComponent={ScrollArea.Autosize}
      >
        {made.data && (
          <Stack gap="sm">
            <Group>
              <Button
                leftSection={<IconDownload size={15} />}
                onClick={() => {
                  saveText(made.data.name, made.data.text, made.data.mime);
                  made.reset();
                }}
              >
                {t('save')}
              </Button>
            </Group>
            <pre className={classes['licence']}>{made.data.text}</pre>
          </Stack>
        )}
      </Modal>
    </FieldGroup>
  );
}
