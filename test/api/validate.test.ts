import { expect } from 'chai';
import fc from 'fast-check';
import { validateApplicationPersona, validateClusterPersona } from '../../src/api/validate.ts';
import { applicationCases, clusterCases, persona } from './persona-cases.ts';

const explain = (result: ReturnType<typeof validateApplicationPersona | typeof validateClusterPersona>) =>
  result.ok ? '' : result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n');

/** What the API server gets: JSON has no undefined. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('our validator, without a cluster', () => {
  const tables = [
    ['ApplicationPersona', applicationCases, validateApplicationPersona],
    ['ClusterPersona', clusterCases, validateClusterPersona],
  ] as const;
  for (const [kind, cases, validate] of tables) {
    describe(kind, () => {
      for (const [title, { object, refused, ours = refused }] of Object.entries(cases)) {
        it(title, () => {
          const words = explain(validate(asJson(object)));
          if (ours) expect(words).to.match(ours);
          else expect(words).to.equal('');
        });
      }
    });
  }

  it('tells fields that the API does not know, at every depth, and drops them', () => {
    const result = validateApplicationPersona({
      ...persona({ tyer: 'critical', networking: { ports: [{ port: 80, portt: 1 }] } }),
      extra: true,
    });
    expect(result.unknownFields).to.deep.equal(['extra', 'spec.networking.ports[0].portt', 'spec.tyer']);
    expect(result.ok && result.persona.spec).to.not.have.property('tyer');
  });

  it('judges the status too', () => {
    const status = (fields: object) => explain(validateApplicationPersona({ ...persona(), status: fields }));
    expect(status({ phase: 'Active', validation: { passed: false } })).to.equal('');
    expect(status({ phase: 'Fine' })).to.match(/status\.phase: expected one of Failed/);
    expect(status({ validation: {} })).to.match(/status\.validation\.passed: is required/);
  });

  const hostile: Record<string, unknown> = {
    'null': null,
    'undefined': undefined,
    'a list': [],
    'text': 'kind: ApplicationPersona',
    'a spec that is null': { ...persona(), spec: null },
    'a spec that is a list': { ...persona(), spec: [persona().spec] },
    'metadata that is null': { ...persona(), metadata: null },
    'another kind': { ...persona(), kind: 'Deployment' },
    'another version': { ...persona(), apiVersion: 'dorgu.io/v2' },
    'an own __proto__': asJson(Object.fromEntries([['__proto__', { kind: 'ApplicationPersona' }]])),
  }; // prettier-ignore
  for (const [title, value] of Object.entries(hostile)) {
    it(`refuses ${title} with words, not with an exception`, () => {
      expect(explain(validateApplicationPersona(value))).to.not.equal('');
    });
  }

  it('shows nothing that a terminal would obey', () => {
    const words = explain(
      validateApplicationPersona(persona({ type: '\u001b[31m\u202e\u009b\n'.repeat(50) })),
    );
    expect(words).to.not.match(/[^ -~]/);
    expect(words.length).to.be.lessThan(300);
  });

  it('is never an exception, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (spec, status) => {
        expect(validateApplicationPersona({ ...persona(), spec, status })).to.have.property('ok');
        expect(
          validateClusterPersona({ ...persona(), kind: 'ClusterPersona', spec, status }),
        ).to.have.property('ok');
        expect(validateApplicationPersona(spec)).to.have.property('ok');
      }),
    );
  });

  it('refuses long text in time that grows with its length only, however it is made', () => {
    const started = performance.now();
    for (const piece of ['a', 'a-', 'a.', '1', '1s', '/', 'a:/']) {
      const long = piece.repeat(60_000 / piece.length);
      const spec = {
        name: long,
        health: { livenessPath: long, startupGracePeriod: long },
        resources: { requests: { cpu: long } },
      };
      const networking = { ingress: { host: long } };
      expect(validateApplicationPersona(persona({ ...spec, networking }, { name: long }))).to.include({
        ok: false,
      });
    }
    expect(performance.now() - started).to.be.lessThan(2000);
  });
});
