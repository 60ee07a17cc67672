import { expect, test } from 'vitest';
import type { ModelView } from '../../../main/llm/contract/models.ts';
import { previousModel } from '../../../renderer/screens/models/previous-model.ts';

const models = ['old', 'new'].map((id) => ({ id, name: id })) as unknown as ModelView[];

test('the model before is taken back while a local model, or none, plays the role', () => {
  expect(previousModel({ source: 'local', modelId: 'new', previousId: 'old' }, models)?.name).toBe('old');
  expect(previousModel({ source: 'none', modelId: null, previousId: 'old' }, models)?.name).toBe('old');
});
test.each([
  ['the company’s server plays: nothing would change', 'server', 'new', 'old'],
  ['there was none', 'local', 'new', null],
  ['it plays already', 'local', 'old', 'old'],
  ['it was removed', 'local', 'new', 'gone'],
] as const)('it is not offered where %s', (_, source, modelId, previousId) => {
  expect(previousModel({ source, modelId, previousId }, models)).toBeNull();
});
