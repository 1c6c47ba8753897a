// What is said while the API server that is watched does not answer: once when that has lasted, and once when it is over.

/** What it looks at, and whom it tells. */
export interface SilenceParts {
  /** Why nothing comes at the moment; undefined while all is well. */
  findFailure: () => string | undefined;
  onNotice: (text: string) => void;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** What is over sooner is not worth a word. */
  patienceMs: number;
}

/** How often it is looked, at most. */
const lookMs = 1000;

/** Looks from now on; returns what ends that. */
export function watchSilence({ findFailure, onNotice, now, patienceMs }: SilenceParts): () => void {
  let sinceMs: number | undefined;
  let isTold = false;
  const look = (): void => {
    const failure = findFailure();
    if (failure === undefined) {
      if (isTold) onNotice('the API server answers again');
      isTold = false;
      sinceMs = undefined;
      return;
    }
    const nowMs = now();
    // A clock that was set back says nothing about how long it was quiet.
    sinceMs = Math.min(sinceMs ?? nowMs, nowMs);
    if (isTold || nowMs - sinceMs < patienceMs) return;
    isTold = true;
    onNotice(`the API server does not answer (${failure}): waiting for it`);
  };
  const timer = setInterval(look, Math.min(lookMs, patienceMs));
  return () => clearInterval(timer);
}
