import type { Clock } from '../../kernel/clock.ts';
import type { Loaded } from '../runtime-door.ts';
import type { LoadSpec } from '../types.ts';

/** What the models process holds, and when each was last used. */
export class LoadedModels {
  private readonly models = new Map<string, Loaded>();
  private readonly specs = new Map<string, LoadSpec>();
  private readonly usedAt = new Map<string, number>();
  private readonly clock: Clock;
  constructor(clock: Clock) {
    this.clock = clock;
  }
  list(): Loaded[] {
    return [...this.models.values()];
  }
  has(modelId: string): boolean {
    return this.models.has(modelId);
  }
  get(modelId: string): Loaded | undefined {
    return this.models.get(modelId);
  }
  specOf(modelId: string): LoadSpec | undefined {
    return this.specs.get(modelId);
  }
  add(model: Loaded): void {
    this.models.set(model.modelId, model);
  }
  remove(modelId: string): void {
    this.models.delete(modelId);
  }
  clear(): void {
    this.models.clear();
  }
  use(spec: LoadSpec): void {
    this.specs.set(spec.modelId, spec);
    this.usedAt.set(spec.modelId, this.clock.now());
  }
  unusedSince(before: number): string[] {
    return [...this.models.keys()].filter((id) => (this.usedAt.get(id) ?? 0) < before);
  }
  leastUsed(isAllowed: (modelId: string) => boolean): string | null {
    const used = (id: string): number => this.usedAt.get(id) ?? 0;
    const [first] = [...this.models.keys()].filter(isAllowed).sort((a, b) => used(a) - used(b));
    return first ?? null;
  }
}
