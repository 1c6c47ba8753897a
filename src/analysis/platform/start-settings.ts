// The files by which platforms are told how an application starts, as data: Procfile, Nixpacks, Railpack, Railway, Render, App Engine, App Runner, Fly.
import type { Evidence } from '../../application/fact.ts';
import { joinPath } from '../code/code-file.ts';
import { mainProcess, parseProcfile } from '../procfile.ts';
import { lineAt, type SourceTree } from '../source-tree.ts';

interface StartSetting {
  readonly file: string;
  /** Group 1 is the command, as the format quotes it. */
  readonly pattern: RegExp;
  readonly platform: string;
}

const SETTINGS: readonly StartSetting[] = [
  {
    file: 'nixpacks.toml',
    platform: 'Nixpacks',
    pattern: /^\[start\][^[]{0,800}?^cmd[ \t]{0,4}=[ \t]{0,4}("(?:[^"\\\n]|\\.){1,1000}"|'[^'\n]{1,1000}')/m,
  },
  {
    file: 'nixpacks.json',
    platform: 'Nixpacks',
    pattern: /"start"\s{0,20}:\s{0,20}\{[^{}]{0,800}?"cmd"\s{0,8}:\s{0,8}("(?:[^"\\\n]|\\.){1,1000}")/,
  },
  {
    file: 'railpack.json',
    platform: 'Railpack',
    pattern:
      /"deploy"\s{0,20}:\s{0,20}\{[^{}]{0,800}?"startCommand"\s{0,8}:\s{0,8}("(?:[^"\\\n]|\\.){1,1000}")/,
  },
  {
    file: 'railway.json',
    platform: 'Railway',
    pattern: /"startCommand"\s{0,8}:\s{0,8}("(?:[^"\\\n]|\\.){1,1000}")/,
  },
  {
    file: 'railway.toml',
    platform: 'Railway',
    pattern: /^startCommand[ \t]{0,4}=[ \t]{0,4}("(?:[^"\\\n]|\\.){1,1000}"|'[^'\n]{1,1000}')/m,
  },
  {
    file: 'render.yaml',
    platform: 'Render',
    pattern: /^[ \t-]{0,20}startCommand:[ \t]{1,4}([^\n#]{1,1000})/m,
  },
  { file: 'app.yaml', platform: 'App Engine', pattern: /^entrypoint:[ \t]{1,4}([^\n#]{1,1000})/m },
  {
    file: 'apprunner.yaml',
    platform: 'App Runner',
    pattern: /^run:\s[^\n]{0,80}\n(?:[ \t][^\n]{0,200}\n){0,8}?[ \t]{1,8}command:[ \t]{1,4}([^\n#]{1,1000})/m,
  },
  {
    file: 'heroku.yml',
    platform: 'Heroku',
    pattern: /^run:[ \t]{0,4}\n[ \t]{1,8}web:[ \t]{1,4}([^\n#]{1,1000})/m,
  },
];

/** What a platform is told to run in this folder, with the line that says so; the Procfile after a platform's own file. */
export function findStartSetting(
  tree: SourceTree,
  dir: string,
): { command: string; evidence: Evidence } | undefined {
  for (const { file: name, pattern, platform } of SETTINGS) {
    const file = joinPath(dir, name);
    const text = tree.has(file) ? (tree.read(file) ?? '') : '';
    const match = pattern.exec(text);
    const command = unquote(match?.[1] ?? '');
    if (!match || command === '') continue;
    const line = lineAt(text, match.index + match[0].length - 1);
    return { command, evidence: { file, line, reason: `${platform} starts it like this` } };
  }
  return readProcfile(tree, dir);
}

function readProcfile(tree: SourceTree, dir: string): ReturnType<typeof findStartSetting> {
  const file = joinPath(dir, 'Procfile');
  const entry = tree.has(file) ? mainProcess(parseProcfile(tree.read(file) ?? '')) : undefined;
  return (
    entry && {
      command: entry.command,
      evidence: { file, line: entry.line, reason: `process ${entry.process}` },
    }
  );
}

function unquote(raw: string): string {
  const text = raw.trim();
  if (!text.startsWith('"')) return text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
