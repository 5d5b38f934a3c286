import { incorrect } from "#kernel";
import { type KindDefinition, noEntries } from "#record";

export const destinationSwitchKind = "DestinationSwitch";

/** Whether a person has paused a destination: one document a destination, its id is the destination's name. */
export type DestinationSwitch = {
  readonly destination: string;
  readonly isPaused: boolean;
  readonly comment: string;
  /** `User/3f…`. */
  readonly by: string;
  readonly at: string;
};

export const destinationSwitchDefinition: KindDefinition = {
  kind: destinationSwitchKind,
  check: ({ destination, isPaused }) =>
    typeof destination === "string" && typeof isPaused === "boolean"
      ? []
      : [incorrect("element-invalid", "destination or isPaused is not sound.", { where: "DestinationSwitch" })],
  index: () => noEntries,
};
