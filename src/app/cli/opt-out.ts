import { readFile, writeFile } from "node:fs/promises";
import { optOutReply, optOutRequest } from "#access";
import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { thisAccount } from "../compose/identity.ts";
import { openOptOuts } from "../compose/opt-outs.ts";
import type { RecordParts } from "../compose/record.ts";
import type { Config } from "../config.ts";
import type { Command } from "./command.ts";
import { oneWord, withSettings } from "./settings.ts";

export const optOut: Command = {
  help: `corridor opt-out request FILE.dat
corridor opt-out reply FILE.dat

request writes the NHS numbers of all patients into a file, as the Check for National Data Opt-outs Service takes it over
MESH. reply takes in the file that comes back: the numbers of those who have not opted out. For CORRIDOR_OPT_OUT_HOURS
they may be used for research and planning, and nobody else; then the answer is forgotten.
Both are in the audit log, without anybody's number.`,
  options: {},
  wordsMax: 2,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const [verb, ...rest] = invocation.words;
      const file = oneWord(rest, `which file: corridor opt-out ${verb ?? "request"} FILE.dat`);
      if (!file.ok) return file;
      const work = works[verb ?? ""];
      if (work === undefined)
        return failed(incorrect("verb-unknown", "Say what to do: corridor opt-out request or reply."));
      const line = await besideCorridor(given, (parts) => work(parts, given.config, file.value));
      if (!line.ok) return line;
      invocation.terminal.out(line.value);
      return ok(undefined);
    }),
};

type Work = (parts: RecordParts, config: Config, file: string) => Promise<Result<string>>;

const works: Readonly<Record<string, Work>> = { request: writeRequest, reply: readReply };

async function writeRequest(parts: RecordParts, config: Config, file: string): Promise<Result<string>> {
  const desk = { ...parts, check: openOptOuts(parts, config).check };
  const text = await optOutRequest(desk, thisAccount());
  if (!text.ok) return text;
  try {
    await writeFile(file, text.value, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    return failed(incorrect("file-unusable", `${file} cannot be written; choose one that is not there.`, { cause }));
  }
  return ok(`${file}: ${text.value.split("\n").length - 1} NHS numbers to be checked over MESH`);
}

async function readReply(parts: RecordParts, config: Config, file: string): Promise<Result<string>> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return failed(notFound("file-missing", `${file} cannot be read.`));
  if (text.length > limits.optOutLinesMax * 13) return failed(incorrect("file-too-long", `${file} is too long.`));
  const desk = { ...parts, check: openOptOuts(parts, config).check };
  const taken = await optOutReply(desk, text, thisAccount());
  return taken.ok ? ok(`${taken.value.count} NHS numbers may be used until ${taken.value.expires}`) : taken;
}
