// Ages as kubectl prints them.
import { expect } from 'chai';
import { formatAge, formatAgeOf } from '../../src/ui/age.ts';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

describe('an age', () => {
  const cases: Record<string, [durationMs: number, shown: string]> = {
    'counts seconds up to two minutes': [119 * second, '119s'],
    'adds seconds to few minutes': [3 * minute + 20 * second, '3m20s'],
    'leaves out a rest of nothing': [4 * minute, '4m'],
    'counts minutes up to three hours': [179 * minute, '179m'],
    'adds minutes to few hours': [3 * hour + 5 * minute, '3h5m'],
    'counts hours up to two days': [47 * hour, '47h'],
    'adds hours to few days': [2 * day + 5 * hour, '2d5h'],
    'counts days up to two years': [410 * day, '410d'],
    'adds days to few years': [3 * 365 * day + 12 * day, '3y12d'],
    'counts years after that': [9 * 365 * day, '9y'],
    'takes a clock that runs ahead for now': [-5 * second, '0s'],
  };
  for (const [title, [durationMs, shown]] of Object.entries(cases)) {
    it(title, () => expect(formatAge(durationMs)).to.equal(shown));
  }

  it('is nothing where the instant is none', () => {
    const now = new Date('2026-11-23T09:30:00Z');
    expect(formatAgeOf('2026-11-23T06:30:00Z', now)).to.equal('3h');
    expect([undefined, 3, 'yesterday'].map((instant) => formatAgeOf(instant, now))).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
