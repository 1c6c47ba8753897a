// What bom-1.6.schema.json of CycloneDX requires of the parts that the bill of materials has.
const text = { type: 'string', minLength: 1 };

const component = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'name', 'version', 'bom-ref', 'licenses', 'purl'],
  properties: {
    type: { enum: ['application', 'framework', 'library', 'container', 'platform'] },
    'bom-ref': text,
    group: { type: 'string', pattern: '^@[a-z]' },
    name: text,
    version: text,
    description: text,
    licenses: {
      type: 'array',
      minItems: 1,
      items: {
        oneOf: [
          {
            type: 'object',
            additionalProperties: false,
            required: ['license'],
            properties: {
              license: {
                type: 'object',
                required: ['id'],
                additionalProperties: false,
                // Of SPDX's list, those that are met so far.
                properties: { id: { enum: ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT'] } },
              },
            },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['expression'],
            properties: { expression: text },
          },
        ],
      },
    },
    purl: { type: 'string', pattern: '^pkg:(npm|oci|generic)/[^@]+@.+$' },
    cpe: { type: 'string', pattern: '^cpe:2\\.3:a:([^:]+:){9}[^:]+$' },
    hashes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['alg', 'content'],
        properties: {
          alg: { enum: ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] },
          content: {
            type: 'string',
            pattern: '^([a-f0-9]{40}|[a-f0-9]{64}|[a-f0-9]{96}|[a-f0-9]{128})$',
          },
        },
      },
    },
    externalReferences: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['type', 'url'],
        properties: { type: { enum: ['vcs', 'website'] }, url: { type: 'string', pattern: '^https?://' } },
      },
    },
  },
};

/** A JSON Schema, stricter than that of CycloneDX: what it does not know is refused, and each part has version and licence. */
export const requiredOfBill = {
  type: 'object',
  additionalProperties: false,
  required: ['bomFormat', 'specVersion', 'serialNumber', 'version', 'metadata', 'components', 'dependencies'],
  properties: {
    $schema: { const: 'http://cyclonedx.org/schema/bom-1.6.schema.json' },
    bomFormat: { const: 'CycloneDX' },
    specVersion: { const: '1.6' },
    serialNumber: {
      type: 'string',
      pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    },
    version: { type: 'integer', minimum: 1 },
    metadata: {
      type: 'object',
      additionalProperties: false,
      required: ['component'],
      properties: {
        component,
        lifecycles: {
          type: 'array',
          items: { type: 'object', required: ['phase'], properties: { phase: { const: 'build' } } },
        },
      },
    },
    components: { type: 'array', minItems: 1, items: component },
    dependencies: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['ref'],
        properties: { ref: text, dependsOn: { type: 'array', uniqueItems: true, items: text } },
      },
    },
  },
};
