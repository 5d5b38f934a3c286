import { roles } from "#access";
import { failed, incorrect, ok, type Result } from "#kernel";
import { readConfig } from "../config.ts";
import type { Asked } from "../demo/demo-folder.ts";
import { type Demonstration, startDemonstration } from "../demo/demonstration.ts";
import { demoPassword, demoUsers } from "../demo/hospital/users.ts";
import { demoSettings } from "../demo/settings.ts";
import { jsonLog } from "../log.ts";
import type { Command, Invocation } from "./command.ts";
import { runUntilStopped } from "./lifetime.ts";
import { progressBar } from "./progress-bar.ts";
import { startProgress } from "./start-progress.ts";
import { type Terminal, tellProblems } from "./terminal.ts";

export const demo: Command = {
  help: `corridor demo [--seed N] [--patients N] [--fresh] [--quiet-laboratory] [--json]

Starts Corridor with a made-up hospital: patients, staff, two years of laboratory results, and a laboratory that goes on
sending. Everybody in it is invented. It answers on this machine only, and keeps its own data in ./data/demo
(CORRIDOR_DATA names another folder); the data of corridor serve is not touched.
The first start makes the hospital; later ones take it as it is.

  --seed N             another hospital; the same number makes the same one (1)
  --patients N         how many patients, 1 to 2000 (200)
  --fresh              throw the demonstration away and make it anew
  --quiet-laboratory   send nothing new
  --json               print the addresses and users as one line of JSON`,
  options: {
    seed: { type: "string" },
    patients: { type: "string" },
    fresh: { type: "boolean" },
    "quiet-laboratory": { type: "boolean" },
    json: { type: "boolean" },
  },
  wordsMax: 0,
  run: (invocation) => runUntilStopped(() => start(invocation), invocation.terminal),
};

async function start({ options, environment, terminal }: Invocation): Promise<Result<Demonstration>> {
  const asked = askedOf(options);
  if (!asked.ok) return asked;
  const settings = demoSettings(environment);
  const config = settings.ok ? readConfig(settings.value) : settings;
  if (!config.ok) return config;
  const bar = progressBar(terminal, { label: "Filling", unit: "patients" });
  const started = await startDemonstration({
    config: config.value,
    asked: asked.value,
    hasLaboratory: options["quiet-laboratory"] !== true,
    log: jsonLog(config.value.logLevel),
    progress: startProgress(terminal),
    filling: bar,
  });
  if (!started.ok) return started;
  if (options.json === true) terminal.out(JSON.stringify(summaryOf(started.value)));
  else tell(started.value, { terminal, folder: config.value.dataFolder });
  started.value.filled.then((filled) => tellFilled(filled, terminal));
  started.value.imaged.then((imaged) => tellImaged(imaged, terminal));
  return started;
}

function askedOf(options: Invocation["options"]): Result<Asked> {
  const seed = wholeNumber(options.seed, { name: "--seed", from: 0, to: 999_999_999 });
  if (!seed.ok) return seed;
  const patients = wholeNumber(options.patients, { name: "--patients", from: 1, to: 2_000 });
  if (!patients.ok) return patients;
  return ok({ seed: seed.value, patients: patients.value, isFresh: options.fresh === true });
}

interface Bounds {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function wholeNumber(given: Invocation["options"][string], { name, from, to }: Bounds): Result<number | undefined> {
  if (given === undefined) return ok(undefined);
  const number = /^\d{1,9}$/.test(String(given)) ? Number(given) : Number.NaN;
  if (number >= from && number <= to) return ok(number);
  return failed(
    incorrect("number-incorrect", `${name} cannot be ${given}: give a whole number from ${from} to ${to}.`),
  );
}

function summaryOf({ addresses, note }: Demonstration) {
  const users = demoUsers.map(({ username, display, role }) => ({ username, display, role }));
  return { ...addresses, password: demoPassword, users, seed: note.seed, patients: note.patients };
}

function tell(
  { addresses, note, isNew }: Demonstration,
  { terminal, folder }: { readonly terminal: Terminal; readonly folder: string },
): void {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(note.asOfMs);
  const main = demoUsers.filter(({ isMain }) => isMain === true);
  const width = Math.max(...main.map(({ username }) => username.length));
  const lines = [
    "",
    "Corridor's demonstration is ready. Everybody in it is made up; it answers on this machine only.",
    `  Web app and FHIR   ${addresses.http}`,
    `  HL7 v2 over MLLP   ${addresses.mllp}`,
    `  DICOM              ${addresses.dimse}`,
    isNew
      ? `A new hospital of ${note.patients} patients (seed ${note.seed}), in ${folder}.`
      : `The hospital of ${note.patients} patients (seed ${note.seed}) made on ${day}, from ${folder}; --fresh makes it anew.`,
    "",
    `Sign in with the password   ${demoPassword}`,
    ...main.map(({ username, display, role }) => `  ${username.padEnd(width)}   ${display}, ${roles[role].title}`),
    `${demoUsers.length - main.length} more, one for every role: CORRIDOR_DATA=${folder} npm run corridor -- user list`,
    "Stop it with Ctrl-C.",
    "",
  ];
  for (const line of lines) terminal.out(line);
}

function tellFilled(filled: Awaited<Demonstration["filled"]>, terminal: Terminal): void {
  if (!filled.ok) tellProblems(terminal, filled.problems);
  else if (filled.value !== undefined) {
    const { messages, refused, seconds } = filled.value;
    const said = refused === 0 ? "all taken" : `${refused} of them refused`;
    terminal.err(`Two years are in: ${messages} messages in ${seconds.toFixed(0)} s, ${said}.`);
  }
}

function tellImaged(imaged: Awaited<Demonstration["imaged"]>, terminal: Terminal): void {
  if (!imaged.ok) tellProblems(terminal, imaged.problems);
  else if (imaged.value !== undefined)
    terminal.err(`Radiology is in: ${imaged.value.studies} studies, ${imaged.value.objects} objects.`);
}
