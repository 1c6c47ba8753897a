// What compose says about a component: the claims of its service, read and checked when the project was, and what it then runs.
import type { Claims } from '../../application/claims.ts';
import type { Analyser } from '../analyser.ts';
import { toCommandLine } from '../shell/script.ts';

/** Claims of the compose service that runs the component; none where there is no such service. */
export const composeAnalyser: Analyser = {
  name: 'compose',
  analyse: ({ service, build }) =>
    service ? { ...service.claims, ...claimStart(service.claims, build?.entrypoint?.value ?? []) } : {},
};

// As a container is started: `entrypoint` drops the image's, `command` is given to whichever there is.
function claimStart({ command = [], args = [] }: Claims, imageEntrypoint: readonly string[]): Claims {
  const given = [...args, ...command];
  const [first] = given;
  if (!first) return {};
  const entrypoint = command.length > 0 ? command.flatMap(({ value }) => value) : imageEntrypoint;
  const argv = [...entrypoint, ...args.flatMap(({ value }) => value)];
  const evidence = given.flatMap((fact) => fact.evidence);
  return { startCommand: [{ value: toCommandLine(argv), confidence: first.confidence, evidence }] };
}
