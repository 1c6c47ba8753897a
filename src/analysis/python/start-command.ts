// The command that starts a Python component, from its Procfile, its framework's server, its scripts or its main file.
import { CONFIDENCE, createFact, type Fact } from '../../application/fact.ts';
import type { PortFact } from '../../application/component.ts';
import type { Scope } from '../analyser.ts';
import { joinPath, type CodeFile } from '../code/code-file.ts';
import { mainProcess, parseProcfile } from '../procfile.ts';
import { findApplicationObject, findMainFile, findMainPackage, findWsgiModule } from './entry-point.ts';
import type { PythonManifest } from './packages.ts';

/** What the command is made from. */
export interface StartInput {
  scope: Scope;
  files: readonly CodeFile[];
  manifest: PythonManifest;
  framework: string | undefined;
  /** Ports that the source itself says. */
  ports: readonly PortFact[];
}

/** The start command, and the port that the command itself opens where it names one. */
export interface Start {
  command: Fact<string>;
  port?: PortFact;
}

/** The most specific known way to start, or undefined. */
export function findPythonStart(input: StartInput): Start | undefined {
  return (
    startProcfile(input) ??
    startDjango(input) ??
    startAsgi(input) ??
    startFlask(input) ??
    startStreamlit(input) ??
    startMain(input)
  );
}

function startProcfile({ scope }: StartInput): Start | undefined {
  const file = joinPath(scope.dir, 'Procfile');
  const entry = mainProcess(parseProcfile(scope.tree.read(file) ?? ''));
  if (!entry) return undefined;
  const evidence = { file, line: entry.line, reason: `process ${entry.process}` };
  return {
    command: createFact(entry.command, CONFIDENCE.manifest, evidence),
    ...portOf(entry.command, evidence),
  };
}

function startDjango({ files, framework, manifest, ports }: StartInput): Start | undefined {
  const module = findWsgiModule(files);
  if (framework === undefined || !/Django|Wagtail/.test(framework) || !module) return undefined;
  const port = ports[0]?.value ?? 8000;
  const served = manifest.packages.has('gunicorn') ? `--bind 0.0.0.0:\${PORT:-${port}} ` : '';
  const application = served === '' ? module.module : `${module.module}:application`;
  return serve(`python manage.py migrate && gunicorn ${served}${application}`, module.evidence, port);
}

function startAsgi({ files, manifest, scope, ports }: StartInput): Start | undefined {
  const { packages } = manifest;
  if (!['uvicorn', 'fastapi[standard]', 'fastapi[all]'].some((name) => packages.has(name))) return undefined;
  const object = findApplicationObject(
    files,
    scope.dir,
    /^(?:FastAPI|Starlette|FastHTML|fast_app|Litestar|Quart|BlackSheep)$/,
  );
  if (!object) return undefined;
  const port = ports[0]?.value ?? 8000;
  return serve(
    `uvicorn ${object.module}:${object.name} --host 0.0.0.0 --port \${PORT:-${port}}`,
    object.evidence,
    port,
  );
}

function startFlask({ files, manifest, scope, ports }: StartInput): Start | undefined {
  const object = findApplicationObject(files, scope.dir, /^(?:Flask|APIFlask|Dash)$/);
  if (!object || !manifest.packages.has('gunicorn')) return undefined;
  const port = ports[0]?.value ?? 8000;
  const name = object.maker === 'Dash' ? 'server' : object.name;
  return serve(`gunicorn --bind 0.0.0.0:\${PORT:-${port}} ${object.module}:${name}`, object.evidence, port);
}

function startStreamlit({ files, framework, scope }: StartInput): Start | undefined {
  const main = findMainFile(files, scope.dir);
  if (framework !== 'Streamlit' || !main) return undefined;
  return { command: createFact(`streamlit run ${main.path}`, CONFIDENCE.frameworkDefault, main.evidence) };
}

function startMain({ files, manifest, scope }: StartInput): Start | undefined {
  const main = findMainFile(files, scope.dir);
  const confidence = CONFIDENCE.frameworkDefault;
  if (main) return { command: createFact(`python ${main.path}`, confidence, main.evidence) };
  const [script, more] = manifest.scripts;
  if (script && !more) return { command: createFact(script[0], confidence, script[1]) };
  const module = findMainPackage(files, scope.dir);
  return module && { command: createFact(`python -m ${module.module}`, confidence, module.evidence) };
}

function serve(command: string, evidence: Fact<string>['evidence'][number], value: number): Start {
  return {
    command: createFact(command, CONFIDENCE.frameworkDefault, evidence),
    port: {
      value,
      protocol: 'TCP',
      fromEnv: 'PORT',
      confidence: CONFIDENCE.frameworkDefault,
      evidence: [{ ...evidence, reason: `${evidence.reason}; served on ${value}` }],
    },
  };
}

const FLAG =
  /(?:--port|--bind|--http|-b|-p|--server\.port)(?:\s{1,4}|=)(?:[\w.[\]]{0,60}:)?(?:\$\{(?<variable>\w{1,40}):-(?<fallback>\d{2,5})\}|(?<port>\d{2,5}))\b/;

function portOf(command: string, evidence: Fact<string>['evidence'][number]): { port?: PortFact } {
  const groups = FLAG.exec(command)?.groups;
  const value = Number(groups?.['port'] ?? groups?.['fallback']);
  if (!Number.isInteger(value)) return { ...serverDefault(command, evidence) };
  const variable = groups?.['variable'];
  return {
    port: {
      value,
      protocol: 'TCP',
      ...(variable !== undefined && { fromEnv: variable }),
      confidence: CONFIDENCE.imageCommand,
      evidence: [evidence],
    },
  };
}

// gunicorn and uvicorn listen on 8000; gunicorn takes PORT from the environment by itself.
function serverDefault(command: string, evidence: Fact<string>['evidence'][number]): { port?: PortFact } {
  const server = /^(?:.{0,200}(?:&&|;)\s{0,4})?(?:exec\s{1,4})?(gunicorn|uvicorn)\b/.exec(command)?.[1];
  if (server === undefined || /(?:--port|--bind|-b|-p|-c|--config)\b/.test(command)) return {};
  return {
    port: {
      value: 8000,
      protocol: 'TCP',
      ...(server === 'gunicorn' && { fromEnv: 'PORT' }),
      confidence: CONFIDENCE.frameworkDefault,
      evidence: [{ ...evidence, reason: `${server} listens on 8000 unless told otherwise` }],
    },
  };
}
