import { formatNumber } from '../../../api/contract/format.ts';
import { followFindings } from '../follow-findings.ts';
import { type Kind, placeOf, timeText, type Words } from '../kind.ts';
import { findGaps, Gap } from './find-gaps.ts';

/** The roster of today or of the next working day has nobody, or too few, with the skill a process takes when it is due. */
export const skillGap: Kind = {
  kind: 'skill-gap',
  details: Gap,
  judge(look) {
    const { rosters } = look;
    if (!rosters) return { changed: [], opened: [] };
    const findings = [rosters.today, rosters.nextDay].flatMap((instance) =>
      instance ? findGaps(instance) : [],
    );
    return followFindings('skill-gap', findings, look);
  },
  words(alert, o): Words {
    const { deadline, items, missing, level, there, needed, could } = Gap.parse(alert.details);
    const n = (value: number): string => formatNumber(value, o.lang);
    const time = timeText(deadline, o);
    if (o.lang === 'ja') {
      const lack = {
        nobody: `スキル${level}以上の人が一人もいません`,
        'too-few': `スキル${level}以上の人が ${n(there)}名だけです（${n(needed)}名必要）`,
        senior: `ベテラン（スキル${level}以上）が ${n(there)}名です（${n(needed)}名必要）`,
      }[missing];
      return {
        title: `${placeOf(alert)} の納期 ${time} に${lack}`,
        text: `納期分は ${n(items)}件です。${could.length > 0 ? '次の人なら担当できます' : '近くの拠点にも担当できる人がいません'}`,
        points: could.map(
          ({ name, home, skill, process }) =>
            `${name}さん（${home}、スキル${skill}）: ${process === null ? 'その時刻は勤務外' : `${process} を担当中`}`,
        ),
      };
    }
    const lack = {
      nobody: `nobody with skill ${level} or more`,
      'too-few': `only ${n(there)} of ${n(needed)} with skill ${level} or more`,
      senior: `${n(there)} of ${n(needed)} seniors (skill ${level} or more)`,
    }[missing];
    return {
      title: `${placeOf(alert)} has ${lack} at the deadline of ${time}`,
      text: `${n(items)} items are due. ${could.length > 0 ? 'These people could do it' : 'Nobody at the near sites could do it either'}`,
      points: could.map(
        ({ name, home, skill, process }) =>
          `${name} (${home}, skill ${skill}): ${process === null ? 'off at that hour' : `on ${process}`}`,
      ),
    };
  },
};
