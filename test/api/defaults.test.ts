import { expect } from 'chai';
import fc from 'fast-check';
import { applyApplicationPersonaDefaults, applyClusterPersonaDefaults } from '../../src/api/defaults.ts';
import type { ApplicationPersona, ClusterPersona } from '../../src/api/personas.ts';
import { applicationPersonaSpec } from '../../src/api/schema/application-persona-spec.ts';
import { clusterPersonaSpec } from '../../src/api/schema/cluster-persona-spec.ts';
import type { Schema } from '../../src/api/schema/schema.ts';
import { clusterPersona, persona } from './persona-cases.ts';

/** Any value that fits the schema's shape, patterns aside, with any field left out or null. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [
      name,
      fc.oneof(valuesOf(field), fc.constant(undefined), fc.constant(null)),
    ]);
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>);
  }
  if (schema.items && schema.type === 'list') return fc.array(valuesOf(schema.items), { maxLength: 3 });
  if (schema.items) return fc.dictionary(fc.string(), valuesOf(schema.items), { maxKeys: 3 });
  if (schema.enum) return fc.constantFrom(...schema.enum);
  return schema.type === 'boolean' ? fc.boolean() : fc.constantFrom(0, 1, '', 'a', '1');
}

const read = (value: unknown, key: string | number): unknown =>
  (value as Record<string | number, unknown>)[key];

/** Says of each field what the schema asks: given values stay, absent ones are the default, without a default they stay absent. */
function expectDefaulted(schema: Schema, given: unknown, got: unknown, path: string): void {
  const wanted = given ?? schema.default;
  if (wanted === undefined) {
    expect(got, path).to.equal(undefined);
  } else if (schema.properties) {
    for (const [name, field] of Object.entries(schema.properties)) {
      expectDefaulted(field, read(wanted, name), read(got, name), `${path}.${name}`);
    }
  } else if (Array.isArray(wanted) && schema.items) {
    expect(got, path).to.have.length(wanted.length);
    for (const [index, item] of wanted.entries())
      expectDefaulted(schema.items, item, read(got, index), `${path}[${index}]`);
  } else {
    expect(got, path).to.deep.equal(wanted);
  }
}

describe('defaults', () => {
  it('are all there in a persona that says nothing', () => {
    const { spec } = applyApplicationPersonaDefaults(persona() as ApplicationPersona);
    expect(spec).to.deep.equal({
      name: 'shop',
      type: 'api',
      tier: 'standard',
      scaling: { behavior: 'balanced' },
      health: { startupGracePeriod: '30s' },
      networking: { ingress: { enabled: false, tlsEnabled: false } },
      policies: {
        security: { runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
        deployment: { strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
        maintenance: { autoRestart: false },
      },
      sizing: { mode: 'advise' },
    });
  });

  it('are all there in a ClusterPersona that says nothing, and give applications none', () => {
    const { spec } = applyClusterPersonaDefaults(
      clusterPersona({ defaults: { scaling: {} } }) as ClusterPersona,
    );
    expect(spec).to.deep.equal({
      name: 'production',
      environment: 'development',
      policies: {
        security: {
          enforceNonRoot: true,
          enforceReadOnlyRoot: false,
          disallowPrivileged: true,
          podSecurityStandard: 'baseline',
        },
        networking: { defaultDenyIngress: false, defaultDenyEgress: false },
        requirePersona: 'off',
      },
      defaults: { scaling: {} },
    });
  });

  it('reach into lists', () => {
    const given = persona({ networking: { ports: [{ port: 80 }] }, dependencies: [{ name: 'redis' }] });
    const { spec } = applyApplicationPersonaDefaults(given as ApplicationPersona);
    expect(spec.networking.ports).to.deep.equal([{ port: 80, protocol: 'TCP' }]);
    expect(spec.dependencies).to.deep.equal([{ name: 'redis', required: true }]);
  });

  it('leave the given object alone, and change nothing the second time', () => {
    const given = Object.freeze(persona({ health: Object.freeze({ port: 80 }) })) as ApplicationPersona;
    const once = applyApplicationPersonaDefaults(given);
    expect(given.spec.health).to.deep.equal({ port: 80 });
    expect(applyApplicationPersonaDefaults(once)).to.deep.equal(once);
  });

  const kinds = [
    ['an ApplicationPersona', applicationPersonaSpec, applyApplicationPersonaDefaults],
    ['a ClusterPersona', clusterPersonaSpec, applyClusterPersonaDefaults],
  ] as const;
  for (const [title, schema, apply] of kinds) {
    it(`are what the schema says, for any spec of ${title}`, () => {
      fc.assert(
        fc.property(valuesOf(schema), (spec) => {
          expectDefaulted(schema, spec, apply({ ...persona(), spec } as never).spec, 'spec');
        }),
        { numRuns: 50 },
      );
    });
  }
});
