import { toAppError } from '../kernel/errors.ts';
import type { Store } from '../store/index.ts';
import type { DocumentIndex } from './document-index.ts';
import { type DocumentHead, type Problem, saveState } from './queries.ts';

export type DocumentState = Pick<DocumentHead, 'state' | 'problem'>;

/** How far each document is; written down where that is news. */
export class DocumentStates {
  /** the company's rows keep no state in the store */
  private readonly problems = new Map<string, { readonly stamp: string; readonly problem: Problem }>();
  /** indexes of other embedders that are being made */
  private preparing = 0;
  private unkept = false;
  private readonly store: Store;
  private readonly changed: () => void;
  constructor(store: Store, changed: () => void) {
    this.store = store;
    this.changed = changed;
  }

  of(index: DocumentIndex, head: DocumentHead): DocumentState {
    if (index.stampOf(head.id) !== head.stamp) return { state: 'waiting', problem: null };
    if (!index.waiting().has(head.id)) return { state: 'indexed', problem: null };
    const failed = this.problems.get(head.id);
    return failed?.stamp === head.stamp
      ? { state: 'failed', problem: failed.problem }
      : { state: 'waiting', problem: null };
  }
  passed(id: string): void {
    this.problems.delete(id);
  }
  failed(id: string, stamp: string, thrown: unknown): void {
    const { code, params } = toAppError(thrown);
    this.problems.set(id, { stamp, problem: { code, params } });
  }
  clear(): void {
    this.problems.clear();
  }
  /** Another embedder is about to take over, as at every start with a model: all would be written twice. */
  holdBack(): void {
    this.preparing++;
  }
  /** @returns whether something was held back */
  goOn(): boolean {
    this.preparing--;
    return this.unkept;
  }
  async keep(index: DocumentIndex, heads: Iterable<DocumentHead>): Promise<void> {
    const news = [...heads].flatMap((head) => {
      if (head.source === 'company' || index.stampOf(head.id) !== head.stamp) return [];
      const { state, problem } = this.of(index, head);
      const embedder = state === 'indexed' ? index.embedder.id : null;
      const isSame =
        head.state === state && head.embedder === embedder && head.problem?.code === problem?.code;
      return isSame ? [] : [saveState(head, state, embedder, problem)];
    });
    this.unkept = this.preparing > 0 && news.length > 0;
    if (news.length === 0) return;
    if (!this.unkept) await this.store.write(news);
    this.changed();
  }
}
