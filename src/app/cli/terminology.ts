import { resolve } from "node:path";
import { failed, incorrect, notFound, ok, type Result } from "#kernel";
import type { Release, ReleaseNames } from "#standards/terminology";
import { importRelease } from "#terminology";
import { besideCorridor } from "../compose/beside.ts";
import { noteTerminologyChange } from "../compose/identity.ts";
import type { RecordParts } from "../compose/record.ts";
import { readRelease } from "../terminology/read-release.ts";
import type { Command, Invocation } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { oneWord, withSettings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

export const terminology: Command = {
  help: `corridor terminology import PATH [--system URL] [--version VERSION] [--title TITLE]
corridor terminology list [--json]
corridor terminology remove URL VERSION

import reads a release of a code system into the database, all of it or nothing; Corridor may go on working meanwhile, and
sees it within seconds. PATH is one of these, which is told by the names of the files:
  the unpacked folder of SNOMED CT    RF2 snapshot; a national edition needs --version, such as
                                      http://snomed.info/sct/83821000000107/version/20260401
  the unpacked folder of LOINC        Loinc.csv, and ComponentHierarchyBySystem.csv where it is there
  a ClaML file (.xml)                 ICD-10; --system for another classification
  a table (.csv)                      columns code, display, parent; needs --system and --version
The same version again takes the place of the one before. What is imported and removed is in the audit log.`,
  options: {
    system: { type: "string" },
    version: { type: "string" },
    title: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 3,
  run: (invocation) => {
    const [verb] = invocation.words;
    switch (verb) {
      case "import":
        return importWork(invocation);
      case "list":
        return onRecord(invocation, (parts) => listed(invocation, parts));
      case "remove":
        return onRecord(invocation, (parts) => removed(invocation, parts));
      default:
        return withSettings(invocation, async () => failed(verbUnknown));
    }
  },
};

const verbUnknown = incorrect("verb-unknown", "Say what to do: corridor terminology import, list or remove.");

type Work = (parts: RecordParts) => Promise<Result<void>>;

function onRecord(invocation: Invocation, work: Work): Promise<number> {
  return withSettings(invocation, (given) => besideCorridor(given, work));
}

function importWork(invocation: Invocation): Promise<number> {
  const { words, options, terminal } = invocation;
  return withSettings(invocation, async (given) => {
    const path = oneWord(words.slice(1), "what to import: corridor terminology import PATH");
    if (!path.ok) return path;
    const reading = progressBar(terminal, { label: "Reading", unit: "bytes" });
    const release = await readRelease(resolve(path.value), namesOf(options), reading.update);
    reading.finish();
    if (!release.ok) return release;
    const imported = await besideCorridor(given, (parts) => written(parts, release.value, terminal));
    if (!imported.ok) return imported;
    const { url, version, title } = release.value;
    tell(invocation, { url, version, title, concepts: imported.value });
    return ok(undefined);
  });
}

function namesOf({ system, version, title }: Invocation["options"]): ReleaseNames {
  return {
    ...(typeof system === "string" ? { url: system } : {}),
    ...(typeof version === "string" ? { version } : {}),
    ...(typeof title === "string" ? { title } : {}),
  };
}

async function written(parts: RecordParts, release: Release, terminal: Terminal): Promise<Result<number>> {
  const noted = await noteTerminologyChange(parts, `import ${release.url}|${release.version}`);
  if (!noted.ok) return noted;
  const bar = progressBar(terminal, { label: "Importing", unit: "concepts" });
  const { store, clock } = parts;
  const options = { store: store.terminology, importedAtMs: clock.now(), progress: bar.update };
  return importRelease(release, options).finally(bar.finish);
}

interface Told {
  readonly url: string;
  readonly version: string;
  readonly title: string;
  readonly concepts: number;
}

function tell({ options, terminal }: Invocation, { url, version, title, concepts }: Told): void {
  const line = `${title}, ${concepts} concepts: ${url}|${version}`;
  terminal.out(options.json === true ? JSON.stringify({ url, version, title, concepts }) : line);
}

async function listed(invocation: Invocation, { store }: RecordParts): Promise<Result<void>> {
  const systems = await store.terminology.systems();
  for (const system of systems) tell(invocation, system);
  if (systems.length === 0) invocation.terminal.err("No code system has been imported.");
  return ok(undefined);
}

async function removed({ words: [, url, version], terminal }: Invocation, parts: RecordParts): Promise<Result<void>> {
  if (url === undefined || version === undefined) return failed(sayWhich);
  const noted = await noteTerminologyChange(parts, `remove ${url}|${version}`);
  if (!noted.ok) return noted;
  if (!(await parts.store.terminology.remove(url, version))) return failed(unknownSystem(`${url}|${version}`));
  terminal.out(`Removed ${url}|${version}.`);
  return ok(undefined);
}

const sayWhich = incorrect("word-missing", "Say which: corridor terminology remove URL VERSION.");

function unknownSystem(canonical: string) {
  const message = `There is no imported ${canonical}; corridor terminology list tells what there is.`;
  return notFound("code-system-unknown", message);
}
