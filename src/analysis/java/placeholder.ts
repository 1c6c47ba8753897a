// Evaluates placeholders of settings: `${PORT:8080}`, `${PORT:${SERVER_PORT:8080}}`, `${app.port}`.
import { toSettingKey, type Settings } from './settings.ts';

/** A setting's number with the variable that moves it. */
export interface SettingPort {
  value?: number;
  fromEnv?: string;
}

const MAX_DEPTH = 5;
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** The port that a setting's text amounts to; empty where it is no port. */
export function evaluatePort(text: string, settings: Settings, depth = 0): SettingPort {
  const bare = text.trim().replace(/^["']|["']$/g, '');
  if (/^\d{1,5}$/.test(bare)) {
    const value = Number(bare);
    return value >= 1 && value <= 65_535 ? { value } : {};
  }
  const match = /^[$@]\{?([\w.\-?]{1,120})(?::(.{0,200}))?\}$|^@([\w.-]{1,120})@$/.exec(bare);
  const name = (match?.[1] ?? match?.[3])?.replace('?', '');
  if (name === undefined || depth > MAX_DEPTH) return {};
  const other = settings.get(toSettingKey(name));
  const inner = other
    ? evaluatePort(other.value, settings, depth + 1)
    : evaluatePort(match?.[2] ?? '', settings, depth + 1);
  return VARIABLE.test(name) ? { ...inner, fromEnv: name } : inner;
}
