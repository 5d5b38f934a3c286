import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, incorrect, ok, type Result } from "#kernel";
import { targetText } from "../simulator/targets.ts";
import type { Command, Invocation } from "./command.ts";
import { type Given, oneWord, withSettings } from "./settings.ts";
import { compareKept, keepRun, listKept } from "./simulate/kept-runs.ts";
import { playRun } from "./simulate/play-run.ts";
import { tellDifferences, tellRun } from "./simulate/tell.ts";
import { trafficAsked } from "./simulate/traffic.ts";

export const simulate: Command = {
  help: `corridor simulate play TARGET (--day DATE | --files PATH) [options]
corridor simulate write FOLDER --day DATE [--seed N] [--patients N]
corridor simulate runs [--json]
corridor simulate compare RUN RUN [--json]

play sends HL7 v2 messages to TARGET (mllp://host:port, mllps://host:port or https://…), with or without a running Corridor,
and tells what was acknowledged, how soon, and what came out otherwise than expected. docs/operate/simulator.md tells more.

  --day DATE            a day of a made-up hospital, such as 2026-11-20; the same date, seed and patients are the same day
  --seed N              another hospital, 0 to 999 (1)
  --patients N          how many patients that day has, 1 to 5000 (300)
  --files PATH          a file, or a folder of files in the order of their names; batches and several messages are fine
  --speed N             as in the hospital, N times faster, 1 to 1000
  --rate N              N messages a second; without either, each connection as fast as it is acknowledged
  --connections N       1 to 64 (1); messages of one patient stay on one connection
  --enhanced            wait for the acknowledgements that MSH-15 and MSH-16 ask for
  --answer-within N     seconds until a message counts as unanswered (30)
  --authority FILE, --certificate FILE, --key FILE   for TLS
  --authorization FILE  the value of the header Authorization, for targets by HTTP
  --expect PATH         what should come out: a file or folder of messages
  --receive WHERE       where it comes out: a port to listen on, or a folder to look into
  --mask PLACES         what is not compared (MSH-7,MSH-10)
  --quiet N             seconds in which nothing comes after which all has come (5)
  --title TEXT          what the run is called
  --keep                keep the run in the record of this Corridor
  --save FILE           write the run with every acknowledgement into a file
  --json                print the run as JSON

Targets other than this machine must be listed in CORRIDOR_SIMULATOR_TARGETS.
The exit code is 1 where anything was not answered, or came out otherwise than expected. write puts the messages of a day into
files. compare takes runs that were kept, by their id, or saved, by their file.`,
  options: {
    day: { type: "string" },
    seed: { type: "string" },
    patients: { type: "string" },
    files: { type: "string" },
    speed: { type: "string" },
    rate: { type: "string" },
    connections: { type: "string" },
    enhanced: { type: "boolean" },
    "answer-within": { type: "string" },
    authority: { type: "string" },
    certificate: { type: "string" },
    key: { type: "string" },
    authorization: { type: "string" },
    expect: { type: "string" },
    receive: { type: "string" },
    mask: { type: "string" },
    quiet: { type: "string" },
    title: { type: "string" },
    keep: { type: "boolean" },
    save: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 3,
  run: (invocation) => withSettings(invocation, (given) => workOf(invocation, given)),
};

function workOf(invocation: Invocation, given: Given): Promise<Result<void>> {
  switch (invocation.words[0]) {
    case "play":
      return playAndTell(invocation, given);
    case "write":
      return writeDay(invocation);
    case "runs":
      return listKept(invocation, given);
    case "compare":
      return compare(invocation, given);
    default:
      return Promise.resolve(failed(verbUnknown));
  }
}

const verbUnknown = incorrect("verb-unknown", "Say what to do: corridor simulate play, write, runs or compare.");

async function playAndTell(invocation: Invocation, given: Given): Promise<Result<void>> {
  const { options, terminal } = invocation;
  const played = await playRun(invocation, given);
  if (!played.ok) return played;
  const { run, answers } = played.value;
  if (typeof options.save === "string") await writeFile(options.save, `${JSON.stringify({ run, answers }, null, 2)}\n`);
  if (options.json === true) terminal.out(JSON.stringify(run, null, 2));
  else tellRun(run, terminal, targetText(run.settings.target));
  if (options.keep === true) {
    const kept = await keepRun({ run, answers }, given);
    if (!kept.ok) return kept;
    terminal.err(`Kept as ${kept.value}.`);
  }
  const { summary, comparison } = run;
  const unanswered = (summary?.unanswered ?? 0) + (summary?.unreachable ?? 0) + (summary?.notSent ?? 0);
  if (unanswered > 0) return failed(incorrect("run-unanswered", `${unanswered} messages were not answered.`));
  const wrong = (comparison?.different ?? 0) + (comparison?.missing ?? 0) + (comparison?.unexpected ?? 0);
  return wrong > 0 ? failed(incorrect("run-differs", `${wrong} messages are not as expected.`)) : ok(undefined);
}

async function writeDay({ words, options, terminal }: Invocation): Promise<Result<void>> {
  const folder = oneWord(words.slice(1), "where to: corridor simulate write FOLDER --day DATE");
  if (!folder.ok) return folder;
  const traffic = await trafficAsked({ ...options, files: undefined });
  if (!traffic.ok) return traffic;
  const { messages } = traffic.value;
  await mkdir(folder.value, { recursive: true });
  for (const [at, { controlId, body }] of messages.entries())
    await writeFile(join(folder.value, `${String(at + 1).padStart(6, "0")}-${controlId}.hl7`), body);
  terminal.out(`Wrote ${messages.length} messages into ${folder.value}.`);
  return ok(undefined);
}

async function compare({ words, options, terminal }: Invocation, given: Given): Promise<Result<void>> {
  const [, first, second] = words;
  if (first === undefined || second === undefined)
    return failed(incorrect("word-missing", "Say which two runs: corridor simulate compare RUN RUN."));
  const read = (word: string) => readFile(word, "utf8").catch(() => undefined);
  const differences = await compareKept([first, second], { given, read });
  if (!differences.ok) return differences;
  if (options.json === true) terminal.out(JSON.stringify(differences.value, null, 2));
  else tellDifferences(differences.value, terminal);
  return ok(undefined);
}
