import type { Problem } from "#kernel";
import type { Abilities, HonouredSetting } from "./abilities.ts";
import type { ReadConfiguration } from "./configuration.ts";
import { fileProblem } from "./file-problem.ts";
import { layerProblems } from "./layer-checks.ts";
import { retentionDaysDefault } from "./link-schema.ts";
import { type LinkSettings, usualWatch } from "./link-settings.ts";
import { tableProblems } from "./table-checks.ts";

/** What is wrong with files that are each right by themselves, or that this Corridor cannot do. */
export function crossChecks(read: ReadConfiguration, abilities: Abilities): readonly Problem[] {
  const { links, destinations, layers, tables } = read.configuration;
  return [
    ...links.flatMap((link) => [...destinationsNamed(link, read), ...linkAbilities(link, { read, abilities })]),
    ...portsTwice(read, abilities),
    ...foldersTwice(read),
    ...goldenLinks(read),
    ...destinations.flatMap((destination) => {
      const { name, outlet, content } = destination;
      const path = read.pathOf("destinations", name);
      return [
        ...(abilities.outlets.includes(outlet.by) ? [] : [cannot(path, "outlet.by", `deliver by ${outlet.by}`)]),
        ...(content === "as-received" || abilities.contents.includes(content)
          ? []
          : [fileProblem(path, "content", `there is no output mapping ${content}: give as-received or another`)]),
        ...madeContentProblems(destination, path),
        ...batchProblems(destination, path),
      ];
    }),
    ...(abilities.layers === undefined
      ? layers.map(({ name }) => cannot(read.pathOf("mappings", name), "", "use layers of mapping rows"))
      : layerProblems(read)),
    ...(abilities.codeTables === true
      ? tableProblems(read)
      : tables.map(({ name }) => cannot(read.pathOf("codes", name), "", "use tables of codes"))),
  ];
}

/** Of a lane one message is under way at a time, so no batch has more than there are lanes. */
function batchProblems(
  { outlet, batch, lane, lanesMax }: ReadConfiguration["configuration"]["destinations"][number],
  path: string,
): readonly Problem[] {
  if (batch === undefined) return [];
  if (outlet.by === "mllp" || outlet.by === "fhir")
    return [
      fileProblem(path, "batch", "batches go out by http, folder or sftp: take it out, or give another outlet.by"),
    ];
  if (lane === "destination") return [fileProblem(path, "lane", "one message goes at a time: give another lane")];
  if (batch.messagesMax <= lanesMax) return [];
  return [fileProblem(path, "lanesMax", `batches of ${batch.messagesMax} need as many lanes: give at least that`)];
}

/** A document is not an HL7 v2 message, nor a Bundle that a server takes apart; a FHIR message is one to be processed. */
function madeContentProblems(
  { outlet, content }: ReadConfiguration["configuration"]["destinations"][number],
  path: string,
): readonly Problem[] {
  if (content === "as-received" || (outlet.by !== "mllp" && outlet.by !== "fhir")) return [];
  const isMessage = content === "fhir-message";
  if (isMessage && outlet.by === "fhir" && outlet.as === "message") return [];
  const also = isMessage ? ", or by fhir as message" : "";
  return [fileProblem(path, "content", `${content} goes out by http, folder or sftp${also}: give another outlet`)];
}

function cannot(path: string, inFile: string, what: string): Problem {
  return { ...fileProblem(path, inFile, `this Corridor cannot ${what}: take it out`), category: "unsupported" };
}

function destinationsNamed(link: LinkSettings, { configuration, pathOf }: ReadConfiguration): readonly Problem[] {
  const known = new Set(configuration.destinations.map(({ name }) => name));
  const path = pathOf("links", link.name);
  const unknown = (where: string, name: string) =>
    known.has(name) ? [] : [fileProblem(path, where, `there is no destination ${name}: add destinations/${name}.json`)];
  const made = (name: string) => {
    const content = configuration.destinations.find((each) => each.name === name)?.content ?? "as-received";
    return link.record !== false || content === "as-received" ? undefined : content;
  };
  const { after } = link.acknowledge;
  const waitedFor = after === "recorded" ? [] : after.delivered;
  const routed = new Set(link.routes.flatMap(({ to }) => to));
  return [
    ...link.routes.flatMap(({ to }, at) => to.flatMap((name, n) => unknown(`routes[${at}].to[${n}]`, name))),
    ...link.routes.flatMap(({ to }, at) =>
      to.flatMap((name, n) => {
        const advice = `${name} takes ${made(name)}, which is made of what is recorded: take it out, or record messages`;
        return made(name) === undefined ? [] : [fileProblem(path, `routes[${at}].to[${n}]`, advice)];
      }),
    ),
    ...link.routes.flatMap(({ name }, at) =>
      link.routes.findIndex((route) => route.name === name) === at
        ? []
        : [fileProblem(path, `routes[${at}].name`, `${name} is the name of an earlier route: give another`)],
    ),
    ...waitedFor.flatMap((name, n) => {
      const where = `acknowledge.after.delivered[${n}]`;
      if (!known.has(name)) return unknown(where, name);
      return routed.has(name) ? [] : [fileProblem(path, where, `no route goes to ${name}: add one, or take it out`)];
    }),
  ];
}

interface LinkCheck {
  readonly read: ReadConfiguration;
  readonly abilities: Abilities;
}

function linkAbilities(link: LinkSettings, { read, abilities }: LinkCheck): readonly Problem[] {
  const path = read.pathOf("links", link.name);
  const problems: Problem[] = [];
  if (!abilities.intakes.includes(link.intake.by))
    problems.push(cannot(path, "intake.by", `take messages by ${link.intake.by}`));
  problems.push(...protocolOfMllp(link, path), ...formatProblems(link, path), ...writtenProblems(link, path));
  for (const [setting, isUsed] of usedSettings(link))
    if (isUsed && !abilities.honours.includes(setting)) problems.push(cannot(path, setting, "do this"));
  const own = new Set(read.configuration.layers.map(({ name }) => name));
  for (const [at, layer] of link.mappingLayers.entries()) {
    if (abilities.layers === undefined)
      problems.push(cannot(path, `mappingLayers[${at}]`, "use layers of mapping rows"));
    else if (!own.has(layer) && !abilities.layers.includes(layer))
      problems.push(
        fileProblem(path, `mappingLayers[${at}]`, `there is no layer ${layer}: add mappings/${layer}.json`),
      );
  }
  return problems;
}

/** Modes and sequence numbers are of connections; over other ways there is one answer to each message. */
function protocolOfMllp({ intake, acknowledge: { mode, sequence } }: LinkSettings, path: string): readonly Problem[] {
  if (intake.by === "mllp") return [];
  const advice = "only a link that takes messages by mllp has this: take it out";
  return [
    ...(mode === "by-message" ? [] : [fileProblem(path, "acknowledge.mode", advice)]),
    ...(sequence ? [fileProblem(path, "acknowledge.sequence", advice)] : []),
  ];
}

/** What comes in other words than HL7 v2 comes in files or by HTTP, and is answered when it is recorded. */
function formatProblems({ format = "hl7v2", intake, acknowledge }: LinkSettings, path: string): readonly Problem[] {
  if (format === "hl7v2") return [];
  const isHeld = intake.by === "mllp" || intake.by === "simulator";
  const advice = `messages of format ${format} are answered when they are recorded: take it out`;
  return [
    ...(isHeld ? [fileProblem(path, "format", `${format} comes by folder, sftp or http: take it out`)] : []),
    ...(acknowledge.after === "recorded" ? [] : [fileProblem(path, "acknowledge.after", advice)]),
  ];
}

/** What is written of the record would otherwise be mapped into it again. */
function writtenProblems({ intake, record, format = "hl7v2" }: LinkSettings, path: string): readonly Problem[] {
  if (intake.by !== "record") return [];
  const isHl7 = format === "hl7v2";
  return [
    ...(record === false
      ? []
      : [fileProblem(path, "record", "what is in the record is not recorded again: give false")]),
    ...(isHl7 ? [] : [fileProblem(path, "format", "messages are written as HL7 v2: take it out")]),
  ];
}

/** Those that ask for something else than what happens without them. */
function usedSettings(link: LinkSettings): readonly (readonly [HonouredSetting, boolean])[] {
  const { acknowledge, intake } = link;
  const isMllp = intake.by === "mllp";
  return [
    ["acknowledge", acknowledge.mode !== "by-message" || acknowledge.after !== "recorded" || acknowledge.sequence],
    ["contract", link.contract !== undefined],
    ["record", link.record === false],
    ["routes", link.routes.length > 0],
    ["retentionDays", link.retentionDays !== retentionDaysDefault],
    ["watch", link.watch !== false && JSON.stringify(link.watch) !== JSON.stringify(usualWatch)],
    ["intake.tls", isMllp && intake.tls !== undefined],
    ["intake.allow", isMllp && intake.allow.length > 0],
    ["intake.connectionsMax", isMllp && intake.connectionsMax !== undefined],
  ];
}

const everywhere = ["0.0.0.0", "::"];

function portsTwice({ configuration, pathOf }: ReadConfiguration, { host, takenPorts }: Abilities): readonly Problem[] {
  const taken = takenPorts.map(({ port, by }) => ({ host, port, by: `the setting ${by}` }));
  const problems: Problem[] = [];
  for (const { name, intake } of configuration.links) {
    if (intake.by !== "mllp" || intake.port === 0) continue;
    const wanted = { host: intake.host ?? host, port: intake.port, by: `the link ${name}` };
    const other = taken.find((each) => each.port === wanted.port && isSameHost(each.host, wanted.host));
    taken.push(wanted);
    if (other === undefined) continue;
    problems.push(
      fileProblem(pathOf("links", name), "intake.port", `${wanted.port} is used by ${other.by}: give another`),
    );
  }
  return problems;
}

function isSameHost(one: string, other: string): boolean {
  return one === other || everywhere.includes(one) || everywhere.includes(other);
}

/** Two links on one folder would take each other's files, and a destination in it would send in a circle. */
function foldersTwice({ configuration, pathOf }: ReadConfiguration): readonly Problem[] {
  const taken = new Map<string, string>();
  for (const { name, outlet } of configuration.destinations)
    if (outlet.by === "folder") taken.set(outlet.path, `the destination ${name}`);
  return configuration.links.flatMap(({ name, intake }) => {
    if (intake.by !== "folder") return [];
    const other = taken.get(intake.path);
    taken.set(intake.path, `the link ${name}`);
    if (other === undefined) return [];
    return [fileProblem(pathOf("links", name), "intake.path", `${intake.path} is used by ${other}: give another`)];
  });
}

function goldenLinks({ configuration: { links, golden } }: ReadConfiguration): readonly Problem[] {
  return golden
    .filter(({ link }) => !links.some(({ name }) => name === link))
    .map(({ path, link }) => fileProblem(path, "", `there is no link ${link}: add links/${link}.json, or take it out`));
}
