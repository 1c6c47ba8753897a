// What a watch appends: a line for each change of what is shown, JSON for programs, a log of events.
import { expect } from 'chai';
import { createEventOutput } from '../../../src/commands/watch/event-output.ts';
import { createJsonOutput, createLineOutput, type WatchOutput } from '../../../src/commands/watch/output.ts';
import type { StateView } from '../../../src/commands/watch/view.ts';
import { clusterView } from '../../../src/commands/watch/views/clusters.ts';
import { deploymentView } from '../../../src/commands/watch/views/deployments.ts';
import { personaView, toPersonaDocument } from '../../../src/commands/watch/views/personas.ts';
import type { EventItem } from '../../../src/protocol/items.ts';
import type { Topic } from '../../../src/protocol/messages.ts';
import { createPalette } from '../../../src/ui/palette.ts';
import {
  createClusterItem,
  createDeploymentItem,
  createOccurrence,
  createPersonaItem,
  createValidation,
  toChange,
} from './items.ts';

const nowMs = Date.parse('2026-11-23T09:00:00Z');
const look = { isWide: false, palette: createPalette(false), ellipsis: '…' };

function collect<T extends Topic>(create: (parts: Parameters<typeof createLineOutput>[0]) => WatchOutput<T>) {
  const printed: string[] = [];
  const noted: string[] = [];
  const output = create({
    print: (text) => printed.push(text),
    note: (text) => noted.push(text),
    now: () => nowMs,
    nothing: 'No resources found in store namespace.',
  });
  return { output, printed, noted };
}

const lines = <T extends Topic>(view: StateView<T>, isWide = false) =>
  collect<T>((parts) => createLineOutput(parts, view, { ...look, isWide }));

const shop = createPersonaItem('shop');
const worse = createPersonaItem('shop', {
  phase: 'Degraded',
  ready: 'False',
  reason: 'Partial',
  replicas: '2/3',
  issues: { errors: 1, warnings: 2, infos: 0 },
  message: 'rollout: 2 of 3 updated',
});

describe('a line of persona watch', () => {
  const at = '2026-11-23T09:00:03Z  store/shop  ';
  const cases: Record<
    string,
    [change: ReturnType<typeof toChange<'personas'>>, line: string | undefined, isWide?: boolean]
  > = {
    'says what it was, what it is, and why': [
      toChange<'personas'>('updated', worse, shop),
      'Active, Ready, 3/3 replicas, no issues -> Degraded, not Ready (Partial), 2/3 replicas, 1 error and 2 warnings  rollout: 2 of 3 updated',
    ],
    'says no more than what has changed': [
      toChange<'personas'>('updated', createPersonaItem('shop', { replicas: '3/4' }), shop),
      '3/3 replicas -> 3/4 replicas',
    ],
    'of an Argo CD that has come': [
      toChange<'personas'>('updated', { ...shop, argoCD: { sync: 'Synced', health: 'Progressing' } }, shop),
      'no Argo CD -> Argo CD Synced, Progressing',
    ],
    'of a reason that has changed alone': [
      toChange<'personas'>('updated', { ...worse, message: 'rollout: 3 of 3 updated' }, worse),
      'Degraded  rollout: 3 of 3 updated',
    ],
    'of a new persona': [
      toChange<'personas'>(
        'created',
        createPersonaItem('shop', { phase: '', ready: undefined, replicas: undefined } as never),
      ),
      'created -> not observed  no operator has looked at it yet',
    ],
    'of a deleted one': [
      toChange<'personas'>('deleted', shop, shop),
      'Active, Ready, 3/3 replicas -> deleted',
    ],
    'is not written where nothing that is shown has changed': [
      toChange<'personas'>('updated', { ...shop, resourceVersion: '2', tier: 'critical' }, shop),
      undefined,
    ],
    'is written for more with -o wide': [
      toChange<'personas'>('updated', { ...shop, resourceVersion: '2', tier: 'critical' }, shop),
      'tier standard -> tier critical',
      true,
    ],
    'shows what a terminal would obey': [
      toChange<'personas'>('updated', { ...worse, message: 'a\u001b[2Jb\nc' }, worse),
      'Degraded  a\\x1b[2Jb\\nc',
    ],
  };
  for (const [sentence, [change, line, isWide]] of Object.entries(cases))
    it(sentence, () => {
      const { output, printed } = lines(personaView, isWide);
      output.onChange(change);
      expect(printed).to.deep.equal(line === undefined ? [] : [`${at}${line}\n`]);
    });

  it('begins with what is there, names aligned', () => {
    const { output, printed, noted } = lines(personaView);
    output.onState([
      createPersonaItem('billing'),
      createPersonaItem('web', { phase: 'Failed', ready: 'False', message: 'gone' }),
    ]);
    expect(printed).to.deep.equal([
      '2026-11-23T09:00:00Z  store/billing  Active, Ready, 3/3 replicas\n',
      '2026-11-23T09:00:00Z  store/web      Failed, not Ready (Available), 3/3 replicas  gone\n',
    ]);
    expect(noted).to.deep.equal([]);
  });

  it('says on stderr that there is nothing', () => {
    const { output, printed, noted } = lines(personaView);
    output.onState([]);
    output.onNotice('stream resumed');
    expect([printed, noted]).to.deep.equal([
      [],
      ['No resources found in store namespace.', 'stream resumed'],
    ]);
  });

  it('is coloured where a state is abnormal, and there alone', () => {
    const { output, printed } = collect<'personas'>((parts) =>
      createLineOutput(parts, personaView, { ...look, palette: createPalette(true) }),
    );
    output.onChange(toChange<'personas'>('updated', worse, shop));
    expect(printed[0]!.split('\u001b[33m')).to.have.length(2);
    expect(printed[0]).to.contain('-> \u001b[33mDegraded\u001b[39m, not Ready');
  });
});

describe('a line of watch cluster and of watch deployments', () => {
  it('names the add-on that has changed', () => {
    const { output, printed } = lines(clusterView);
    const [grafana] = createClusterItem().addons;
    output.onChange(
      toChange<'cluster'>(
        'updated',
        createClusterItem({
          phase: 'Degraded',
          nodeCount: 2,
          addons: [{ ...grafana!, health: 'unhealthy' }],
        }),
        createClusterItem(),
      ),
    );
    expect(printed).to.deep.equal([
      '2026-11-23T09:00:03Z  production-eu  Ready, 3 nodes, Grafana 12.1.0 healthy -> Degraded, 2 nodes, Grafana 12.1.0 unhealthy  Grafana unhealthy\n',
    ]);
  });

  it('counts replicas', () => {
    const { output, printed } = lines(deploymentView);
    output.onChange(
      toChange<'deployments'>(
        'updated',
        createDeploymentItem('shop', { updated: 1, ready: 2, available: 2, images: ['nginx:2'] }),
        createDeploymentItem('shop'),
      ),
    );
    expect(printed).to.deep.equal([
      '2026-11-23T09:00:03Z  store/shop  3/3 ready, 3 up to date, 3 available, nginx:1 -> 2/3 ready, 1 up to date, 2 available, nginx:2  rolling out\n',
    ]);
  });
});

describe('a line of watch events', () => {
  const log = (isWide = false) => collect<'events'>((parts) => createEventOutput(parts, { ...look, isWide }));
  const cases: Record<string, [item: EventItem, lines: string[], isWide?: boolean]> = {
    'of an Event': [
      createOccurrence(),
      ['2026-11-23T09:00:01Z  store/shop  Warning  Degraded  2 of 3 replicas are available\n'],
    ],
    'of one that came several times': [
      createOccurrence({ count: 3 }),
      ['2026-11-23T09:00:01Z  store/shop  Warning  Degraded  2 of 3 replicas are available ×3\n'],
    ],
    'of a validation that failed': [
      createValidation(),
      [
        '2026-11-23T09:00:02Z  store/shop  Warning  Validation  failed, 2 issues: error image/tag: no tag …\n',
      ],
    ],
    'of each finding with -o wide': [
      createValidation(),
      [
        '2026-11-23T09:00:02Z  store/shop  Warning  Validation  failed, 2 issues\n',
        '2026-11-23T09:00:02Z  store/shop  Warning  Validation  error image/tag: no tag\n',
        '2026-11-23T09:00:02Z  store/shop  Warning  Validation  warning health/liveness: no probe\n',
      ],
      true,
    ],
    'of a validation without findings': [
      createValidation({ passed: true, issueCount: 0, severity: '', issues: [] }),
      ['2026-11-23T09:00:02Z  store/shop  Normal  Validation  passed\n'],
    ],
    'of an Event without a time': [
      createOccurrence({ at: '' }),
      ['2026-11-23T09:00:03Z  store/shop  Warning  Degraded  2 of 3 replicas are available\n'],
    ],
  };
  for (const [sentence, [item, expected, isWide]] of Object.entries(cases))
    it(sentence, () => {
      const { output, printed } = log(isWide);
      output.onChange(toChange<'events'>('created', item));
      expect(printed).to.deep.equal(expected);
    });

  it('comes in the order in which things happened', () => {
    const { output, printed } = log();
    output.onState([
      createValidation(),
      createOccurrence({ reason: 'Late', at: '2026-11-23T10:00:00Z' }),
      createOccurrence(),
    ]);
    expect(printed.map((line) => line.slice(0, 20))).to.deep.equal([
      '2026-11-23T09:00:01Z',
      '2026-11-23T09:00:02Z',
      '2026-11-23T10:00:00Z',
    ]);
  });

  it('is not written for what expires, or for a validation that says the same again', () => {
    const { output, printed } = log();
    output.onChange(toChange<'events'>('deleted', createOccurrence(), createOccurrence()));
    output.onChange(
      toChange<'events'>('updated', createValidation({ resourceVersion: '2' }), createValidation()),
    );
    expect(printed).to.deep.equal([]);
  });
});

describe('a JSON line', () => {
  it('holds what stream.md promises, the state as created', () => {
    const { output, printed, noted } = collect<'personas'>((parts) =>
      createJsonOutput({ ...parts, nothing: undefined }, toPersonaDocument),
    );
    output.onState([]);
    output.onState([{ ...shop, persona: { kind: 'ApplicationPersona', note: '\u009b2J' } }]);
    output.onChange(toChange<'personas'>('deleted', shop, shop));
    expect(noted).to.deep.equal([]);
    expect(printed).to.have.length(2);
    for (const line of printed) expect(line).to.match(/^\{[\x20-\x7e]*\}\n$/);
    const [first, second] = printed.map((line) => JSON.parse(line) as object);
    expect(first).to.deep.equal({
      timestamp: '2026-11-23T09:00:00.000Z',
      eventType: 'created',
      namespace: 'store',
      name: 'shop',
      phase: 'Active',
      health: 'Healthy',
      persona: { kind: 'ApplicationPersona', note: '\u009b2J' },
    });
    expect(second).to.include({ eventType: 'deleted', timestamp: '2026-11-23T09:00:03.123Z' });
  });
});
