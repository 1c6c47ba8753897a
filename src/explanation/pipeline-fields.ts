// Why the workflow of GitHub or GitLab is as it is.
import type { ApplicationPlan } from '../manifests/plan-application.ts';
import { explainRepository } from './plan-reasons.ts';
import { itemOf } from './item-of.ts';
import { always, type FieldTable, type FieldView, type Reason } from './reason.ts';

const nameOf = (): Reason => ({ because: 'the name of the application', settings: ['name'] });
const inOrder = 'one run at a time: two would write the same digest line';

/** The component that a build step is for. */
function builtBy(application: ApplicationPlan, index: number) {
  return application.components.filter(({ image }) => image.isBuilt)[index];
}

/** A word of the step that the field is in. */
function stepWord(view: FieldView, key: 'id' | 'name'): string {
  const word = itemOf(view, 'steps')?.[key];
  return typeof word === 'string' ? word : '';
}

function explainBuild(view: FieldView, what: string): Reason {
  const id = stepWord(view, 'id');
  return explainBuildOf(view, Number(id.replace('build-', '')), what);
}

function explainBuildOf({ application }: FieldView, index: number, what: string): Reason {
  const build = builtBy(application, index)?.component.runtime.build;
  return {
    because: build ? `${what}, as the source builds it` : `${what}: a Dockerfile is generated there`,
    evidence: build?.evidence ?? [],
  };
}

const stepPurposes: readonly (readonly [RegExp, string])[] = [
  [/^Check out/, 'the source is needed, and the right to push what is pinned'],
  [/^Set up/, 'BuildKit builds the image'],
  [/^Log in/, 'the registry takes images from who is logged in'],
  [/^Build/, 'the image is built and pushed'],
  [/^Pin/, 'the digest of what was pushed is written into the manifests, so that exactly this image runs'],
  [/^Commit/, 'what was pinned is committed, and Argo CD takes it from there'],
];

function explainStep(view: FieldView): Reason {
  const name = stepWord(view, 'name');
  const found = stepPurposes.find(([pattern]) => pattern.test(name));
  return { because: found?.[1] ?? 'a step of the way from source to cluster', settings: ['ci'] };
}

const step = 'jobs.deploy.steps[].';

/** Of .github/workflows/deploy.yaml. */
export const githubFields: FieldTable = {
  name: nameOf,
  'on.push.branches[]': ({ application: { application, options } }) => ({
    because:
      options.git.branch.source === 'git'
        ? 'the default branch of the repository is what is deployed'
        : 'the usual name of a default branch',
    evidence: application.git?.defaultBranch?.evidence ?? [],
  }),
  'on.push.paths[]': ({ value }) => ({
    because: String(value).startsWith('!')
      ? 'what it commits itself, or what is no source, starts no new run'
      : 'a change of the application starts it',
    settings: String(value).startsWith('!') ? ['output_dir'] : [],
  }),
  'on.workflow_dispatch': always('a person can start it by hand'),
  permissions: always('nothing, except for what the job below names'),
  'concurrency.group': always(inOrder),
  'concurrency.cancel-in-progress': always('a run that has pushed an image also pins it'),
  'jobs.deploy.runs-on': always('a fixed release of the runner, so that it does not change under it'),
  'jobs.deploy.timeout-minutes': always('a build that hangs is not paid for until tomorrow'),
  'jobs.deploy.permissions.contents': always('it commits the digests that it pins'),
  'jobs.deploy.permissions.packages': always('it pushes images to the registry of GitHub'),
  [`${step}name`]: explainStep,
  [`${step}uses`]: (view) => ({
    because: `${explainStep(view).because}; by commit, so that nobody can change what runs here, with its release behind it`,
  }),
  [`${step}id`]: always('the step that pins asks this one for the digest'),
  [`${step}run`]: explainStep,
  [`${step}with.persist-credentials`]: always('the last step pushes a commit'),
  [`${step}with.registry`]: (view) => registryOf(view),
  [`${step}with.username`]: always(
    "who is logged in: for GitHub's registry whoever started the run, else a secret of the repository",
  ),
  [`${step}with.password`]: always(
    'a secret that GitHub hands to the run; its value is nowhere in the repository',
  ),
  [`${step}with.context`]: (view) => explainBuild(view, 'the folder that the image is built from'),
  [`${step}with.file`]: (view) => explainBuild(view, 'the Dockerfile'),
  [`${step}with.target`]: (view) => explainBuild(view, 'the stage of the Dockerfile'),
  [`${step}with.push`]: always('the registry has to have it before the cluster asks'),
  [`${step}with.tags`]: (view) => {
    const id = stepWord(view, 'id');
    const plan = builtBy(view.application, Number(id.replace('build-', '')));
    return plan
      ? {
          ...explainRepository(plan),
          because: 'the version, and the version with the commit that it was built from',
        }
      : { because: 'the version, and the version with the commit that it was built from' };
  },
  [`${step}env.MANIFESTS`]: () => ({
    because: 'the folder of the manifests reaches the shell as a variable, never as part of a command',
    settings: ['output_dir'],
  }),
  [`${step}env.BRANCH`]: always('the branch reaches the shell as a variable, never as part of a command'),
  [`${step}env.*`]: always('the digest of the image that was pushed, by the step that pushed it'),
};

function registryOf({ application }: FieldView): Reason {
  const plan = builtBy(application, 0);
  return plan ? explainRepository(plan) : { because: 'the registry of the images', settings: ['registry'] };
}

const indexOf = (view: FieldView) => Number(/\d+$/.exec(String(view.path.at(-1)))?.[0] ?? 0);

/** Of .gitlab/deploy.yml; the job's own name is the first step of the path. */
export const gitlabFields: FieldTable = {
  '*.stage': always("the last of GitLab's own stages"),
  '*.image': always("Docker's own image has what builds and pushes"),
  '*.services[]': always('the daemon that builds runs beside the job'),
  '*.timeout': always('a build that hangs is not paid for until tomorrow'),
  '*.resource_group': always(inOrder),
  '*.rules[].if': always('a push to the default branch is what is deployed'),
  '*.rules[].changes[]': always('a change of the application starts it'),
  '*.variables.DOCKER_TLS_CERTDIR': always('job and daemon talk over TLS, with certificates from there'),
  '*.variables.MANIFESTS': () => ({
    because: 'the folder of the manifests reaches the shell as a variable, never as part of a command',
    settings: ['output_dir'],
  }),
  '*.before_script[]': ({ value }) => ({
    because: String(value).includes('docker login')
      ? 'the registry takes images from who is logged in, by variables that GitLab hands to the job'
      : 'git commits what is pinned',
  }),
  '*.script[]': ({ value }) => ({ because: scriptPurpose(String(value)) }),
};

function scriptPurpose(line: string): string {
  const found = [
    ['docker build', 'builds the image'],
    ['docker push', 'the registry has to have it before the cluster asks'],
    ['docker image inspect', 'asks which digest the registry gave it'],
    ['test -n', 'without a digest there is nothing to pin'],
    ['grep -rl', 'writes the digest into the line that carries the mark of its component'],
    ['git ', 'commits what was pinned without starting itself again'],
  ].find(([word]) => line.includes(word ?? ''));
  return found?.[1] ?? 'a step of the way from source to cluster';
}

/** The variables of one build: CONTEXT_0, DOCKERFILE_0, TARGET_0. */
export const gitlabBuildFields: FieldTable = {
  CONTEXT: (view) => explainBuildOf(view, indexOf(view), 'the folder that the image is built from'),
  DOCKERFILE: (view) => explainBuildOf(view, indexOf(view), 'the Dockerfile'),
  TARGET: (view) => explainBuildOf(view, indexOf(view), 'the stage of the Dockerfile'),
};
