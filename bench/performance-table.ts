import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Figure } from "./figure.ts";

const page = join(import.meta.dirname, "../docs/performance.md");

export const rounded = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** Writes the figures of a benchmark into `docs/performance.md`, between its markers; at the end where there are none. */
export function writeTable(benchmark: string, figures: readonly Figure[], date: string): void {
  const [begin, end] = [`<!-- figures of bench ${benchmark} -->`, `<!-- end of bench ${benchmark} -->`];
  const text = readFileSync(page, "utf8");
  const table = `${begin}\n${tableOf(figures, date)}\n${end}`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  const written =
    from === -1 || to === -1
      ? `${text.trimEnd()}\n\n## Figures of \`npm run bench -- ${benchmark}\`\n\n${table}\n`
      : text.slice(0, from) + table + text.slice(to + end.length);
  writeFileSync(page, written);
}

function tableOf(figures: readonly Figure[], date: string): string {
  const machine = `${date}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.version}, fsync on.`;
  const rows = figures.map((figure) => {
    const { name, value, unit, floor, floorName, wanted } = figure;
    const ratio = rounded.format(value / floor);
    return `| ${name} | ${rounded.format(value)} ${unit} | ${rounded.format(floor)}, ${floorName} | ${ratio} | ${wantedText(figure, wanted?.must)} | ${boundText(figure, wanted?.aim)} |`;
  });
  return [machine, "", "| What | Corridor | Floor | Ratio | Must | Aim |", "|---|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function wantedText(figure: Figure, must: number | undefined): string {
  const bound = boundText(figure, must);
  return isMissed(figure) ? `**${bound}: not reached**` : bound;
}

function boundText({ wanted }: Figure, bound: number | undefined): string {
  return bound === undefined ? "" : `${wanted?.isMost === true ? "≤" : "≥"} ${rounded.format(bound)}`;
}

/** Whether a figure is not what it must be. */
export function isMissed({ value, wanted }: Figure): boolean {
  if (wanted === undefined) return false;
  return wanted.isMost === true ? value > wanted.must : value < wanted.must;
}
