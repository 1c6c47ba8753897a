// The GitHub workflow that closes the loop: build, push, pin the digest, commit.
import { stringify } from 'yaml';
import { defaultRegistry, findHost } from '../workload/image-reference.ts';
import { joinPath } from './argo-application.ts';
import type { ComponentPlan } from './component-plan.ts';
import { pinExpression } from './pin-expression.ts';
import { pinMark } from './pinned-digests.ts';
import type { ApplicationPlan } from './plan-application.ts';
import { generatedHeader } from './yaml-text.ts';

/** Actions by commit, with the release that the commit is. Looked up in the tags of their repositories. */
const actions = {
  checkout: ['actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  buildx: ['docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e', 'v4.3.0'],
  login: ['docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121', 'v4.1.0'],
  build: ['docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a', 'v7.3.0'],
} as const;

type ActionName = keyof typeof actions;

interface Step {
  name: string;
  id?: string;
  uses?: string;
  with?: Record<string, string | boolean>;
  env?: Record<string, string>;
  run?: string;
}

/** The workflow's text. */
export function formatGithubWorkflow(plan: ApplicationPlan): string {
  const { options, components } = plan;
  const built = components.filter(({ image }) => image.isBuilt);
  const here = options.git.pathInRepository;
  const manifests = joinPath(here, options.outputDir);
  const registries = [...new Set(built.map(({ image }) => findHost(image.repository) ?? defaultRegistry))];
  const workflow = {
    name: `deploy ${plan.name}`,
    on: {
      push: {
        branches: [options.git.branch.value],
        paths: [
          here === '.' ? '**' : `${here}/**`,
          `!${manifests}/**`,
          `!${joinPath(here, 'argocd')}/**`,
          `!${joinPath(here, 'PERSONA.md')}`,
        ],
      },
      workflow_dispatch: {},
    },
    permissions: {},
    concurrency: { group: `deploy-${plan.name}`, 'cancel-in-progress': false },
    jobs: {
      deploy: {
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 30,
        permissions: {
          contents: 'write',
          ...(registries.includes('ghcr.io') ? { packages: 'write' } : {}),
        },
        steps: [
          { name: 'Check out', uses: use('checkout'), with: { 'persist-credentials': true } },
          { name: 'Set up BuildKit', uses: use('buildx') },
          ...registries.map(loginStep),
          ...built.map((component, index) => buildStep(component, index, here)),
          pinStep(built, manifests),
          commitStep(manifests),
        ] satisfies Step[],
      },
    },
  };
  const text = stringify(workflow, { lineWidth: 0, aliasDuplicateObjects: false });
  return `${generatedHeader}\n${nameReleases(text)}`;
}

function use(name: ActionName): string {
  return actions[name][0];
}

/** Behind each action's commit, the release that it is. */
function nameReleases(text: string): string {
  let named = text;
  for (const [reference, release] of Object.values(actions)) {
    named = named.replaceAll(`uses: ${reference}\n`, `uses: ${reference} # ${release}\n`);
  }
  return named;
}

function loginStep(registry: string): Step {
  const isGithub = registry === 'ghcr.io';
  return {
    name: `Log in to ${registry}`,
    uses: use('login'),
    with: {
      registry,
      username: isGithub ? '${{ github.actor }}' : '${{ secrets.REGISTRY_USERNAME }}',
      password: isGithub ? '${{ secrets.GITHUB_TOKEN }}' : '${{ secrets.REGISTRY_PASSWORD }}',
    },
  };
}

function buildStep({ name, component, image }: ComponentPlan, index: number, here: string): Step {
  const build = component.runtime.build;
  const context = joinPath(here, build?.context ?? component.path);
  const dockerfile = joinPath(here, build?.dockerfile ?? joinPath(component.path, 'Dockerfile'));
  return {
    name: `Build ${name}`,
    id: `build-${index}`,
    uses: use('build'),
    with: {
      context: literal(context),
      file: literal(dockerfile),
      ...(build?.target === undefined ? {} : { target: literal(build.target) }),
      push: true,
      tags: [`${image.repository}:${image.tag}`, `${image.repository}:${image.tag}-\${{ github.sha }}`].join(
        '\n',
      ),
    },
  };
}

/** Writes each digest into the line that carries the component's mark. */
function pinStep(built: readonly ComponentPlan[], manifests: string): Step {
  return {
    name: 'Pin the digests',
    env: {
      MANIFESTS: literal(manifests),
      ...Object.fromEntries(
        built.map((_, index) => [`DIGEST_${index}`, `\${{ steps.build-${index}.outputs.digest }}`]),
      ),
    },
    run: built.map((component, index) => pinCommand(component, index)).join('\n'),
  };
}

function pinCommand(component: ComponentPlan, index: number): string {
  const mark = `# ${pinMark(component.name)}`;
  const expression = pinExpression(component, `DIGEST_${index}`);
  return [
    `test -n "$DIGEST_${index}"`,
    `grep -rl ' ${mark}$' "$MANIFESTS" | xargs -r -d '\\n' sed -i -E "${expression}"`,
  ].join('\n');
}

/** Commits what was pinned. A push with the workflow's own token starts no workflow, and the paths above leave manifests out. */
function commitStep(manifests: string): Step {
  return {
    name: 'Commit',
    env: { MANIFESTS: literal(manifests), BRANCH: '${{ github.ref_name }}' },
    run: [
      'git config user.name "github-actions[bot]"',
      'git config user.email "41898282+github-actions[bot]@users.noreply.github.com"',
      'git add -- "$MANIFESTS"',
      'git diff --cached --quiet && exit 0',
      'git commit -m "Deploy $GITHUB_SHA [skip ci]"',
      'for attempt in 1 2 3; do',
      '  git push origin "HEAD:$BRANCH" && exit 0',
      '  git pull --rebase origin "$BRANCH"',
      'done',
      'exit 1',
    ].join('\n'),
  };
}

/** Text of the application in a place where `${{` would be evaluated. */
function literal(text: string): string {
  return text.replaceAll('${{', "${{ '${{' }}");
}
