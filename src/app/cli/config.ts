import { listSettings, readConfig, type SettingReport } from "../config.ts";
import type { Command } from "./command.ts";
import { type Terminal, tellProblems } from "./terminal.ts";

export const config: Command = {
  help: `corridor config [--json]

Prints every setting with its value, its default and where the value is from.
Settings are environment variables; docs/operate/settings.md explains them.
Ends with exit code 1 when a setting cannot be used.`,
  options: { json: { type: "boolean" } },
  wordsMax: 0,
  run: async ({ options, environment, terminal }) => {
    const settings = listSettings(environment);
    if (options.json === true) terminal.out(JSON.stringify(settings, null, 2));
    else printTable(terminal, settings);
    const config = readConfig(environment);
    if (!config.ok) tellProblems(terminal, config.problems);
    return config.ok ? 0 : 1;
  },
};

function printTable(terminal: Terminal, settings: readonly SettingReport[]): void {
  const rows = [
    ["SETTING", "VALUE", "DEFAULT", "SOURCE"],
    ...settings.map((setting) => [
      setting.name,
      setting.value ?? "(none)",
      setting.default ?? "(none)",
      setting.source,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    terminal.out(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
