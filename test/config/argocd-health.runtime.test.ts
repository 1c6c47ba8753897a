// What Argo CD shows of personas, by the Lua of the component argocd-health.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { clusterReadyReasons, readyReasons } from '../../src/api/conditions.ts';
import { configFolder } from './bundle.ts';
import { askLua, provideLua } from './lua-oracle.ts';

const { data } = parse(
  readFileSync(join(configFolder, 'components/argocd-health/argocd-cm.yaml'), 'utf8'),
) as { data: Record<string, string> };
const prefix = 'resource.customizations.health.dorgu.io_';

type Condition = Record<'type' | 'status' | 'reason' | 'message', string>;
const ready = (status: string, reason: string): Condition => ({
  type: 'Ready',
  status,
  reason,
  message: `it is ${reason}`,
});
const see = (conditions: readonly Condition[], more: object = {}) => ({
  metadata: { generation: 3 },
  status: { observedGeneration: 3, conditions, ...more },
});
const { available, progressing, recovering, noWorkload, scaledToZero, ...others } = readyReasons;

describe('the health of personas in Argo CD', function () {
  let lua: string;
  before(async function () {
    this.timeout(10 * 60 * 1000);
    const path = await provideLua(process.env);
    if (path === undefined) this.skip();
    lua = path;
  });

  const cases: Record<string, [object, status: string, message: string]> = {
    'Healthy before anybody has looked': [
      { metadata: { generation: 1 } },
      'Healthy',
      'The operator has not looked at it yet',
    ],
    'Healthy while the status is about an older spec': [
      see([ready('False', others.unavailable)], { observedGeneration: 2 }),
      'Healthy',
      'The operator has not looked at it yet',
    ],
    'Healthy where it runs': [see([ready('True', available)]), 'Healthy', 'it is Available'],
    'Progressing during a rollout': [see([ready('False', progressing)]), 'Progressing', 'it is Progressing'],
    'Progressing during a rollout that mends': [see([ready('False', recovering)]), 'Progressing', 'it is Recovering'], // prettier-ignore
    'Healthy without a workload, which a later wave may bring': [
      see([ready('False', noWorkload)]),
      'Healthy',
      'it is NoWorkload',
    ],
    'Healthy where it is paused': [see([ready('False', scaledToZero)]), 'Healthy', 'it is ScaledToZero'],
    'Healthy with findings, which the message tells': [
      see([
        { type: 'Validated', status: 'False', reason: 'Failed', message: '2 errors' },
        ready('True', available),
      ]),
      'Healthy',
      'it is Available; 2 errors',
    ],
  };
  for (const [title, [object, status, message]] of Object.entries(cases))
    it(`is ${title}`, async () => {
      expect(await askLua(lua, data[`${prefix}ApplicationPersona`] ?? '', [object])).to.deep.equal([
        { status, message },
      ]);
    });

  it('is Degraded for every other reason', async () => {
    const reasons = Object.values(others);
    const objects = reasons.map((reason) => see([ready('False', reason)]));
    const answers = await askLua(lua, data[`${prefix}ApplicationPersona`] ?? '', objects);
    expect(answers).to.deep.equal(
      reasons.map((reason) => ({ status: 'Degraded', message: `it is ${reason}` })),
    );
  });

  it('of a ClusterPersona follows its condition Ready', async () => {
    const { discovered, discovering, ...unwell } = clusterReadyReasons;
    const objects = [
      { metadata: { generation: 1 } },
      see([ready('True', discovered)]),
      see([ready('False', discovering)]),
      ...Object.values(unwell).map((reason) => see([ready('False', reason)])),
    ];
    const answers = await askLua(lua, data[`${prefix}ClusterPersona`] ?? '', objects);
    expect(answers.map(({ status }) => status)).to.deep.equal([
      'Healthy',
      'Healthy',
      'Healthy',
      ...Object.values(unwell).map(() => 'Degraded'),
    ]);
  });
});
