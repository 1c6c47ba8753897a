// Reads package.json scripts: the commands they run, the ports they name, and which of them production uses.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence } from '../../application/fact.ts';
import type { PackageJson } from './package-json.ts';
import { scriptTools, type ScriptTool } from './script-tools.ts';

/** One command of a script: its environment prefixes apart. */
export interface ScriptCommand {
  variables: ReadonlyMap<string, string>;
  command: string;
  tool?: ScriptTool;
}

const MAX_SCRIPT = 2000;

/** The commands of a script, split at `&&`, `;`, `&` and pipes. */
export function parseScript(script: string): ScriptCommand[] {
  return script
    .slice(0, MAX_SCRIPT)
    .split(/&&|\|\||[;&|]/)
    .map((part) => parseCommand(part.trim()))
    .filter(({ command }) => command !== '');
}

function parseCommand(text: string): ScriptCommand {
  const variables = new Map<string, string>();
  let rest = text.replace(/^(?:npx\s+)?(?:cross-env|env|cross-env-shell)\s+/, '').replace(/^exec\s+/, '');
  for (let match = ASSIGNMENT.exec(rest); match; match = ASSIGNMENT.exec(rest)) {
    variables.set(match[1] ?? '', (match[2] ?? '').replace(/^["']|["']$/g, ''));
    rest = rest.slice(match[0].length);
  }
  const found = scriptTools.find(({ command }) => command.test(rest));
  return { variables, command: rest, ...(found && { tool: found }) };
}

const ASSIGNMENT = /^([A-Za-z_]\w{0,60})=("[^"]{0,200}"|'[^']{0,200}'|[^\s"']{0,200})\s+/;
const PORT_FLAG =
  /(?:^|\s)(?:--port|--listen|-p|-P|-l)(?:\s+|=)(?:\S{0,80}:)?["']?(?:\$\{(\w+):?-)?(\d{2,5})\b/;

/** The ports that one script says, by flag, variable or, where production runs it, its tool's default. */
export function readScriptPorts(script: string, evidence: (reason: string) => Evidence): PortFact[] {
  return parseScript(script).flatMap((one) => {
    const port = readSpokenPort(one) ?? readDefaultPort(one);
    return port ? [toPort(one, port, evidence)] : [];
  });
}

/** A development server's port: nothing listens on it in production, but nothing better may be known. */
export const DEVELOPMENT = 0.45;

interface CommandPort {
  value: number;
  isSpoken: boolean;
  fromEnv?: string | undefined;
}

function readSpokenPort({ command, variables, tool }: ScriptCommand): CommandPort | undefined {
  const mayListen = tool !== undefined || /\b(?:node|bun|tsx|ts-node|deno)\b|serve|start/.test(command);
  const flag = mayListen ? PORT_FLAG.exec(command) : null;
  if (flag) return { value: Number(flag[2]), isSpoken: true, fromEnv: flag[1] };
  const assigned = variables.get('PORT') ?? '';
  if (!/^\d{2,5}$/.test(assigned)) return undefined;
  return {
    value: Number(assigned),
    isSpoken: true,
    fromEnv: tool?.mode === 'development' ? 'PORT' : undefined,
  };
}

function readDefaultPort({ tool }: ScriptCommand): CommandPort | undefined {
  return tool?.mode === 'production' ? { value: tool.port, isSpoken: false, fromEnv: tool.env } : undefined;
}

function toPort(
  { tool, command }: ScriptCommand,
  { value, isSpoken, fromEnv }: CommandPort,
  evidence: (reason: string) => Evidence,
): PortFact {
  const isDevelopment = tool?.mode === 'development';
  const spoken = isDevelopment ? DEVELOPMENT : CONFIDENCE.source;
  const subject = isDevelopment ? 'the development server' : command.split(/\s/, 2).join(' ');
  const reason = `${subject} listens on ${value}${isSpoken ? '' : ' unless told otherwise'}`;
  return {
    value,
    protocol: 'TCP',
    ...(fromEnv !== undefined && { fromEnv }),
    confidence: isSpoken ? spoken : CONFIDENCE.frameworkDefault,
    evidence: [evidence(reason)],
  };
}

/** Scripts that production may run, in order; the first that is there is it. */
const PRODUCTION = ['start:prod', 'start:production', 'start'] as const;

/** The script that production runs: `start`, unless it is a development server beside a `start:prod`. */
export function productionScript(
  manifest: PackageJson,
): { name: string; script: string; isDevelopment: boolean } | undefined {
  const start = manifest.scripts.get('start');
  if (start !== undefined && !runsDevelopmentServer(start))
    return { name: 'start', script: followScript(manifest, start), isDevelopment: false };
  for (const name of PRODUCTION) {
    const script = manifest.scripts.get(name);
    if (script !== undefined)
      return { name, script: followScript(manifest, script), isDevelopment: runsDevelopmentServer(script) };
  }
  return undefined;
}

/** A script that runs another runs one that runs another at most this often. */
const MAX_HOPS = 5;

// `npm run start-server` runs what that script says.
function followScript(manifest: PackageJson, script: string): string {
  let at = script;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const name = /^\s{0,8}(?:npm|pnpm|yarn|bun)\s{1,4}(?:run\s{1,4})?([\w:.-]{1,80})\s{0,8}$/.exec(at)?.[1];
    const next = name === undefined ? undefined : manifest.scripts.get(name);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

const DEVELOPMENT_RUNNERS =
  /\b(?:nodemon|ts-node-dev|tsx watch|node --watch|bun (?:run )?--(?:watch|hot)|nest start|func start)\b/;

/** Whether a script is for a developer's own machine. */
export function runsDevelopmentServer(script: string): boolean {
  return (
    DEVELOPMENT_RUNNERS.test(script) || parseScript(script).some(({ tool }) => tool?.mode === 'development')
  );
}
