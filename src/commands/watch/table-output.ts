// The live table of a watch on a terminal.
import type { Topic } from '../../protocol/messages.ts';
import { openLiveDrawing, type LiveDrawing } from '../../ui/live/live-drawing.ts';
import type { Terminal } from '../../ui/live/live-screen.ts';
import type { PacerClock } from '../../ui/live/pacer.ts';
import type { Palette } from '../../ui/palette.ts';
import { formatFrame } from './frame.ts';
import { createHeldRows } from './held-rows.ts';
import { createNoticeBoard } from './notice-board.ts';
import type { OutputParts, WatchOutput } from './output.ts';
import type { ColumnChoice, StateView } from './view.ts';

/** What a table needs beyond what every output does. */
export interface TableParts extends Omit<OutputParts, 'print'> {
  terminal: Terminal;
  clock: PacerClock;
  choice: ColumnChoice;
  palette: Palette;
  ellipsis: string;
  /** Whether what is noted appears on the terminal of the table. */
  isNoteShown: boolean;
  onQuit: () => void;
}

/** Takes the terminal with the first state, so that an error before it is printed where the command was typed. */
export function createTableOutput<T extends Topic>(
  view: StateView<T>,
  { nothing = '', terminal, clock, choice, palette, ellipsis, note, isNoteShown, now, onQuit }: TableParts,
): WatchOutput<T> {
  const columns = view.columns(choice);
  const rows = createHeldRows<T>(columns, view.state);
  const notices = createNoticeBoard({ note, isNoteShown, now });
  let drawing: LiveDrawing | undefined;
  return {
    onState: (items) => {
      rows.take(items);
      notices.hold();
      drawing = openLiveDrawing({
        terminal,
        clock,
        onQuit,
        draw: (size, isLast) => {
          const nowMs = now();
          const picture = { view, columns, nothing, size, palette, ellipsis, nowMs };
          return formatFrame(rows.list(nowMs), {
            ...picture,
            notices: isLast ? [] : notices.shown(),
            isLast,
          });
        },
      });
    },
    onChange: (change) => {
      rows.change(change, now());
      drawing?.request();
    },
    onNotice: (text) => {
      notices.add(text);
      drawing?.request();
    },
    close: () => {
      drawing?.close();
      notices.release();
    },
  };
}
