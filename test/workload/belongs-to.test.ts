// Which workload belongs to which persona.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  findPersonas,
  findOwners,
  findRivals,
  findRung,
  findWorkloads,
  listClaimableNames,
  listContestedNames,
} from '../../src/workload/belongs-to.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload } from '../../src/workload/workload.ts';

type Labels = Record<string, string>;
const name = 'app.kubernetes.io/name';

interface Parts {
  kind?: string;
  name?: string;
  namespace?: string;
  labels?: Labels;
  podLabels?: Labels;
  selector?: Labels;
  ownerReferences?: unknown[];
}

function workload({ kind = 'Deployment', podLabels, selector, ...metadata }: Parts): Workload {
  return readWorkload({
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'other', namespace: 'store', ...metadata },
    spec: { selector: { matchLabels: selector }, template: { metadata: { labels: podLabels } } },
  })!;
}

const persona = (of = 'shop', called = of, namespace = 'store') => ({
  metadata: { name: called, namespace },
  spec: { name: of },
});

/** By a sentence: a workload, and the rung on which `shop` claims it. */
const cases: Readonly<Record<string, readonly [Parts, number | undefined]>> = {
  'by its label': [{ labels: { [name]: 'shop' } }, 0],
  'by the label of its pods': [{ podLabels: { [name]: 'shop' } }, 0],
  'not by the label of its pods where its own says another name': [{ labels: { [name]: 'chart' }, podLabels: { [name]: 'shop' } }, undefined],
  'by its label app': [{ labels: { app: 'shop' } }, 1],
  'by the label app of its pods': [{ podLabels: { app: 'shop' } }, 1],
  'by its name': [{ name: 'shop' }, 2],
  'by its selector': [{ selector: { app: 'shop' } }, 3],
  'by the first of several': [{ name: 'shop', labels: { app: 'shop', [name]: 'store' } }, 1],
  'not in another namespace': [{ name: 'shop', namespace: 'test' }, undefined],
  'in a file that names no namespace': [{ name: 'shop', namespace: '' }, 2],
  'not by a name that only begins alike': [{ name: 'shop-api' }, undefined],
  'not by an empty label': [{ labels: { app: '' } }, undefined],
}; // prettier-ignore

const names = (workloads: readonly Workload[]) => workloads.map(({ kind, name }) => `${kind}/${name}`);

describe('a persona claims a workload', () => {
  for (const [sentence, [parts, rung]] of Object.entries(cases)) {
    it(sentence, () => {
      expect(findRung(persona(), workload(parts))).to.equal(rung);
    });
  }
});

describe('findWorkloads', () => {
  it('gives all of the first rung that has any, and none of the next', () => {
    const all = [
      workload({ name: 'web', labels: { app: 'shop' } }),
      workload({ name: 'worker', kind: 'StatefulSet', labels: { app: 'shop' } }),
      workload({ name: 'shop' }),
    ];
    expect(names(findWorkloads(persona(), all))).to.deep.equal(['Deployment/web', 'StatefulSet/worker']);
    expect(names(findWorkloads(persona(), all.slice(2)))).to.deep.equal(['Deployment/shop']);
    expect(findWorkloads(persona('till'), all)).to.deep.equal([]);
  });

  it('leaves out what another workload has made, but not what an operator has', () => {
    const owned = (kind: string) => [{ kind, name: 'x', uid: '1', controller: true }];
    const all = [
      workload({ name: 'shop', kind: 'Job', ownerReferences: owned('CronJob') }),
      workload({ name: 'shop', kind: 'ReplicaSet', ownerReferences: owned('Deployment') }),
      workload({ name: 'shop', kind: 'StatefulSet', ownerReferences: owned('Kafka') }),
    ];
    expect(names(findWorkloads(persona(), all))).to.deep.equal(['StatefulSet/shop']);
  });

  it('keeps what no workload makes, whatever owner it names: nobody escapes judgement that way', () => {
    const ownerReferences = [{ kind: 'Deployment', name: 'x', uid: '1', controller: true }];
    const all = [workload({ name: 'shop', ownerReferences })];
    expect(names(findWorkloads(persona(), all))).to.deep.equal(['Deployment/shop']);
  });

  it('gives the same list in whatever order the cluster lists', () => {
    const all = ['b', 'a', 'c'].flatMap((name) =>
      ['DaemonSet', 'Deployment'].map((kind) => workload({ name, kind, labels: { app: 'shop' } })),
    );
    const wanted = names(findWorkloads(persona(), all));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(names(findWorkloads(persona(), shuffled))).to.deep.equal(wanted);
      }),
    );
  });
});

describe('findPersonas', () => {
  const shop = workload({ name: 'shop', labels: { app: 'store' } });

  it('prefers the one with the stronger claim', () => {
    const found = findPersonas(shop, [persona('shop'), persona('store'), persona('till')]);
    expect(found.map(({ metadata }) => metadata.name)).to.deep.equal(['store']);
  });

  it('gives all that claim alike, by name, and each the others as rivals', () => {
    const personas = [persona('store', 'b'), persona('store', 'a'), persona('shop', 'c')];
    expect(findPersonas(shop, personas).map(({ metadata }) => metadata.name)).to.deep.equal(['a', 'b']);
    expect(findRivals(personas[0]!, shop, personas, [shop])).to.deep.equal(['a']);
    expect(findRivals(personas[2]!, shop, personas, [shop])).to.deep.equal([]);
    expect(findRivals(persona('till'), shop, personas, [shop])).to.deep.equal([]);
  });

  it('names a rival once, however often it was looked up', () => {
    const shop = workload({ name: 'shop', labels: { app: 'shop' } });
    const [one, other] = ['a', 'b'].map((own) => ({
      metadata: { name: own, namespace: 'store' },
      spec: { name: 'shop' },
    }));
    expect(findRivals(one!, shop, [one!, other!, one!, other!], [shop])).to.deep.equal(['b']);
  });

  const contested = workload({ name: 'web', labels: { [name]: 'x', app: 'y' }, selector: { [name]: 'shop', app: 'till' } }); // prettier-ignore

  it('calls nobody a rival whose workload is another, which matches better', () => {
    const personas = [persona('shop'), persona('till')];
    const better = workload({ name: 'desk', labels: { app: 'till' } });
    expect(findRivals(personas[0]!, contested, personas, [contested])).to.deep.equal(['till']);
    expect(findRivals(personas[0]!, contested, personas, [contested, better])).to.deep.equal([]);
    expect(findRivals(personas[1]!, contested, personas, [contested, better])).to.deep.equal(['shop']);
  });

  it('says by which names a workload is contested: several on one rung', () => {
    expect(listContestedNames(contested)).to.deep.equal(['shop', 'till']);
    expect(listContestedNames(shop)).to.deep.equal([]);
    const both = { [name]: 'shop', app: 'till' };
    expect(listContestedNames(workload({ labels: both, selector: both }))).to.deep.equal([]);
  });

  it('finds whose a workload is as findWorkloads finds it among all', () => {
    const word = fc.constantFrom<string>('shop', 'till');
    const maps = fc.dictionary(fc.constantFrom(name, 'app'), word);
    const parts = fc.record({
      name: word,
      kind: fc.constantFrom('Deployment', 'StatefulSet'),
      labels: maps,
      podLabels: maps,
      selector: maps,
    });
    const all = fc.uniqueArray(parts, { maxLength: 4, selector: (one) => `${one.kind} ${one.name}` });
    const personas = [persona('shop'), persona('till'), persona('store')];
    fc.assert(
      fc.property(all, (some) => {
        const workloads = some.map((one) => workload(one));
        for (const one of workloads) {
          const wanted = personas.filter((claimant) => findWorkloads(claimant, workloads).includes(one));
          expect(findOwners(one, personas, workloads)).to.have.members(wanted);
        }
      }),
    );
  });

  it('finds those that an index by claimable names finds', () => {
    const word = fc.constantFrom<string>('shop', 'store', 'till', '');
    const maps = fc.dictionary(fc.constantFrom(name, 'app'), word);
    const parts = fc.record({ name: word, labels: maps, podLabels: maps, selector: maps });
    fc.assert(
      fc.property(parts, fc.uniqueArray(word), (some, words) => {
        const one = workload(some);
        const personas = words.map((word) => persona(word));
        const rung = listClaimableNames(one).find((claimable) =>
          claimable.some((name) => words.includes(name)),
        );
        const wanted = words.filter((word) => rung?.includes(word)).sort();
        expect(findPersonas(one, personas).map(({ spec }) => spec.name)).to.deep.equal(wanted);
      }),
    );
  });
});
