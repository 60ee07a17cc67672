import { Box, Text } from '@mantine/core';
import type { SourcePreview } from '../../../../main/logs/contract/logs.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { exactTime } from '../../../logs/log-time.ts';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { useFormatNames } from './source-words.ts';
import classes from './sources.module.css';
import { useTimesTold } from './times-told.ts';

type Shown = Omit<SourcePreview, 'encoding'> & { readonly encoding?: string };

/** Some lines as they would be read: what is time, level, service and message. */
export function PreviewTable({ preview }: { readonly preview: Shown }) {
  const t = useWords('logs');
  const format = useFormat();
  const { titleOf } = useFormatNames();
  const timesTold = useTimesTold();
  return (
    <div>
      <Text size="sm" mb={6} role="status">
        {t(preview.encoding === undefined ? 'preview.foundTable' : 'preview.found', {
          format: titleOf(preview.format),
          rate: format.percent(preview.formatRate),
          encoding: preview.encoding ?? '',
        })}
        <br />
        {timesTold(preview.times)}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className={classes['preview']} tabIndex={0} aria-label={t('preview.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('preview.at')}</th>
              <th scope="col">{t('preview.level')}</th>
              <th scope="col">{t('preview.service')}</th>
              <th scope="col">{t('preview.content')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the first lines of a file are their places
              <tr key={i} title={line.text}>
                <td>{line.at === null ? '—' : exactTime(line.at, format.zone)}</td>
                <td>
                  <LevelBadge level={line.level} />
                </td>
                <td>{line.service ?? '—'}</td>
                <Box component="td" ff="monospace">
                  {line.content}
                </Box>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
