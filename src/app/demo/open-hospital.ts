import { setTimeout as passed } from "node:timers/promises";
import type { Access, Actor } from "#access";
import { failed, type Log, limits, ok, type Result, unavailable } from "#kernel";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { startReceivers } from "./receivers/receivers.ts";
import { type Door, doorOf } from "./set-up/door.ts";
import { portsIn } from "./set-up/own-ports.ts";
import type { Doors } from "./set-up/senders.ts";
import { setUpOf } from "./set-up/set-up.ts";

export interface OpenHospitalNeeds {
  readonly access: Access;
  readonly account: Actor;
  readonly config: Config;
  /** Where Corridor says that it takes HL7 v2; undefined where no link listens. */
  readonly address: string | undefined;
  readonly log: Log;
}

/** The links of the demonstration, and the made-up systems that they pass on to. */
export interface OpenHospital {
  readonly doors: Doors;
  /** Of the laboratory's door. */
  readonly address: string;
  /** Has the links pass on from now, unless people have deployed something else; tells whether they begin with it. */
  passOn(signal: AbortSignal): Promise<Result<{ readonly isNew: boolean }>>;
  /** The receivers; the links are Corridor's. */
  stop(): Promise<void>;
}

/** Problems: `no-link`; those of `startReceivers` and of deploying. */
export async function openHospital(needs: OpenHospitalNeeds): Promise<Result<OpenHospital>> {
  const { address, config, log } = needs;
  if (address === undefined) return failed(noLink);
  const setUp = setUpOf(needs);
  const before = await setUp.newest();
  if (!before.ok) return before;
  const known = portsIn(before.value?.files ?? []).receivers;
  const receivers = await startReceivers({ before: known, clock: systemClock, log });
  if (!receivers.ok) return receivers;
  const { ports, stop } = receivers.value;
  const deployed = await setUp.open(ports);
  if (!deployed.ok) {
    await stop();
    return deployed;
  }
  const doors = doorsOf(portsIn(deployed.value.files).links, { host: config.host, usual: doorOf(address) });
  return ok({
    doors,
    address: `${doors.lab.host}:${doors.lab.port}`,
    async passOn(signal) {
      const passing = await setUp.passOn(ports);
      // The running links follow a deployment within this time; what came before would not be passed on.
      if (passing.ok && passing.value.isNew)
        await passed(2 * limits.linkConfigurationAgeMs, undefined, { signal }).catch(() => {});
      return passing;
    },
    stop,
  });
}

const noLink = unavailable(
  "no-link",
  "The demonstration's laboratory sends over MLLP, and no link listens: roll its links back, or begin with --fresh.",
);

interface At {
  readonly host: string;
  /** Of what has no port of its own. */
  readonly usual: Door;
}

function doorsOf(ports: ReturnType<typeof portsIn>["links"], { host, usual }: At): Doors {
  const door = (port: number | undefined) => (port === undefined || port === 0 ? usual : { host, port });
  return { lab: door(ports.lab), cellpath: door(ports.cellpath), pas: door(ports.pas) };
}
