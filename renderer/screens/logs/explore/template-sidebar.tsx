import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LogCounts, LogTemplate } from '../../../../main/api/contract/logs.ts';
import { TemplateText } from '../../../logs/template-text.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useFormat } from '../../../use-format.ts';
import classes from './explore.module.css';

type Props = {
  readonly counts: LogCounts | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  readonly templates: ReadonlyMap<number, LogTemplate>;
  readonly chosen: readonly number[];
  readonly onOnly: (id: number) => void;
  readonly onWithout: (id: number) => void;
};

/** The patterns of these lines, most frequent first. A click shows one alone, Alt+click leaves it out. */
export function TemplateSidebar({ counts, error, retry, templates, chosen, onOnly, onWithout }: Props) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  return (
    <aside className={classes['sidebar']} aria-label={t('sidebar.title')}>
      <Text size="xs" fw={600} component="h2">
        {t('sidebar.title')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('sidebar.hint')}
      </Text>
      {error !== null && error !== undefined && <ErrorState error={error} retry={retry} />}
      {!counts && !error && <Loading kind="text" count={10} />}
      {counts?.series.map(({ key, total }) => {
        const id = Number(key);
        const template = templates.get(id);
        return (
          <UnstyledButton
            key={key}
            className={classes['pattern']}
            aria-pressed={chosen.includes(id)}
            title={template?.text}
            onClick={(event) => (event.altKey ? onWithout(id) : onOnly(id))}
          >
            <span className={classes['patternCount']}>
              {format.number(total)}
              <small>{format.percent(total / Math.max(1, counts.total))}</small>
            </span>
            <Text component="span" inherit lineClamp={3}>
              {template?.name ??
                (template ? <TemplateText parts={template.parts} /> : t('template.number', { id }))}
            </Text>
          </UnstyledButton>
        );
      })}
      {counts && counts.series.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('sidebar.none')}
        </Text>
      )}
    </aside>
  );
}
