import type { Terminal } from "./terminal.ts";

/** How far long work is. */
export interface ProgressBar {
  /** What is done now, in all, of how much; `note` follows the numbers. */
  update(done: number, total: number, note?: string): void;
  /** Ends the bar with a line of its own; one that was never begun leaves none. */
  finish(): void;
}

const redrawMs = 100;
const barCells = 24;
const numbers = new Intl.NumberFormat("en-GB");

/** A bar that is redrawn on a terminal, and a line for each tenth elsewhere. `unit` follows the numbers: `rows`. */
export function progressBar(terminal: Terminal, what: { readonly label: string; readonly unit: string }): ProgressBar {
  let lastDrawnMs = Number.NEGATIVE_INFINITY;
  let lastTenth = 0;
  let text = "";
  let share = 0;
  const draw = () => terminal.redraw(`${what.label.padEnd(10)} ${bar(share)} ${text}`.slice(0, terminal.width - 1));
  return {
    update(done, total, note) {
      share = total === 0 ? 1 : Math.min(1, done / total);
      text = `${Math.floor(share * 100)} % (${numbers.format(done)} of ${numbers.format(total)} ${what.unit})${note === undefined ? "" : ` ${note}`}`;
      if (terminal.interactive) {
        if (performance.now() - lastDrawnMs < redrawMs) return;
        lastDrawnMs = performance.now();
        draw();
      } else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        terminal.err(`${what.label}: ${text}`);
      }
    },
    finish() {
      if (!terminal.interactive || text === "") return;
      draw();
      terminal.err("");
    },
  };
}

function bar(share: number): string {
  const filled = Math.round(share * barCells);
  return "█".repeat(filled) + "░".repeat(barCells - filled);
}
