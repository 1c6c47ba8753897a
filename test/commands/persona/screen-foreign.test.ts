// Foreign text on the screen of `persona status`: shown, never obeyed.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  createCondition,
  createDeployment,
  createPersona,
  createReport,
  healthyStatus,
  minutesAgo,
  show,
} from './reports.ts';

describe('foreign text on the screen', () => {
  const hostile = 'a\x1b[2J\n\u202eb';
  const report = createReport({
    persona: createPersona({
      status: {
        ...healthyStatus,
        argoCD: { applicationName: hostile, revision: hostile },
        validation: {
          passed: false,
          summary: hostile,
          issues: [
            { severity: 'error', rule: hostile, field: hostile, message: hostile, suggestion: hostile },
          ],
        },
        recommendations: [{ id: hostile, type: 'cost', priority: 'low', message: hostile, action: hostile }],
        conditions: [{ ...createCondition('Ready', 'False', 1, hostile, hostile) }],
        lastUpdated: minutesAgo(1),
      },
    }),
    objects: [createDeployment({ image: hostile })],
    others: {
      diagnoses: [
        {
          kind: 'Deployment',
          name: hostile,
          causes: [{ code: 'Crashed', subject: hostile, what: hostile, todo: hostile, pods: 1 }],
        },
      ],
      unseen: [{ resource: hostile, message: hostile, isForbidden: false }],
    },
  });

  it('is shown, not obeyed, in every place and width', () => {
    for (const width of [40, 80, Infinity]) {
      const lines = show(report, { width });
      for (const line of lines) expect(line).not.to.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(lines.join('\n')).to.contain('a\\x1b[2J');
    }
  });

  it('never makes a line that could be taken for another label', () => {
    const forged = createReport({
      persona: createPersona({
        status: {
          ...healthyStatus,
          validation: {
            passed: false,
            issues: [
              {
                severity: 'error',
                rule: 'a/b',
                message: 'x\nReady         True',
                suggestion: 'y\nReady         True',
              },
            ],
          },
        },
      }),
    });
    expect(show(forged).filter((line) => line.startsWith('Ready'))).to.deep.equal([
      'Ready         True, for 3h',
    ]);
  });

  it('makes a screen of any status whatever', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 20, max: 300 }), (message, name, width) => {
        const lines = show(
          createReport({
            persona: createPersona({
              status: {
                ...healthyStatus,
                conditions: [createCondition('Ready', 'False', 1, name, message)],
                argoCD: { applicationName: name, revision: message },
                validation: { passed: false, issues: [{ severity: 'info', message, suggestion: name }] },
              },
            }),
          }),
          { width },
        );
        for (const line of lines) expect(line).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 60 },
    );
  });
});
