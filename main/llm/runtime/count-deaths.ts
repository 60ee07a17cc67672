import type { Notify } from '../../alerts/contract/alerts.ts';
import { wordsOf } from '../../kernel/words.ts';
import type { Base } from '../../store/index.ts';
import { DEATHS_TO_QUARANTINE } from '../config.ts';
import { addDeath, getModel } from '../queries.ts';
import type { Runtime } from '../runtime-door.ts';
import words from '../words.json' with { type: 'json' };

const say = wordsOf(words);

/** Counts the deaths of the models process against the model that was at work; the last one quarantines it, and a person is told. */
export function countDeaths(
  o: Pick<Base, 'store' | 'clock' | 'log'> & {
    readonly runtime: Runtime;
    readonly notify?: Notify | undefined;
    /** a model may be out of use now */
    readonly counted: () => void;
  },
): { settled(): Promise<unknown> } {
  const pending = new Set<Promise<void>>();
  const count = async (id: string): Promise<void> => {
    await o.store.write([addDeath(id, o.clock.now(), DEATHS_TO_QUARANTINE)]);
    const model = getModel(o.store.read, id);
    o.counted();
    if (model?.deaths !== DEATHS_TO_QUARANTINE || model.quarantinedAt === null) return;
    await o.notify?.({
      kind: 'model',
      severity: 'watch',
      subject: id,
      title: say('quarantined'),
      text: say('quarantinedText', { name: model.name, n: model.deaths }),
    });
  };
  o.runtime.died.on(({ modelId, signal, detail }) => {
    o.log.error('the models process died', { modelId, signal, detail });
    if (modelId === null) return;
    const counted = count(modelId).catch((error: unknown) => o.log.error('a death was not counted', error));
    pending.add(counted);
    void counted.finally(() => pending.delete(counted));
  });
  return { settled: () => Promise.all(pending) };
}
