import { Box } from '@mantine/core';
import type { LogTemplate } from '../../main/logs/contract/logs.ts';
import { CATALOGUE } from '../locales/index.ts';
import { useWords } from '../words.ts';
import classes from './template-text.module.css';

type Parts = LogTemplate['parts'];
type Props = {
  readonly parts: Parts;
  /** called with the parameter's place among the parameters */
  readonly onParameter?: (parameter: number) => void;
  /** the parameter that is being looked at */
  readonly current?: number | null;
};
/** What stands before each parameter, to tell several of one kind apart: `user=`, `所要=`. */
export function parameterNames(parts: Parts): string[] {
  return parts.flatMap((part, i) => {
    if (part.kind !== 'parameter') return [];
    const before = parts.slice(Math.max(0, i - 2), i);
    const words = before.map((p) => (p.kind === 'parameter' ? '' : `${p.gap ? ' ' : ''}${p.text}`)).join('');
    return [words.replace(/^[\s\p{P}]+/u, '')];
  });
}
/** Neighbours that are plain text as one, so that a template is few elements. */
function runsOf(parts: Parts): { text: string; parameter?: { index: number; type: string }; at: number }[] {
  const runs: { text: string; parameter?: { index: number; type: string }; at: number }[] = [];
  let parameter = 0;
  for (const [at, part] of parts.entries()) {
    const gap = part.gap && at > 0 ? ' ' : '';
    const last = runs.at(-1);
    if (part.kind === 'parameter') {
      if (gap && last && !last.parameter) last.text += gap;
      else if (gap) runs.push({ text: gap, at: at - 0.5 });
      runs.push({ text: '', parameter: { index: parameter, type: part.type }, at });
      parameter += 1;
    } else if (last && !last.parameter) last.text += gap + part.text;
    else runs.push({ text: gap + part.text, at });
  }
  return runs;
}

/** A template as people read it: its words, and what kind of value stands in each parameter. */
export function TemplateText({ parts, onParameter, current = null }: Props) {
  const t = useWords('logs');
  const nameOf = (type: string): string =>
    type in CATALOGUE.logs.parameter ? t(`parameter.${type as keyof typeof CATALOGUE.logs.parameter}`) : type;
  return (
    <Box component="span" ff="monospace" fz="xs" lh={1.7} style={{ overflowWrap: 'anywhere' }}>
      {runsOf(parts).map((run) =>
        !run.parameter ? (
          <span key={run.at}>{run.text}</span>
        ) : onParameter ? (
          <button
            key={run.at}
            type="button"
            className={classes['parameter']}
            aria-pressed={current === run.parameter.index}
            onClick={() => run.parameter && onParameter(run.parameter.index)}
          >
            {nameOf(run.parameter.type)}
          </button>
        ) : (
          <span key={run.at} className={classes['parameter']}>
            {nameOf(run.parameter.type)}
          </span>
        ),
      )}
    </Box>
  );
}
