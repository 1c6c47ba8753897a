// What docs/sizing.md says is what the code does: its table is the policy, its examples are made here.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { advise } from '../../src/sizing/advise.ts';
import { defaultPolicy } from '../../src/sizing/policy.ts';
import type { Measure } from '../../src/sizing/policy.ts';
import { resourcesOf, shopObject, toSubject, toWorkload } from './measured.ts';
import { cases, week } from './advise/advice-cases.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/sizing.md'), 'utf8');

function describeMeasure(measure: Measure | 'unset' | 'request', ofPeaks: boolean): string {
  if (typeof measure === 'string') return measure === 'request' ? 'the request' : measure;
  const { percentile, times } = measure;
  const name = percentile === 1 ? 'peak' : `p${percentile * 100}${ofPeaks ? ' of daily peaks' : ''}`;
  return times === 1 ? name : `${name} x ${times}`;
}

/** The policy as rows of a Markdown table. */
function policyRows(): string[] {
  const tiers = Object.values(defaultPolicy.tiers);
  const row = (title: string, field: 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit') =>
    `| ${[title, ...tiers.map((tier) => describeMeasure(tier[field], field.startsWith('memory')))].join(' | ')} |`;
  return [
    `| | ${Object.keys(defaultPolicy.tiers).join(' | ')} |`,
    row('CPU request', 'cpuRequest'),
    row('CPU limit', 'cpuLimit'),
    row('memory request', 'memoryRequest'),
    row('memory limit', 'memoryLimit'),
  ];
}

/** Cases that the page shows, each with what is said in it. */
const shown = [
  'far too much is brought down to use and a margin',
  'a CPU limit that is reached is better left unset',
  'a kill raises the limit at once, without any sample',
  'with an autoscaler at 50% of CPU the request is twice the use',
  'a heap that follows the limit leaves the limit alone',
];

function exampleOf(title: string): string {
  const { now, container = {}, subject = {} } = cases[title]!;
  const workload = toWorkload(shopObject([{ ...resourcesOf(now), ...container }]));
  const said = advise(toSubject(workload, { usage: week, ...subject }));
  return said.map(({ message, action }) => `${message}\n  ${action}`).join('\n');
}

describe('docs/sizing.md', () => {
  it('has the policy as it is', () => {
    const squeezed = page.replaceAll(/ +/g, ' ');
    for (const row of policyRows()) expect(squeezed).to.contain(row);
  });

  for (const title of shown)
    it(`shows what is said where ${title}`, () => {
      expect(page).to.contain(
        `### ${title[0]!.toUpperCase()}${title.slice(1)}\n\n\`\`\`\n${exampleOf(title)}\n\`\`\``,
      );
    });
});
