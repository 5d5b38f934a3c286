import type { KindDefinition } from "#record";
import { findingDefinition } from "./audit-review/findings/finding.ts";
import { itemDefinition } from "./items/item-kind.ts";
import { counterDefinition } from "./items/reference-counter.ts";
import { disclosureKinds } from "./pack/disclosure-kinds.ts";
import { settingsDefinition } from "./registers/hospital-holidays.ts";
import { disposalDefinition } from "./retention/disposal.ts";

/** What the record keeps for information governance. */
export const informationKinds: readonly KindDefinition[] = [
  itemDefinition,
  counterDefinition,
  settingsDefinition,
  ...disclosureKinds,
  findingDefinition,
  disposalDefinition,
];
