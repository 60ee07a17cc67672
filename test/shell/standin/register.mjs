// node --import …/register.mjs …/run.mjs out/main/shell.js: the built main bundle gets the stand-in as `electron`
import { registerHooks } from 'node:module';

const standin = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standin, shortCircuit: true } : next(specifier, context),
});
