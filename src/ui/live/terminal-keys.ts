// The keyboard while a live screen is shown: nothing that is typed appears on it, and the keys that end or stop a program still do.

/** Where keys come from: process.stdin of a terminal. */
export interface KeyInput {
  isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', listener: (bytes: Buffer) => void): unknown;
  off(event: 'data', listener: (bytes: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** What a key means. The terminal would have sent the signals itself, had it not been told to pass all keys on. */
export type KeyMeaning = 'SIGINT' | 'SIGQUIT' | 'SIGTSTP' | 'quit' | 'redraw';

const meanings = new Map<number, KeyMeaning>([
  [0x03, 'SIGINT'],
  [0x1c, 'SIGQUIT'],
  [0x1a, 'SIGTSTP'],
  [0x0c, 'redraw'],
  [0x71, 'quit'],
]);

/** The first key of what was typed that means something: an arrow's sequence, or what was pasted, is one piece. */
export function readKey(bytes: Uint8Array): KeyMeaning | undefined {
  const [first] = bytes;
  // Of several bytes only those count that no text holds.
  if (bytes.length === 1) return meanings.get(first ?? 0);
  const control = bytes.find((byte) => byte === 0x03 || byte === 0x1c || byte === 0x1a);
  return control === undefined ? undefined : meanings.get(control);
}

/** A keyboard that can be held and let go, again and again. Where there is none, nothing happens. */
export interface Keys {
  hold(): void;
  release(): void;
}

/** Calls `onKey` while the keyboard is held. */
export function createKeys(input: KeyInput, onKey: (meaning: KeyMeaning) => void): Keys {
  const setRawMode = input.setRawMode?.bind(input);
  if (input.isTTY !== true || setRawMode === undefined)
    return { hold: () => undefined, release: () => undefined };
  const listener = (bytes: Buffer) => {
    const meaning = readKey(bytes);
    if (meaning !== undefined) onKey(meaning);
  };
  let isHeld = false;
  return {
    hold: () => {
      // Said anew even where it is held: who stopped this process may have changed the terminal.
      setRawMode(true);
      if (isHeld) return;
      isHeld = true;
      input.on('data', listener);
      input.resume();
    },
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      setRawMode(false);
      input.off('data', listener);
      input.pause();
    },
  };
}
