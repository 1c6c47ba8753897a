// Ports that settings files and build files say: server.port, quarkus.http.port, Liberty's server.xml, WildFly's options.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { relativeTo } from '../code/code-file.ts';
import { lineAt } from '../source-tree.ts';
import { evaluatePort } from './placeholder.ts';
import { toSettingKey, type Settings } from './settings.ts';

interface SettingKey {
  key: string;
  /** The variable by which the framework itself lets the setting be moved. */
  env?: string;
  name?: string;
  confidence?: number;
  /** Only where the framework's name matches. */
  framework?: RegExp;
}

const SPRING = /Spring|JHipster|Grails/;

// The first key of a framework that is there is its main port.
const KEYS: readonly SettingKey[] = [
  { key: 'server.port', env: 'SERVER_PORT', framework: SPRING },
  { key: 'server.port', framework: /Helidon|Armeria/ },
  // Read by applications that open a second, plain connector; the main one is server.port.
  { key: 'server.http.port', confidence: CONFIDENCE.example },
  { key: 'quarkus.http.port', env: 'QUARKUS_HTTP_PORT' },
  { key: 'micronaut.server.port', env: 'MICRONAUT_SERVER_PORT' },
  { key: 'ktor.deployment.port', env: 'PORT' },
  { key: 'http.port', framework: /Vert\.x|Play/ },
  { key: 'play.server.http.port', framework: /Play/ },
  { key: 'server.applicationConnectors[0].port', framework: /Dropwizard/ },
  { key: 'management.server.port', env: 'MANAGEMENT_SERVER_PORT', name: 'management', framework: SPRING },
  { key: 'quarkus.management.port', name: 'management' },
  { key: 'server.adminConnectors[0].port', name: 'admin', framework: /Dropwizard/ },
  { key: 'grpc.server.port', name: 'grpc' },
  { key: 'spring.grpc.server.port', name: 'grpc' },
  { key: 'quarkus.grpc.server.port', name: 'grpc' },
];

/** The ports of the settings. */
export function findSettingPorts(settings: Settings, framework: string | undefined): PortFact[] {
  return KEYS.flatMap((known) => {
    if (known.framework && !known.framework.test(framework ?? '')) return [];
    const said = settings.get(toSettingKey(known.key));
    if (!said) return [];
    const { value, fromEnv } = evaluatePort(said.value, settings);
    const variable = fromEnv ?? settings.get(`${toSettingKey(known.key)}.$env`)?.value ?? known.env;
    if (value === undefined) return [];
    return [toPort(value, known, variable, said.evidence)];
  });
}

function toPort(
  value: number,
  { key, name, confidence }: SettingKey,
  fromEnv: string | undefined,
  evidence: Evidence,
): PortFact {
  return {
    value,
    protocol: 'TCP',
    ...(name !== undefined && { name }),
    ...(fromEnv !== undefined && { fromEnv }),
    confidence: confidence ?? CONFIDENCE.source,
    evidence: [{ ...evidence, reason: `${key} is ${value}` }],
  };
}

const TEXTS: readonly { file: RegExp; pattern: RegExp; reason: string }[] = [
  {
    file: /^pom\.xml$/,
    pattern: /-D(?:jboss|swarm|thorntail)\.https?\.port=(\d{2,5})/,
    reason: "the server's option",
  },
  {
    file: /^pom\.xml$/,
    pattern: /<liberty\.var\.(?:default\.)?http\.port>(\d{2,5})</,
    reason: "Liberty's variable",
  },
  {
    file: /(?:^|\/)server\.xml$/,
    pattern: /<httpEndpoint\b[^>]{0,300}?\bhttpPort="(\d{2,5})"/,
    reason: "Liberty's endpoint",
  },
  {
    file: /(?:^|\/)server\.xml$/,
    pattern: /<variable\s[^>]{0,60}?name="(?:default\.)?http\.port"\s{1,8}(?:defaultValue|value)="(\d{2,5})"/,
    reason: "Liberty's variable",
  },
  {
    file: /(?:^|\/)server\.xml$/,
    pattern: /<Connector\b[^>]{0,120}?\bport="(\d{2,5})"/,
    reason: "Tomcat's connector",
  },
];

/** The ports of application servers' own files. */
export function findServerPorts(scope: Scope): PortFact[] {
  return scope.files.flatMap((file) => {
    const inside = relativeTo(file, scope.dir);
    const wanted = TEXTS.filter((one) => one.file.test(inside) && !/(?:^|\/)(?:test|target)\//.test(inside));
    const text = wanted.length === 0 ? undefined : scope.tree.read(file);
    if (text === undefined) return [];
    return wanted.flatMap(({ pattern, reason }) => {
      const match = pattern.exec(text);
      if (match?.[1] === undefined) return [];
      const evidence = [{ file, line: lineAt(text, match.index), reason: `${reason} is ${match[1]}` }];
      return [{ value: Number(match[1]), protocol: 'TCP' as const, confidence: CONFIDENCE.source, evidence }];
    });
  });
}
