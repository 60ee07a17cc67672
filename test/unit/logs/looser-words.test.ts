import { expect, it } from 'vitest';
import { looserWords } from '../../../main/logs/index.ts';

it.each([
  ['Ａ２４４９５', '*A24495*'],
  ['24495', '*24495*'],
  ['伝票883120', '伝票 *883120*'],
  ['order ORD001', '*ORD001*'],
  ['E-014', '*E014*'],
  ['agv07', '*agv* *07*'],
  ['READER04', '*READER* *04*'],
  ['lot 8831', '*8831*'],
])('looks for %s as %s where no line holds it', (asked, looser) => {
  const apart = looser.replace(/\*([a-z]+)\*/gi, '$1');
  expect(looserWords(asked)).toContain(apart);
});

it('goes from the strictest words to the loosest', () => {
  expect(looserWords('棚 B-12-03')).toEqual(['棚 *B-12-03*', '*B-12-03*', '*B1203*']);
});

it('leaves words without a number, what is quoted or has a wildcard as it is; a single digit is not looked for alone', () => {
  for (const asked of ['停電', 'power outage', '"A24495"', '24*', 'disk -A12'])
    expect(looserWords(asked)).toEqual([]);
  expect(looserWords('コンベヤ2')).toEqual(['コンベヤ *2*']);
});
