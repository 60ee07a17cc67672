// Models by script: what an administrator sets many laptops up with.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type {
  ModelInspection,
  ModelsOverview,
  ModelView,
  RoleView,
} from '../../../main/llm/contract/models.ts';
import { toride as run } from '../../helpers/command-line.ts';
import { writeModel } from '../../helpers/llm/gguf/make-model.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-models-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const toride = (...args: string[]) => run(['--data', path.join(dir, 'data'), ...args]);

it('a model is looked at, imported, given a role, listed and removed', () => {
  const file = path.join(dir, 'qwen.gguf');
  writeModel(file, 'qwen2-tiny');
  expect(toride('models', 'inspect', file, '--json').json<ModelInspection>()).toMatchObject({
    architecture: 'qwen2',
    problem: null,
  });
  const model = toride('models', 'import', file, '--json').json<ModelView>();
  expect(model).toMatchObject({ storage: 'copy', state: 'ready' });
  expect(toride('models', 'assign', 'wording', model.id, '--json').json<RoleView[]>()).toContainEqual({
    role: 'wording',
    source: 'local',
    noRoom: null,
    cut: null,
    modelId: model.id,
    previousId: null,
  });
  const list = toride('models', 'list');
  expect(list.stdout).toContain(
    `${model.id}  Tiny Random Qwen2 (Q8_0)  使えます  使える役割: 意図の理解, 文章`,
  );
  expect(list.stdout).toContain(`文章: このパソコン (${model.id})`);
  // what else could be carried in, with its licence
  expect(list.stdout).toContain('gemma-3-4b-it-Q4_K_M.gguf  文章  2,490 MB  Gemma Terms of Use');
  expect(toride('models', 'remove', model.id).status).toBe(0);
  expect(existsSync(model.path)).toBe(false);
  expect(toride('models', 'list', '--json').json<ModelsOverview>().models).toEqual([]);
});

it('a wrong file ends with its sentence, the next step and a code', () => {
  const file = path.join(dir, 'page.gguf');
  writeFileSync(file, '<!DOCTYPE html><title>Sign in</title>');
  const { status, stderr } = toride('models', 'import', file);
  expect(status).toBe(65);
  expect(stderr).toContain('Web ページ');
  expect(stderr).toContain('(models.bad-web-page)');
});

it('under a policy only models whose hash it names come in; one that is named no more plays no role', () => {
  const file = path.join(dir, 'named.gguf');
  writeModel(file, 'qwen2-tiny');
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  const under = (allowedModels: readonly string[]) => {
    const policy = path.join(dir, 'policy.json');
    writeFileSync(policy, JSON.stringify({ allowedModels }));
    return (...args: string[]) =>
      run(['--data', path.join(dir, 'governed'), '--policy', policy, '--lang', 'en', ...args]);
  };
  const refused = under(['0'.repeat(64)])('models', 'import', file);
  expect([refused.status, refused.stderr]).toEqual([77, expect.stringContaining(hash)]);
  expect(refused.stderr).toContain('is not one that the administrator allows');
  expect(under([])('models', 'list', '--json').json<ModelsOverview>().models).toEqual([]);
  const model = under([hash])('models', 'import', file, '--json').json<ModelView>();
  expect(model).toMatchObject({ state: 'ready' });
  const withdrawn = under([])('models', 'assign', 'wording', model.id);
  expect([withdrawn.status, withdrawn.stderr]).toEqual([77, expect.stringContaining('(policy.model)')]);
});
