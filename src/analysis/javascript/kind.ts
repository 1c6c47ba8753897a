// What a JavaScript component is when it runs: a server, a worker, a static site, a command.
import { posix } from 'node:path';
import type { ComponentKind, PortFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { evidenceAt, findInCode, joinPath, type CodeFile } from '../code/code-file.ts';
import type { Framework } from '../frameworks/framework.ts';
import type { PackageJson } from './package-json.ts';
import { parseScript, productionScript, runsDevelopmentServer } from './scripts.ts';

/** A setting by which a framework that can serve only writes files, or the other way round. */
const OUTPUTS: readonly {
  framework: string;
  files: RegExp;
  says: RegExp;
  kind: ComponentKind;
  what: string;
}[] = [
  {
    framework: 'Next.js',
    files: /^next\.config\.[cm]?[jt]s$/,
    says: /\boutput\s*:\s*['"`]export['"`]/,
    kind: 'static',
    what: 'exports files',
  },
  {
    framework: 'Nuxt',
    files: /^nuxt\.config\.[cm]?[jt]s$/,
    says: /\btarget\s*:\s*['"`]static['"`]|\bpreset\s*:\s*['"`]static['"`]/,
    kind: 'static',
    what: 'generates files',
  },
  {
    framework: 'SvelteKit',
    files: /^svelte\.config\.[cm]?[jt]s$/,
    says: /adapter-static/,
    kind: 'static',
    what: 'writes files (adapter-static)',
  },
  {
    framework: 'React Router',
    files: /^react-router\.config\.[cm]?[jt]s$/,
    says: /\bssr\s*:\s*false\b/,
    kind: 'static',
    what: 'does not render on a server',
  },
  {
    framework: 'Remix',
    files: /^vite\.config\.[cm]?[jt]s$/,
    says: /\bssr\s*:\s*false\b/,
    kind: 'static',
    what: 'does not render on a server',
  },
  {
    framework: 'TanStack Start',
    files: /^vite\.config\.[cm]?[jt]s$/,
    says: /\bspa\s*:\s*\{[^}]{0,80}enabled\s*:\s*true/,
    kind: 'static',
    what: 'is a single page',
  },
  {
    framework: 'Astro',
    files: /^astro\.config\.[cm]?[jt]s$/,
    says: /@astrojs\/node/,
    kind: 'server',
    what: 'serves with its Node adapter',
  },
];

const QUEUE_CONSUMER =
  /\bnew\s{1,4}Worker\(\s{0,8}["'`]|\.consume\(|\.eachMessage\b|\beachMessage\s{0,4}:|\bConsumer\.create\(|\.process\(\s{0,8}(?:["'`]|async)|\bWorker\.create\(|\.subscribe\(\s{0,8}\{/g;

/** What the kind is decided from. */
export interface KindSources {
  scope: Scope;
  manifest?: PackageJson | undefined;
  files: readonly CodeFile[];
  framework?: { framework: Framework; fact: Fact<string> } | undefined;
  /** Ports that the source itself listens on. */
  listeners: readonly PortFact[];
  /** A call that listens on a port that is not known. */
  listenCall?: Evidence | undefined;
}

/** The kind, or undefined where nothing tells. */
export function findKind(sources: KindSources): Fact<ComponentKind> | undefined {
  return (
    fromOutput(sources) ??
    fromListener(sources) ??
    fromFramework(sources) ??
    fromConsumers(sources) ??
    fromBin(sources)
  );
}

function fromOutput({ scope, framework }: KindSources): Fact<ComponentKind> | undefined {
  for (const output of OUTPUTS) {
    if (output.framework !== framework?.framework.name) continue;
    for (const path of scope.files) {
      if (posix.dirname(path) !== scope.dir || !output.files.test(posix.basename(path))) continue;
      const text = scope.tree.read(path) ?? '';
      const match = output.says.exec(text);
      if (match)
        return createFact(output.kind, CONFIDENCE.source, {
          file: path,
          line: text.slice(0, match.index).split('\n').length,
          reason: `${output.framework} ${output.what}`,
        });
    }
  }
  return undefined;
}

function fromListener({ listeners, listenCall, framework }: KindSources): Fact<ComponentKind> | undefined {
  const port = listeners.find(({ name }) => name !== 'health' && name !== 'metrics');
  const evidence = port?.evidence[0] ?? listenCall;
  if (!evidence || framework?.framework.kind === 'cli') return undefined;
  return createFact('server', 0.85, evidence);
}

function fromFramework(sources: KindSources): Fact<ComponentKind> | undefined {
  const { framework } = sources;
  const kind = framework?.framework.kind;
  const [evidence] = framework?.fact.evidence ?? [];
  if (!framework || kind === undefined || evidence === undefined) return undefined;
  const reason = `${framework.framework.name}: ${evidence.reason}`;
  return (
    overruleFramework(sources, framework.framework) ??
    createFact(kind, CONFIDENCE.example, { ...evidence, reason })
  );
}

// A server framework that never listens but consumes a queue is a worker's; pages that a program serves are a server.
function overruleFramework(
  { manifest, files }: KindSources,
  { kind, port }: Framework,
): Fact<ComponentKind> | undefined {
  const consumer = kind === 'server' && port === undefined ? findConsumer(files) : undefined;
  if (consumer) return createFact('worker', CONFIDENCE.imageTable, consumer);
  const runner = kind === 'static' && manifest ? findRunner(manifest) : undefined;
  return runner && createFact('server', CONFIDENCE.imageTable, runner);
}

function findRunner(manifest: PackageJson): Evidence | undefined {
  const found = productionScript(manifest);
  if (!found || !runsNode(found.script)) return undefined;
  return manifest.at(`the script ${found.name} runs a program`, 'scripts', found.name);
}

const runsNode = (script: string): boolean =>
  !runsDevelopmentServer(script) &&
  parseScript(script).some(
    ({ command, tool }) => !tool && /^(?:node|bun|tsx|ts-node|npx tsx|pm2-runtime)\b/.test(command),
  );

function findConsumer(files: readonly CodeFile[]): Evidence | undefined {
  for (const file of files)
    for (const match of findInCode(file, QUEUE_CONSUMER))
      if (
        /\b(?:bullmq|bull|amqplib|kafkajs|sqs-consumer|nats|bee-queue|agenda|pg-boss|temporalio|pubsub|amqp)/.test(
          file.text,
        )
      )
        return evidenceAt(file, match.index, 'consumes a queue');
  return undefined;
}

function fromConsumers({ files }: KindSources): Fact<ComponentKind> | undefined {
  const evidence = findConsumer(files);
  return evidence && createFact('worker', CONFIDENCE.example, evidence);
}

function fromBin({ manifest, scope }: KindSources): Fact<ComponentKind> | undefined {
  if (!manifest?.hasBin || manifest.scripts.has('start') || scope.tree.has(joinPath(scope.dir, 'Procfile')))
    return undefined;
  return createFact(
    'cli',
    CONFIDENCE.frameworkDefault,
    manifest.at('installs a command and starts nothing', 'bin'),
  );
}
