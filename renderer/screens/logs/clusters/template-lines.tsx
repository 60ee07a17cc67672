import { linesHref } from '../../../logs/log-address.ts';
import { TemplateText } from '../../../logs/template-text.tsx';
import { useTemplates } from '../../../logs/use-templates.ts';
import { Fine } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './clusters.module.css';
import type { ClusterView } from './use-cluster-view.ts';

const SHOWN = 60;
type Props = { readonly ids: readonly number[]; readonly view: ClusterView };

/** Templates as people read them, those with the most lines first; each opens its lines. */
export function TemplateLines({ ids, view }: Props) {
  const t = useWords('clusters');
  const format = useFormat();
  const { byId } = view;
  const sorted = ids.toSorted((a, b) => (byId.get(b)?.lines ?? 0) - (byId.get(a)?.lines ?? 0));
  const shown = sorted.slice(0, SHOWN);
  const templates = useTemplates(shown);
  return (
    <ul className={classes['templates']}>
      {shown.map((id) => {
        const template = templates.get(id);
        const point = byId.get(id);
        return (
          <li key={id}>
            <a href={linesHref({ templates: [id] }, view.range)}>
              {template?.name ?? (template ? <TemplateText parts={template.parts} /> : `#${id}`)}
            </a>
            <small>{t('hint.lines', { n: format.number(template?.lines ?? point?.lines ?? 0) })}</small>
          </li>
        );
      })}
      {sorted.length > SHOWN && <Fine>{t('picked.more', { n: format.number(sorted.length - SHOWN) })}</Fine>}
    </ul>
  );
}
