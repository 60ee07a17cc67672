// Reads a whole database and says what is damaged in it; null where nothing is.
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, storeError } from './connection.ts';

const check = (file: string): string | null => {
  try {
    const db = openDatabase(file, { readonly: true });
    const first = db.pragma('quick_check(1)', { simple: true });
    db.close();
    return first === 'ok' ? null : String(first).replace(/^.*main \*\*\*\n/, '');
  } catch (thrown) {
    const error = storeError(thrown);
    if (error.code !== 'store.corrupt') throw error;
    return String(error.params['detail']);
  }
};
parentPort?.postMessage(check(workerData as string));
