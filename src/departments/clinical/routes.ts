import type { Context } from "#access";
import type { Route } from "#kernel";
import type { ReasonText } from "./browser/outcomes.ts";
import { browserRoutes } from "./browser/routes.ts";
import { chartRoutes } from "./chart/routes.ts";
import { type CodeRoutesNeeds, codeRoutes } from "./codes/routes.ts";
import { codeTableRoutes } from "./codes/tables/routes.ts";
import type { ConfigurationDesk } from "./configuration/desk.ts";
import { configurationRoutes } from "./configuration/routes.ts";
import type { DeliveryEngine } from "./deliveries/engine/delivery-engine.ts";
import { deliveryRoutes } from "./deliveries/routes.ts";
import { findRoutes } from "./find/routes.ts";
import type { HoldNeeds } from "./holds/hold-needs.ts";
import { holdRoutes } from "./holds/routes.ts";
import type { LiveHub } from "./live/live-hub.ts";
import { liveRoutes } from "./live/routes.ts";
import { mergeRoutes } from "./merges/routes.ts";
import type { TextSearchNeeds } from "./message-text/find-by-text.ts";
import type { LinkFigures } from "./overview/link-figures.ts";
import { overviewRoutes } from "./overview/routes.ts";
import { type SwitchRoutesNeeds, switchRoutes } from "./switch/routes.ts";

export interface ClinicalRoutesNeeds {
  /** The whole record, to search messages by their text. */
  readonly look: TextSearchNeeds["look"];
  readonly hub: LiveHub;
  readonly figures: LinkFigures;
  readonly configuration: ConfigurationDesk;
  /** The sentence for a code of the ledger. */
  readonly reasonText: ReasonText;
  readonly holds: HoldNeeds;
  readonly deliveries: DeliveryEngine;
  readonly codes: CodeRoutesNeeds;
  readonly switches: SwitchRoutesNeeds;
}

/** Every route under `/api/clinical`. */
export function clinicalRoutes({
  look,
  hub,
  figures,
  configuration,
  reasonText,
  holds,
  deliveries,
  codes,
  switches,
}: ClinicalRoutesNeeds): readonly Route<Context>[] {
  return [
    ...overviewRoutes(figures),
    ...findRoutes,
    ...chartRoutes,
    ...liveRoutes(hub),
    ...browserRoutes({ look, reasonText, rowsOf: (link) => holds.safeguardsOf(link).rows }),
    ...configurationRoutes(configuration),
    ...holdRoutes(holds),
    ...deliveryRoutes(deliveries),
    ...codeTableRoutes(configuration),
    ...codeRoutes(codes),
    ...switchRoutes(switches),
    ...mergeRoutes,
  ];
}
