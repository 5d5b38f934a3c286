import { resolve } from "node:path";
import { failed, incorrect, notFound, ok, type Result } from "#kernel";
import type { ReleaseNames } from "#standards/terminology";
import { importRelease, type TerminologyStore } from "#terminology";
import { besideCorridor } from "../compose/beside.ts";
import { readRelease } from "../terminology/read-release.ts";
import type { Command, Invocation } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { oneWord, withSettings } from "./settings.ts";

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
The same version again takes the place of the one before.`,
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
        return onStore(invocation, (store) => listed(invocation, store));
      case "remove":
        return onStore(invocation, (store) => removed(invocation, store));
      default:
        return withSettings(invocation, async () => failed(verbUnknown));
    }
  },
};

const verbUnknown = incorrect("verb-unknown", "Say what to do: corridor terminology import, list or remove.");

type Work = (store: TerminologyStore) => Promise<Result<void>>;

function onStore(invocation: Invocation, work: Work): Promise<number> {
  return withSettings(invocation, (given) => besideCorridor(given, ({ store }) => work(store.terminology)));
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
    const writing = progressBar(terminal, { label: "Importing", unit: "concepts" });
    const imported = await besideCorridor(given, ({ store, clock }) =>
      importRelease(release.value, {
        store: store.terminology,
        importedAtMs: clock.now(),
        progress: writing.update,
      }),
    );
    writing.finish();
    if (!imported.ok) return imported;
    const { url, version, title } = release.value;
    const told = { url, version, title, concepts: imported.value };
    terminal.out(
      options.json === true ? JSON.stringify(told) : `${title}, ${imported.value} concepts: ${url}|${version}`,
    );
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

async function listed({ options, terminal }: Invocation, store: TerminologyStore): Promise<Result<void>> {
  const systems = await store.systems();
  if (options.json === true) {
    terminal.out(
      JSON.stringify(systems.map(({ url, version, title, concepts }) => ({ url, version, title, concepts }))),
    );
    return ok(undefined);
  }
  for (const { url, version, title, concepts } of systems)
    terminal.out(`${title}, ${concepts} concepts: ${url}|${version}`);
  if (systems.length === 0) terminal.out("No code system has been imported.");
  return ok(undefined);
}

async function removed(
  { words: [, url, version], terminal }: Invocation,
  store: TerminologyStore,
): Promise<Result<void>> {
  if (url === undefined || version === undefined) return failed(sayWhich);
  if (!(await store.remove(url, version))) {
    return failed(
      notFound(
        "code-system-unknown",
        `There is no imported ${url}|${version}; corridor terminology list tells what there is.`,
      ),
    );
  }
  terminal.out(`Removed ${url}|${version}.`);
  return ok(undefined);
}

const sayWhich = incorrect("word-missing", "Say which: corridor terminology remove URL VERSION.");
