// What the screen of `persona status` says of what was measured, and of the advice that rests on it.
import { expect } from 'chai';
import type { ApplicationPersonaStatus, Recommendation } from '../../../src/api/personas.ts';
import {
  createCondition,
  createDeployment,
  createPersona,
  createReport,
  healthyStatus,
  show,
} from './reports.ts';

const recommendation: Recommendation = {
  ...{ id: 'cpu', type: 'resource', priority: 'high', message: 'more than it needs', action: 'pods restart' },
  ...{ workload: 'Deployment/shop', container: 'shop', resource: 'cpu', setting: 'request' },
  ...{ current: '1', recommended: '300m', p95: '250m', peak: '480m', confidence: '0.86' },
  ...{ windowStart: '2026-11-17T04:00:00Z', windowEnd: '2026-11-23T09:35:00Z', source: 'prometheus' },
};

function showWith(
  status: ApplicationPersonaStatus,
  { cpu = '1', isWide = false, mode }: { cpu?: string; isWide?: boolean; mode?: 'off' } = {},
): string[] {
  const spec = mode === undefined ? {} : { sizing: { mode } };
  const persona = createPersona({ spec, status: { ...healthyStatus, ...status } });
  return show(createReport({ persona, objects: [createDeployment({ requests: { cpu } })] }), { isWide });
}

describe('what was learned, on the screen', () => {
  it('is named with the reason where nothing can be', () => {
    const gap = createCondition('MetricsAvailable', 'False', 4, 'NoSeries', 'no series of its pods');
    const lines = showWith({ conditions: [...(healthyStatus.conditions ?? []), gap] });
    expect(lines).to.include(
      'Metrics       False: NoSeries, for 4m                          no series of its pods',
    );
    const measured = createCondition('MetricsAvailable', 'True', 4, 'Measured');
    expect(showWith({ conditions: [...(healthyStatus.conditions ?? []), measured] }).join()).to.not.contain(
      'Metrics',
    );
  });

  it('has the day of the hour where it is another', () => {
    const learned = { resourceBaseline: { avgCPU: '1m', windowEnd: '2026-11-22T23:55:00Z' } };
    expect(showWith({ learned }).find((line) => line.startsWith('Learned'))).to.match(
      /^Learned +CPU 1m +a pod, 1 h to 2026-11-22 23:55 UTC$/,
    );
  });

  it('is advised from until it is followed', () => {
    const advice = (cpu: string) => showWith({ recommendations: [recommendation] }, { cpu }).join('\n');
    expect(advice('1')).to.contain('CPU request 1 -> 300m');
    expect(advice('2')).to.contain('CPU request 2 -> 300m');
    expect(advice('0.3')).to.not.contain('ADVICE');
  });

  it('is explained where it is wide, and not advised from where nobody wants it', () => {
    const lines = showWith({ recommendations: [recommendation] }, { isWide: true }).map((line) =>
      line.trim(),
    );
    expect(lines).to.include('more than it needs').and.include('pods restart');
    expect(showWith({ recommendations: [recommendation] }, { mode: 'off' }).join()).to.not.contain('ADVICE');
  });

  it('says what is to be added where that is more', () => {
    const more = { ...recommendation, current: '100m', recommended: '200m' };
    const memory = { ...recommendation, id: 'm', resource: 'memory' as const, recommended: '512Mi', source: 'pod-status' as const }; // prettier-ignore
    const lines = showWith({ recommendations: [more, memory] }, { cpu: '100m' });
    expect(lines).to.include('ADVICE        0.3 cores and 1.5Gi to add');
    expect(lines).to.include('high          memory request unset -> 512Mi  more than it needs');
  });
});
