// Dockerfiles for Node: install by the lock file, build if there is a script for it, leave out what only development needs.
import { closing, majorOf, startInstruction, type Recipe, type RecipeSubject } from './build-inputs.ts';

/** The version in long-term support where the application leaves it open. */
const defaultNode = '24';

interface Manager {
  lock: string;
  install: string;
  run: string;
  prune: string;
}

const managers: readonly Manager[] = [
  {
    lock: 'pnpm-lock.yaml',
    install: 'corepack enable && pnpm install --frozen-lockfile',
    run: 'pnpm run build',
    prune: 'CI=true pnpm prune --prod',
  },
  {
    lock: 'yarn.lock',
    install: 'corepack enable && yarn install --frozen-lockfile',
    run: 'yarn run build',
    prune: 'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline',
  },
  { lock: 'package-lock.json', install: 'npm ci', run: 'npm run build', prune: 'npm prune --omit=dev' },
];

/** Nothing is locked: what is newest is installed. */
const unlocked: Manager = {
  lock: 'package-lock.json',
  install: 'npm install',
  run: 'npm run build',
  prune: 'npm prune --omit=dev',
};

const managerOf = ({ entries }: RecipeSubject): Manager =>
  managers.find(({ lock }) => entries.has(lock)) ?? unlocked;

/** The stage that installs and builds; undefined for what it does not know how to install. */
export function nodeBuildStage(subject: RecipeSubject): string[] | undefined {
  const { entries, scripts, isWorkspace, languageVersion } = subject;
  const isBun = ['bun.lock', 'bun.lockb'].some((name) => entries.has(name));
  if (!entries.has('package.json') || isWorkspace || isBun) return undefined;
  const manager = managerOf(subject);
  const copied = ['package.json', manager.lock, '.npmrc'].filter((name) => entries.has(name));
  return [
    `FROM node:${majorOf(languageVersion) ?? defaultNode}-alpine AS build`,
    'WORKDIR /app',
    `COPY ${copied.join(' ')} ./`,
    `RUN ${manager.install}`,
    'COPY . .',
    ...(scripts.has('build') ? [`RUN ${manager.run}`] : []),
  ];
}

/** A server or a worker. */
export const nodeRecipe: Recipe = (subject) => {
  const stage = nodeBuildStage(subject);
  if (!stage || subject.startCommand === undefined) return undefined;
  return [
    ...stage,
    `RUN ${managerOf(subject).prune}`,
    '',
    stage[0]?.replace(' AS build', '') ?? '',
    'ENV NODE_ENV=production',
    'WORKDIR /app',
    'COPY --from=build /app ./',
    ...(/^(pnpm|yarn)\b/.test(subject.startCommand) ? ['RUN corepack enable'] : []),
    ...closing(subject),
    startInstruction(subject.startCommand),
  ];
};
