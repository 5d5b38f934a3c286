import { setTimeout as passed } from "node:timers/promises";
import {
  type CertificateView,
  type CheckedConfiguration,
  type Configuration,
  type ConfigurationFile,
  checkConfiguration,
  type HttpIntakes,
  type LinkSettings,
  type LinkStatus,
  readConfigurationWhole,
  readDeployed,
  type Safeguards,
  type SenderMaps,
  stoppedLinks,
} from "#departments/clinical";
import { failed, limits, ok, okUnless, type Problem, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import type { Config } from "../config.ts";
import { readCertificates } from "./certificates.ts";
import { checkNeeds } from "./check-needs.ts";
import type { CommittedMessages } from "./committed.ts";
import { defaultConfiguration, defaultFiles } from "./default-link.ts";
import type { Deliveries } from "./deliveries.ts";
import type { IntakeNeeds } from "./intake.ts";
import { LinkRows } from "./link-rows.ts";
import { RunningLinks } from "./running-links.ts";

export interface LinksNeeds extends Omit<IntakeNeeds, "host"> {
  /** Begins with the links and ends with them. */
  readonly committed: CommittedMessages;
  readonly config: Config;
  /** The whole record: the configuration is looked for at each change, and nobody asked for that. */
  readonly record: Pick<HealthRecord, "read" | "readVersion" | "readMany" | "position" | "changed">;
  readonly deliveries: Pick<Deliveries, "apply" | "passingOnWaiting">;
  /** What is mapped by the tables of codes of the configuration that runs. */
  readonly codes: Pick<SenderMaps, "applyTables">;
}

export interface Links extends HttpIntakes {
  /**
   * Opens the links of the newest configuration, and follows what is deployed. Problems: those of the link of the settings,
   * where nothing was ever deployed, and of the record. A deployed link that cannot be opened stops nothing.
   */
  open(): Promise<Result<void>>;
  statuses(): readonly LinkStatus[];
  /** As they are now; undefined where there is no such link. */
  settingsOf(name: string): LinkSettings | undefined;
  /** The mapping rows of its layers; undefined: the usual ones. */
  rowsOf(name: string): Safeguards["rows"];
  /** Where the link `lab` listens, or else the first that listens. */
  address(): string | undefined;
  /** Every link that listens, and where. */
  addresses(): readonly LinkAddress[];
  check(files: readonly ConfigurationFile[]): Promise<CheckedConfiguration>;
  /** The files of what runs until something is deployed. */
  readonly standing: readonly ConfigurationFile[];
  /** Of the newest configuration, as their files are now. */
  certificates(): Promise<readonly CertificateView[]>;
  /** See `RunningLinks`. */
  reloadCertificates(): Promise<readonly Problem[]>;
  close(): Promise<void>;
}

export interface LinkAddress {
  readonly name: string;
  readonly title: string;
  /** `127.0.0.1:2575` */
  readonly address: string;
}

/** Every link, by the configuration in the record; by the settings until there is one. */
export function openLinks({ config, record, ...needs }: LinksNeeds): Links {
  const running = new RunningLinks({ ...needs, host: config.host });
  const stopping = new AbortController();
  let appliedVersion = 0;
  let appliedStops = "";
  let applied: Configuration | undefined;
  const rows = new LinkRows(needs.codes);
  let following: Promise<void> = Promise.resolve();

  async function applyNewest(): Promise<Result<readonly Problem[]>> {
    const newest = await newestConfiguration(record, config);
    if (!newest.ok) return newest;
    const { version, configuration } = newest.value;
    const stopped = await stopsOf(record, configuration);
    if (!stopped.ok) return stopped;
    const stops = JSON.stringify([...stopped.value]);
    const isNew = version !== appliedVersion;
    if (!isNew && stops === appliedStops && version > 0) return ok([]);
    if (isNew || version === 0) await needs.deliveries.apply(configuration);
    if (isNew) rows.apply(configuration);
    const problems = await running.apply({ links: configuration.links, stopped: stopped.value });
    if (isNew) needs.log.info("links deployed", { version, links: configuration.links.length });
    appliedVersion = version;
    appliedStops = stops;
    applied = configuration;
    return ok(version === 0 ? problems : []);
  }

  const { signal } = stopping;
  return {
    async open() {
      const position = await record.position();
      const opened = await applyNewest();
      if (!opened.ok) return opened;
      following = follow(position, { record, log: needs.log, applyNewest, signal });
      needs.committed.start();
      return okUnless(opened.value, undefined);
    },
    statuses: () => running.statuses(),
    settingsOf: (name) => running.settingsOf(name),
    rowsOf: (name) => rows.of(running.settingsOf(name)),
    formatOf: (name) => running.settingsOf(name)?.format,
    takeByHttp: (name, message, origin) => running.takeByHttp(name, message, origin),
    address: () => {
      const names = ["lab", ...running.statuses().map(({ name }) => name)];
      return names.map((name) => running.addressOf(name)).find((address) => address !== undefined);
    },
    addresses: () => addressesOf(running),
    check: (files) => checkConfiguration(files, checkNeeds(config, needs.hospitalTime)),
    standing: defaultFiles(config.mllpPort),
    certificates: async () => (applied === undefined ? [] : readCertificates(applied)),
    reloadCertificates: () => running.reloadCertificates(),
    async close() {
      stopping.abort();
      await following;
      await running.close();
      await needs.committed.close();
    },
  };
}

interface Following extends Pick<LinksNeeds, "record" | "log"> {
  applyNewest(): Promise<Result<unknown>>;
  readonly signal: AbortSignal;
}

/** Applies what is newest after each change of the record, until it is told to stop. */
async function follow(from: number, { record, log, applyNewest, signal }: Following): Promise<void> {
  let position = from;
  while (!signal.aborted) {
    await record.changed(position, signal);
    if (signal.aborted) return;
    position = await record.position().catch(() => position);
    const followed = await applyNewest();
    if (!followed.ok) log.error("links not applied", { code: followed.problems[0].code });
    await passed(limits.linkConfigurationAgeMs, undefined, { signal }).catch(() => {});
  }
}

function addressesOf(running: RunningLinks): readonly LinkAddress[] {
  return running.statuses().flatMap(({ name, title }) => {
    const address = running.addressOf(name);
    return address === undefined ? [] : [{ name, title, address }];
  });
}

interface Newest {
  /** 0: nothing was ever deployed. */
  readonly version: number;
  readonly configuration: Configuration;
}

/** Of the links that a person has stopped: who and why. */
async function stopsOf(
  record: LinksNeeds["record"],
  { links }: Configuration,
): Promise<Result<ReadonlyMap<string, string>>> {
  const names = links.map(({ name }) => name);
  const stopped = await stoppedLinks(record, names);
  if (!stopped.ok) return stopped;
  return ok(new Map(stopped.value.map(({ link, display, comment }) => [link, `stopped by ${display}: ${comment}`])));
}

async function newestConfiguration(record: LinksNeeds["record"], { mllpPort }: Config): Promise<Result<Newest>> {
  const deployed = await readDeployed(record);
  if (!deployed.ok) return deployed;
  if (deployed.value === undefined) return ok({ version: 0, configuration: defaultConfiguration(mllpPort) });
  const configuration = readConfigurationWhole(deployed.value.files);
  return configuration.ok
    ? ok({ version: deployed.value.version, configuration: configuration.value })
    : failed(...configuration.problems);
}
