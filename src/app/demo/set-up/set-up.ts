import { type Access, type Actor, personActor } from "#access";
import {
  type ConfigurationFile,
  changedPaths,
  checkConfiguration,
  type Deployed,
  deployChecked,
  readDeployed,
} from "#departments/clinical";
import { hospitalTime, ok, type Result } from "#kernel";
import { systemClock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { checkNeeds } from "../../links/check-needs.ts";
import { demoLinks } from "./demo-links.ts";
import { freePort } from "./door.ts";
import { type LinkPorts, openingFiles, passingOnFiles, type ReceiverPorts } from "./files.ts";
import { goldenFiles } from "./golden.ts";
import { portsIn, withPorts } from "./own-ports.ts";

export interface SetUpNeeds {
  readonly access: Access;
  readonly account: Actor;
  readonly config: Config;
}

/** The demonstration's links, deployed as `corridor links deploy` does it, by the account that runs the demonstration. */
export interface SetUp {
  /** Undefined where nothing was ever deployed. Problems: those of the record. */
  newest(): Promise<Result<Deployed | undefined>>;
  /**
   * What is deployed for this start: the three links that pass nothing on, where there was nothing; otherwise what there
   * was, with the ports of this start. Problems: those of `deployChecked`.
   */
  open(receivers: ReceiverPorts): Promise<Result<Deployed>>;
  /**
   * Adds routes and destinations, golden messages with them, where nobody has deployed anything of their own yet; tells
   * whether it did. Problems: those of `deployChecked`.
   */
  passOn(receivers: ReceiverPorts): Promise<Result<{ readonly isNew: boolean }>>;
}

export function setUpOf({ access, account, config }: SetUpNeeds): SetUp {
  const { permissions } = personActor({ ...account, roles: ["pathology-links-manager"] });
  const { record } = access.contextOf({ ...account, permissions });
  const needs = checkNeeds(config, hospitalTime(config.timeZone));
  const desk = { check: (files: readonly ConfigurationFile[]) => checkConfiguration(files, needs) };
  const newest = () => readDeployed(record);
  const deploy = (files: readonly ConfigurationFile[], why: string, basedOn?: number) =>
    deployChecked({ files, basedOn }, desk, { record, actor: account, clock: systemClock, why });
  return {
    newest,
    async open(receivers) {
      const before = await newest();
      if (!before.ok) return before;
      if (before.value === undefined) return deploy(openingFiles(await firstPorts(config)), whys.opening);
      const lab = config.mllpPort === 0 ? {} : { lab: config.mllpPort };
      const files = withPorts(before.value.files, { links: lab, receivers });
      const isSame = changedPaths(files, before.value.files).length === 0;
      return isSame ? ok(before.value) : deploy(files, whys.ports, before.value.version);
    },
    async passOn(receivers) {
      const before = await newest();
      if (!before.ok) return before;
      const ports = portsIn(before.value?.files ?? []).links;
      const isOurs = hasAll(ports) && changedPaths(openingFiles(ports), before.value?.files ?? []).length === 0;
      if (!isOurs) return ok({ isNew: false });
      const files = [...passingOnFiles(ports, receivers), ...goldenFiles()];
      // As on the page Set-up: what a golden message gives now is taken over as what it must give.
      const { golden } = await desk.check(files);
      const expected = golden.map(({ expectedPath, actual }) => ({ path: expectedPath, json: actual }));
      const deployed = await deploy([...files, ...expected], whys.passingOn, before.value?.version);
      return deployed.ok ? ok({ isNew: true }) : deployed;
    },
  };
}

const whys = {
  opening: "The hospital's three links: two years come in before anything is passed on.",
  ports: "The ports of this start of the demonstration.",
  passingOn: "The two years are in: results, histology and admissions go on to those who need them.",
} as const;

/** The laboratory keeps the port of the settings, so its link stays open; the others are beside it. */
async function firstPorts({ host, mllpPort }: Config): Promise<LinkPorts> {
  const wished = (offset: number) => (mllpPort > 0 && mllpPort + offset < 65_536 ? [mllpPort + offset] : []);
  const cellpath = await freePort(host, wished(1));
  const pas = await freePort(host, wished(2));
  return { lab: mllpPort, cellpath, pas };
}

function hasAll(ports: Partial<LinkPorts>): ports is LinkPorts {
  return demoLinks.every((name) => ports[name] !== undefined);
}
