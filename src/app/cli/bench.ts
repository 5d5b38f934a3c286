import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Command } from "./command.ts";

const runner = fileURLToPath(new URL("../../../bench/run.ts", import.meta.url));
const namesMax = 20;

export const bench: Command = {
  help: `corridor bench [NAME …] [--json]

Times this machine: each benchmark starts a Corridor of its own in a temporary folder and prints every figure with its
floor, the raw cost of the same work without Corridor, and their ratio. Without a name it runs all, for some minutes.
What the figures mean and what to expect is in docs/performance.md.`,
  options: { json: { type: "boolean" } },
  wordsMax: namesMax,
  run: async ({ options, words }) => {
    const asked = [...words, ...(options.json === true ? ["--json"] : [])];
    const child = spawn(process.execPath, [runner, ...asked], { stdio: "inherit" });
    const [code] = (await once(child, "exit")) as [number | null];
    return code ?? 1;
  },
};
