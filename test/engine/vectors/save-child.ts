// Run by vector-index.test.ts: builds an index, then changes and saves it over and over until it is killed.
import { silentLog } from '../../../main/kernel/log.ts';
import { openVectorIndex } from '../../../main/vectors/index.ts';
import { madeVectors } from '../../unit/vectors/made-vectors.ts';

const dir = process.argv[2] ?? '';
const { rows } = madeVectors({ n: 1_500, dimensions: 32, groups: 20 });
for (let round = 0; ; round++) {
  const index = openVectorIndex({
    dir,
    name: 'killed',
    embedderId: 'made',
    dimensions: 32,
    log: silentLog,
    graphFrom: 100,
    scanRows: 50,
  });
  index.upsert(
    rows.map((vector, i) => ({
      id: i,
      vector: rows[(i + (round % 2) * (i % 5 === 0 ? 1 : 0)) % 1_500] ?? vector,
    })),
  );
  await index.settled();
  await index.close();
  process.stdout.write('saved\n');
}
