// Schedules that a CronJob may have, and those that the API server would refuse.
import { expect } from 'chai';
import { isCronSchedule } from '../../src/application/cron-schedule.ts';

describe('a cron schedule', () => {
  for (const text of ['0 3 * * *', '*/15 8-18 * * MON-FRI', '0 0 1,15 JAN-JUN *', '@daily', ' 5  4 * * 0 '])
    it(`takes ${JSON.stringify(text)}`, () => expect(isCronSchedule(text)).to.equal(true));

  for (const text of [
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '@never',
    'a b c d e',
    '*/0 * * * *',
    '* '.repeat(200),
  ])
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => expect(isCronSchedule(text)).to.equal(false));
});
