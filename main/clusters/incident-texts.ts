import { type PrepareWork, splitCamel, type VectorIndex } from '../vectors/index.ts';
import type { TemplateVectors } from './template-vectors.ts';
import type { Findable } from './types.ts';

/** The key of an incident in the word index. */
export const incidentKey = (id: string): string => `incident ${id}`;

/** Incidents that can be found: by their words at once, even where their vectors wait or fail, and by meaning once embedded. */
export class IncidentTexts {
  private readonly o: {
    readonly vectors: TemplateVectors;
    readonly index: VectorIndex;
    readonly findable: () => readonly Findable[];
  };
  private readonly known = new Map<string, Findable>();
  /** what was embedded of an incident, and under which number */
  private readonly embedded = new Map<string, { readonly number: number; readonly text: string }>();
  private readonly ids = new Map<number, string>();
  private embedding: Promise<void> = Promise.resolve();

  constructor(o: IncidentTexts['o']) {
    this.o = o;
  }
  get(id: string): Findable | undefined {
    return this.known.get(id);
  }
  /** '' where no incident has the number */
  idOf(number: number): string {
    return this.ids.get(number) ?? '';
  }
  /** Takes over incidents that are new or changed, and embeds them. */
  refresh(work: Partial<PrepareWork> = {}): Promise<void> {
    this.take();
    this.embedding = this.embedding.catch(() => {}).then(() => this.embed(work));
    return this.embedding;
  }
  async settled(): Promise<void> {
    await this.embedding.catch(() => {});
  }
  private take(): void {
    const { vectors, index } = this.o;
    const all = new Map(this.o.findable().map((found) => [found.id, found]));
    for (const id of [...this.known.keys()]) {
      if (all.has(id)) continue;
      this.known.delete(id);
      vectors.words.delete(incidentKey(id));
      index.remove([this.embedded.get(id)?.number ?? 0]);
      this.embedded.delete(id);
    }
    for (const [id, found] of all) {
      this.known.set(id, found);
      vectors.words.set(incidentKey(id), found.text);
    }
  }
  private async embed({ signal, progress }: Partial<PrepareWork>): Promise<void> {
    const { vectors, index } = this.o;
    const changed = [...this.known.values()].filter(({ id, text }) => this.embedded.get(id)?.text !== text);
    const made = await vectors.embed(
      changed.map(({ text }) => splitCamel(text)),
      signal,
    );
    progress?.(changed.length, changed.length);
    changed.forEach(({ id, text }, i) => {
      // gone while the model read it
      if (!this.known.has(id)) return;
      const number = this.embedded.get(id)?.number ?? this.ids.size + 1;
      this.embedded.set(id, { number, text });
      this.ids.set(number, id);
      index.upsert([{ id: number, vector: made[i] ?? new Float32Array(index.status().dimensions) }]);
    });
  }
}
