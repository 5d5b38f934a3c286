import type { JsonObject, Problem } from "#kernel";
import type { CheckReport, ConfigurationFile } from "../api/configuration.ts";
import type { CodeMaps } from "../codes/code-map.ts";
import { SenderMaps } from "../codes/sender-maps.ts";
import { senderRows } from "../rows/sender-rows.ts";
import type { Abilities } from "./abilities.ts";
import { type Configuration, type GoldenMessage, type ReadConfiguration, readConfiguration } from "./configuration.ts";
import { crossChecks } from "./cross-checks.ts";
import { fileProblem } from "./file-problem.ts";
import { differences, goldenOutcome } from "./golden-outcome.ts";
import { namedFiles } from "./named-files.ts";

export interface CheckNeeds {
  readonly abilities: Abilities;
  /** Whether this process may read a file, such as a certificate. */
  isReadable(path: string): Promise<boolean>;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
}

export interface CheckedConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
  readonly golden: readonly CheckedGolden[];
}

export interface CheckedGolden {
  /** `golden/lab/potassium.expected.json` */
  readonly expectedPath: string;
  /** What the message gives now. */
  readonly actual: JsonObject;
  readonly isAsExpected: boolean;
}

/** Everything that can be known of a configuration before it is open. Golden messages are tried where all else is right. */
export async function checkConfiguration(
  files: readonly ConfigurationFile[],
  needs: CheckNeeds,
): Promise<CheckedConfiguration> {
  const sound = await checkSettings(files, needs);
  const { configuration } = sound.read;
  if (sound.problems.length > 0) return { configuration, problems: sound.problems, golden: [] };
  const rowsOf = senderRows(configuration.layers);
  const tables = new SenderMaps().withTables(configuration.tables);
  const tried = configuration.golden.flatMap((message) =>
    tryGolden(message, configuration, { ...needs, rowsOf, tables }),
  );
  return {
    configuration,
    problems: tried.flatMap(({ problem }) => problem ?? []),
    golden: tried.map(({ checked }) => checked),
  };
}

/** The same without golden messages: for what was deployed before. */
export async function checkSettings(
  files: readonly ConfigurationFile[],
  { abilities, isReadable }: CheckNeeds,
): Promise<{ readonly read: ReadConfiguration; readonly problems: readonly Problem[] }> {
  const read = readConfiguration(files);
  const problems = [...read.problems, ...crossChecks(read, abilities)];
  for (const { path, file, place } of namedFiles(read))
    if (!(await isReadable(path))) problems.push(fileProblem(file, place, `${path} cannot be read: put it there`));
  return { read, problems };
}

interface Tried {
  readonly checked: CheckedGolden;
  readonly problem?: Problem;
}

interface Trying extends Pick<CheckNeeds, "offsetMinutesAt"> {
  readonly rowsOf: ReturnType<typeof senderRows>;
  readonly tables: CodeMaps;
}

function tryGolden(
  message: GoldenMessage,
  { links }: Configuration,
  { offsetMinutesAt, rowsOf, tables }: Trying,
): readonly Tried[] {
  const link = links.find(({ name }) => name === message.link);
  if (link === undefined) return [];
  const actual = goldenOutcome(message, { link, rows: rowsOf(link), tables, offsetMinutesAt });
  const expectedPath = message.path.replace(/\.hl7$/, ".expected.json");
  const different = differences(actual, message.expected);
  const checked = { expectedPath, actual, isAsExpected: different.length === 0 };
  if (different.length === 0) return [{ checked }];
  const advice = "corridor links check --write writes what the message gives now, for you to review";
  const text =
    message.expected === undefined
      ? `say what the message must give; ${advice}`
      : `the message gives something else at ${different.join(", ")}; ${advice}`;
  return [{ checked, problem: fileProblem(expectedPath, "", text) }];
}

export function checkReport({ configuration, problems, golden }: CheckedConfiguration): CheckReport {
  return {
    isSound: problems.length === 0,
    problems: problems.map(({ code, message, where }) => ({
      code,
      message,
      ...(where === undefined ? {} : { where }),
    })),
    links: configuration.links.length,
    destinations: configuration.destinations.length,
    goldenMessages: configuration.golden.length,
    golden,
  };
}
