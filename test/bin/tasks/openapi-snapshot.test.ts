import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  formatSnapshot,
  selectSchemas,
  snapshotSources,
  type OpenApiDocument,
} from '../../../bin/tasks/openapi-snapshot.ts';

const meaning = [{ group: 'g', kind: 'Thing', version: 'v1' }];
const document: OpenApiDocument = {
  components: {
    schemas: {
      'io.g.v1.Unused': { type: 'object' },
      'io.g.v1.Thing': {
        type: 'object',
        description: 'A thing.',
        'x-kubernetes-group-version-kind': meaning,
        properties: {
          spec: { allOf: [{ $ref: '#/components/schemas/io.g.v1.Spec' }], description: 'What it is.' },
          description: { type: 'string', description: 'A field of that name.' },
        },
      },
      'io.g.v1.Spec': {
        type: 'object',
        properties: { again: { items: { $ref: '#/components/schemas/io.g.v1.Spec' }, type: 'array' } },
      },
    },
  },
};

describe('the snapshot of an OpenAPI document', () => {
  const snapshot = selectSchemas(document, ['Thing']);

  it('holds what the kinds reach, also in circles, and nothing else', () => {
    expect(Object.keys(snapshot.components.schemas)).to.deep.equal(['io.g.v1.Spec', 'io.g.v1.Thing']);
  });

  it('loses descriptions, but no field called description', () => {
    expect(snapshot.components.schemas['io.g.v1.Thing']).to.deep.equal({
      type: 'object',
      'x-kubernetes-group-version-kind': meaning,
      properties: {
        spec: { allOf: [{ $ref: '#/components/schemas/io.g.v1.Spec' }] },
        description: { type: 'string' },
      },
    });
  });

  it('is the same text for the same schemas in another order, one line a field', () => {
    const { schemas } = document.components;
    const reversed = { components: { schemas: Object.fromEntries(Object.entries(schemas).reverse()) } };
    expect(formatSnapshot(selectSchemas(reversed, ['Thing']))).to.equal(formatSnapshot(snapshot));
    expect(formatSnapshot(snapshot)).to.contain('\n     "description": {"type":"string"},\n');
    expect(JSON.parse(formatSnapshot(snapshot))).to.deep.equal(snapshot);
  });

  it('is refused for a kind that the document does not define', () => {
    expect(() => selectSchemas(document, ['Spec'])).to.throw('expected the document to define the kind Spec');
  });

  for (const { file, kinds } of snapshotSources) {
    it(`is committed for ${kinds.join(', ')}, complete in itself`, () => {
      const text = readFileSync(join(import.meta.dirname, '../../../src/checks/openapi', file), 'utf8');
      const committed = JSON.parse(text) as OpenApiDocument;
      expect(formatSnapshot(selectSchemas(committed, kinds))).to.equal(text);
    });
  }
});
