import {
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  okUnless,
  type Problem,
  type Result,
} from "#kernel";
import type { MappingLayer } from "#standards/v2-to-fhir";
import type { ConfigurationFile } from "../api/configuration.ts";
import { type CodeTable, codeTableSchema, mappingLayerSchema } from "./data-files.ts";
import { destinationSchema } from "./destination-schema.ts";
import { fileProblem, problemsOfFile } from "./file-problem.ts";
import { linkSchema } from "./link-schema.ts";
import type { DestinationSettings, LinkSettings } from "./link-settings.ts";

/** A folder of links, read. Each list is in the order of the names. */
export interface Configuration {
  readonly links: readonly LinkSettings[];
  readonly destinations: readonly DestinationSettings[];
  readonly layers: readonly MappingLayer[];
  readonly tables: readonly CodeTable[];
  readonly golden: readonly GoldenMessage[];
}

export interface GoldenMessage {
  readonly link: string;
  /** `golden/lab/potassium.hl7` */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Absent where nobody has said what it must give. */
  readonly expected?: Json;
}

export interface ReadConfiguration {
  /** What could be read; whole when there are no problems. */
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
  /** The file that each thing is from: `links/lab` to `links/lab.ts`. */
  readonly pathOf: (folder: string, name: string) => string;
}

const schemas = {
  links: linkSchema,
  destinations: destinationSchema,
  mappings: mappingLayerSchema,
  codes: codeTableSchema,
} as const;

type Folder = keyof typeof schemas;

const settingsPath = /^(links|destinations|mappings|codes)\/([^/]+)\.(?:json|ts)$/;
const goldenPath = /^golden\/([^/]+)\/([^/]+)\.(hl7|expected\.json)$/;

/** Reads files; each problem names the file, the place in it, and what to do. */
export function readConfiguration(files: readonly ConfigurationFile[]): ReadConfiguration {
  const problems: Problem[] = [];
  const found: { [F in Folder]: unknown[] } = { links: [], destinations: [], mappings: [], codes: [] };
  const paths = new Map<string, string>();
  if (files.length > limits.linkFilesMax)
    problems.push(incorrect("too-many-files", `There are more than ${limits.linkFilesMax} files: take some out.`));
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const [, folder, name] = settingsPath.exec(file.path) ?? [];
    if (folder === undefined || name === undefined) {
      if (!goldenPath.test(file.path)) problems.push(fileProblem(file.path, "", wherefore));
      continue;
    }
    const before = paths.get(`${folder}/${name}`);
    if (before !== undefined) problems.push(fileProblem(file.path, "", `take out one of it and ${before}`));
    paths.set(`${folder}/${name}`, file.path);
    const read = readSettings(file, { folder: folder as Folder, name });
    problems.push(...read.problems);
    if (read.value !== undefined) found[folder as Folder].push(read.value);
  }
  const golden = goldenOf(files);
  problems.push(...golden.problems);
  const configuration = {
    links: found.links as LinkSettings[],
    destinations: found.destinations as DestinationSettings[],
    layers: found.mappings as MappingLayer[],
    tables: found.codes as CodeTable[],
    golden: golden.messages,
  };
  return {
    configuration,
    problems,
    pathOf: (folder, name) => paths.get(`${folder}/${name}`) ?? `${folder}/${name}.json`,
  };
}

/** The same where all of it is right, or its problems. */
export function readConfigurationWhole(files: readonly ConfigurationFile[]): Result<Configuration> {
  const { configuration, problems } = readConfiguration(files);
  return okUnless(problems, configuration);
}

const wherefore =
  "put settings into links, destinations, mappings or codes as .json or .ts, and golden messages into golden/LINK as .hl7 with .expected.json";

interface Named {
  readonly folder: Folder;
  readonly name: string;
}

function readSettings(file: ConfigurationFile, { folder, name }: Named) {
  if (!("json" in file) || !isJsonObject(file.json))
    return { problems: [fileProblem(file.path, "", "give an object")] };
  if (depthOf(file.json) > limits.jsonDepthMax)
    return { problems: [fileProblem(file.path, "", `nest no deeper than ${limits.jsonDepthMax} levels`)] };
  const written = file.json;
  if (written.name !== undefined && written.name !== name)
    return { problems: [fileProblem(file.path, "name", `leave it out, or give that of the file, ${name}`)] };
  const parsed = schemas[folder].safeParse({ ...written, name });
  if (parsed.success) return { problems: [], value: parsed.data };
  return { problems: problemsOfFile(file.path, parsed.error) };
}

function depthOf(value: Json, depth = 1): number {
  if (typeof value !== "object" || value === null || depth > limits.jsonDepthMax) return depth;
  const inside = Array.isArray(value) ? value : Object.values(value as JsonObject);
  return inside.reduce((deepest, each) => Math.max(deepest, depthOf(each, depth + 1)), depth);
}

function goldenOf(files: readonly ConfigurationFile[]) {
  const messages: GoldenMessage[] = [];
  const problems: Problem[] = [];
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const [path, file] of [...byPath].sort()) {
    const [, link, name, ending] = goldenPath.exec(path) ?? [];
    if (link === undefined) continue;
    const beside = `golden/${link}/${name}${ending === "hl7" ? ".expected.json" : ".hl7"}`;
    const other = byPath.get(beside);
    if (ending !== "hl7") {
      if (other === undefined) problems.push(fileProblem(path, "", `put its message beside it: ${beside}`));
      continue;
    }
    if (!("base64" in file)) {
      problems.push(fileProblem(path, "", "give the message itself"));
      continue;
    }
    const bytes = new Uint8Array(Buffer.from(file.base64, "base64"));
    messages.push({ link, path, bytes, ...(other !== undefined && "json" in other ? { expected: other.json } : {}) });
  }
  return { messages, problems };
}
