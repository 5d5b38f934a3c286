import { resolve } from "node:path";
import { type Actor, type Context, isSecondaryPurpose, parseScope, type TokenPurpose, tokenPurposes } from "#access";
import type { ExportReport, StudyChoice } from "#departments/clinical";
import { expectOk, failed, incorrect, ok, type Result } from "#kernel";
import { type ImageOption, imageOptions } from "#standards/deidentification";
import { besideCorridor } from "../compose/beside.ts";
import { openIdentity, thisAccount } from "../compose/identity.ts";
import { openOptOuts } from "../compose/opt-outs.ts";
import type { RecordParts } from "../compose/record.ts";
import { openArchive } from "../imaging/archive.ts";
import { type ImageExport, runImageExport } from "../imaging/run-image-export.ts";
import { openPixelEngine } from "../pixels/pixel-engine.ts";
import type { Command, Invocation } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { reviewedTexts } from "./reviewed-texts.ts";
import { type Given, withSettings } from "./settings.ts";

export const images: Command = {
  help: `corridor images export --to FOLDER|FILE.zip WHICH [--rules NAME --project NAME [--option NAME …] [--reviewed FILE]]
                       [--purpose HRESCH|PERFMSR] [--json]

Writes studies as a set of DICOM files with its DICOMDIR, into a new folder or a zip file.
WHICH is one or more of
  --study UID              (several times for several studies)
  --patient NUMBER --accession NUMBER --modality CT --from 2026-01-01 --to-date 2026-01-31
                           (together: all of them must be so)
--rules (see docs/operate/deidentification.md) takes out what identifies people; --project names the key that pseudonyms, UIDs and
shifts of dates are made with: the same for all exports of a project, of no use for another.
--option, several times, chooses options of the profile (PS3.15) in place of those of the rules: ${imageOptions.join(", ")}.
--purpose HRESCH (research) or PERFMSR (planning) leaves out who has opted out.
An object that cannot go out so is left out and counted; report.json beside the files counts what was done to them.
Corridor may go on working. What is read is in the audit log.`,
  options: {
    study: { type: "string", multiple: true },
    patient: { type: "string" },
    accession: { type: "string" },
    modality: { type: "string" },
    from: { type: "string" },
    "to-date": { type: "string" },
    to: { type: "string" },
    rules: { type: "string" },
    project: { type: "string" },
    option: { type: "string", multiple: true },
    reviewed: { type: "string" },
    purpose: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 1,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      if (invocation.words[0] !== "export") return failed(incorrect("verb-unknown", "Say: corridor images export …"));
      const order = await orderOf(invocation);
      if (!order.ok) return order;
      const purpose = purposeOf(invocation.options.purpose);
      if (!purpose.ok) return purpose;
      const report = await besideCorridor(given, (parts) =>
        exportWith({ parts, given, order: order.value, purpose: purpose.value }, invocation),
      );
      if (!report.ok) return report;
      return tell(order.value.path, report.value, invocation);
    }),
};

async function orderOf({ options }: Invocation): Promise<Result<ImageExport>> {
  const { to, rules, project } = options;
  if (typeof to !== "string") return failed(incorrect("option-missing", "Say where to: --to FOLDER or --to FILE.zip."));
  if ((rules === undefined) !== (project === undefined))
    return failed(incorrect("option-missing", "Say both --rules NAME and --project NAME, or neither."));
  const reviewed = await reviewedTexts(options.reviewed);
  if (!reviewed.ok) return reviewed;
  const profile = profileOptions(options.option);
  if (!profile.ok) return profile;
  const asked = { rules: String(rules), project: String(project), reviewed: reviewed.value, options: profile.value };
  const deidentify = rules === undefined ? undefined : asked;
  return ok({ choice: choiceOf(options), deidentify, path: resolve(to) });
}

function profileOptions(given: unknown): Result<readonly ImageOption[] | undefined> {
  if (!Array.isArray(given)) return ok(undefined);
  const known = given.flatMap((name) => imageOptions.find((option) => option === name) ?? []);
  if (known.length === given.length) return ok(known);
  return failed(incorrect("option-unknown", `--option must be one of ${imageOptions.join(", ")}.`));
}

function choiceOf(options: Invocation["options"]): StudyChoice {
  const text = (name: string) => (typeof options[name] === "string" ? options[name] : undefined);
  const date = (name: string) => text(name)?.replaceAll("-", "");
  const [patientId, accession, modality] = [text("patient"), text("accession"), text("modality")];
  const [from, to] = [date("from"), date("to-date")];
  const studies = Array.isArray(options.study) ? options.study.map(String) : [];
  return {
    studies,
    ...(patientId && { patientId }),
    ...(accession && { accession }),
    ...(modality && { modality }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

function purposeOf(given: unknown): Result<TokenPurpose | undefined> {
  const purpose = tokenPurposes.find((each) => each === given);
  if (given === undefined || purpose !== undefined) return ok(purpose);
  return failed(incorrect("purpose-incorrect", `--purpose must be one of ${tokenPurposes.join(", ")}.`));
}

interface Exporting {
  readonly parts: RecordParts;
  readonly given: Given;
  readonly order: ImageExport;
  readonly purpose: TokenPurpose | undefined;
}

async function exportWith(
  { parts, given, order, purpose }: Exporting,
  { terminal }: Invocation,
): Promise<Result<ExportReport>> {
  const { config, log } = given;
  const context = await contextFor({ parts, given, purpose });
  const engine = openPixelEngine({ log });
  const bar = progressBar(terminal, { label: "Exporting", unit: "objects" });
  const told = ({ objects, objectsTotal }: { objects: number; objectsTotal: number }) =>
    bar.update(objects, objectsTotal);
  try {
    return await runImageExport({ context, dataFolder: config.dataFolder, engine, told }, order);
  } finally {
    bar.finish();
    await engine.close();
  }
}

interface Whose {
  readonly parts: RecordParts;
  readonly given: Given;
  readonly purpose: TokenPurpose | undefined;
}

/** Whoever runs this holds the data folder. For research and planning they see no more than anybody else for these. */
async function contextFor({ parts, given, purpose }: Whose): Promise<Context> {
  const { config, log } = given;
  const archive = await openArchive({ ...parts, log, isGuest: true });
  const optOuts = openOptOuts(parts, config).rule;
  const access = openIdentity(parts, { optOuts, images: archive });
  const reading = [...expectOk(parseScope("system/*.rs"))];
  const isSecondary = purpose !== undefined && isSecondaryPurpose(purpose);
  const permissions = new Set<string>(isSecondary ? reading : [...reading, "images.keep", "restricted.see"]);
  const actor: Actor = { ...thisAccount(), permissions, ...(purpose === undefined ? {} : { purpose }) };
  return access.contextOf(actor);
}

const numbers = new Intl.NumberFormat("en-GB");

function tell(path: string, report: ExportReport, { options, terminal }: Invocation): Result<void> {
  const { studies, objects, sizeBytes, refusals, studiesMissing } = report;
  if (options.json === true) terminal.out(JSON.stringify({ path, ...report }, null, 2));
  else {
    const size = numbers.format(Math.ceil(sizeBytes / 1024 ** 2));
    terminal.out(`Wrote ${numbers.format(objects)} objects of ${studies} studies (${size} MiB) to ${path}.`);
    if (studiesMissing > 0) terminal.err(`${studiesMissing} studies are not there, or may not be used for this.`);
    for (const [code, count] of Object.entries(refusals)) terminal.err(`${count} objects are left out: ${code}`);
  }
  const left = Object.values(refusals).reduce((sum, count) => sum + count, 0);
  if (left === 0) return ok(undefined);
  return failed(incorrect("objects-left-out", `${left} objects are left out.`));
}
