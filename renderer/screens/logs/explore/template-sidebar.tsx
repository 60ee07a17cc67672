import { Text, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { FoundCounts, LogCounts, LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { TemplateText } from '../../../logs/template-text.tsx';
import { ErrorState, Loading } from '../../../ui/states.tsx';
import { Fine } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import { isWhole } from './use-found-counts.ts';

type Props = {
  readonly counts: LogCounts | undefined;
  /** the lines found, when the counts are of these; else they are of all lines before words */
  readonly found: FoundCounts | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  readonly templates: ReadonlyMap<number, LogTemplate>;
  readonly chosen: readonly number[];
  readonly onOnly: (id: number) => void;
  readonly onWithout: (id: number) => void;
};

/**
 * The patterns of these lines, most frequent first. A click shows one alone, Alt+click leaves it out. One stop of the Tab key,
 * arrows inside: the lines come right after it.
 */
export function TemplateSidebar(props: Props) {
  const { counts, found, error, retry, templates, chosen, onOnly, onWithout } = props;
  const t = useWords('logs');
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const series = counts?.series ?? [];
  const known = series.findIndex(({ key }) => key === at);
  const pressed = series.findIndex(({ key }) => chosen.includes(Number(key)));
  const stop = Math.max(0, known < 0 ? pressed : known);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: series.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.min(series.length - 1, Math.max(0, to));
    box.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <aside className={classes['sidebar']} aria-label={t('sidebar.title')}>
      <Text size="xs" fw={600} component="h2">
        {t('sidebar.title')}
      </Text>
      <Fine mb={6}>{t('sidebar.hint')}</Fine>
      {counts?.exact === false && (
        <Text size="xs" c="var(--watch-text)" mb={6}>
          {t(
            found === undefined
              ? 'histogram.notExact'
              : isWhole(found)
                ? 'histogram.leftOut'
                : 'sidebar.counting',
          )}
        </Text>
      )}
      <ErrorState error={error} retry={retry} />
      {!counts && !error && <Loading kind="text" count={10} />}
      <div
        ref={box}
        role="toolbar"
        aria-orientation="vertical"
        aria-label={t('sidebar.title')}
        onKeyDown={onKeyDown}
      >
        {series.map(({ key, total }, i) => {
          const id = Number(key);
          const template = templates.get(id);
          return (
            <UnstyledButton
              key={key}
              className={classes['pattern']}
              aria-pressed={chosen.includes(id)}
              tabIndex={i === stop ? 0 : -1}
              onFocus={() => setAt(key)}
              title={template?.text}
              onClick={(event) => (event.altKey ? onWithout(id) : onOnly(id))}
            >
              <span className={classes['patternCount']}>
                {format.number(total)}
                <small>{format.percent(total / Math.max(1, counts?.total ?? 0))}</small>
              </span>
              <Text span inherit lineClamp={3}>
                {template?.name ??
                  (template ? (
                    <TemplateText parts={template.parts} />
                  ) : (
                    t('template.number', { id: String(id) })
                  ))}
              </Text>
            </UnstyledButton>
          );
        })}
      </div>
      {counts && counts.series.length === 0 && <Fine>{t('sidebar.none')}</Fine>}
    </aside>
  );
}
