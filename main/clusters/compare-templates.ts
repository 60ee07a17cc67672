import type { Logs } from '../logs/index.ts';
import { cosine, meanOf } from './run-groups.ts';
import type { TemplateVectors } from './template-vectors.ts';
import type { Clusters } from './types.ts';

/** novelty is the distance to the so-manieth nearest */
const NEAREST = 3;

/** How new a template is, and how alike sets of them are, by the vectors that serve now. */
export function compareTemplates(
  vectors: () => TemplateVectors,
  templates: Pick<Logs['templates'], 'resolve'>,
): Pick<Clusters, 'novelty' | 'similarity'> {
  return {
    novelty(templateId) {
      const id = templates.resolve(templateId);
      const vector = vectors().vectorOf(id);
      if (!vector) return { distance: null, nearest: null };
      const near = vectors().index.searchExactly(vector, NEAREST, (other) => other < id);
      const [first] = near;
      const last = near.at(-1);
      return {
        distance: last ? Math.max(0, 1 - last.score) : null,
        nearest: first ? { templateId: first.id, distance: Math.max(0, 1 - first.score) } : null,
      };
    },
    similarity(a, b) {
      const known = vectors().templates();
      const mean = (ids: readonly number[]) =>
        meanOf(
          ids.flatMap((given) => {
            const id = templates.resolve(given);
            const vector = vectors().vectorOf(id);
            return vector ? [{ vector, weight: Math.max(1, known.get(id)?.lines ?? 1) }] : [];
          }),
        );
      const [x, y] = [mean(a), mean(b)];
      return x && y ? cosine(x, y) : 0;
    },
  };
}
