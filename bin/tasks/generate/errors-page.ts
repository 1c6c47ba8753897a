// Writes docs/reference/errors.md, and the README's exit codes: from the error catalogue and from exit-codes.ts.
import { errorAreas } from '../../../src/api/error-codes.ts';
import type { ErrorEntry } from '../../../src/api/error-codes/error-entry.ts';
import { EXIT_CODES, exitCodeMeanings, exitCodeOfKind } from '../../../src/commands/exit-codes.ts';
import { header, type GeneratedFile } from './generated-file.ts';
import { formatTable } from './markdown-table.ts';
import { fillReadme } from './readme-section.ts';

const introduction = `# Errors

An error is an exit code for scripts, a code for programs, and words for people: what was expected, what was found and where,
the cause where there is one, and a hint, most often the command to type next. People read it on stderr:

\`\`\`text
error: the API server at https://127.0.0.1:6443 does not answer
cause: connect ECONNREFUSED 127.0.0.1:6443
hint: kubectl config get-contexts shows the others
\`\`\`

With \`-o json\` or \`-o yaml\` the same stands on stdout, and nothing on stderr:

\`\`\`json
{
  "error": {
    "code": "Unreachable",
    "message": "the API server at https://127.0.0.1:6443 does not answer",
    "cause": "connect ECONNREFUSED 127.0.0.1:6443",
    "hint": "kubectl config get-contexts shows the others"
  }
}
\`\`\`

\`code\` and \`message\` are always there; \`cause\`, \`hint\`, \`details\` (a list of lines) and \`status\` (the API server's Status,
verbatim) where there is something to say. Codes and exit codes stay as they are from version to version, words may change.`;

const afterExitCodes = `\`persona diff\` ends with 1 for a difference and for nothing else, as diff does: its errors of exit code 1 end with 9.
What has the code \`Bug\` (exit code 9) is a fault of this program: \`-v 6\` shows the stack, please report it.
An API server may give reasons that are none of these, such as a webhook's own: they are passed on, with the exit code of the
HTTP status.`;

/** The page and the README's table. */
export function generateErrorsPage(): GeneratedFile[] {
  const areas = Object.entries(errorAreas).map(
    ([title, entries]) => `## ${title}\n\n${formatEntries(entries)}`,
  );
  const exitCodes = formatExitCodes();
  const text = [
    `<!-- ${header} src/api/error-codes and src/commands/exit-codes.ts. -->`,
    introduction,
    `## Exit codes\n\n${exitCodes}\n\n${afterExitCodes}`,
    ...areas,
  ].join('\n\n');
  return [{ path: 'docs/reference/errors.md', text: `${text}\n` }, ...fillReadme('exit codes', exitCodes)];
}

function formatExitCodes(): string {
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  return formatTable(
    ['code', 'meaning'],
    names.map((name) => [String(EXIT_CODES[name]), exitCodeMeanings[name]]),
  );
}

function formatEntries(entries: Readonly<Record<string, ErrorEntry>>): string {
  return formatTable(
    ['code', 'exit code', 'when', 'what to do'],
    Object.entries(entries).map(([code, { kind, when, remedy }]) => [
      `\`${code}\``,
      String(exitCodeOfKind(kind)),
      when,
      remedy,
    ]),
  );
}
