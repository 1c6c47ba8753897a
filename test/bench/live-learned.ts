// What a sampler has written into the status of a persona, each with figures of its own: a baseline and three pieces of advice, as after a week of measuring.

/** As an API server gives them. */
export function createLiveLearned(index: number): { learned: object; recommendations: object[] } {
  const name = `application-${index}`;
  const figure = (seed: number) => 100 + ((index * 31 + seed * 17) % 400);
  const trend = (unit: string) => Array.from({ length: 12 }, (_, slot) => `${figure(slot)}${unit}`);
  const advise = (resource: 'cpu' | 'memory', setting: 'request' | 'limit', words: [string, string]) => {
    const unit = resource === 'cpu' ? 'm' : 'Mi';
    return {
      id: `deployment/${name}/${name}/${resource}-${setting}`,
      type: 'resource',
      priority: 'high',
      message: words[0],
      action: words[1],
      workload: `Deployment/${name}`,
      container: name,
      resource,
      setting,
      current: `${figure(1)}${unit}`,
      recommended: `${figure(2)}${unit}`,
      p95: `${figure(3)}${unit}`,
      peak: `${figure(4)}${unit}`,
      trend: trend(unit),
      windowStart: '2026-11-16T00:05:00Z',
      windowEnd: `2026-11-23T09:${10 + (index % 50)}:00Z`,
      samples: 4000 + figure(5),
      confidence: '0.99',
      source: 'prometheus',
    };
  };
  const set = (path: string, unit: string) =>
    `Set resources.${path} of container ${name} to ${figure(2)}${unit}`;
  const measured = (what: string, unit: string, times: string) =>
    `The ${what} is ${figure(1)}${unit}; ${times} over 7 days makes ${figure(2)}${unit}; its peak is ${figure(4)}${unit}.`;
  return {
    learned: {
      resourceBaseline: {
        avgCPU: `${figure(6)}m`,
        avgMemory: `${figure(7)}Mi`,
        peakCPU: `${figure(8)}m`,
        peakMemory: `${figure(9)}Mi`,
        windowEnd: `2026-11-23T09:${10 + (index % 50)}:00Z`,
      },
    },
    recommendations: [
      advise('cpu', 'request', [
        measured('CPU request', 'm', `p95 ${figure(3)}m x 1.15`),
        `${set('requests.cpu', 'm')}: sets aside ${figure(10)}m more a pod, ${figure(11)}m over 2 replicas.`,
      ]),
      advise('memory', 'limit', [
        measured('memory limit', 'Mi', `peak ${figure(4)}Mi x 1.38`),
        `${set('limits.memory', 'Mi')}.`,
      ]),
      advise('memory', 'request', [
        measured('memory request', 'Mi', `peak ${figure(4)}Mi x 1.15`),
        `${set('requests.memory', 'Mi')}: sets free ${figure(12)}Mi a pod, ${figure(13)}Mi over 2 replicas.`,
      ]),
    ],
  };
}
