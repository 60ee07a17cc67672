import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ThirdPartyList } from './contract/third-party.ts';

/** The list that the build wrote beside what it built. */
export function readThirdParty(): ThirdPartyList {
  const built = import.meta.url.endsWith('.ts') ? '../../out/notices' : '../notices';
  const file = path.resolve(import.meta.dirname, built, 'third-party.json');
  return ThirdPartyList.parse(JSON.parse(readFileSync(file, 'utf8')));
}
