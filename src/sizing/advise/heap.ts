// What a runtime makes of its memory limit: whether its heap follows the limit, and what to say about it.
import type { Container } from '../../workload/workload.ts';

/** A runtime with a heap of its own. */
export interface Heap {
  runtime: 'Java' | 'Go' | 'Node.js';
  /** The heap grows with the limit: use says nothing about how much memory is needed, so the limit is only moved by a kill. */
  followsLimit: boolean;
  /** One sentence for whoever changes the limit. */
  remark: string;
}

const javaVariables = /^(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|JAVA_OPTS|_JAVA_OPTIONS|CATALINA_OPTS)$/;

/** Reads environment and command line; undefined where neither says what runs there. */
export function readHeap(container: Container): Heap | undefined {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  return readJava(container, words) ?? readNode(container, words) ?? readGo(container);
}

function readJava({ env }: Container, words: readonly string[]): Heap | undefined {
  const variables = env.filter(({ name }) => javaVariables.test(name)).map(({ value = '' }) => value);
  if (variables.length === 0 && !words.some((word) => /(^|\/|\s)java(\s|$)/.test(word))) return undefined;
  const settings = [...words, ...variables].join(' ');
  const fixed = /-Xmx([0-9]{1,12}[kmgKMG]?)\b/.exec(settings)?.[1];
  if (fixed !== undefined) {
    const remark = `Java's heap is fixed at ${fixed} by -Xmx whatever the limit is: keep it at or below 75% of the limit.`;
    return { runtime: 'Java', followsLimit: false, remark };
  }
  const percent = /-XX:MaxRAMPercentage=([0-9.]{1,6})/.exec(settings)?.[1];
  const share = percent === undefined ? 'a quarter of it where nothing is set' : `${percent}% of it`;
  return {
    runtime: 'Java',
    followsLimit: true,
    remark: `Java's heap follows the memory limit (${share}; -XX:MaxRAMPercentage), so its use grows with the limit.`,
  };
}

function readNode({ env }: Container, words: readonly string[]): Heap | undefined {
  const options = env.find(({ name }) => name === 'NODE_OPTIONS')?.value;
  if (options === undefined && !words.some((word) => /(^|\/|\s)node(\s|$)/.test(word))) return undefined;
  const settings = [...words, options ?? ''].join(' ');
  const size = /--max[-_]old[-_]space[-_]size[= ]([0-9]{1,9})/.exec(settings)?.[1];
  const remark =
    size === undefined
      ? "Node.js chooses its heap's size itself: --max-old-space-size (in MiB) at 75% of the limit makes it collect before it is killed."
      : `Node.js's heap may grow to ${size}Mi (--max-old-space-size) whatever the limit is: keep it at or below 75% of the limit.`;
  return { runtime: 'Node.js', followsLimit: false, remark };
}

function readGo({ env }: Container): Heap | undefined {
  const limit = env.find(({ name }) => name === 'GOMEMLIMIT');
  if (limit === undefined && !env.some(({ name }) => name === 'GOGC' || name === 'GOMAXPROCS'))
    return undefined;
  if (limit === undefined) {
    const remark =
      'Go does not know of the limit: GOMEMLIMIT at 90% of it makes it collect before it is killed.';
    return { runtime: 'Go', followsLimit: false, remark };
  }
  const isFromLimit = limit.valueFrom?.['resourceFieldRef'] !== undefined;
  const remark = isFromLimit
    ? 'GOMEMLIMIT follows the memory limit: Go collects more often as use comes near it.'
    : `GOMEMLIMIT is ${limit.value ?? 'set elsewhere'} whatever the limit is: keep it at about 90% of the limit.`;
  return { runtime: 'Go', followsLimit: false, remark };
}
