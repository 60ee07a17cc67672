import { describe, expect, test } from 'vitest';
import { attendanceOf } from '../../../main/placement/index.ts';

describe('what a company notes of attendance', () => {
  test.each(['欠勤', '有給休暇', '休み', 'Absent', 'sick leave', 'no-show', 'OFF'])(
    '%s: absent',
    (status) => {
      expect(attendanceOf(status)).toBe('absent');
    },
  );
  test.each(['遅刻', 'Late', '遅刻早退', 'late, left early'])('%s: late', (status) => {
    expect(attendanceOf(status)).toBe('late');
  });
  test.each([
    '出勤',
    'present',
    '早退',
    'early leave',
    '休憩中',
    '休日出勤',
    '午前半休',
    'half-day leave',
    'on break',
  ])('%s: there, for some of the day at least', (status) => {
    expect(attendanceOf(status)).toBe('present');
  });
});
