import { expect, test } from 'vitest';
import type { TaskView } from '../../../main/api/contract/system.ts';
import { ownRows, runningImports } from '../../../renderer/screens/models/import-rows.ts';
import type { ModelUpload } from '../../../renderer/stores/model-uploads.ts';

const upload = (name: string, state: ModelUpload['state']) => ({ id: name, name, state }) as ModelUpload;
const task = (about: string, kind: TaskView['kind'], state: TaskView['state']) =>
  ({ id: about, about, kind, state }) as TaskView;

test('an upload that is checked and the task that checks it are one row, the task’s, which can be stopped', () => {
  const tasks = [task('a.gguf', 'model-import', 'running')];
  expect(
    ownRows([upload('a.gguf', 'checking'), upload('b.gguf', 'sending')], tasks).map((u) => u.name),
  ).toEqual(['b.gguf']);
  expect(runningImports(tasks)).toHaveLength(1);
});
test.each([
  ['is still being sent', upload('a.gguf', 'sending'), task('a.gguf', 'model-import', 'running')],
  ['has been checked', upload('a.gguf', 'sent'), task('a.gguf', 'model-import', 'done')],
  ['failed, with its reason', upload('a.gguf', 'failed'), task('a.gguf', 'model-import', 'failed')],
  ['waits for its task', upload('a.gguf', 'checking'), task('b.gguf', 'model-import', 'running')],
  [
    'is only named in another kind of task',
    upload('a.gguf', 'checking'),
    task('a.gguf', 'model-load', 'running'),
  ],
])('one that %s has its own row', (_, own, other) => {
  expect(ownRows([own], [other])).toEqual([own]);
});
