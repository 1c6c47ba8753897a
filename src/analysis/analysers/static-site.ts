// Reads a static site: its generator, and the web server that its image or its settings put in front of it.
import { posix } from 'node:path';
import type { Claims } from '../../application/claims.ts';
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence } from '../../application/fact.ts';
import type { Analyser, Scope } from '../analyser.ts';
import { joinPath } from '../code/code-file.ts';
import { claimProbes } from '../code/probe-claims.ts';
import { siteGenerators, type SiteGenerator } from '../frameworks/static-site.ts';
import { isFileServer, serviceOfImage } from '../images/services.ts';
import { findWebServers } from '../static-site/web-server.ts';

/** Claims about components that a web server serves as files. */
export const staticSiteAnalyser: Analyser = {
  name: 'static-site',
  analyse(scope) {
    const generator = findGenerator(scope);
    const page = findPage(scope);
    const served = findServingImage(scope);
    const isLone = scope.build === undefined && !hasProgram(scope);
    const evidence = generator?.evidence ?? served ?? (isLone ? page : undefined);
    if (!evidence) return {};
    return {
      ...describe(generator, served !== undefined, evidence, page),
      ...serve(scope, served !== undefined),
    };
  },
};

function findServingImage({ build }: Scope): Evidence | undefined {
  return build && isFileServer(build.baseImage.value) ? build.baseImage.evidence[0] : undefined;
}

interface Generator {
  generator: SiteGenerator;
  evidence: Evidence;
}

function findGenerator({ tree, dir }: Scope): Generator | undefined {
  for (const generator of siteGenerators)
    for (const name of generator.files) {
      const file = joinPath(dir, name);
      if (!tree.has(file)) continue;
      const says = generator.says?.exec(tree.read(file) ?? '');
      if (!generator.says || says)
        return { generator, evidence: { file, reason: `settings of ${generator.name}` } };
    }
  return undefined;
}

function findPage({ tree, dir }: Scope): Evidence | undefined {
  for (const name of [
    'index.html',
    'public/index.html',
    'static/index.html',
    'html/index.html',
    'site/index.html',
  ]) {
    const file = joinPath(dir, name);
    if (tree.has(file)) return { file, reason: 'a page' };
  }
  const staticfile = joinPath(dir, 'Staticfile');
  return tree.has(staticfile) ? { file: staticfile, reason: 'names a static site' } : undefined;
}

/** Source of a program beside the pages: they are then that program's, unless a web server's image serves them. */
const PROGRAM =
  /^(?:package\.json|pyproject\.toml|requirements\.txt|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|Gemfile|Cargo\.toml|mix\.exs|manage\.py|deno\.jsonc?|gleam\.toml|rebar\.config|.*\.(?:csproj|fsproj|cabal)|.*\.(?:php|py|go|rb|java))$/;

const hasProgram = ({ files, dir }: Scope) =>
  files.some((file) => posix.dirname(file) === dir && PROGRAM.test(posix.basename(file)));

function describe(
  found: Generator | undefined,
  isServed: boolean,
  evidence: Evidence,
  page: Evidence | undefined,
): Claims {
  const shown = found?.evidence ?? page;
  return {
    kind: [createFact('static', isServed ? CONFIDENCE.dockerfile : CONFIDENCE.frameworkDefault, evidence)],
    ...(shown && {
      language: [createFact(found?.generator.language ?? 'html', CONFIDENCE.frameworkDefault, shown)],
    }),
    ...(found && { framework: [createFact(found.generator.name, CONFIDENCE.source, found.evidence)] }),
  };
}

function serve(scope: Scope, isServed: boolean): Claims {
  const servers = findWebServers(scope);
  const named = servers.find(({ ports }) => ports.length > 0);
  const probes = claimProbes(servers.flatMap(({ routes }) => routes));
  if (named) return { ports: named.ports, ...probes };
  const image = scope.build?.baseImage;
  if (!isServed || image === undefined) return probes;
  const value = serviceOfImage(image.value)?.ports[0] ?? 80;
  const port: PortFact = {
    value,
    protocol: 'TCP',
    confidence: CONFIDENCE.imageTable,
    evidence: image.evidence.map((one) => ({ ...one, reason: `${image.value} listens on ${value}` })),
  };
  return { ports: [port], ...probes };
}
