import type { Reader } from '../../store/index.ts';
import type { LineFilter } from '../contract/logs.ts';
import type { LogTemplates } from '../types.ts';
import type { FieldSpec, MatchSpec } from './line-match.ts';
import { bookmarkIds, noiseTemplates } from './queries.ts';

export type TemplateLookup = Pick<LogTemplates, 'get' | 'resolve' | 'family'>;

const PARAMETER = /^(\d{1,15})\.(\d{1,4})$/;

const families = (templates: TemplateLookup, ids: readonly number[]): number[] => [
  ...new Set(ids.flatMap((id) => templates.family(templates.resolve(id)))),
];

/**
 * Which templates lines may be filed under, as they were mined: merges followed, noise left out unless asked for. What is part of
 * another template now goes by that one's mark, as in the list of templates.
 */
export function templatesOf(
  read: Reader,
  templates: TemplateLookup,
  filter: Pick<LineFilter, 'templates' | 'notTemplates' | 'noise'>,
): Pick<MatchSpec, 'templates' | 'notTemplates'> {
  const marked = filter.noise || filter.templates ? [] : noiseTemplates(read);
  const hidden = marked.filter((id) => templates.resolve(id) === id);
  const not = families(templates, [...(filter.notTemplates ?? []), ...hidden]);
  return {
    ...(filter.templates ? { templates: families(templates, filter.templates) } : {}),
    ...(not.length ? { notTemplates: not } : {}),
  };
}

/** A filter as the search thread understands it: plain, with everything looked up that is in tables. */
export function matchOf(read: Reader, templates: TemplateLookup, filter: LineFilter): MatchSpec {
  const fields = filter.fields?.map((field): FieldSpec => {
    const [, id, index] = PARAMETER.exec(field.key) ?? [];
    const template = id === undefined ? null : templates.get(Number(id));
    if (!template || index === undefined) return field;
    const parameter = {
      index: Number(index),
      templates: [...templates.family(template.id)],
      parts: template.parts,
    };
    return { ...field, parameter };
  });
  return {
    from: filter.from,
    to: filter.to,
    services: filter.services,
    levels: filter.levels,
    ...templatesOf(read, templates, filter),
    text: filter.text?.trim() || undefined,
    regex: filter.regex || undefined,
    ...(fields?.length ? { fields } : {}),
    ...(filter.bookmarked ? { ids: bookmarkIds(read) } : {}),
  };
}
