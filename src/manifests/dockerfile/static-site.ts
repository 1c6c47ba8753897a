// Dockerfiles for static sites: the files, built if they have to be, behind an nginx that needs no root.
import { closing, type Recipe, type RecipeSubject } from './build-inputs.ts';
import { nodeBuildStage } from './node.ts';

const server = 'nginxinc/nginx-unprivileged:1.29-alpine';
const webRoot = '/usr/share/nginx/html';

/** Where that nginx listens. */
export const staticPort = 8080;

/** Where frameworks put what they build. */
const outputs: readonly (readonly [RegExp, string])[] = [
  [/^(vite|vue|astro|svelte|react \(vite\))$/i, 'dist'],
  [/^(create react app|docusaurus)$/i, 'build'],
  [/^(gatsby|hugo)$/i, 'public'],
];

/** Folders that hold pages as they are served. */
const pageFolders = ['public', 'dist', 'site', 'www', 'html', 'docs'];

/** A site. */
export const staticRecipe: Recipe = (subject) => {
  if (subject.port !== staticPort) return undefined;
  return subject.scripts.has('build') ? builtSite(subject) : plainSite(subject);
};

function builtSite(subject: RecipeSubject): string[] | undefined {
  const stage = nodeBuildStage(subject);
  const output = outputs.find(([framework]) => framework.test(subject.framework))?.[1];
  if (!stage || output === undefined) return undefined;
  return [...stage, '', `FROM ${server}`, `COPY --from=build /app/${output} ${webRoot}`, ...closing(subject)];
}

function plainSite(subject: RecipeSubject): string[] | undefined {
  const { entries } = subject;
  const folder = entries.has('index.html') ? '.' : pageFolders.find((name) => entries.has(name));
  if (folder === undefined || entries.has('package.json')) return undefined;
  return [`FROM ${server}`, `COPY ${folder} ${webRoot}`, ...closing(subject)];
}
