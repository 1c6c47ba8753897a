// Makes the analyser of a language that is described as data.
import type { Claims } from '../../application/claims.ts';
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import type { Analyser } from '../analyser.ts';
import { evidenceAt, findInCode } from '../code/code-file.ts';
import { collectDefinitions, type Dialect } from '../code/dialect.ts';
import { claimEnv, type EnvRead } from '../code/env-claims.ts';
import { claimProbes, type Route } from '../code/probe-claims.ts';
import { resolvePort } from '../code/port-expression.ts';
import { recogniseDependencies, recogniseFramework } from '../code/recognise.ts';
import type { Framework } from '../frameworks/framework.ts';
import { lineAt } from '../source-tree.ts';
import type { Language, Opening } from './language.ts';
import { openProject } from './open-project.ts';
import type { Project } from './project.ts';
import { weaken } from './weaken.ts';

/** The analyser of one language. */
export function createLanguageAnalyser(language: Language): Analyser {
  return {
    name: language.name,
    analyse(scope) {
      const project = openProject(language, scope);
      if (!project) return {};
      const claims = claim(language, project);
      return project.dir === scope.dir ? claims : weaken(claims);
    },
  };
}

function claim(language: Language, project: Project): Claims {
  const runs = language.runs(project);
  const value = language.languageOf?.(project) ?? language.name;
  if (!runs) return { language: [createFact(value, CONFIDENCE.hint, project.sign)] };
  const found = recogniseFramework(language.frameworks ?? [], project.packages, (name) =>
    project.has(name) ? `${project.dir === '.' ? '' : `${project.dir}/`}${name}` : undefined,
  );
  const listening = findOpenings(language, project);
  const spoken = [...listening.ports, ...findSettings(language, project)];
  const ports = spoken.length > 0 ? spoken : defaultPorts(language, project, found);
  const start = language.start(project);
  return {
    language: [createFact(value, CONFIDENCE.manifest, project.sign)],
    ...claimVersion(language, project),
    ...claimFramework(language, project, found?.fact),
    ...claimKind(language, project, [...spoken, ...listening.variables], found),
    ports,
    portVariables: listening.variables,
    ...(start && { startCommand: [createFact(start.command, CONFIDENCE.frameworkDefault, start.evidence)] }),
    ...claimProbes(findRoutes(language, project)),
    env: claimEnv(findReads(language, project)),
    dependencies: recogniseDependencies(language.clients ?? [], project.packages),
  };
}

type Found = { framework: Framework; fact: Fact<string> } | undefined;

function claimVersion({ versions = [] }: Language, project: Project): Claims {
  for (const { file, pattern } of versions) {
    const source = file === '' ? project.manifest : project.read(file);
    const match = source && pattern.exec(source.text);
    if (!source || match?.[1] === undefined) continue;
    const evidence = {
      file: source.file,
      line: lineAt(source.text, match.index),
      reason: 'names the version',
    };
    return { languageVersion: [createFact(match[1], CONFIDENCE.manifest, evidence)] };
  }
  return {};
}

function claimFramework(language: Language, project: Project, fact: Fact<string> | undefined): Claims {
  const named = language.frameworkOf?.(project);
  if (named) return { framework: [createFact(named.value, CONFIDENCE.manifest, named.evidence)] };
  return fact ? { framework: [fact] } : {};
}

function claimKind(
  language: Language,
  project: Project,
  spoken: readonly { evidence: Evidence[] }[],
  found: Found,
): Claims {
  const [listening] = spoken.flatMap(({ evidence }) => evidence);
  if (listening) return { kind: [createFact('server', CONFIDENCE.example, listening)] };
  const kind = found?.framework.kind;
  const [evidence] = found?.fact.evidence ?? [];
  if (kind !== undefined && evidence)
    return { kind: [createFact(kind, CONFIDENCE.frameworkDefault, evidence)] };
  const own = language.kindOf?.(project);
  return own ? { kind: [createFact(own.value, CONFIDENCE.frameworkDefault, own.evidence)] } : {};
}

// The language's own default knows more than the framework's: it has looked at the project.
function defaultPorts(language: Language, project: Project, found: Found): PortFact[] {
  const own = language.portOf?.(project);
  if (own) return [toDefault(own.value, own.variable, own.evidence)];
  const [evidence] = found?.fact.evidence ?? [];
  const { port, portEnv, name = '' } = found?.framework ?? {};
  if (port === undefined || !evidence) return [];
  return [
    toDefault(port, portEnv, { ...evidence, reason: `${name} listens on ${port} unless told otherwise` }),
  ];
}

function toDefault(value: number, variable: string | undefined, evidence: Evidence): PortFact {
  const confidence = CONFIDENCE.frameworkDefault;
  const fromEnv = variable === undefined ? {} : { fromEnv: variable };
  return { value, protocol: 'TCP', ...fromEnv, confidence, evidence: [evidence] };
}

interface Openings {
  ports: PortFact[];
  variables: Fact<string>[];
}

/** `name = value`, `let name: u16 = value`, `@name = value`, `name := value`: how nearly every language defines a name. */
const DEFINITION =
  /(?=[$@A-Za-z_])(?<![\w.])(?<=^[ \t({;]{0,40}(?:(?:export|public|private|static|final|const|let|var|val|def|mut|readonly|defp?|lazy|async|string|int|String|Int|ushort)[ \t]{1,4}){0,4})[$@]?(?<name>[A-Za-z_]\w{0,60})(?:[ \t]{0,4}:[ \t]{0,4}&?'?[\w<>.? ]{1,40})?[ \t]{0,20}(?::|\|\|)?=(?![=>])[ \t]{0,4}(?<value>[^\n]{1,300})/gm;

const FUNCTION = /\b(?:fn|def|func|function|fun)\s{1,4}(?<name>\w{1,60})\s{0,4}\(/g;

function findOpenings(language: Language, project: Project): Openings {
  const openings: Openings = { ports: [], variables: [] };
  const { opens = [], reads = [] } = language;
  if (opens.length === 0) return openings;
  const dialect: Dialect = { definitions: [DEFINITION], environmentReads: reads, functions: FUNCTION };
  const definitions = collectDefinitions(project.code, dialect);
  for (const file of project.code)
    for (const opening of opens)
      for (const match of [...findInCode(file, opening.pattern)].slice(0, MAX_CALLS)) {
        const value = match.groups?.['value'] ?? '';
        const offset = match.index + match[0].lastIndexOf(value);
        const port = resolvePort(value, file, offset, definitions);
        addOpening(openings, opening, port, evidenceAt(file, match.index, ''));
      }
  return openings;
}

/** More calls of one kind in one file than this say nothing new. */
const MAX_CALLS = 40;

function addOpening(
  { ports, variables }: Openings,
  { label }: Opening,
  { value, fromEnv, evidence }: ReturnType<typeof resolvePort>,
  place: Evidence,
): void {
  const all = [
    { ...place, reason: `${label} listens on ${value ?? `$${fromEnv ?? ''}`}` },
    ...evidence.slice(0, 3),
  ];
  if (value !== undefined)
    ports.push({
      value,
      protocol: 'TCP',
      ...(fromEnv !== undefined && { fromEnv }),
      confidence: CONFIDENCE.source,
      evidence: all,
    });
  else if (fromEnv !== undefined)
    variables.push({ value: fromEnv, confidence: CONFIDENCE.source, evidence: all });
}

function findSettings({ portSettings = [] }: Language, { files, dir, tree }: Project): PortFact[] {
  return portSettings.flatMap(({ file: wanted, pattern }) => {
    const own = files
      .filter((file) => wanted.test(dir === '.' ? file : file.slice(dir.length + 1)))
      .slice(0, 5);
    return own.flatMap((file): PortFact[] => {
      const text = tree.read(file) ?? '';
      const match = pattern.exec(text);
      const value = Number(match?.groups?.['port']);
      if (!match || !Number.isInteger(value)) return [];
      const variable = match.groups?.['variable'];
      const line = lineAt(text, match.index + match[0].length);
      return [
        {
          value,
          protocol: 'TCP',
          ...(variable !== undefined && { fromEnv: variable }),
          confidence: CONFIDENCE.source - 0.01,
          evidence: [{ file, line, reason: `says port ${value}` }],
        },
      ];
    });
  });
}

function findRoutes({ routes = [] }: Language, { code }: Project): Route[] {
  return code.flatMap((file) =>
    routes.flatMap((pattern) =>
      [...findInCode(file, pattern)].flatMap((match) => {
        const given = match.groups?.['path'] ?? '';
        const path = given.startsWith('/') ? given : `/${given}`;
        return [{ path, evidence: evidenceAt(file, match.index, `serves ${path}`) }];
      }),
    ),
  );
}

function findReads({ reads = [] }: Language, { code }: Project): EnvRead[] {
  return code.flatMap((file) =>
    reads.flatMap((pattern) =>
      [...findInCode(file, pattern)].flatMap((match) => {
        const name = match.groups?.['name'];
        if (name === undefined) return [];
        const required = match.groups?.['fallback'] === undefined;
        return [{ name, required, evidence: evidenceAt(file, match.index, `reads ${name}`) }];
      }),
    ),
  );
}
