import { Box } from '@mantine/core';
import type { LogTemplate } from '../../main/logs/contract/logs.ts';
import { CATALOGUE } from '../locales/index.ts';
import { useWords } from '../words.ts';
import classes from './template-text.module.css';

type Parts = LogTemplate['parts'];
type Props = {
  readonly parts: Parts;
  /** called with the hole's place among the holes */
  readonly onHole?: (hole: number) => void;
  /** the hole that is being looked at */
  readonly current?: number | null;
};
/** What stands before each hole, to tell several of one kind apart: `user=`, `所要=`. */
export function holeNames(parts: Parts): string[] {
  return parts.flatMap((part, i) => {
    if (part.kind !== 'hole') return [];
    const before = parts.slice(Math.max(0, i - 2), i);
    const words = before.map((p) => (p.kind === 'hole' ? '' : `${p.gap ? ' ' : ''}${p.text}`)).join('');
    return [words.replace(/^[\s\p{P}]+/u, '')];
  });
}
/** Neighbours that are plain text as one, so that a template is few elements. */
function runsOf(parts: Parts): { text: string; hole?: { index: number; type: string }; at: number }[] {
  const runs: { text: string; hole?: { index: number; type: string }; at: number }[] = [];
  let hole = 0;
  for (const [at, part] of parts.entries()) {
    const gap = part.gap && at > 0 ? ' ' : '';
    const last = runs.at(-1);
    if (part.kind === 'hole') {
      if (gap && last && !last.hole) last.text += gap;
      else if (gap) runs.push({ text: gap, at: at - 0.5 });
      runs.push({ text: '', hole: { index: hole, type: part.type }, at });
      hole += 1;
    } else if (last && !last.hole) last.text += gap + part.text;
    else runs.push({ text: gap + part.text, at });
  }
  return runs;
}

/** A template as people read it: its words, and what kind of value stands in each hole. */
export function TemplateText({ parts, onHole, current = null }: Props) {
  const t = useWords('logs');
  const nameOf = (type: string): string =>
    type in CATALOGUE.logs.hole ? t(`hole.${type as keyof typeof CATALOGUE.logs.hole}`) : type;
  return (
    <Box component="span" ff="monospace" fz="xs" lh={1.7} style={{ overflowWrap: 'anywhere' }}>
      {runsOf(parts).map((run) =>
        !run.hole ? (
          <span key={run.at}>{run.text}</span>
        ) : onHole ? (
          <button
            key={run.at}
            type="button"
            className={classes['hole']}
            aria-pressed={current === run.hole.index}
            onClick={() => run.hole && onHole(run.hole.index)}
          >
            {nameOf(run.hole.type)}
          </button>
        ) : (
          <span key={run.at} className={classes['hole']}>
            {nameOf(run.hole.type)}
          </span>
        ),
      )}
    </Box>
  );
}
