// Frameworks whose routes are files: Next.js, SvelteKit, Nuxt and Nitro, Remix, Astro.
import type { Scope } from '../analyser.ts';
import { relativeTo } from '../code/code-file.ts';
import type { Route } from '../code/probe-claims.ts';
import { healthRoleOf } from '../health-paths.ts';

/** Group 1 is the route; `app/(group)/api/health/route.ts` serves /api/health. */
const LAYOUTS: readonly { framework: string; file: RegExp; isFlat?: boolean }[] = [
  { framework: 'Next.js', file: /^(?:src\/)?app\/(.+)\/route\.[jt]sx?$/ },
  { framework: 'Next.js', file: /^(?:src\/)?pages\/(api\/.+?)(?:\/index)?\.[jt]sx?$/ },
  { framework: 'SvelteKit', file: /^src\/routes\/(.+)\/\+server\.[jt]s$/ },
  { framework: 'Nuxt', file: /^server\/(api\/.+?)(?:\/index)?(?:\.get)?\.[jt]s$/ },
  { framework: 'Nuxt', file: /^server\/routes\/(.+?)(?:\/index)?(?:\.get)?\.[jt]s$/ },
  { framework: 'Nitro', file: /^(?:server\/)?routes\/(.+?)(?:\/index)?(?:\.get)?\.[jt]s$/ },
  { framework: 'Nitro', file: /^(?:server\/)?(api\/.+?)(?:\/index)?(?:\.get)?\.[jt]s$/ },
  { framework: 'Remix', file: /^app\/routes\/(.+?)\.[jt]sx?$/, isFlat: true },
  { framework: 'Astro', file: /^src\/pages\/(.+?)\.[jt]s$/ },
];

/** Files that show which of these frameworks the folder belongs to. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  'Next.js': /"next"\s*:/,
  SvelteKit: /"@sveltejs\/kit"\s*:/,
  Nuxt: /"nuxt3?"\s*:/,
  Nitro: /"nitro(?:pack)?"\s*:/,
  Remix: /"@remix-run\/|"@react-router\/fs-routes"/,
  Astro: /"astro"\s*:/,
};

/** Routes by the place of their files. None where the framework puts all paths below one that is set elsewhere. */
export function findFileRoutes(scope: Scope): Route[] {
  const { tree, dir, files } = scope;
  const manifest = tree.read(dir === '.' ? 'package.json' : `${dir}/package.json`) ?? '';
  const layouts = LAYOUTS.filter(({ framework }) => SIGNS[framework]?.test(manifest));
  if (layouts.length === 0 || hasBasePath(scope)) return [];
  return files.flatMap((file) => {
    const inside = relativeTo(file, dir);
    const layout = layouts.find((one) => one.file.test(inside));
    const found = layout?.file.exec(inside)?.[1];
    if (!layout || found === undefined) return [];
    const path = toPath(found, layout.isFlat === true);
    return healthRoleOf(path) === undefined
      ? []
      : [{ path, evidence: { file, reason: `${layout.framework} serves this file at ${path}` } }];
  });
}

function toPath(found: string, isFlat: boolean): string {
  const segments = (isFlat ? found.replaceAll('.', '/') : found).split('/');
  const shown = segments.filter((one) => !/^\(.*\)$/.test(one) && !(isFlat && one.startsWith('_')));
  return `/${shown.join('/')}`;
}

function hasBasePath({ tree, dir, files }: Scope): boolean {
  return files.some((file) => {
    const inside = relativeTo(file, dir);
    if (!/^(?:next|nuxt|astro|svelte|nitro|vite)\.config\.[cm]?[jt]s$/.test(inside)) return false;
    return /\b(?:basePath|baseURL|base)\s{0,4}:\s{0,4}(?!['"]\/?['"])\S/.test(tree.read(file) ?? '');
  });
}
