import { type Abilities, honouredSettings, outputMappings, ownLayers } from "#departments/clinical";
import type { Config } from "../config.ts";
import { intakesOpened } from "./open-intake.ts";
import { outletsOpened } from "./open-sender.ts";

/** What this program does of what files of links may say. Whoever wires more of it adds it here. */
export function linkAbilities({ host, httpPort }: Config): Abilities {
  return {
    intakes: intakesOpened,
    outlets: outletsOpened,
    contents: outputMappings,
    layers: ownLayers.map(({ name }) => name),
    codeTables: true,
    honours: honouredSettings,
    host,
    takenPorts: [{ port: httpPort, by: "CORRIDOR_HTTP_PORT" }],
  };
}
