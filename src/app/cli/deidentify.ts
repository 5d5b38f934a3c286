import { resolve } from "node:path";
import { failed, incorrect, notFound, ok, type Result } from "#kernel";
import { compileRuleSet, type RuleSet, ruleSets } from "#standards/deidentification";
import { systemClock } from "../clock.ts";
import { deidentifyFiles } from "../deidentify/deidentify-files.ts";
import { openProjectKey } from "../deidentify/project-key.ts";
import { filesAt, type ReleaseFile } from "../terminology/release-files.ts";
import type { Command, Invocation } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { reviewedTexts } from "./reviewed-texts.ts";
import { type Given, withSettings } from "./settings.ts";

export const deidentify: Command = {
  help: `corridor deidentify --rules NAME --project NAME FILE|FOLDER… --to FOLDER [--reviewed FILE] [--json]

Writes copies without identifiers: FHIR R4 (.json, .ndjson, .xml), HL7 v2 messages and DICOM files, each also packed (.gz),
under names that tell nothing. Folders are gone through.
--rules is one of ${[...ruleSets.keys()].join(", ")}: see docs/operate/deidentification.md.
--project names the key that pseudonyms and shifts of dates are made with: the same for all files of a project, of no use for
another. It is made on first use and stands in the data folder under deidentification.
--reviewed names a file of texts, one a line, that someone has read and found to name nobody: they may stay.
A file that cannot be de-identified whole is told of and left out. What each rule removed is counted in report.json.
Exit code 0: all files are written; 1: something is not.`,
  options: {
    rules: { type: "string" },
    project: { type: "string" },
    to: { type: "string" },
    reviewed: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 100_000,
  run: (invocation) => withSettings(invocation, (given) => deidentifyNamed(invocation, given)),
};

async function deidentifyNamed(invocation: Invocation, { config }: Given): Promise<Result<void>> {
  const { options, words, terminal } = invocation;
  const asked = askedFor(options);
  if (!asked.ok) return asked;
  const files = await filesNamed(words);
  if (!files.ok) return files;
  const reviewed = await reviewedTexts(options.reviewed);
  if (!reviewed.ok) return reviewed;
  const deidentifier = compileRuleSet(asked.value.ruleSet);
  if (!deidentifier.ok) return deidentifier;
  const key = await openProjectKey(config.dataFolder, asked.value.project);
  if (!key.ok) return key;
  const bar = progressBar(terminal, { label: "De-identifying", unit: "files" });
  const report = await deidentifyFiles({
    files: files.value,
    folder: resolve(asked.value.to),
    deidentifier: deidentifier.value,
    key: key.value,
    year: new Date(systemClock.now()).getUTCFullYear(),
    reviewed: reviewed.value,
    told(done, refused) {
      bar.update(done, files.value.length);
      if (refused !== undefined) terminal.err(`${refused.file.path}: ${refused.problem.message}`);
    },
  }).finally(() => bar.finish());
  if (!report.ok) return report;
  const { files: written, refused, things } = report.value;
  if (options.json === true) terminal.out(JSON.stringify(report.value, null, 2));
  else terminal.out(`Wrote ${things} resources, messages and images in ${written} files to ${asked.value.to}.`);
  if (refused === 0) return ok(undefined);
  return failed(incorrect("files-left-out", `${refused} files are left out, as they cannot be de-identified.`));
}

interface Asked {
  readonly ruleSet: RuleSet;
  readonly project: string;
  readonly to: string;
}

function askedFor({ rules, project, to }: Invocation["options"]): Result<Asked> {
  if (typeof rules !== "string" || typeof project !== "string" || typeof to !== "string")
    return failed(incorrect("option-missing", "Say --rules NAME, --project NAME and --to FOLDER."));
  const ruleSet = ruleSets.get(rules);
  if (ruleSet !== undefined) return ok({ ruleSet, project, to });
  return failed(
    notFound("rules-unknown", `There are no rules ${rules}; there are: ${[...ruleSets.keys()].join(", ")}.`),
  );
}

async function filesNamed(words: readonly string[]): Promise<Result<readonly ReleaseFile[]>> {
  const files: ReleaseFile[] = [];
  for (const word of words) {
    const found = await filesAt(resolve(word));
    if (!found.ok) return found;
    files.push(...found.value);
  }
  if (files.length > 0) return ok(files);
  return failed(incorrect("word-missing", "Say what to de-identify: corridor deidentify … FILE|FOLDER…"));
}
