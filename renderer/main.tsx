// What has to be in force before any other module runs, whatever order the bundler gives its chunks.
import './trusted-types.ts';
import './no-eval.ts';

const { start } = await import('./start.tsx');
start();
