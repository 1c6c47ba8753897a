// Writes what derives from the commands and settings: the README's table between its markers, and the reference pages.
import { formatHelp } from '../../../src/commands/format-help.ts';
import { commands, loadCommand } from '../../../src/commands/table.ts';
import { fieldList } from '../../../src/settings/fields.ts';
import { header, type GeneratedFile } from './generated-file.ts';
import { formatTable } from './markdown-table.ts';
import { fillReadme } from './readme-section.ts';

/** The README only where it has the markers. */
export async function generateCommandReference(): Promise<GeneratedFile[]> {
  return [
    ...fillReadme('commands', formatOverview()),
    { path: 'docs/reference/commands.md', text: await formatCommands() },
    { path: 'docs/reference/settings.md', text: formatSettings() },
  ];
}

function formatOverview(): string {
  const rows = [...commands].map(([name, { summary }]) => [`\`kubectl dorgu ${name}\``, summary]);
  return formatTable(['Command', 'Does'], rows);
}

async function formatCommands(): Promise<string> {
  const sections: string[] = [];
  for (const name of commands.keys()) {
    const command = await loadCommand(name);
    if (command === undefined) continue;
    const examples = command.examples.map(({ command: line, description }) => `# ${description}\n${line}`);
    sections.push(
      `## ${name}\n\n\`\`\`text\n${formatHelp(command).trimEnd()}\n\`\`\`\n\n\`\`\`sh\n${examples.join('\n\n')}\n\`\`\``,
    );
  }
  return `<!-- ${header} src/commands. -->\n\n# Commands\n\n${sections.join('\n\n')}\n`;
}

function formatSettings(): string {
  const rows = fieldList.map(([name, { summary, places, default: value }]) => [
    `\`${name}\``,
    typeof value === 'string' ? `${summary} (default \`${value}\`)` : summary,
    ...[places.app, places.workspace, places.global, places.environment].map(formatCode),
    formatCode(places.flag === undefined ? undefined : `--${places.flag}`),
  ]);
  const table = formatTable(
    ['Setting', 'Meaning', '`.dorgu.yaml`', '`.dorgu-workspace.yaml`', '`config.yaml`', 'Variable', 'Flag'],
    rows,
  );
  return `<!-- ${header} src/settings/fields.ts. -->

# Settings

Every setting has the same order of sources: flag, \`.dorgu.yaml\` of the application, \`.dorgu-workspace.yaml\` at the
root of the repository, \`DORGU_\` variable, \`config.yaml\` of the user (\`kubectl dorgu config path\`), default.
\`kubectl dorgu config list\` says what holds in a folder, and where each value comes from.

${table}
`;
}

const formatCode = (text: string | undefined) => (text === undefined ? '' : `\`${text}\``);
