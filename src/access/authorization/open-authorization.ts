import { limits, ok, type Result, type Route } from "#kernel";
import type { KindDefinition } from "#record";
import type { Context } from "../context.ts";
import { applicationKind } from "./application.ts";
import { applicationRoutes } from "./application-routes.ts";
import { listApplications } from "./applications.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { givenAccessKind } from "./given-access.ts";
import { issuedItemKind } from "./issued-item.ts";
import { ownAccessRoutes } from "./own-access-routes.ts";
import { ProviderHolder } from "./provider.ts";
import { providerRoutes } from "./provider-routes.ts";
import { requestRoutes } from "./request-routes.ts";
import { signingKeysKind } from "./signing-keys.ts";
import { sweepIssued } from "./sweep.ts";
import { userInfoRoutes } from "./user-info.ts";

/** Applications, what people let them do, and what was handed out for it, for the record to keep. */
export const authorizationKinds: readonly KindDefinition[] = [
  applicationKind,
  givenAccessKind,
  issuedItemKind,
  signingKeysKind,
];

/** Other programs' way in: the OpenID Connect provider and the registry of applications. */
export interface Authorization {
  readonly routes: readonly Route<Context>[];
  /** The address that Corridor is reached under; until then the provider answers that it is starting. */
  start(origin: string): void;
  /** Origins of the pages of approved applications, which call from a browser. Problems: unavailable. */
  origins(): Promise<Result<ReadonlySet<string>>>;
  /** Takes away codes and tokens whose time is over, `limits.tokensSweptMax` at most. Problems: unavailable. */
  sweep(): Promise<Result<number>>;
}

export function openAuthorization(needs: AuthorizationNeeds): Authorization {
  const holder = new ProviderHolder(needs);
  return {
    routes: [
      ...providerRoutes(holder),
      ...userInfoRoutes(needs, holder),
      ...requestRoutes(needs, holder),
      ...applicationRoutes(needs, holder),
      ...ownAccessRoutes(needs, holder),
    ],
    start: (origin) => holder.start(origin),
    origins: async () => {
      const found = await listApplications(needs);
      if (!found.ok) return found;
      const pages = found.value.filter(({ state }) => state === "approved").flatMap(({ redirectUris }) => redirectUris);
      return ok(new Set(pages.filter((page) => /^https?:/.test(page)).map((page) => new URL(page).origin)));
    },
    sweep: () => sweepIssued(needs, limits.tokensSweptMax),
  };
}
