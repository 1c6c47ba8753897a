// Shell scripts that start an application of nothing else.
import type { Language } from './language.ts';

const MAINS = ['start.sh', 'run.sh', 'main.sh'];

/** Shell. */
export const shell: Language = {
  name: 'shell',
  selection: { syntax: 'hash', extensions: ['.sh'], isLeftOut: () => false },
  mains: MAINS,
  runs: ({ sign }) => ({ ...sign, reason: 'a script that starts something' }),
  reads: [/\$\{(?<name>[A-Z][A-Z0-9_]{1,119})(?<fallback>:?[-=])?/g],
  start: (project) => {
    const name = MAINS.find((one) => project.has(one));
    return name === undefined
      ? undefined
      : { command: `bash ${name}`, evidence: { ...project.sign, reason: 'the script, by its name' } };
  },
};
