// node --import …/register.mjs …/run.mjs <built main module> [arguments]: as Electron, ready only once the module has been evaluated
import { pathToFileURL } from 'node:url';
import { mainEvaluated } from 'electron';

process.argv.splice(1, 1); // the program now sees [executable, main module, ...arguments]
await import(pathToFileURL(process.argv[1]).href);
mainEvaluated();
