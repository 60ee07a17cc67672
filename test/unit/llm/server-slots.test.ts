// Probabilities of options, read from the log-probabilities of the tokens of a JSON answer.
import { describe, expect, test } from 'vitest';
import { countVotes, type ScoredToken, scoreSlots } from '../../../main/llm/server/score-slots.ts';

type Given = readonly [text: string, p: number, others?: readonly (readonly [string, number])[]];
const token = ([text, p, others = []]: Given): ScoredToken => ({
  bytes: Buffer.from(text),
  logprob: Math.log(p),
  others: [[text, p] as const, ...others].map(([t, q]) => ({ bytes: Buffer.from(t), logprob: Math.log(q) })),
});
const rounded = (chosen: ReturnType<typeof scoreSlots>) =>
  chosen?.map(({ options }) => options.map(({ option, p }) => [option, Math.round(p * 1000) / 1000]));

describe('scores', () => {
  test('the rivals of a token get its mass', () => {
    const tokens = [token(['{"i": "', 1]), token(['simple', 0.7, [['impact', 0.3]]]), token(['_query"}', 1])];
    expect(
      rounded(scoreSlots(tokens, [{ name: 'i', options: ['simple_query', 'impact_analysis'] }])),
    ).toEqual([
      [
        ['simple_query', 0.7],
        ['impact_analysis', 0.3],
      ],
    ]);
  });
  test('an option that begins another is told apart by the quote that ends it', () => {
    const options = ['エントリ1', 'エントリ10'];
    const tokens = [
      token(['{"p":"', 1]),
      token(['エントリ1', 1]),
      token(['"', 0.6, [['0', 0.4]]]),
      token(['}', 1]),
    ];
    expect(rounded(scoreSlots(tokens, [{ name: 'p', options }]))).toEqual([
      [
        ['エントリ1', 0.6],
        ['エントリ10', 0.4],
      ],
    ]);
  });
  test('mass that could go to several options is shared, and what belongs to none is left out', () => {
    const options = ['札幌', '品川', '盛岡'];
    const tokens = [
      token(['{"l":"', 1]),
      token([
        '札',
        0.5,
        [
          ['品', 0.2],
          ['東', 0.3],
        ],
      ]),
      token(['幌"}', 1]),
    ];
    const [first] = rounded(scoreSlots(tokens, [{ name: 'l', options }])) ?? [];
    expect(first).toEqual([
      ['札幌', 0.714],
      ['品川', 0.286],
      ['盛岡', 0],
    ]);
  });
  test('mass that was not told leaves an answer unsure', () => {
    const tokens = [token(['{"l":"', 1]), token(['札幌', 0.1, [['では', 0.1]]]), token(['"}', 1])];
    const [first] = rounded(scoreSlots(tokens, [{ name: 'l', options: ['札幌', '品川'] }])) ?? [];
    expect(first).toEqual([
      ['札幌', 0.556],
      ['品川', 0.444],
    ]);
  });
  test('a token that runs over the border of a value, and letters cut in half, are followed', () => {
    const bytes = Buffer.from('札');
    const half = (part: Uint8Array, p: number): ScoredToken => ({
      bytes: part,
      logprob: Math.log(p),
      others: [],
    });
    const tokens = [
      token(['{"l":', 1]),
      { ...token([' "', 1]) },
      half(bytes.subarray(0, 2), 0.9),
      half(bytes.subarray(2), 1),
      token(['幌","x":"', 1]),
      token(['b"}', 0.8, [['a"}', 0.2]]]),
    ];
    expect(
      rounded(
        scoreSlots(tokens, [
          { name: 'l', options: ['札幌', '品川'] },
          { name: 'x', options: ['a', 'b'] },
        ]),
      ),
    ).toEqual([
      [
        ['札幌', 1],
        ['品川', 0],
      ],
      [
        ['b', 0.8],
        ['a', 0.2],
      ],
    ]);
  });
  test('an answer that is not what was asked for has no scores', () => {
    expect(scoreSlots([token(['そうですね', 1])], [{ name: 'i', options: ['a'] }])).toBeNull();
    expect(scoreSlots([token(['{"i": "z"}', 1])], [{ name: 'i', options: ['a'] }])).toBeNull();
    expect(scoreSlots([token(['{"i": 7}', 1])], [{ name: 'i', options: ['a'] }])).toBeNull();
    expect(scoreSlots([], [{ name: 'i', options: ['a'] }])).toBeNull();
  });
});

test('drawn answers are counted, no option is impossible, the greedy answer breaks a tie', () => {
  const slots = [{ name: 'i', options: ['a', 'b', 'c', 'd'] }];
  const [counted] = countVotes([{ i: 'b' }, { i: 'a' }, { i: 'a' }, { i: 'b' }], slots);
  expect(counted?.options.map(({ option }) => option).slice(0, 2)).toEqual(['b', 'a']);
  expect(counted?.options.map(({ p }) => p)).toEqual([0.45, 0.45, 0.05, 0.05]);
});
