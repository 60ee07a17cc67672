import { Anchor, Button } from '@mantine/core';
import { IconActivity, IconFileText, IconPlayerPlay, IconTool, IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { IncidentDetail } from '../../../main/anomalies/contract/anomalies.ts';
import { linesHref } from '../../logs/log-address.ts';
import { clockTime } from '../../logs/log-time.ts';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './incidents.module.css';

const ICON = {
  anomaly: IconActivity,
  'first-line': IconPlayerPlay,
  line: IconFileText,
  remedy: IconTool,
  state: IconUserCheck,
};
const FIRST = 12;
const AROUND_MS = 5 * 60_000;

/** What happened, in the order of time. */
export function Story({ entries }: { readonly entries: IncidentDetail['timeline'] }) {
  const t = useWords('incidents');
  const format = useFormat();
  const [all, setAll] = useState(false);
  if (entries.length === 0) return <Note>{t('story.empty')}</Note>;
  const shown = all ? entries : entries.slice(0, FIRST);
  const day = (i: number): string | undefined => {
    const [here, before] = [shown[i], shown[i - 1]];
    return here && (!before || format.date(before.at) !== format.date(here.at))
      ? format.date(here.at)
      : undefined;
  };
  return (
    <>
      <ol className={classes['story']}>
        {shown.map((entry, i) => {
          const Icon = ICON[entry.kind];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            <li key={i} data-kind={entry.kind} data-day={day(i)}>
              <time
                dateTime={new Date(entry.at).toISOString()}
                title={`${format.date(entry.at)} (${format.zone})`}
              >
                {clockTime(entry.at, format.zone, format.lang)}
              </time>
              <span className={classes['dot']} role="img" aria-label={t(`story.${entry.kind}`)}>
                <Icon size={13} stroke={2} />
              </span>
              <span>
                {format.pick(entry.words)}{' '}
                {(entry.lineId !== null || entry.templateId !== null) && (
                  <Anchor
                    size="xs"
                    href={linesHref(
                      entry.templateId === null ? {} : { templates: [entry.templateId] },
                      { kind: 'between', from: entry.at - AROUND_MS, to: entry.at + AROUND_MS },
                      entry.lineId ?? undefined,
                    )}
                  >
                    {t('story.open')}
                  </Anchor>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      {!all && entries.length > FIRST && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t('story.more', { count: entries.length - FIRST })}
        </Button>
      )}
    </>
  );
}
