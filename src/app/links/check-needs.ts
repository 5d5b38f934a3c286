import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { CheckNeeds } from "#departments/clinical";
import type { HospitalTime } from "#kernel";
import type { Config } from "../config.ts";
import { linkAbilities } from "./link-abilities.ts";

/** What a check of this machine goes by. */
export function checkNeeds(config: Config, { offsetMinutesAt }: Pick<HospitalTime, "offsetMinutesAt">): CheckNeeds {
  return {
    abilities: linkAbilities(config),
    offsetMinutesAt,
    isReadable: (path) =>
      access(path, constants.R_OK).then(
        () => true,
        () => false,
      ),
  };
}
