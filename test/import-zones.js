// The import zones: which folder of src/ and operator/ may import which. Lint reads it (eslint.config.js) and
// so does the test that walks the import graph (test/import-graph.test.ts).

/**
 * Every room of the house with its layer and what it owns. A room may import rooms of a lower layer only;
 * `alongside` names the exceptions on the same layer.
 * @type {Record<string, { layer: number, owns: string, pure?: boolean, alongside?: string[] }>}
 */
export const rooms = {
  'src/quantity': { layer: 0, owns: 'quantities, durations, int-or-percent', pure: true },
  'src/api': {
    layer: 0,
    owns: 'the two kinds: schema, types, defaults, errors',
    pure: true,
    alongside: ['src/quantity'],
  },
  'src/protocol': { layer: 1, owns: 'WebSocket messages', pure: true },
  'src/workload': { layer: 1, owns: 'reading a workload', pure: true },
  'src/application': {
    layer: 1,
    owns: 'what is known about an application: facts with evidence',
    pure: true,
  },
  'src/rules': { layer: 2, owns: 'persona-against-workload rules', pure: true },
  'src/sizing': { layer: 2, owns: 'usage histograms and recommendations', pure: true },
  'src/status': {
    layer: 2,
    owns: 'what is observed, as the status of the two kinds: rollout, health, phase, conditions, discovery',
    pure: true,
    alongside: ['src/rules'],
  },
  'src/adoption': {
    layer: 2,
    owns: 'running workloads to the personas that describe them',
    pure: true,
    alongside: ['src/rules'],
  },
  'src/manifests': { layer: 2, owns: 'application facts to Kubernetes objects', pure: true },
  'src/checks': { layer: 2, owns: 'what generated objects must satisfy before they are written', pure: true },
  'src/kube': { layer: 3, owns: 'talking to an API server' },
  'src/prometheus': { layer: 3, owns: 'talking to Prometheus' },
  'src/socket': { layer: 3, owns: 'the protocol client' },
  'src/llm': { layer: 3, owns: 'provider clients', alongside: ['src/kube'] },
  'src/document': { layer: 3, owns: 'YAML and JSON documents of people, with positions' },
  'src/analysis': { layer: 3, owns: 'a directory to application facts' },
  'src/settings': { layer: 3, owns: 'configuration files, environment, flags' },
  'src/explanation': { layer: 3, owns: 'why a generated field is what it is', pure: true },
  'src/output': { layer: 3, owns: 'generated files against what is on disk' },
  'src/ui': { layer: 3, owns: 'tables, colours, printers, progress' },
  'src/generation': { layer: 4, owns: 'the pipeline behind generate and persona: joins layer 3' },
  'src/cluster': {
    layer: 4,
    owns: 'what commands ask of a live cluster: gather, judge, diagnose, discover, apply, wait',
  },
  'src/reporting': { layer: 4, owns: 'manifests of people judged offline, and the reports that CI reads' },
  'src/discovery': { layer: 3, owns: 'asks a live cluster for what describes it', alongside: ['src/kube'] },
  'src/commands': { layer: 5, owns: 'oclif commands: parse, call, print' },
  operator: { layer: 5, owns: 'the in-cluster process' },
};

/** What pure rooms may not import: they are given text, objects and time, and return values. */
export const impureModules = [
  'fs',
  'fs/promises',
  'net',
  'http',
  'https',
  'http2',
  'tls',
  'dns',
  'child_process',
  'process',
  'os',
];

/** @param {string} from @param {string} to */
export function mayImport(from, to) {
  const source = rooms[from];
  const target = rooms[to];
  if (!source || !target || from === to) return from === to;
  if (from === 'operator')
    return target.layer <= 2 || ['src/kube', 'src/prometheus', 'src/discovery'].includes(to);
  return target.layer < source.layer || (source.alongside ?? []).includes(to);
}

/** The rooms as lint configuration: one block a room, so that the message names the room and what it may use. */
export function zones() {
  return Object.entries(rooms).map(([room, { pure, layer }]) => ({
    files: [`${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...Object.keys(rooms)
              .filter((other) => other !== room && !mayImport(room, other))
              .map((other) => ({
                regex: `^(\\.\\./)+(src/)?${other.replace('src/', '')}/`,
                message: `${room} (layer ${layer}) may not import ${other}: imports go down only, see docs/architecture.md.`,
              })),
            ...(pure
              ? [
                  {
                    regex: `^(node:)?(${impureModules.join('|')})$`,
                    message: `${room} is pure: pass in text, objects and time instead.`,
                  },
                ]
              : []),
          ],
        },
      ],
    },
  }));
}
