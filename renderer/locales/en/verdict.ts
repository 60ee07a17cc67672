export const verdict = {
  title: 'What the delay is put down to',
  sides: { people: 'people', system: 'system', volume: 'volume' },
  sidesOf: '{{list}}',
  unknown: 'Cannot tell',
  advice: {
    people: 'Support from elsewhere or a new assignment makes being on time likelier.',
    system: 'Moving people may not make it faster. Look at what helps against the incident first.',
    systemAndMore: 'It needs both: the incident dealt with, and the people or the volume seen to.',
    volume:
      'Besides support and a new assignment, find out how much more is to come in, and whether the deadline holds.',
    unknown: 'The records do not decide it. Ask both the floor and the people who run the systems.',
  },
  confidence: 'Confidence {{share}}',
  confidenceHint:
    'Worked out from how many pieces of evidence there are and how strong. Not the chance of being late.',
  looked: 'judged from the records of {{from}}–{{to}}',
  evidence: 'Evidence',
  mark: {
    people: { for: 'people', against: 'people as planned', neither: 'context' },
    system: { for: 'system', against: 'system as usual', neither: 'context' },
    volume: { for: 'volume', against: 'volume as expected', neither: 'context' },
  },
  more_one: '{{count}} more piece of evidence',
  more_other: '{{count}} more pieces of evidence',
  less: 'Fold up',
  caution: 'It says what came first, not what caused it.',
  openTimeline: 'See on the timeline',
  openIncident: 'See the incident',
  openLines: 'See the log lines',
  propose: 'Make a proposal',
  noEvidence: 'There are no records to judge from.',
};
