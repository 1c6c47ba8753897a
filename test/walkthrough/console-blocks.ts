// Console blocks of a Markdown file: the commands in them, and what they are said to print.

/** A command of a block, `$` taken off, and the lines below it up to the next command. */
export interface ConsoleStep {
  command: string;
  output: string;
}

/** A ```console block, with its place in the text. */
export interface ConsoleBlock {
  steps: ConsoleStep[];
  start: number;
  end: number;
}

/** The blocks between `<!-- NAME -->` and `<!-- /NAME -->`. Throws where the marks are missing. */
export function readConsoleBlocks(markdown: string, name: string): ConsoleBlock[] {
  const from = markdown.indexOf(`<!-- ${name} -->`);
  const to = markdown.indexOf(`<!-- /${name} -->`);
  if (from === -1 || to < from) throw new Error(`expected the marks <!-- ${name} --> and <!-- /${name} -->`);
  return [...markdown.slice(from, to).matchAll(/```console\n([^]*?)```/g)].map((match) => ({
    steps: readSteps(match[1] ?? ''),
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
}

function readSteps(block: string): ConsoleStep[] {
  const steps: ConsoleStep[] = [];
  for (const line of block.split('\n').slice(0, -1)) {
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: '' });
    else if (steps.length > 0) (steps.at(-1) as ConsoleStep).output += `${line}\n`;
  }
  return steps;
}

/** The text with the outputs of all its blocks replaced. */
export function writeConsoleBlocks(markdown: string, blocks: readonly ConsoleBlock[]): string {
  let text = markdown;
  for (const { steps, start, end } of [...blocks].reverse()) {
    const lines = steps.map(({ command, output }) => `$ ${command}\n${output}`).join('');
    text = `${text.slice(0, start)}\`\`\`console\n${lines}\`\`\`${text.slice(end)}`;
  }
  return text;
}

/** Output without what differs from run to run: times, hashes of pods, trailing blanks. */
export function withoutChance(output: string): string {
  return output
    .replace(/\b\d+(?:\.\d+)?(?:ms|s|m|h|d)\b/g, 'T')
    .replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-POD')
    .replace(/[ \t]+$/gm, '')
    .replace(/[ \t]{2,}/g, '  ');
}
