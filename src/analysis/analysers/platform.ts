// What a platform's settings file in the component's folder says: how it is started.
import { CONFIDENCE, createFact } from '../../application/fact.ts';
import type { Analyser } from '../analyser.ts';
import { findStartSetting } from '../platform/start-settings.ts';

/** Claims from Procfile and the like, for components of every language. */
export const platformAnalyser: Analyser = {
  name: 'platform',
  analyse({ tree, dir }) {
    const start = findStartSetting(tree, dir);
    return start ? { startCommand: [createFact(start.command, CONFIDENCE.source, start.evidence)] } : {};
  },
};
