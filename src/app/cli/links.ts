import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { narrow } from "#access";
import { openAuditLog } from "#audit";
import {
  type CheckedConfiguration,
  type ConfigurationFile,
  checkConfiguration,
  checkReport,
  deployChecked,
  destinationsNamedIn,
  linkConfigurationKind,
  listDeployed,
  readDeployed,
  rollBack,
  strandedDestinations,
} from "#departments/clinical";
import { failed, hospitalTime, incorrect, ok, okUnless, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { besideCorridor } from "../compose/beside.ts";
import { thisAccount } from "../compose/identity.ts";
import type { RecordParts } from "../compose/record.ts";
import { checkNeeds } from "../links/check-needs.ts";
import { readLinksFolder } from "../links/read-folder.ts";
import type { Command, Invocation } from "./command.ts";
import { keepToRetention } from "./links-retention.ts";
import { replayMessages, replayOptions } from "./replay/links-replay.ts";
import { shadowRun } from "./replay/links-shadow.ts";
import { type Given, oneWord, withSettings } from "./settings.ts";

export const links: Command = {
  help: `corridor links check FOLDER [--write] [--json]
corridor links deploy FOLDER --why "…" [--json]
corridor links history [--json]
corridor links roll-back VERSION --why "…" [--json]
corridor links show [VERSION] [--into FOLDER] [--json]
corridor links replay [--link L] [--type T] [--sender S] [--state held,rejected] [--from D] [--to D] [--number N] [--text WORDS]
                      [--into record|destinations|both] [--again] [--new-control-ids] [--why "…" [--rate 10]] [--json]
corridor links shadow FOLDER|VERSION [--days 7] [--link L] [--type T] [--against deployed|recorded] [--json]
corridor links retention [--preview] [--json]

A folder has links/*.json, destinations/*.json, and golden messages: golden/LINK/NAME.hl7 with NAME.expected.json.
docs/operate/links.md says what they may hold.
check tells everything that is wrong, and ends with exit code 1 when something is. With --write it writes what each golden
message gives now, for you to review the difference.
deploy refuses what check refuses, and keeps the folder in the record as a new version. A running Corridor follows within a
second: links whose intake is the same keep their connections.
roll-back deploys the files of an earlier version again. show prints a version, or writes its files into a folder.
replay tells what taking messages once more would change, value by value; with --why it then does it, --rate a second.
shadow tries a folder, or a deployed version, on what arrived in the last days, writes nothing, and tells what would be
different. Both are told in docs/operate/replay.md.
retention takes away what links carried and need not keep any more, as a running Corridor does every hour; with --preview
it only tells which days those are: docs/operate/retention.md.
Every change is in the audit log, under the account that ran the command.`,
  options: {
    why: { type: "string" },
    into: { type: "string" },
    write: { type: "boolean" },
    json: { type: "boolean" },
    preview: { type: "boolean" },
    ...replayOptions,
  },
  wordsMax: 2,
  run: (invocation) => withSettings(invocation, (given) => workOf(invocation, given)),
};

function workOf(invocation: Invocation, given: Given): Promise<Result<void>> {
  switch (invocation.words[0]) {
    case "check":
      return check(invocation, given);
    case "deploy":
      return deployFolder(invocation, given);
    case "history":
      return history(invocation, given);
    case "roll-back":
      return goBack(invocation, given);
    case "show":
      return show(invocation, given);
    case "replay":
      return replayMessages(invocation, given);
    case "shadow":
      return shadowRun(invocation, given);
    case "retention":
      return keepToRetention(invocation, given);
    default:
      return Promise.resolve(failed(verbUnknown));
  }
}

const verbUnknown = incorrect(
  "verb-unknown",
  "Say what to do: corridor links check, deploy, history, roll-back, show, replay, shadow or retention.",
);

const actions = ["read", "search", "history", "create", "update"];

/** The record as whoever runs the command may see it: the configuration of the links, and how many deliveries there are. */
function ownRecord({ record, store, clock, ids }: RecordParts): HealthRecord {
  const configuration = actions.map((action) => `${linkConfigurationKind}.${action}`);
  const permissions = new Set([...configuration, "Delivery.search"]);
  const actor = { ...thisAccount(), permissions };
  return narrow({ record, auditLog: openAuditLog(store.audit), actor, clock, ids });
}

async function check({ words, options, terminal }: Invocation, { config }: Given): Promise<Result<void>> {
  const folder = oneWord(words.slice(1), "which folder: corridor links check FOLDER");
  if (!folder.ok) return folder;
  const files = await readLinksFolder(resolve(folder.value));
  const isJson = options.json === true;
  if (!files.ok) {
    if (isJson) terminal.out(JSON.stringify({ isSound: false, problems: files.problems }));
    return files;
  }
  const needs = checkNeeds(config, hospitalTime(config.timeZone));
  let checked = await checkConfiguration(files.value, needs);
  if (options.write === true) {
    const written = await writeGolden(resolve(folder.value), checked);
    for (const path of written) terminal.err(`Wrote ${path}: review it.`);
    const again = await readLinksFolder(resolve(folder.value));
    if (!again.ok) return again;
    checked = await checkConfiguration(again.value, needs);
  }
  const report = checkReport(checked);
  if (isJson) terminal.out(JSON.stringify(report, null, 2));
  else if (report.isSound)
    terminal.out(
      `All right: links: ${report.links}, destinations: ${report.destinations}, golden messages: ${report.goldenMessages}.`,
    );
  return okUnless(checked.problems, undefined);
}

async function writeGolden(folder: string, { golden }: CheckedConfiguration): Promise<readonly string[]> {
  const changed = golden.filter(({ isAsExpected }) => !isAsExpected);
  for (const { expectedPath, actual } of changed)
    await writeFile(join(folder, expectedPath), `${JSON.stringify(actual, null, 2)}\n`);
  return changed.map(({ expectedPath }) => expectedPath);
}

function reason({ options }: Invocation): Result<string> {
  const why = typeof options.why === "string" ? options.why.trim() : "";
  return why === "" ? failed(incorrect("why-missing", 'Say why: --why "…". It is kept with the version.')) : ok(why);
}

async function deployFolder(invocation: Invocation, given: Given): Promise<Result<void>> {
  const why = reason(invocation);
  if (!why.ok) return why;
  const folder = oneWord(invocation.words.slice(1), 'which folder: corridor links deploy FOLDER --why "…"');
  if (!folder.ok) return folder;
  const files = await readLinksFolder(resolve(folder.value));
  if (!files.ok) return files;
  const needs = checkNeeds(given.config, hospitalTime(given.config.timeZone));
  const desk = { check: () => checkConfiguration(files.value, needs) };
  return besideCorridor(given, async (parts) => {
    const record = ownRecord(parts);
    const deploying = { record, actor: thisAccount(), clock: parts.clock, why: why.value };
    const deployed = await deployChecked({ files: files.value }, desk, deploying);
    if (!deployed.ok) return deployed;
    await tellStranded(invocation, { record, files: files.value });
    return tellNewest(invocation, record);
  });
}

interface Stranding {
  readonly record: HealthRecord;
  readonly files: readonly ConfigurationFile[];
}

/** What is deployed is deployed, so a count that fails is only told. */
async function tellStranded({ terminal }: Invocation, { record, files }: Stranding): Promise<void> {
  const stranded = await strandedDestinations(record, destinationsNamedIn({ files }));
  if (!stranded.ok) terminal.err("How many deliveries wait for destinations that were taken out is not known.");
  for (const { name, queued, parked } of stranded.ok ? stranded.value : [])
    terminal.err(
      `The destination ${name} is not set up any more, and ${queued + parked} deliveries wait for it: on the page Deliveries, send them to another or let them go.`,
    );
}

async function goBack(invocation: Invocation, given: Given): Promise<Result<void>> {
  const why = reason(invocation);
  if (!why.ok) return why;
  const version = versionOf(invocation.words[1]);
  if (!version.ok) return version;
  return besideCorridor(given, async (parts) => {
    const record = ownRecord(parts);
    const deploying = { record, actor: thisAccount(), clock: parts.clock, why: why.value };
    const deployed = await rollBack(version.value, deploying);
    return deployed.ok ? tellNewest(invocation, record) : deployed;
  });
}

function versionOf(word: string | undefined): Result<number> {
  return word !== undefined && /^[1-9]\d{0,8}$/.test(word)
    ? ok(Number(word))
    : failed(incorrect("version-incorrect", "Say which version, such as 3: corridor links history lists them."));
}

async function tellNewest({ options, terminal }: Invocation, record: HealthRecord): Promise<Result<void>> {
  const listed = await listDeployed(record, 1);
  if (!listed.ok) return listed;
  const [newest] = listed.value;
  if (options.json === true) terminal.out(JSON.stringify(newest));
  else terminal.out(`Version ${newest?.version} is deployed. Changed: ${newest?.changed.join(", ") || "nothing"}.`);
  return ok(undefined);
}

const historyMax = 100;

function history({ options, terminal }: Invocation, given: Given): Promise<Result<void>> {
  return besideCorridor(given, async (parts) => {
    const listed = await listDeployed(ownRecord(parts), historyMax);
    if (!listed.ok) return listed;
    if (options.json === true) terminal.out(JSON.stringify(listed.value, null, 2));
    else if (listed.value.length === 0) terminal.out("Nothing has been deployed.");
    else
      for (const { version, at, by, why, changed, rolledBackTo } of listed.value) {
        const back = rolledBackTo === undefined ? "" : ` (back to ${rolledBackTo})`;
        terminal.out(`${version}${back}  ${at}  ${by.display}: ${why}  [${changed.join(", ")}]`);
      }
    return ok(undefined);
  });
}

async function show({ words, options, terminal }: Invocation, given: Given): Promise<Result<void>> {
  const version = words[1] === undefined ? ok(undefined) : versionOf(words[1]);
  if (!version.ok) return version;
  return besideCorridor(given, async (parts) => {
    const deployed = await readDeployed(ownRecord(parts), version.value);
    if (!deployed.ok) return deployed;
    if (deployed.value === undefined) {
      terminal.out(
        options.json === true ? "null" : "Nothing has been deployed: the link of CORRIDOR_MLLP_PORT is open.",
      );
      return ok(undefined);
    }
    const { files, version: shown, deployedAt, by, why } = deployed.value;
    if (typeof options.into === "string") {
      for (const file of files) await writeBack(resolve(options.into), file);
      terminal.err(`Wrote ${files.length} files into ${options.into}.`);
    } else if (options.json === true) terminal.out(JSON.stringify(deployed.value, null, 2));
    else {
      terminal.out(`Version ${shown}, deployed ${deployedAt} by ${by.display}: ${why}`);
      for (const { path } of files) terminal.out(`  ${path}`);
    }
    return ok(undefined);
  });
}

/** What came from a `.ts` file is settings by now, and comes back as `.json`. */
async function writeBack(
  folder: string,
  file: { readonly path: string; readonly json?: unknown; readonly base64?: string },
) {
  const path = join(folder, file.path.replace(/\.ts$/, ".json"));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    file.base64 === undefined ? `${JSON.stringify(file.json, null, 2)}\n` : Buffer.from(file.base64, "base64"),
  );
}
