// What every persona of a namespace has to say, as the test has made the cluster; and the record that it was said once and right.
import { waitUntil } from '../cluster/wait-until.ts';
import { createApplications, readyReason, type Applications, type SeenPersona } from './applications.ts';
import { findRepeatedEvents } from './event-writes.ts';
import { findViolations, listPersonaWrites, type PersonaWrite } from './persona-writes.ts';
import type { Stage } from './stage.ts';

/** Applications with the truth about them kept in mind. */
export interface Troupe {
  /** Ready replicas of each persona's Deployment; undefined: it has none. */
  truth: Map<string, number | undefined>;
  /** A persona, with a Deployment where `ready` is given. */
  add(name: string, ready?: number): Promise<void>;
  setReady(name: string, ready: number): Promise<void>;
  /** Another number of ready replicas, whatever it was before. */
  changeReady(name: string): Promise<void>;
  addDeployment(name: string, ready: number): Promise<void>;
  removeDeployment(name: string): Promise<void>;
  /** Changes the spec of a persona, in what matters to nobody: another generation to be observed. */
  revise(name: string): Promise<void>;
  /** Resolves, once every status (or those of these names) is right, with the time at which it was seen so. */
  untilRight(timeoutMs: number, names?: readonly string[]): Promise<number>;
  /** Writes of statuses since then. @throws Error where one of them breaks an invariant, or an Event was told twice */
  writesSince(atMs: number): Promise<PersonaWrite[]>;
}

/** So many applications, all running, in a namespace of their own: `app-0`, `app-1` … */
export async function createTroupe(stage: Stage, namespace: string, size: number): Promise<Troupe> {
  const applications = await createApplications(stage, namespace);
  const troupe = createEmptyTroupe(stage, applications);
  await Promise.all(Array.from({ length: size }, (_, index) => troupe.add(`app-${index}`, 2)));
  return troupe;
}

function createEmptyTroupe(stage: Stage, applications: Applications): Troupe {
  const truth = new Map<string, number | undefined>();
  const findWrong = async (names?: readonly string[]): Promise<string | undefined> => {
    const all = await applications.personas();
    const seen = all.filter(({ metadata }) => names?.includes(metadata.name) ?? true);
    if (names === undefined && seen.length !== truth.size)
      return `${seen.length} personas, not ${truth.size}`;
    const wrong = seen.find((persona) => !isRight(persona, truth.get(persona.metadata.name)));
    return wrong === undefined ? undefined : describe(wrong, truth.get(wrong.metadata.name));
  };
  const setReady = async (name: string, ready: number): Promise<void> => {
    truth.set(name, ready);
    await applications.setReady(name, ready);
  };
  return {
    truth,
    setReady,
    changeReady: (name) => setReady(name, ((truth.get(name) ?? 0) + 1) % 3),
    add: async (name, ready) => {
      truth.set(name, ready);
      await applications.createPersona(name);
      if (ready !== undefined) await applications.createDeployment(name, ready);
    },
    addDeployment: async (name, ready) => {
      truth.set(name, ready);
      await applications.createDeployment(name, ready);
    },
    removeDeployment: async (name) => {
      truth.set(name, undefined);
      await applications.removeDeployment(name);
    },
    revise: (name) => applications.revisePersona(name),
    untilRight: async (timeoutMs, names) => {
      let wrong: string | undefined;
      const ask = async () => {
        wrong = await findWrong(names);
        return wrong === undefined ? Date.now() : undefined;
      };
      return waitUntil('all statuses', ask, { timeoutMs, intervalMs: 50 }).catch((error: unknown) => {
        throw new Error(`${String(error)}: ${wrong ?? 'the server did not answer'}`, { cause: error });
      });
    },
    writesSince: async (atMs) => {
      const entries = await stage.audit();
      const all = listPersonaWrites(entries).filter(({ key }) =>
        key.startsWith(`${applications.namespace}/`),
      );
      const problems = [...findViolations(all), ...findRepeatedEvents(entries)];
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return all.filter((write) => write.atMs >= atMs);
    },
  };
}

function isRight(persona: SeenPersona, ready: number | undefined): boolean {
  const { metadata, status } = persona;
  if (status?.phase === undefined || status.observedGeneration !== metadata.generation) return false;
  const isAbsent = readyReason(persona) === 'NoWorkload';
  return ready === undefined ? isAbsent : !isAbsent && (status.health?.replicas?.ready ?? 0) === ready;
}

function describe({ metadata, status }: SeenPersona, ready: number | undefined): string {
  return `${metadata.name} has ${ready ?? 'no'} replicas, and says ${JSON.stringify(status ?? null)}`;
}

/** Names whose status says that there is no workload, in writes. */
export function listAbsences(writes: readonly PersonaWrite[]): string[] {
  const absent = writes.filter(({ persona }) => readyReason(persona) === 'NoWorkload');
  return [...new Set(absent.map(({ persona }) => persona.metadata.name))];
}
