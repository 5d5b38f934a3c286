import { resolve } from "node:path";
import { failed, incorrect, ok, type Problem, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { bulkRecord } from "../load/bulk-actor.ts";
import { type Added, addPackage } from "../packages/add-package.ts";
import { readPackageFile } from "../packages/package-file.ts";
import { addedPackages } from "../packages/package-guide.ts";
import type { Command, Invocation } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { oneWord, withSettings } from "./settings.ts";

export const packages: Command = {
  help: `corridor package add FILE.tgz [--continue-on-error] [--json]
corridor package list [--json]

add puts the definitions of a FHIR package, such as US Core or UK Core, into the record: its profiles, extensions, value
sets, code systems, concept maps, search parameters and naming systems, all of them or none. Validation and terminology
know them within a second; Corridor may go on working meanwhile. The same package again changes nothing; another version of it
takes the place of the one before, and what that one alone had is deleted.
Packages that it needs are named, where they have not been added: add them in any order.
With --continue-on-error definitions that break R4 are told and left out; otherwise nothing is added.
list tells which packages have been added.`,
  options: { json: { type: "boolean" }, "continue-on-error": { type: "boolean" } },
  wordsMax: 2,
  run: (invocation) => {
    const [verb] = invocation.words;
    switch (verb) {
      case "add":
        return added(invocation);
      case "list":
        return listed(invocation);
      default:
        return withSettings(invocation, async () => failed(verbUnknown));
    }
  },
};

const verbUnknown = incorrect("verb-unknown", "Say what to do: corridor package add or list.");

function added(invocation: Invocation): Promise<number> {
  const { words, options, terminal } = invocation;
  return withSettings(invocation, async (given) => {
    const path = oneWord(words.slice(1), "what to add: corridor package add FILE.tgz");
    if (!path.ok) return path;
    const reading = progressBar(terminal, { label: "Reading", unit: "bytes" });
    const read = await readPackageFile(resolve(path.value), { progress: reading.update });
    reading.finish();
    if (!read.ok) return bounded(read.problems);
    const writing = progressBar(terminal, { label: "Adding", unit: "resources" });
    const isToGoOn = options["continue-on-error"] === true;
    const done = await besideCorridor(given, (parts) =>
      addPackage(read.value, { record: bulkRecord(parts), isToGoOn, progress: writing.update }),
    );
    writing.finish();
    if (!done.ok) return bounded(done.problems);
    const { name, version } = read.value;
    for (const { message } of done.value.refused) terminal.err(message);
    terminal.out(
      options.json === true ? asJson({ name, version }, done.value) : asText(`${name} ${version}`, done.value),
    );
    return done.value.refused.length === 0 ? ok(undefined) : failed(leftOut(done.value));
  });
}

const toldMax = 20;

/** The first problems, and how many more there are. */
function bounded([first, ...rest]: readonly [Problem, ...Problem[]]): Result<never> {
  const more = rest.length + 1 - toldMax;
  const end = more > 0 ? [incorrect("more-problems", `There are ${more} more problems.`)] : [];
  return failed(first, ...rest.slice(0, toldMax - 1), ...end);
}

function leftOut({ refused }: Added): Problem {
  const problems = `${refused.length} ${refused.length === 1 ? "problem" : "problems"}`;
  return incorrect("package-incomplete", `Definitions with ${problems} were left out.`);
}

function asJson(named: { readonly name: string; readonly version: string }, { refused, ...told }: Added): string {
  return JSON.stringify({ ...named, ...told, refused: refused.map(({ code, message }) => ({ code, message })) });
}

function asText(named: string, { before, written, unchanged, removed, missing }: Added): string {
  const replaced = before === undefined || named.endsWith(` ${before}`) ? "" : ` in place of ${before}`;
  const counts = [
    `${written} definitions added or changed`,
    ...(unchanged > 0 ? [`${unchanged} as they were`] : []),
    ...(removed > 0 ? [`${removed} deleted`] : []),
  ];
  const needs = missing.length === 0 ? [] : [`It needs, and these have not been added: ${missing.join(", ")}.`];
  return [`${named}${replaced}: ${counts.join(", ")}.`, ...needs].join("\n");
}

function listed(invocation: Invocation): Promise<number> {
  const { options, terminal } = invocation;
  return withSettings(invocation, (given) =>
    besideCorridor(given, async (parts) => {
      const found = await addedPackages(bulkRecord(parts));
      if (!found.ok) return found;
      const told = found.value.map(({ name, version, documents }) => ({
        name,
        version,
        definitions: documents.length,
      }));
      if (options.json === true) terminal.out(JSON.stringify(told));
      else if (told.length === 0) terminal.out("No package has been added.");
      else
        for (const { name, version, definitions } of told)
          terminal.out(`${name} ${version}, ${definitions} definitions`);
      return ok(undefined);
    }),
  );
}
