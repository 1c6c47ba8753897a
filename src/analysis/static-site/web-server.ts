// Reads the settings of web servers that serve files: nginx, Caddy and Apache httpd; ports and fixed health answers.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import type { Route } from '../code/probe-claims.ts';
import { healthRoleOf } from '../health-paths.ts';
import { lineAt } from '../source-tree.ts';
import { maskComments } from '../source-text.ts';

interface ServerSettings {
  name: string;
  file: RegExp;
  /** Global; group 1 is the port. */
  port: RegExp;
  /** Global; group 1 is the path of an answer that does not depend on another server. */
  route?: RegExp;
}

const SETTINGS: readonly ServerSettings[] = [
  {
    name: 'nginx',
    file: /(?:^|\/)(?:nginx[\w.-]{0,60}|default)\.conf(?:\.template)?$|(?:^|\/)(?:nginx|conf\.d|sites-enabled)\/[\w.-]{1,60}\.(?:conf|template)$/,
    port: /^[ \t]*listen[ \t]+(?:[\w.*-]{1,60}:|\[[\w:]{0,40}\]:)?(\d{2,5})\b/gm,
    route:
      /\blocation[ \t]+(?:=[ \t]+|\^~[ \t]+)?(\/[\w./-]{1,100})[ \t]*\{(?:[^{}]|\{[^{}]{0,200}\}){0,600}?\breturn[ \t]+200\b/g,
  },
  {
    name: 'Caddy',
    file: /(?:^|\/)Caddyfile$/,
    port: /^[ \t]{0,8}(?:https?:\/\/)?(?:[\w.*-]{1,80})?:(?:\{\$PORT:)?(\d{2,5})\}?[ \t]*\{?[ \t]*$/gm,
    route: /^[ \t]*respond[ \t]+(\/[\w./-]{1,100})[ \t]+(?:"[^"\n]{0,100}"[ \t]+)?(?:200\b|$)/gm,
  },
  {
    name: 'httpd',
    file: /(?:^|\/)(?:httpd|apache2?|my-httpd|000-default|ports)\.conf$/,
    port: /^[ \t]*(?:Listen[ \t]+(?:[\w.*[\]:]{1,60}:)?|<VirtualHost[ \t]+[\w.*]{1,60}:)(\d{2,5})\b/gim,
  },
];

/** What a component's web server says. */
export interface WebServer {
  name: string;
  evidence: Evidence;
  ports: PortFact[];
  routes: Route[];
}

/** The web servers whose settings are among the component's files, the nearest first. */
export function findWebServers(scope: Scope): WebServer[] {
  const files = scope.files
    .filter((file) => SETTINGS.some((one) => one.file.test(file)))
    .sort((a, b) => a.split('/').length - b.split('/').length);
  return files.slice(0, 20).flatMap((file) => readServer(scope, file));
}

function readServer(scope: Scope, file: string): WebServer[] {
  const settings = SETTINGS.find((one) => one.file.test(file));
  if (!settings) return [];
  const text = maskComments((scope.tree.read(file) ?? '').slice(0, 200_000), 'hash');
  const evidence = { file, reason: `settings of ${settings.name}` };
  return [
    {
      name: settings.name,
      evidence,
      ports: readPorts(settings, file, text),
      routes: readRoutes(settings, file, text),
    },
  ];
}

function readPorts(settings: ServerSettings, file: string, text: string): PortFact[] {
  const found = new Map<number, PortFact>();
  for (const match of text.matchAll(settings.port)) {
    const value = Number(match[1]);
    // Where plain and TLS are both served, the plain port is what stands behind an Ingress.
    if (found.has(value) || value > 65_535 || (value === 443 && found.size > 0)) continue;
    const at = match.index + match[0].search(/\S/);
    const evidence = [{ file, line: lineAt(text, at), reason: `${settings.name} listens on ${value}` }];
    found.set(value, { value, protocol: 'TCP', confidence: CONFIDENCE.source, evidence });
  }
  return [...found.values()];
}

function readRoutes({ route, name }: ServerSettings, file: string, text: string): Route[] {
  if (!route) return [];
  return [...text.matchAll(route)].flatMap((match) => {
    const path = match[1] ?? '';
    if (healthRoleOf(path) === undefined) return [];
    const line = lineAt(text, match.index + match[0].search(/\S/));
    return [{ path, evidence: { file, line, reason: `${name} answers ${path}` } }];
  });
}
