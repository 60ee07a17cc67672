import { describe, expect, test } from 'vitest';
import { Badge, type Move, Reason, Relaxation } from '../../../main/placement/contract/placement.ts';
import { wordBadge, wordMove, wordReason, wordRelaxation } from '../../../main/placement/contract/words.ts';

const params = {
  items: 1240,
  perHour: 96,
  rank: 1,
  of: 14,
  location: '札幌',
  process: 'エントリ1',
  business: 'SS',
  home: '盛岡',
  pOnTime: 0.97,
  minutes: 10,
  months: 30,
  needed: 3,
  skill: 2,
  moves: 2,
  limit: 2,
  people: 3,
  left: 2,
  hours: 1.5,
  since: Date.UTC(2026, 10, 20, 5),
  until: Date.UTC(2026, 10, 20, 8),
};

describe('reasons', () => {
  test.each(Reason.shape.code.options)('%s is a whole sentence in both languages', (code) => {
    const ja = wordReason({ code, params }, 'ja', 'Asia/Tokyo');
    const en = wordReason({ code, params }, 'en', 'Asia/Tokyo');
    expect(ja).toMatch(/[ぁ-ん]/);
    expect(en).toMatch(/^([A-Z]|札幌)/);
    for (const text of [ja, en]) expect(text).not.toMatch(/undefined|NaN|\{|\s{2}|[。.]$/);
  });
  test('carry their numbers', () => {
    expect(wordReason({ code: 'adds-capacity', params }, 'ja', 'Asia/Tokyo')).toBe(
      '納期までに約1,240件を処理できます（毎時96件）',
    );
    expect(wordReason({ code: 'spare-at-source', params }, 'en', 'Asia/Tokyo')).toBe(
      '札幌 エントリ1 can spare them (still 97% likely to be on time)',
    );
    expect(wordReason({ code: 'low-skill', params }, 'ja', 'Asia/Tokyo')).toBe(
      'エントリ1のスキルレベルが2で、必要な3に届きません',
    );
  });
  test('name the deadline they are about, and whether it has passed', () => {
    const deadline = Date.UTC(2026, 10, 20, 9);
    const reason = (more: Record<string, number>): Reason => ({
      code: 'adds-capacity',
      params: { items: 116, perHour: 96, deadline, ...more },
    });
    expect(wordReason(reason({}), 'ja', 'Asia/Tokyo')).toBe(
      '18:00の納期までに約116件を処理できます（毎時96件）',
    );
    expect(wordReason(reason({}), 'en', 'Asia/Tokyo')).toBe(
      'Can finish about 116 items by the 18:00 deadline (96 an hour)',
    );
    expect(wordReason(reason({ overdue: 60 }), 'ja', 'Asia/Tokyo')).toBe(
      '18:00の納期を過ぎた分のうち、60分で約116件を処理できます（毎時96件）',
    );
    expect(wordReason(reason({ overdue: 60 }), 'en', 'Asia/Tokyo')).toBe(
      'Can finish about 116 of the items overdue since 18:00 within 60 minutes (96 an hour)',
    );
  });
});

test('a badge never says optimal unless it was proven', () => {
  const badge = (kind: Badge['kind'], gap: number | null = null): Badge => ({
    kind,
    gap,
    seconds: 0.34,
    incumbents: 2,
    mode: 'direct',
  });
  expect(wordBadge(badge('optimal', 0), 'ja')).toBe('最適と証明済み（0.3秒）');
  expect(wordBadge(badge('gap', 0.0042), 'en')).toBe('Within 0.42% of the best possible (0.3 s)');
  expect(wordBadge(badge('time-limit', 0.031), 'ja')).toBe(
    '制限時間内の最良案。最良との差は最大3.1%（0.3秒）',
  );
  expect(wordBadge(badge('time-limit'), 'en')).toBe('Best found within the time limit (0.3 s)');
  for (const kind of Badge.shape.kind.options)
    if (kind !== 'optimal')
      expect(wordBadge(badge(kind, 0.01), 'ja') + wordBadge(badge(kind, 0.01), 'en')).not.toMatch(
        /最適と|optimal$/,
      );
});

test('a relaxation says what to ask for and what it wins', () => {
  const relaxation = {
    rule: 'overtime',
    people: 3,
    before: 45,
    after: 40.3,
    missedBefore: 3,
    missedAfter: 3,
  } as const;
  expect(wordRelaxation(relaxation, 'ja')).toBe('残業60分を3名に依頼すると、人員不足が45→40.3人時に減ります');
  expect(wordRelaxation({ ...relaxation, people: 1, missedAfter: 2 }, 'en')).toBe(
    'Asking 1 person for 60 minutes of overtime would cut the shortage from 45 to 40.3 person-hours, and missed deadlines from 3 to 2',
  );
  for (const rule of Relaxation.shape.rule.options)
    expect(
      wordRelaxation({ ...relaxation, rule }, 'ja') + wordRelaxation({ ...relaxation, rule }, 'en'),
    ).toContain('3');
});

test('a move is one line with place, time and effect', () => {
  const cell = { cellId: 'x', location: '札幌', businessId: '523201', businessName: 'SS' };
  const move: Move = {
    operatorId: 'S1',
    name: '佐藤',
    home: '札幌',
    from: { ...cell, process: '補正' },
    to: { ...cell, process: 'エントリ1' },
    startsAt: Date.UTC(2026, 10, 20, 5, 5),
    endsAt: Date.UTC(2026, 10, 20, 9),
    switchMinutes: 10,
    skill: 4,
    speed: 96,
    items: 240.4,
    deadline: Date.UTC(2026, 10, 20, 7),
    cost: 1.2,
    pinned: false,
    reasons: [],
  };
  expect(wordMove(move, 'ja', 'Asia/Tokyo')).toBe(
    '佐藤さん：札幌 SS 補正 → 札幌 SS エントリ1（14:05〜18:00、切り替え10分、16:00の納期までに 約240件）',
  );
  expect(wordMove(move, 'en', 'Asia/Tokyo')).toBe(
    '佐藤: 札幌 SS 補正 → 札幌 SS エントリ1 (14:05–18:00, 10 min to switch, about 240 items by 16:00)',
  );
  expect(wordMove({ ...move, deadline: Date.UTC(2026, 10, 20, 4) }, 'ja', 'Asia/Tokyo')).toContain(
    '13:00の納期を過ぎた分 約240件',
  );
  expect(wordMove({ ...move, deadline: Date.UTC(2026, 10, 20, 4) }, 'en', 'Asia/Tokyo')).toContain(
    'about 240 items overdue since 13:00',
  );
});
