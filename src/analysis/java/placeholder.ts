// Evaluates placeholders of settings: `${PORT:8080}`, `${PORT:${SERVER_PORT:8080}}`, `${app.port}`.
import { toSettingKey, type Settings } from './settings.ts';

/** A setting's number with the variable that moves it. */
export interface SettingPort {
  value?: number;
  fromEnv?: string;
}

const MAX_DEPTH = 5;
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

const PLACEHOLDER = /^\$\{\??([\w.-]{1,120})(?::(.{0,200}))?\}$|^@([\w.-]{1,120})@$/;

/** The port that a setting's text amounts to; empty where it is no port. */
export function evaluatePort(text: string, settings: Settings, depth = 0): SettingPort {
  const bare = text.trim().replace(/^["']|["']$/g, '');
  if (/^\d{1,5}$/.test(bare)) return toPort(Number(bare));
  const match = depth > MAX_DEPTH ? null : PLACEHOLDER.exec(bare);
  return match ? follow(match, settings, depth) : {};
}

function follow(
  [, spelled, fallback = '', filtered = '']: RegExpExecArray,
  settings: Settings,
  depth: number,
): SettingPort {
  const name = spelled ?? filtered;
  const said = settings.get(toSettingKey(name))?.value ?? fallback;
  const inner = evaluatePort(said, settings, depth + 1);
  return VARIABLE.test(name) ? { ...inner, fromEnv: name } : inner;
}

const toPort = (value: number): SettingPort => (value >= 1 && value <= 65_535 ? { value } : {});
