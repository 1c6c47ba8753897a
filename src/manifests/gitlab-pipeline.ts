// The GitLab pipeline that closes the loop: build, push, pin the digest, commit. To be included by the repository's own.
import { stringify } from 'yaml';
import { defaultRegistry, findHost } from '../workload/image-reference.ts';
import { joinPath } from './argo-application.ts';
import type { ComponentPlan } from './component-plan.ts';
import { pinExpression } from './pin-expression.ts';
import { pinMark } from './pinned-digests.ts';
import type { ApplicationPlan } from './plan-application.ts';
import { generatedHeader } from './yaml-text.ts';

/** Where it is written, relative to the application: `.gitlab-ci.yml` itself is a person's. */
export const gitlabPipelinePath = '.gitlab/deploy.yml';

/** Docker's own image, with a daemon beside it that it talks to over TLS. */
const dockerImage = 'docker:28';

/** The pipeline's text. */
export function formatGitlabPipeline({ name, options, components }: ApplicationPlan): string {
  const built = components.filter(({ image }) => image.isBuilt);
  const here = options.git.pathInRepository;
  const manifests = joinPath(here, options.outputDir);
  const registries = [...new Set(built.map(({ image }) => findHost(image.repository) ?? defaultRegistry))];
  const pipeline = {
    [`deploy-${name}`]: {
      stage: 'deploy',
      image: dockerImage,
      services: [`${dockerImage}-dind`],
      timeout: '30 minutes',
      // One at a time, in the order of the commits.
      resource_group: `deploy-${name}`,
      rules: [
        {
          if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE == "push"',
          ...(here === '.' ? {} : { changes: [`${here}/**/*`] }),
        },
      ],
      variables: {
        DOCKER_TLS_CERTDIR: '/certs',
        MANIFESTS: literal(manifests),
        ...Object.assign({}, ...built.map((component, index) => buildVariables(component, index, here))),
      } as Record<string, string>,
      before_script: ['apk add --no-cache git', ...registries.map(loginCommand)],
      script: [...built.flatMap(buildCommands), commitCommand()],
    },
  };
  return `${generatedHeader}\n${stringify(pipeline, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** Paths of the application reach the shell as variables only. */
function buildVariables({ component }: ComponentPlan, index: number, here: string): Record<string, string> {
  const { build } = component.runtime;
  const dockerfile = joinPath(here, build?.dockerfile ?? joinPath(component.path, 'Dockerfile'));
  return {
    [`CONTEXT_${index}`]: literal(joinPath(here, build?.context ?? component.path)),
    [`DOCKERFILE_${index}`]: literal(dockerfile),
    ...(build?.target === undefined ? {} : { [`TARGET_${index}`]: literal(build.target) }),
  };
}

/** GitLab expands variables in variables; two dollars are one. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function loginCommand(registry: string): string {
  const [user, password] =
    registry === 'registry.gitlab.com'
      ? ['CI_REGISTRY_USER', 'CI_REGISTRY_PASSWORD']
      : ['REGISTRY_USERNAME', 'REGISTRY_PASSWORD'];
  return `printf %s "$${password}" | docker login --username "$${user}" --password-stdin ${registry}`;
}

/** Builds, pushes and pins one image: the registry says which digest it has. */
function buildCommands({ name, image, options, component }: ComponentPlan, index: number): string[] {
  const tag = `${image.repository}:${image.tag}`;
  const target = component.runtime.build?.target === undefined ? '' : ` --target "$TARGET_${index}"`;
  const variable = `DIGEST_${index}`;
  const expression = pinExpression({ name, image, options }, variable);
  return [
    `docker build --pull --tag ${tag} --file "$DOCKERFILE_${index}"${target} -- "$CONTEXT_${index}"`,
    `docker push ${tag}`,
    `${variable}=$(docker image inspect --format '{{join .RepoDigests "\\n"}}' ${tag} | grep -F '${image.repository}@' | head -n 1 | sed 's/.*@//')`,
    `test -n "$${variable}"`,
    `grep -rl ' # ${pinMark(name)}$' "$MANIFESTS" | while read -r file; do sed -i -E "${expression}" "$file"; done`,
  ];
}

/** A push that skips pipelines; the job's token may push where the project's settings let it. */
function commitCommand(): string {
  return [
    'git config user.name "$GITLAB_USER_NAME"',
    'git config user.email "$GITLAB_USER_EMAIL"',
    'git add -- "$MANIFESTS"',
    'git diff --cached --quiet && exit 0',
    'git commit -m "Deploy $CI_COMMIT_SHA [skip ci]"',
    'remote="https://gitlab-ci-token:$CI_JOB_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git"',
    'for attempt in 1 2 3; do',
    '  git push -o ci.skip "$remote" "HEAD:$CI_COMMIT_BRANCH" && exit 0',
    '  git pull --rebase "$remote" "$CI_COMMIT_BRANCH"',
    'done',
    'exit 1',
  ].join('\n');
}
