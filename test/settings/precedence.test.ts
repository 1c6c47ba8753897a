// Whatever is set, and wherever: flags > app > workspace > environment > global > defaults, for every setting alike.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { LAYERS, type FileLayer, type Layer } from '../../src/settings/field.ts';
import { fieldList, type FieldName } from '../../src/settings/fields.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import type { JsonSchema } from '../../src/settings/value-kind.ts';

/** Five texts that a setting of this kind takes, different where it has so many values. */
function candidates(schema: JsonSchema, name: string): string[] {
  if (schema.enum) return schema.enum.filter((word) => word !== '' && word !== null).map(String);
  const types = [schema.type].flat();
  if (types.includes('boolean') && !types.includes('string')) return ['true', 'false'];
  if (types.includes('integer') && !types.includes('string')) return ['1', '2', '3', '4', '5'];
  if (types.includes('object')) return ['a=1', 'a=2', 'a=3', 'a=4', 'a=5'];
  if (name.includes('grace')) return ['1s', '2s', '3s', '4s', '5s'];
  return ['1', '2', '3', '4', '5'];
}

const nest = (place: string, value: unknown): object =>
  place.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

/** What a file holds for the text. */
const toFileValue = (schema: JsonSchema, text: string): unknown => {
  const types = [schema.type].flat();
  if (types.includes('object')) return { a: text.slice(2) };
  if (types.includes('array')) return [text];
  if (types.includes('boolean') && !types.includes('string')) return text === 'true';
  return types.includes('integer') ? Number(text) : text;
};

describe('precedence', () => {
  let folder: string;
  const files: Record<FileLayer, string> = {
    app: 'repo/app/.dorgu.yaml',
    workspace: 'repo/.dorgu-workspace.yaml',
    global: 'home/.config/dorgu/config.yaml',
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-precedence-'));
    for (const path of [...Object.values(files), 'repo/.git/x'])
      mkdirSync(dirname(join(folder, path)), { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function load(name: FieldName, set: ReadonlyMap<Layer, string>) {
    const field = fieldList.find(([other]) => other === name)![1];
    for (const [layer, path] of Object.entries(files) as [FileLayer, string][]) {
      rmSync(join(folder, path), { force: true });
      const text = set.get(layer);
      const place = field.places[layer];
      if (text !== undefined && place !== undefined)
        writeFileSync(join(folder, path), stringify(nest(place, toFileValue(field.kind.schema, text))));
    }
    const { environment = '', flag = '' } = field.places;
    return loadSettings({
      applicationDir: join(folder, 'repo/app'),
      home: join(folder, 'home'),
      env: set.has('environment') && environment !== '' ? { [environment]: set.get('environment') } : {},
      flags: set.has('flag') && flag !== '' ? { [flag]: set.get('flag') } : {},
    });
  }

  const settable = (name: FieldName): Layer[] => {
    const { places } = fieldList.find(([other]) => other === name)![1];
    return LAYERS.filter(
      (layer) => layer !== 'default' && layer !== 'cluster' && places[layer] !== undefined,
    );
  };

  it('is the same for every setting and every choice of sources', () => {
    const cases = fc.constantFrom(...fieldList.map(([name]) => name)).chain((name) => {
      const { schema } = fieldList.find(([other]) => other === name)![1].kind;
      return fc.record({
        name: fc.constant(name),
        layers: fc.subarray(settable(name)),
        texts: fc.array(fc.constantFrom(...candidates(schema, name)), { minLength: 5, maxLength: 5 }),
      });
    });
    fc.assert(
      fc.property(cases, ({ name, layers, texts }) => {
        const set = new Map(layers.map((layer, index) => [layer, texts[index]!]));
        const { values, origins } = load(name, set);
        const field = fieldList.find(([other]) => other === name)![1];
        const winner = LAYERS.find((layer) => set.has(layer));
        const parsed = winner === undefined ? undefined : field.kind.parse(set.get(winner));
        expect(values[name]).to.deep.equal(parsed?.ok === true ? parsed.value : field.default);
        expect(origins.get(name)?.layer).to.equal(
          winner ?? (field.default === undefined ? undefined : 'default'),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('holds for each setting with all of its sources at once', () => {
    for (const [name, field] of fieldList) {
      const texts = candidates(field.kind.schema, name);
      let layers = settable(name);
      expect(layers, name).not.to.deep.equal([]);
      for (; layers.length > 0; layers = layers.slice(1)) {
        const set = new Map(layers.map((layer, index) => [layer, texts[index % texts.length]!]));
        expect(load(name, set).origins.get(name)?.layer, name).to.equal(layers[0]);
      }
    }
  });

  it('joins labels entry by entry, in the same order', () => {
    writeFileSync(join(folder, files.app), 'labels: {a: app, b: app}\n');
    writeFileSync(join(folder, files.workspace), 'labels: {custom: {b: workspace, c: workspace}}\n');
    writeFileSync(join(folder, files.global), 'defaults: {labels: {c: global, d: global}}\n');
    const { values, defaults } = loadSettings({
      applicationDir: join(folder, 'repo/app'),
      home: join(folder, 'home'),
      env: {},
    });
    expect(values.labels).to.deep.equal({ a: 'app', b: 'app', c: 'workspace', d: 'global' });
    expect(defaults.labels).to.deep.equal(values.labels);
  });

  it('takes an empty value, and null, for none', () => {
    writeFileSync(join(folder, files.app), 'namespace: ""\nregistry:\nresources:\n');
    rmSync(join(folder, files.workspace), { force: true });
    rmSync(join(folder, files.global), { force: true });
    const { values } = loadSettings({
      applicationDir: join(folder, 'repo/app'),
      home: '',
      env: { DORGU_TAG: '' },
      flags: { name: undefined },
    });
    expect(Object.keys(values)).not.to.include.members(['namespace']);
    expect([values.namespace, values.registry, values.tag, values.name]).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
