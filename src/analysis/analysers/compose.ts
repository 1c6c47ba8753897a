// What compose says about a component: the claims of its service, read and checked when the project was.
import type { Analyser } from '../analyser.ts';

/** Claims of the compose service that runs the component; none where there is no such service. */
export const composeAnalyser: Analyser = {
  name: 'compose',
  analyse: ({ service }) => service?.claims ?? {},
};
