import { createHash } from 'node:crypto';
import type { RoleView } from '../../api/contract/models.ts';

/** as many as are told apart; there are never so many unless something is wrong with all of them */
const MOST = 100_000;

/** Texts that were longer than an embedding model reads: each counts once, however often it is embedded. */
export class CutTexts {
  private readonly models = new Map<string, { readonly tokens: number; readonly texts: Set<string> }>();
  /** @returns whether there are more than before */
  add(modelId: string, tokens: number, texts: readonly string[]): boolean {
    if (texts.length === 0) return false;
    const known = this.models.get(modelId) ?? { tokens, texts: new Set<string>() };
    this.models.set(modelId, known);
    const before = known.texts.size;
    for (const text of texts)
      if (known.texts.size < MOST)
        known.texts.add(createHash('sha256').update(text).digest('base64').slice(0, 16));
    return known.texts.size > before;
  }
  of(modelId: string): RoleView['cut'] {
    const known = this.models.get(modelId);
    return known ? { texts: known.texts.size, tokens: known.tokens } : null;
  }
}
