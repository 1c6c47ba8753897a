// The text of `kubectl dorgu` alone and of a topic: the commands with one line each.
import { formatRows } from './format-help.ts';
import { product } from './product.ts';

type Summaries = ReadonlyMap<string, { summary: string }>;

/** All commands, or those of one topic; ends with a line break. */
export function formatOverview(
  commands: Summaries,
  topics: ReadonlyMap<string, string>,
  topic: string,
): string {
  const rows = topic === '' ? listTop(commands, topics) : listTopic(commands, topic);
  const title =
    topic === ''
      ? 'Manifests from source, and personas that say what an application should be.'
      : `${(topics.get(topic) ?? '').replace(/^./, (letter) => letter.toUpperCase())}.`;
  const usage = [product.command, topic, 'COMMAND'].filter((word) => word !== '').join(' ');
  return [
    title,
    '',
    `Usage: ${usage} [flags]`,
    ...formatRows(rows),
    `-h behind a command lists its flags, ${product.command} options the global ones`,
    '',
  ].join('\n');
}

function listTopic(commands: Summaries, topic: string): [string, string][] {
  return [...commands]
    .filter(([name]) => name.startsWith(`${topic} `))
    .map(([name, { summary }]) => [name.slice(topic.length + 1), summary]);
}

/** The widest that a topic's commands may stand beside its name. */
const WIDEST_NAMES = 26;

/** A topic stands as one line: `config get|list`, or `persona COMMAND` where it has many. */
function listTop(commands: Summaries, topics: ReadonlyMap<string, string>): [string, string][] {
  const rows = new Map<string, string>();
  for (const [name, { summary }] of commands) {
    const topic = name.split(' ')[0] ?? '';
    if (!name.includes(' ')) rows.set(name, summary);
    else if (!rows.has(topic)) rows.set(topic, topics.get(topic) ?? '');
  }
  return [...rows].map(([name, text]) => {
    const below = listTopic(commands, name).map(([command]) => command);
    const label = below.length === 0 ? name : `${name} ${below.join('|')}`;
    return [label.length <= WIDEST_NAMES ? label : `${name} COMMAND`, text];
  });
}
