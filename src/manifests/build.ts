// Builds every file of an application: facts and options in, files, decisions and next steps out. Reads and writes nothing.
import type { Application } from '../application/application.ts';
import { buildArgoApplication } from './argo-application.ts';
import { componentFiles, toFile } from './component-files.ts';
import { listDecisions, nextSteps } from './decisions.ts';
import type { Decision, GeneratedFile, NextSteps } from './generated-file.ts';
import { buildDockerfiles } from './dockerfile/dockerfile.ts';
import { formatGithubWorkflow } from './github-workflow.ts';
import { formatGitlabPipeline, gitlabPipelinePath } from './gitlab-pipeline.ts';
import { buildChart } from './helm/chart.ts';
import { formatComponentKustomization, formatRootKustomization } from './kustomization.ts';
import { buildNamespace } from './namespace.ts';
import type { ManifestOptions } from './options.ts';
import { formatPersonaMarkdown } from './persona-markdown.ts';
import { planApplication } from './plan-application.ts';
import type { ApplicationPlan } from './plan-application.ts';

/** Everything that generate has to say about an application. */
export interface ManifestResult {
  files: GeneratedFile[];
  decisions: Decision[];
  next: NextSteps;
  /** DNS-safe names of the components, by the name that analysis has for them. */
  names: ReadonlyMap<string, string>;
}

/**
 * Builds the files, in the order in which a person would read them. Components of kind `cli` are left out; with none left
 * there are no files. Paths are relative to the application's folder.
 */
export function buildManifests(application: Application, options: ManifestOptions): ManifestResult {
  const plan = planApplication(application, options);
  if (plan.components.length === 0) {
    return { files: [], decisions: [], next: nextSteps(plan, false), names: new Map() };
  }
  return {
    files: [...manifestFiles(plan), ...companionFiles(plan)],
    decisions: listDecisions(plan),
    next: nextSteps(plan, options.profile === 'standard'),
    names: new Map(plan.components.map(({ component, name }) => [component.name, name])),
  };
}

/** What lies in the output folder. */
function manifestFiles(plan: ApplicationPlan): GeneratedFile[] {
  const { options, namespace, components, isFlat } = plan;
  if (options.format === 'helm') return buildChart(plan);
  const isKustomize = options.format === 'kustomize';
  const namespaceObject = buildNamespace(namespace, plan.name);
  // `kubectl apply -R -f` goes by file name, and names of components begin with a letter: 00 comes first.
  const namespaceFile = isKustomize ? 'namespace.yaml' : '00-namespace.yaml';
  const files: GeneratedFile[] = [];
  const resources: string[] = [];
  if (namespaceObject) {
    files.push(toFile(`${options.outputDir}/${namespaceFile}`, namespaceObject));
    resources.push(namespaceFile);
  }
  for (const component of components) {
    const own = componentFiles(component);
    files.push(...own);
    const names = own.filter(({ objects }) => objects.length > 0).map(({ path }) => baseName(path));
    if (isFlat) resources.push(...names);
    else resources.push(component.name);
    if (isKustomize && !isFlat) {
      const content = formatComponentKustomization(names);
      files.push({
        path: `${component.folder}/kustomization.yaml`,
        content,
        objects: [],
        component: component.name,
      });
    }
  }
  if (isKustomize) {
    const content = formatRootKustomization(resources, namespace, components);
    files.push({ path: `${options.outputDir}/kustomization.yaml`, content, objects: [] });
  }
  return files;
}

/** What lies beside it. */
function companionFiles(plan: ApplicationPlan): GeneratedFile[] {
  const { options, components } = plan;
  const dockerfiles = buildDockerfiles(components);
  if (options.profile === 'minimal') return dockerfiles;
  const files = [...dockerfiles, toFile('argocd/application.yaml', buildArgoApplication(plan))];
  const isBuilt = components.some(({ image }) => image.isBuilt);
  if (options.ci === 'github' && isBuilt)
    files.push({ path: '.github/workflows/deploy.yaml', content: formatGithubWorkflow(plan), objects: [] });
  if (options.ci === 'gitlab' && isBuilt)
    files.push({ path: gitlabPipelinePath, content: formatGitlabPipeline(plan), objects: [] });
  files.push({ path: 'PERSONA.md', content: formatPersonaMarkdown(plan), objects: [] });
  return files;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
