// `toride models …`: local models from the command line, for machines that are set up by script.
import path from 'node:path';
import { type Command, Option } from 'commander';
import { formatNumber, formatPercent } from '../api/contract/format.ts';
import {
  MODEL_ROLES,
  type ModelBenchmark,
  type ModelFit,
  type ModelRole,
  type ModelView,
  type RoleView,
} from '../api/contract/models.ts';
import { AppError, isErrorCode, type Lang, wordError } from '../kernel/errors.ts';
import { print, type Run, say, when, withEngine } from './run.ts';

const ROLE_WORDS: Record<ModelRole, Record<Lang, string>> = {
  intent: { ja: '意図の理解', en: 'intent' },
  wording: { ja: '文章', en: 'wording' },
  embedding: { ja: '検索', en: 'embedding' },
};
const SOURCE_WORDS: Record<RoleView['source'], Record<Lang, string>> = {
  local: { ja: 'このパソコン', en: 'this computer' },
  server: { ja: '社内のサーバー', en: 'company server' },
  none: { ja: '内蔵', en: 'built in' },
};
const FIT_WORDS: Record<ModelFit['verdict'], Record<Lang, string>> = {
  fits: { ja: '収まります', en: 'fits' },
  tight: { ja: '余裕が少ない', en: 'tight' },
  'too-big': { ja: '収まりません', en: 'too big' },
};
const STATE_WORDS: Record<ModelView['state'], Record<Lang, string>> = {
  ready: { ja: '使えます', en: 'ready' },
  loading: { ja: '読み込み中', en: 'loading' },
  loaded: { ja: '読み込み済み', en: 'loaded' },
  quarantined: { ja: '隔離中', en: 'quarantined' },
  broken: { ja: '要確認', en: 'needs a check' },
  missing: { ja: 'ファイルなし', en: 'file missing' },
};
const roleArgument = (text: string): ModelRole => {
  const role = MODEL_ROLES.find((r) => r === text);
  if (!role) throw new AppError('input.invalid', { detail: `${text} (${MODEL_ROLES.join(' / ')})` });
  return role;
};
const wordProblem = (problem: { code: string; params: Record<string, string | number> }, lang: Lang) => {
  const { say, next } = wordError(
    { code: isErrorCode(problem.code) ? problem.code : 'internal', params: problem.params },
    lang,
  );
  return `${say} ${next}`;
};

export function addModelCommands(program: Command): void {
  const models = program.command('models').description('local models: files, roles, benchmark');
  const mb = (value: number, lang: Lang): string => `${formatNumber(value, lang)} MB`;
  const size = (bytes: number, lang: Lang): string => mb(Math.ceil(bytes / 1e6), lang);
  const wordFit = (fit: ModelFit, lang: Lang): string =>
    lang === 'ja'
      ? `メモリ ${mb(fit.needMb, lang)} / 空き ${mb(fit.freeMb, lang)} (${FIT_WORDS[fit.verdict].ja})`
      : `memory ${mb(fit.needMb, lang)} of ${mb(fit.freeMb, lang)} free (${FIT_WORDS[fit.verdict].en})`;
  const nameRoles = (roles: readonly ModelRole[], lang: Lang): string =>
    roles.map((r) => ROLE_WORDS[r][lang]).join(', ');
  const printModel = (model: ModelView, lang: Lang): void => {
    const fits = `${lang === 'ja' ? '使える役割: ' : 'can do '}${nameRoles(model.roles, lang)}`;
    print(`${model.id}  ${model.name}  ${STATE_WORDS[model.state][lang]}  ${fits}`);
    print(`    ${size(model.bytes, lang)}  ${wordFit(model.fit, lang)}  ${model.path}`);
    if (model.problem) print(`    ${wordProblem(model.problem, lang)}`);
  };

  models
    .command('list')
    .description('models, roles, and the known models')
    .action((_o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        const overview = await run.client.models.overview();
        const { lang } = run.global;
        if (run.global.json) return overview;
        if (overview.models.length === 0)
          say(
            run.global,
            'モデルはまだありません。toride models import FILE で取り込めます。',
            'No models yet. Take one in with toride models import FILE.',
          );
        for (const model of overview.models) printModel(model, lang);
        for (const { role, source, modelId, noRoom } of overview.roles) {
          const lack = noRoom
            ? lang === 'ja'
              ? `  メモリ不足: 必要 ${noRoom.needMb} MB、空き ${noRoom.freeMb} MB`
              : `  no room now: needs ${noRoom.needMb} MB, ${noRoom.freeMb} MB free`
            : '';
          print(
            `${ROLE_WORDS[role][lang]}: ${SOURCE_WORDS[source][lang]}${modelId ? ` (${modelId})` : ''}${lack}`,
          );
        }
        say(run.global, '対応しているモデル (自動では取得しません):', 'Supported models (never fetched):');
        for (const { format, name, file, role, bytes, licence, note } of overview.known)
          print(
            `    ${format === 'gguf' ? file : name}  ${ROLE_WORDS[role][lang]}  ${size(bytes, lang)}  ${licence}  ${note[lang]}`,
          );
        return overview;
      }),
    );

  models
    .command('inspect <file>')
    .description('looks at a GGUF file or an ONNX folder without taking it in')
    .action((file: string, _o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        const found = await run.client.models.inspect({ path: path.resolve(file) });
        const { lang } = run.global;
        if (found.problem) process.exitCode = 65;
        if (run.global.json) return found;
        if (found.problem) print(wordProblem(found.problem, lang));
        else
          print(
            `${found.format}  ${found.architecture}  ${size(found.bytes, lang)}  ${nameRoles(found.roles, lang)}  ${found.fit ? wordFit(found.fit, lang) : ''}`,
          );
        return found;
      }),
    );

  models
    .command('import <file>')
    .description('takes a model in; a copy that was cut off goes on where it stopped')
    .option('--link', 'use it where it lies instead of copying it', false)
    .action((file: string, o: { link: boolean }, command: Command) =>
      withEngine(command, async (run) => {
        const { tasks } = run.engine.services;
        const { json, lang } = run.global;
        const showsProgress = process.stderr.isTTY && !json;
        const off = tasks.changed.on((task) => {
          if (task.kind !== 'model-import' || !showsProgress || task.state !== 'running') return;
          const share = task.total ? formatPercent(task.done / task.total, lang) : '';
          process.stderr.write(`\r${task.stage ?? ''} ${share}      `);
        });
        const stop = (): void => {
          for (const task of tasks.list()) if (task.state === 'running') tasks.cancel(task.id);
        };
        process.once('SIGINT', stop);
        try {
          const model = await run.client.models.import({
            path: path.resolve(file),
            mode: o.link ? 'link' : 'copy',
          });
          if (showsProgress) process.stderr.write('\n');
          if (!json) printModel(model, lang);
          return model;
        } finally {
          off();
          process.off('SIGINT', stop);
        }
      }),
    );

  models
    .command('assign <role> <id>')
    .description(`gives a role (${MODEL_ROLES.join(', ')}) to a model; -: to none`)
    .action((role: string, id: string, _o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        const wanted = roleArgument(role);
        const { roles } = await run.client.models.assign({ role: wanted, modelId: id === '-' ? null : id });
        if (!run.global.json) print(`${ROLE_WORDS[wanted][run.global.lang]}: ${id}`);
        return roles;
      }),
    );

  models
    .command('remove <id>')
    .description('deletes the copy; of a link only the entry goes')
    .action((id: string, _o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        await run.client.models.remove({ id });
        if (!run.global.json) say(run.global, `${id} を削除しました。`, `${id} removed.`);
        return { removed: id };
      }),
    );

  models
    .command('benchmark <id>')
    .description('loads a model, measures it and asks it the fixed questions of its role')
    .addOption(new Option('--role <role>', 'as what').choices([...MODEL_ROLES]))
    .action((id: string, o: { role?: string }, command: Command) =>
      withEngine(command, async (run) => {
        const { models: all, roles } = await run.client.models.overview();
        const plays = roles.find((r) => r.modelId === id)?.role ?? all.find((m) => m.id === id)?.roles[0];
        const role = o.role === undefined ? plays : roleArgument(o.role);
        if (!role) throw new AppError('not-found', { what: `model ${id}` });
        const result = await run.client.models.benchmark({ id, role });
        if (!run.global.json) printBenchmark(result, run);
        return result;
      }),
    );
  function printBenchmark(b: ModelBenchmark, run: Run): void {
    const { lang } = run.global;
    const n = (value: number, digits = 0): string => formatNumber(value, lang, digits);
    const ja = lang === 'ja';
    print(`${b.modelName}  ${ROLE_WORDS[b.role][lang]}  ${b.backend}  ${when(b.at, run)}`);
    const lines: readonly (readonly [string, number | null, string])[] = [
      [ja ? '読み込み' : 'load', b.loadMs, 'ms'],
      [ja ? 'メモリ' : 'memory', b.memoryMb, 'MB'],
      [ja ? '選択' : 'choice', b.choiceMs, 'ms'],
      [ja ? '検索用の変換' : 'embeddings', b.embeddingsPerSecond, ja ? '件/秒' : '/s'],
    ];
    for (const [name, value, unit] of lines)
      if (value !== null) print(`    ${name}  ${n(value, value < 100 ? 1 : 0)} ${unit}`);
    print(`    ${ja ? '正答' : 'right answers'}  ${n(b.right)} / ${n(b.asked)}`);
  }
}
