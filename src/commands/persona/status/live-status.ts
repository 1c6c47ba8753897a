// The screen of `persona status --watch` on a terminal: asked for anew when the persona changes, and now and then, as pods change without it.
import type { PersonaReport } from '../../../cluster/inspect-persona.ts';
import { escapeText } from '../../../ui/escape.ts';
import { openLiveDrawing, type LiveDrawing } from '../../../ui/live/live-drawing.ts';
import type { Terminal } from '../../../ui/live/live-screen.ts';
import { createPacer, type PacerClock } from '../../../ui/live/pacer.ts';
import type { ScreenSize } from '../../../ui/live/screen-writer.ts';
import { createNoticeBoard } from '../../watch/notice-board.ts';
import type { OutputParts, WatchOutput } from '../../watch/output.ts';
import { fitScreen } from './fit-screen.ts';

/** What it is made from. */
export interface LiveStatusParts extends Omit<OutputParts, 'print'> {
  terminal: Terminal;
  clock: PacerClock;
  ellipsis: string;
  /** Whether what is noted appears on the terminal of the screen. */
  isNoteShown: boolean;
  onQuit: () => void;
  /** @throws what asking a cluster throws */
  inspect: () => Promise<PersonaReport>;
  format: (report: PersonaReport, size: ScreenSize) => readonly string[];
}

/** A burst of changes is one question. */
const QUESTION_INTERVAL_MS = 1_000;
/** Where no operator tells of changes, and where one does: pods, and the age of its word. */
const UNTOLD_INTERVAL_MS = 5_000;
const TOLD_INTERVAL_MS = 10_000;

/** Takes the terminal with the first state. */
export function createLiveStatus(parts: LiveStatusParts): WatchOutput<'personas'> {
  const { terminal, clock, ellipsis, nothing = '', onQuit, inspect, format } = parts;
  const notices = createNoticeBoard(parts);
  let drawing: LiveDrawing | undefined;
  let report: PersonaReport | undefined;
  let isThere = false;
  let isAsking = false;
  let isAskedAgain = false;
  let cancel = () => undefined as unknown;
  const draw = (size: ScreenSize, isLast: boolean): readonly string[] => {
    const notice = isLast ? [] : notices.shown().slice(-1).map(escapeText);
    if (!isThere) return isLast ? [] : [escapeText(nothing), ...notice];
    const lines = report === undefined ? [] : format(report, size);
    const rows = isLast ? Infinity : size.rows - notice.length;
    return [...fitScreen(lines, rows, ellipsis), ...notice];
  };
  const ask = async () => {
    if (!isThere) return;
    isAskedAgain = isAsking;
    if (isAsking) return;
    isAsking = true;
    try {
      report = await inspect();
    } catch (error) {
      notices.add(error instanceof Error ? error.message : String(error));
    } finally {
      isAsking = false;
    }
    drawing?.request();
    cancel();
    if (isAskedAgain) questions.request();
    else cancel = clock.after(pauseAfter(report), () => questions.request());
  };
  const questions = createPacer(() => void ask(), QUESTION_INTERVAL_MS, clock);
  return {
    onState: (items) => {
      isThere = items.length > 0;
      notices.hold();
      drawing = openLiveDrawing({ terminal, clock, draw, onQuit });
      questions.request();
    },
    onChange: ({ eventType }) => {
      isThere = eventType !== 'deleted';
      if (!isThere) report = undefined;
      drawing?.request();
      questions.request();
    },
    onNotice: (text) => {
      notices.add(text);
      drawing?.request();
    },
    close: () => {
      cancel();
      questions.stop();
      drawing?.close();
      notices.release();
    },
  };
}

const pauseAfter = (report: PersonaReport | undefined) =>
  report?.judgedBy === 'operator' ? TOLD_INTERVAL_MS : UNTOLD_INTERVAL_MS;
