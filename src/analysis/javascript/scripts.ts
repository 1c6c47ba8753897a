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

/** The ports that one script says, by flag, variable or its tool's default. */
export function readScriptPorts(script: string, evidence: (reason: string) => Evidence): PortFact[] {
  return parseScript(script).flatMap((one) => {
    const port = readCommandPort(one);
    if (!port) return [];
    const isDevelopment = one.tool?.mode === 'development';
    const firm = isDevelopment ? DEVELOPMENT : CONFIDENCE.source;
    const confidence = port.isSpoken ? firm : isDevelopment ? CONFIDENCE.hint : CONFIDENCE.frameworkDefault;
    const word = isDevelopment ? 'the development server' : one.command.split(/\s/, 2).join(' ') || 'it';
    return [
      {
        value: port.value,
        protocol: 'TCP' as const,
        ...(port.fromEnv !== undefined && { fromEnv: port.fromEnv }),
        confidence,
        evidence: [
          evidence(`${word} listens on ${port.value}${port.isSpoken ? '' : ' unless told otherwise'}`),
        ],
      },
    ];
  });
}

/** A development server's port: nothing listens on it in production, but nothing better may be known. */
export const DEVELOPMENT = 0.45;

interface CommandPort {
  value: number;
  isSpoken: boolean;
  fromEnv?: string;
}

function readCommandPort({ command, variables, tool }: ScriptCommand): CommandPort | undefined {
  const flag =
    tool || /\b(?:node|bun|tsx|ts-node|deno)\b|serve|start/.test(command) ? PORT_FLAG.exec(command) : null;
  const variable = tool?.env === undefined ? {} : { fromEnv: tool.env };
  if (flag?.[2] !== undefined)
    return { value: Number(flag[2]), isSpoken: true, ...(flag[1] !== undefined && { fromEnv: flag[1] }) };
  const assigned = variables.get('PORT') ?? '';
  if (/^\d{2,5}$/.test(assigned))
    return {
      value: Number(assigned),
      isSpoken: true,
      ...(tool?.mode === 'development' && { fromEnv: 'PORT' }),
    };
  return tool ? { value: tool.port, isSpoken: false, ...variable } : undefined;
}

/** Scripts that production may run, in order; the first that is there is it. */
const PRODUCTION = ['start:prod', 'start:production', 'start'] as const;

/** The script that production runs: `start`, unless it is a development server beside a `start:prod`. */
export function productionScript(
  manifest: PackageJson,
): { name: string; script: string; isDevelopment: boolean } | undefined {
  const start = manifest.scripts.get('start');
  if (start !== undefined && !runsDevelopmentServer(start))
    return { name: 'start', script: start, isDevelopment: false };
  for (const name of PRODUCTION) {
    const script = manifest.scripts.get(name);
    if (script !== undefined) return { name, script, isDevelopment: runsDevelopmentServer(script) };
  }
  return undefined;
}

const DEVELOPMENT_RUNNERS =
  /\b(?:nodemon|ts-node-dev|tsx watch|node --watch|bun (?:run )?--(?:watch|hot)|nest start|func start)\b/;

/** Whether a script is for a developer's own machine. */
export function runsDevelopmentServer(script: string): boolean {
  return (
    DEVELOPMENT_RUNNERS.test(script) || parseScript(script).some(({ tool }) => tool?.mode === 'development')
  );
}
