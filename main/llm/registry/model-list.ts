import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { Base } from '../../store/index.ts';
import type { ModelRole, ModelSettings } from '../contract/models.ts';
import { deleteModel, getModel, insertModel, listModels, replaceModel } from '../queries.ts';
import type { Runtime } from '../runtime-door.ts';
import type { Models } from '../types.ts';
import { hashFile, writeDurably } from './copy-files.ts';
import type { Hardware } from './detect-hardware.ts';
import { fileError } from './file-errors.ts';
import { createImporter } from './import-model.ts';
import { findTarget, readSource } from './read-source.ts';
import { type KeptModel, type ModelRecord, rolesOf } from './record.ts';
import { Uploads } from './uploads.ts';
import { fitOf, viewModel, whyNot } from './view-model.ts';

/** Keeps in the record, in one transaction, what `deed` writes and what it was. */
export type Judge = (
  judgement: () => {
    readonly actor: string;
    readonly action: 'model.found';
    readonly subject: string;
    readonly body: { readonly models: readonly (readonly unknown[])[] };
  },
  deed: () => Promise<void>,
) => Promise<void>;

/** The models that are here: taken in, looked at again, removed. */
export type ModelList = Pick<Models, 'inspect' | 'import' | 'upload' | 'remove' | 'retry'> & {
  /** @throws AppError `not-found` */
  find(id: string): KeptModel;
  view(): ReturnType<typeof viewModel>[];
  /** One that may be loaded now, in this role. Rejects with AppError `models.*`. */
  usable(id: string, role?: ModelRole): Promise<KeptModel>;
  /** resolves once the folder was searched for models that the database does not know */
  readonly recovered: Promise<void>;
};

export function createModelList(
  o: Parameters<typeof createImporter>[0] &
    Pick<Base, 'tasks' | 'log'> & {
      readonly runtime: Runtime;
      readonly machine: Hardware;
      readonly settings: () => ModelSettings;
      readonly judge: Judge | undefined;
      /** the list is another one now */
      readonly tell: () => void;
    },
): ModelList {
  const { folder, machine, runtime, tasks, tell } = o;
  const { read } = o.store;
  const importer = createImporter(o);
  const uploads = new Uploads(folder);

  const find = (id: string): KeptModel => {
    const model = getModel(read, id);
    if (!model) throw new AppError('not-found', { what: `model ${id}` });
    return model;
  };
  const view = (model: KeptModel, room = machine.room()) =>
    viewModel(model, {
      folder,
      fit: fitOf(model, machine.contextOf(model), room),
      isLoaded: runtime.loaded().some((l) => l.modelId === model.id),
      isLoading: runtime.loading() === model.id,
    });
  /** A job that ends with a model in the list, new or looked at again. */
  const takeIn = async (about: string, work: Parameters<typeof tasks.run<ModelRecord>>[1]) => {
    const { id } = await tasks.run('model-import', (task) => {
      task.about(about);
      return work(task);
    });
    tell();
    return view(find(id));
  };
  /** Models whose copy was whole when the engine was killed, or that an older copy of the database does not know. */
  const recover = async (): Promise<void> => {
    const known = new Set(listModels(read).map((m) => m.id));
    const found = await folder.recover(known, o.clock.now());
    if (found.length === 0) return;
    const list = async (): Promise<void> => void (await o.store.write(found.map(insertModel)));
    const judgement = () =>
      ({
        actor: 'Toride',
        action: 'model.found',
        subject: found.map(({ name }) => name).join(', '),
        body: { models: found.map(({ id, sha256 }) => [id, sha256]) },
      }) as const;
    await (o.judge ? o.judge(judgement, list) : list());
    tell();
  };
  const recovered = recover().catch((error: unknown) =>
    o.log.error('models found in the data folder', error),
  );

  return {
    recovered,
    find,
    view() {
      const room = machine.room();
      return listModels(read).map((model) => view(model, room));
    },
    async usable(id, role) {
      const model = find(id);
      if (role && !rolesOf(model).includes(role))
        throw new AppError('models.wrong-role', { name: model.name });
      const why = whyNot(model, folder);
      if (why) throw why;
      await machine.refuseTooBig(model);
      return model;
    },
    async inspect(given) {
      const nothing = { path: given, bytes: 0, format: null, architecture: null, roles: [], fit: null };
      try {
        const source = await readSource(await findTarget(given));
        const tokens = Math.min(
          o.settings().contextTokens,
          source.trainedContext ?? Number.POSITIVE_INFINITY,
        );
        return {
          path: given,
          bytes: source.bytes,
          format: source.format,
          architecture: source.architecture,
          roles: rolesOf(source),
          fit: fitOf(source, tokens, machine.room()),
          problem: null,
        };
      } catch (thrown) {
        const error = fileError(thrown, given);
        if (!(error instanceof AppError) || error.code === 'internal') throw error;
        return { ...nothing, problem: { code: error.code, params: { ...error.params } } };
      }
    },
    async import(input) {
      await recovered;
      return takeIn(path.basename(input.path), (task) => importer.fromPath(input, task));
    },
    async upload(piece) {
      await recovered;
      await folder.make();
      const received = await uploads.take(piece);
      if (!piece.done) return { received, model: null };
      const dir = uploads.dirOf(piece.uploadId);
      const about = piece.name.split('/')[0] ?? piece.name;
      return { received, model: await takeIn(about, (task) => importer.fromUpload(dir, task)) };
    },
    async remove(id) {
      const model = find(id);
      await runtime.unload(id);
      const forget = async (): Promise<void> => void (await o.store.write(deleteModel(id)));
      try {
        await (model.storage === 'copy' ? folder.discard(id, forget) : forget());
      } catch (thrown) {
        throw fileError(thrown, model.name);
      }
      tell();
    },
    async retry(id) {
      const model = find(id);
      if (folder.look(model) === 'missing')
        throw new AppError('models.missing', { name: model.name, path: folder.loadPathOf(model) });
      await runtime.unload(id);
      return takeIn(model.name, async (task) => {
        task.progress(0, null, 'check');
        const file = model.format === 'gguf' ? (model.files[0]?.path ?? null) : null;
        const source = await readSource({ format: model.format, root: folder.rootOf(model), file });
        const sha256 = await hashFile({ ...source, ...task });
        const { main: _main, title: _title, root, ...now } = source;
        const next: ModelRecord = { ...plain(model), ...now, facts: namedAsBefore(source, model), sha256 };
        if (model.storage === 'copy')
          await writeDurably(folder.markerIn(root), JSON.stringify(next, null, 1));
        await o.store.write(replaceModel(next), next);
        return next;
      });
    },
  };
}

/** What it was called where it came from says which known model it is. */
const namedAsBefore = (
  { facts }: Pick<ModelRecord, 'facts'>,
  { facts: before }: KeptModel,
): ModelRecord['facts'] =>
  facts.kind === 'gguf'
    ? { ...facts, file: before.file }
    : { ...facts, folder: before.kind === 'gguf' ? facts.folder : before.folder };
const plain = ({ deaths: _d, quarantinedAt: _q, problem: _p, ...model }: KeptModel): ModelRecord => model;
