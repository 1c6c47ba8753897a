// A picture that is kept up to date on a terminal: drawn when something changed, at most so often, and once a second because time goes by.
import { openLiveScreen, type Terminal } from './live-screen.ts';
import { createPacer, type PacerClock } from './pacer.ts';
import type { ScreenSize } from './screen-writer.ts';

/** Twenty pictures a second are more than anybody reads. */
const INTERVAL_MS = 50;
const TICK_MS = 1000;

/** What is drawn, and on what. */
export interface LiveDrawingParts {
  terminal: Terminal;
  clock: PacerClock;
  /** The lines as they are now, fit for the window; `isLast`: they stay when the program has gone. */
  draw: (size: ScreenSize, isLast: boolean) => readonly string[];
  /** The person at the terminal has seen enough. */
  onQuit: () => void;
}

/** Has the terminal until it is closed. */
export interface LiveDrawing {
  /** Something has changed. */
  request(): void;
  /** Draws the last picture and leaves it on the terminal. */
  close(): void;
}

/** Takes the terminal and draws. */
export function openLiveDrawing({ terminal, clock, draw, onQuit }: LiveDrawingParts): LiveDrawing {
  const render = () => screen.draw(draw(screen.size(), false));
  const screen = openLiveScreen(terminal, { onRedraw: () => render(), onQuit });
  const pacer = createPacer(render, INTERVAL_MS, clock);
  let cancelTick = () => undefined as unknown;
  const tick = () => {
    cancelTick = clock.after(TICK_MS, tick);
    pacer.request();
  };
  tick();
  return {
    request: () => pacer.request(),
    close: () => {
      cancelTick();
      pacer.stop();
      screen.close(draw(screen.size(), true));
    },
  };
}
