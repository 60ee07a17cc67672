// `toride models …`: local models from the command line, for machines that are set up by script.
import path from 'node:path';
import { Option } from 'commander';
import { formatNumber, formatPercent } from '../api/contract/format.ts';
import { AppError, isErrorCode, type Lang, wordError } from '../kernel/errors.ts';
import {
  MODEL_ROLES,
  type ModelBenchmark,
  type ModelFit,
  type ModelRole,
  type ModelView,
} from '../llm/contract/models.ts';
import { type Command, type Run, when, worded } from './run.ts';
import words from './words.json' with { type: 'json' };

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
  const size = (bytes: number, lang: Lang): string => `${formatNumber(Math.ceil(bytes / 1e6), lang)} MB`;
  const wordFit = ({ needMb, freeMb, verdict }: ModelFit, lang: Lang): string =>
    worded(lang, words.models.memory, { need: needMb, free: freeMb, verdict: words.fits[verdict] });
  const nameRoles = (roles: readonly ModelRole[], lang: Lang): string =>
    roles.map((r) => words.roles[r][lang]).join(', ');
  const printModel = (model: ModelView, { lang, show }: Run): void => {
    const can = worded(lang, words.models['can-do'], { roles: nameRoles(model.roles, lang) });
    show(`${model.id}  ${model.name}  ${words.modelStates[model.state][lang]}  ${can}`);
    show(`    ${size(model.bytes, lang)}  ${wordFit(model.fit, lang)}  ${model.path}`);
    if (model.problem) show(`    ${wordProblem(model.problem, lang)}`);
  };

  models
    .command('list')
    .description('models, roles, and the known models')
    .withEngine(async (run) => {
      const overview = await run.client.models.overview();
      const { lang } = run.global;
      if (overview.models.length === 0) run.say(words.said['no-models']);
      for (const model of overview.models) printModel(model, run);
      for (const { role, source, modelId, noRoom } of overview.roles) {
        const lack = noRoom ? `  ${worded(lang, words.models['no-room'], noRoom)}` : '';
        run.show(
          `${words.roles[role][lang]}: ${words.modelSources[source][lang]}${modelId ? ` (${modelId})` : ''}${lack}`,
        );
      }
      run.say(words.said['supported-models']);
      for (const { format, name, file, role, bytes, licence, note } of overview.known)
        run.show(
          `    ${format === 'gguf' ? file : name}  ${words.roles[role][lang]}  ${size(bytes, lang)}  ${licence}  ${note[lang]}`,
        );
      return overview;
    });

  models
    .command('inspect <file>')
    .description('looks at a GGUF file or an ONNX folder without taking it in')
    .withEngine(async (run, file: string) => {
      const found = await run.client.models.inspect({ path: path.resolve(file) });
      const { lang } = run.global;
      if (found.problem) process.exitCode = 65;
      if (found.problem) run.show(wordProblem(found.problem, lang));
      else
        run.show(
          `${found.format}  ${found.architecture}  ${size(found.bytes, lang)}  ${nameRoles(found.roles, lang)}  ${found.fit ? wordFit(found.fit, lang) : ''}`,
        );
      return found;
    });

  models
    .command('import <file>')
    .description('takes a model in; a copy that was cut off goes on where it stopped')
    .option('--link', 'use it where it lies instead of copying it', false)
    .withEngine(async (run, file: string, o: { link: boolean }) => {
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
        printModel(model, run);
        return model;
      } finally {
        off();
        process.off('SIGINT', stop);
      }
    });

  models
    .command('assign <role> <id>')
    .description(`gives a role (${MODEL_ROLES.join(', ')}) to a model; -: to none`)
    .withEngine(async (run, role: string, id: string) => {
      const wanted = roleArgument(role);
      const { roles } = await run.client.models.assign({ role: wanted, modelId: id === '-' ? null : id });
      run.show(`${words.roles[wanted][run.lang]}: ${id}`);
      return roles;
    });

  models
    .command('remove <id>')
    .description('deletes the copy; of a link only the entry goes')
    .withEngine(async (run, id: string) => {
      await run.client.models.remove({ id });
      run.say(words.said['model-removed'], { id });
      return { removed: id };
    });

  models
    .command('benchmark <id>')
    .description('loads a model, measures it and asks it the fixed questions of its role')
    .addOption(new Option('--role <role>', 'as what').choices([...MODEL_ROLES]))
    .withEngine(async (run, id: string, o: { role?: string }) => {
      const { models: all, roles } = await run.client.models.overview();
      const plays = roles.find((r) => r.modelId === id)?.role ?? all.find((m) => m.id === id)?.roles[0];
      const role = o.role === undefined ? plays : roleArgument(o.role);
      if (!role) throw new AppError('not-found', { what: `model ${id}` });
      const result = await run.client.models.benchmark({ id, role });
      printBenchmark(result, run);
      return result;
    });
  function printBenchmark(b: ModelBenchmark, run: Run): void {
    const { lang } = run.global;
    const n = (value: number, digits = 0): string => formatNumber(value, lang, digits);
    const of = words.benchmark;
    run.show(`${b.modelName}  ${words.roles[b.role][lang]}  ${b.backend}  ${when(b.at, run)}`);
    const lines: readonly (readonly [string, number | null, string])[] = [
      [of.load[lang], b.loadMs, 'ms'],
      [of.memory[lang], b.memoryMb, 'MB'],
      [of.choice[lang], b.choiceMs, 'ms'],
      [of.embeddings[lang], b.embeddingsPerSecond, of['a-second'][lang]],
    ];
    for (const [name, value, unit] of lines)
      if (value !== null) run.show(`    ${name}  ${n(value, value < 100 ? 1 : 0)} ${unit}`);
    run.show(`    ${of.right[lang]}  ${n(b.right)} / ${n(b.asked)}`);
  }
}
