// What is to be said on stderr while a live screen has the terminal: shown on the screen, and said when it is over.

/** What a board is made from. */
export interface NoticeBoardParts {
  /** A line for stderr, without its end. */
  note: (text: string) => void;
  /** Whether stderr is the terminal that the screen has; otherwise nothing has to wait. */
  isNoteShown: boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Notices in their order. */
export interface NoticeBoard {
  add(text: string): void;
  /** From now on nothing is written onto the terminal. */
  hold(): void;
  /** With the time of day, for the screen. */
  shown(): readonly string[];
  /** Writes what has waited. */
  release(): void;
}

/** Of a connection that breaks all day only the last ones are kept. */
const MOST = 20;

/** A board that holds nothing back yet. */
export function createNoticeBoard({ note, isNoteShown, now }: NoticeBoardParts): NoticeBoard {
  let isHeld = false;
  let shown: string[] = [];
  let waiting: string[] = [];
  return {
    add: (text) => {
      if (isHeld) shown = [...shown, `${new Date(now()).toTimeString().slice(0, 8)} ${text}`].slice(-MOST);
      if (isHeld && isNoteShown) waiting = [...waiting, text].slice(-MOST);
      else note(text);
    },
    hold: () => {
      isHeld = true;
    },
    shown: () => shown,
    release: () => {
      isHeld = false;
      for (const text of waiting) note(text);
      waiting = [];
    },
  };
}
