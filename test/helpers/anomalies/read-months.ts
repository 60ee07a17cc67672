import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Month, monthOf } from './site.ts';

const FOLDER = path.join(import.meta.dirname, '../../months');

/** The months of sites that are data, by name. */
export const readMonths = (): Record<string, Month> =>
  Object.fromEntries(
    readdirSync(FOLDER)
      .sort()
      .map((name) => [
        path.basename(name, '.json'),
        monthOf(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'))),
      ]),
  );
