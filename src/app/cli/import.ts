import { resolve } from "node:path";
import { failed, incorrect, ok, type Result } from "#kernel";
import { httpStatusOf } from "#standards/fhir";
import { besideCorridor } from "../compose/beside.ts";
import type { RecordParts } from "../compose/record.ts";
import { bulkRecord } from "../load/bulk-actor.ts";
import { type ImportProblem, type ImportProgress, importFiles } from "../load/importer.ts";
import { formatOf } from "../load/load-file.ts";
import { filesAt, type ReleaseFile } from "../terminology/release-files.ts";
import type { Command, Invocation } from "./command.ts";
import { Pace } from "./pace.ts";
import { progressBar } from "./progress-bar.ts";
import { withSettings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

export const importing: Command = {
  help: `corridor import FILE|FOLDER… [--continue-on-error] [--json]

Brings FHIR R4 resources into the record: Bundles (.json), one resource a file (.json), one resource a line (.ndjson,
.jsonl), each also packed (.gz). Folders are gone through.
A transaction is written whole or not at all; a batch, a collection's resources and lines each by themselves.
Resources keep the ids they have; those that a Bundle creates get ids made of its content. So the same file imported
again changes nothing, and an import that was cut short, even by a power cut, is done again from the beginning.
Corridor may go on working meanwhile, and sees what is imported at once.
It ends at the first thing that is wrong; with --continue-on-error it goes on and tells everything at its place.
With --json progress, problems and the end are lines of JSON on standard output.
Exit code 0: all is in the record; 1: something is not.`,
  options: { json: { type: "boolean" }, "continue-on-error": { type: "boolean" } },
  wordsMax: 10_000,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const files = await filesNamed(invocation.words);
      if (!files.ok) return files;
      return besideCorridor(given, (parts, isBesideOther) => {
        if (isBesideOther) invocation.terminal.err("Corridor is running on this data folder: importing beside it.");
        return importAll(files.value, parts, invocation);
      });
    }),
};

async function filesNamed(words: readonly string[]): Promise<Result<readonly ReleaseFile[]>> {
  if (words.length === 0) return failed(incorrect("word-missing", "Say what to import: corridor import FILE|FOLDER…"));
  const files: ReleaseFile[] = [];
  for (const word of words) {
    const found = await filesAt(resolve(word));
    if (!found.ok) return found;
    files.push(...found.value.filter(({ name }) => formatOf(name) !== undefined));
  }
  return files.length > 0 ? ok(files) : failed(nothing);
}

const nothing = incorrect(
  "nothing-to-import",
  "There is no .json, .ndjson or .jsonl file (or one of these as .gz) here.",
);

async function importAll(
  files: readonly ReleaseFile[],
  parts: RecordParts,
  { options, terminal }: Invocation,
): Promise<Result<void>> {
  const tell = options.json === true ? jsonTelling(terminal) : plainTelling(terminal);
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const { clock, ids, record: whole } = parts;
  const imported = await importFiles(files, {
    record: bulkRecord(parts),
    whole,
    clock,
    ids,
    isToGoOn: options["continue-on-error"] === true,
    told: tell.problem,
    progress: (progress) => tell.progress(progress, totalBytes),
  });
  if (!imported.ok) return imported;
  tell.end(imported.value);
  return imported.value.refused === 0 ? ok(undefined) : failed(notAll(imported.value, options));
}

function notAll({ refused }: ImportProgress, options: Invocation["options"]) {
  const advice =
    options["continue-on-error"] === true
      ? "Mend them and import again: what is there already is left as it is."
      : "The import ended there; with --continue-on-error it goes on.";
  return incorrect(
    "import-incomplete",
    `${refused} ${refused === 1 ? "problem" : "problems"} in what was to be imported. ${advice}`,
  );
}

interface Telling {
  progress(progress: ImportProgress, totalBytes: number): void;
  problem(problem: ImportProblem): void;
  end(progress: ImportProgress): void;
}

const numbers = new Intl.NumberFormat("en-GB");
const megabyte = 1024 * 1024;

function plainTelling(terminal: Terminal): Telling {
  const pace = new Pace("resources", performance.now());
  const bar = progressBar(terminal, { label: "Importing", unit: "MB" });
  return {
    progress({ written, unchanged, readBytes }, totalBytes) {
      pace.mark(written + unchanged, readBytes / totalBytes, performance.now());
      bar.update(rounded(readBytes / megabyte), rounded(totalBytes / megabyte), pace.text);
    },
    problem({ file, line, problem }) {
      if (terminal.interactive) terminal.redraw("");
      terminal.err(`${file}:${line}: ${problem.where === undefined ? "" : `${problem.where}: `}${problem.message}`);
    },
    end({ written, unchanged }) {
      bar.finish();
      const before = unchanged === 0 ? "" : `; ${numbers.format(unchanged)} were there already`;
      terminal.out(`Imported ${numbers.format(written)} resources${before}.`);
    },
  };
}

function rounded(megabytes: number): number {
  return Math.round(megabytes * 10) / 10;
}

const jsonEveryMs = 500;

function jsonTelling(terminal: Terminal): Telling {
  const pace = new Pace("resources", performance.now());
  let toldMs = Number.NEGATIVE_INFINITY;
  return {
    progress(progress, totalBytes) {
      const nowMs = performance.now();
      pace.mark(progress.written + progress.unchanged, progress.readBytes / totalBytes, nowMs);
      if (nowMs - toldMs < jsonEveryMs) return;
      toldMs = nowMs;
      const { perSecond, secondsLeft } = pace;
      const estimated = {
        resourcesPerSecond: Math.round(perSecond),
        secondsLeft: secondsLeft && Math.ceil(secondsLeft),
      };
      terminal.out(JSON.stringify({ event: "progress", ...progress, totalBytes, ...estimated }));
    },
    problem({ file, line, problem: { code, message, where, category } }) {
      const status = httpStatusOf([{ code, message, category }]);
      terminal.out(JSON.stringify({ event: "problem", file, line, where, code, status, message }));
    },
    end: (progress) => terminal.out(JSON.stringify({ event: "end", ...progress })),
  };
}
