// Joins the ports that source, settings, scripts and framework say; a development server's only where nothing else is known.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, type Fact } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { joinPath } from '../code/code-file.ts';
import { parseEnvFile } from '../env-file.ts';
import type { Framework } from '../frameworks/framework.ts';
import { findConfigPorts } from './config-ports.ts';
import type { PackageJson } from './package-json.ts';
import { DEVELOPMENT, productionScript, readScriptPorts } from './scripts.ts';

/** What the ports are settled from. */
export interface PortSources {
  scope: Scope;
  manifest?: PackageJson | undefined;
  listeners: readonly PortFact[];
  framework?: { framework: Framework; fact: Fact<string> } | undefined;
  isStatic: boolean;
}

/** Below the default of the tool that the start script runs, which speaks for one program only. */
const FRAMEWORK = 0.55;

/** Candidates, firmest first within each source. */
export function settlePorts(sources: PortSources): PortFact[] {
  const { scope, listeners } = sources;
  const spoken = [...listeners, ...productionPorts(sources), ...findConfigPorts(scope)];
  const isKnown = spoken.some(
    ({ confidence, name }) => confidence >= CONFIDENCE.example && name === undefined,
  );
  const ports = isKnown
    ? spoken
    : [...spoken, ...envFilePorts(sources), ...developmentPorts(sources), ...defaultPorts(sources)];
  if (sources.isStatic) return ports.map(markDevelopment);
  const [grpc, ...others] = ports.filter(({ name }) => name === 'grpc');
  // A lone gRPC port is the main one and needs no name of its own.
  return grpc && others.length === 0 && ports.length === 1 ? [withoutName(grpc)] : ports;
}

// Once its files are built, nothing of a static site's own listens any more; what a script serves them by may.
function markDevelopment(port: PortFact): PortFact {
  return port.confidence === DEVELOPMENT ? { ...port, isDevelopment: true } : port;
}

function withoutName({ name: _name, ...port }: PortFact): PortFact {
  return port;
}

function productionPorts({ manifest, scope }: PortSources): PortFact[] {
  const found = manifest && productionScript(manifest);
  if (!found) return [];
  const ports = readScriptPorts(found.script, (reason) => manifest.at(reason, 'scripts', found.name));
  // An image that starts the program by itself does not care for what the script says.
  const limit = startsByItself(scope) ? CONFIDENCE.example : 1;
  return ports.map((port) => ({ ...port, confidence: Math.min(port.confidence, limit) }));
}

function startsByItself({ build }: Scope): boolean {
  const words = [...(build?.entrypoint?.value ?? []), ...(build?.command?.value ?? [])];
  return words.length > 0 && !/(?:^|[\s/])(?:npm|yarn|pnpm|bun)\b|\.sh\b/.test(words.join(' '));
}

// PORT in an env file moves servers that read it without the application's doing.
function envFilePorts({ scope: { tree, dir }, isStatic }: PortSources): PortFact[] {
  for (const name of ['.env', '.env.example', '.env.sample', '.env.template', '.env.development']) {
    const file = joinPath(dir, name);
    if (!tree.has(file)) continue;
    const found = parseEnvFile(tree.read(file) ?? '').find(
      (one) => one.name === 'PORT' && /^\d{2,5}$/.test(one.value),
    );
    if (!found) continue;
    const evidence = [{ file, line: found.line, reason: `PORT is ${found.value}` }];
    return [
      {
        value: Number(found.value),
        protocol: 'TCP',
        fromEnv: 'PORT',
        confidence: CONFIDENCE.example,
        ...(isStatic && { isDevelopment: true }),
        evidence,
      },
    ];
  }
  return [];
}

function developmentPorts({ manifest, isStatic }: PortSources): PortFact[] {
  if (!manifest) return [];
  return ['serve', 'preview', 'dev', 'develop', 'start:dev', 'serve:dev', 'watch'].flatMap((name) => {
    const script = manifest.scripts.get(name);
    if (script === undefined) return [];
    return readScriptPorts(script, (reason) => manifest.at(reason, 'scripts', name))
      .filter(({ confidence }) => confidence === DEVELOPMENT || confidence >= CONFIDENCE.source)
      .map((port) => ({
        ...port,
        confidence: Math.min(port.confidence, isStatic ? DEVELOPMENT : CONFIDENCE.imageTable),
      }));
  });
}

function defaultPorts({ framework, isStatic }: PortSources): PortFact[] {
  const known = framework?.framework;
  if (!known || known.port === undefined || isStatic) return [];
  const evidence = framework.fact.evidence.map((one) => ({
    ...one,
    reason: `${known.name} listens on ${known.port ?? ''} unless told otherwise`,
  }));
  return [
    {
      value: known.port,
      protocol: 'TCP',
      ...(known.portEnv !== undefined && { fromEnv: known.portEnv }),
      confidence: FRAMEWORK,
      evidence,
    },
  ];
}
