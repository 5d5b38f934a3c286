import type { Terminal } from "./terminal.ts";

/** How far long work is. */
export interface ProgressBar {
  /** What is done now, in all; never more than the total. */
  update(done: number): void;
  /** Ends the bar with a line of its own. */
  finish(): void;
}

const redrawMs = 100;
const barCells = 24;

/** A bar that is redrawn on a terminal, and a line for each tenth elsewhere. `unit` follows the numbers: `rows`. */
export function progressBar(
  terminal: Terminal,
  what: { readonly label: string; readonly unit: string; readonly total: number },
): ProgressBar {
  const { label, unit, total } = what;
  const numbers = new Intl.NumberFormat("en-GB");
  let lastDrawnMs = 0;
  let lastTenth = 0;
  let done = 0;
  const share = () => (total === 0 ? 1 : Math.min(1, done / total));
  const text = () => `${Math.floor(share() * 100)} % (${numbers.format(done)} of ${numbers.format(total)} ${unit})`;
  const draw = () => {
    const filled = Math.round(share() * barCells);
    terminal.redraw(
      `${label} ${"█".repeat(filled)}${"░".repeat(barCells - filled)} ${text()}`.slice(0, terminal.width - 1),
    );
  };
  return {
    update(now) {
      done = now;
      if (terminal.interactive) {
        if (performance.now() - lastDrawnMs < redrawMs) return;
        lastDrawnMs = performance.now();
        draw();
      } else if (Math.floor(share() * 10) > lastTenth) {
        lastTenth = Math.floor(share() * 10);
        terminal.err(`${label}: ${text()}`);
      }
    },
    finish() {
      if (!terminal.interactive) return;
      draw();
      terminal.err("");
    },
  };
}
