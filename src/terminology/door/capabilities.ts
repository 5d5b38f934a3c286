import { ok, toIso } from "#kernel";
import { checkParameters, type Interaction, type Software } from "#record";
import { onTerms, type Terms } from "../terms.ts";
import { terminologyOperations } from "./operations.ts";

/** Who may ask of code systems may ask which there are. */
const asAsked = { method: "GET", path: "/fhir/metadata", policy: "CodeSystem.read" } as const;

/**
 * `metadata?mode=terminology`: the code systems that are here, and what `$expand` takes. Problems: those of `admit`; unavailable.
 * Source: FHIR R4 TerminologyCapabilities.
 */
export function terminologyStatement(terms: Terms, software: Software): Interaction {
  return async (asked, context) => {
    const known = checkParameters(asked, ["mode"]);
    if (!known.ok) return known;
    const admitted = await context.admit(asAsked);
    if (!admitted.ok) return admitted;
    const told = await onTerms(terms, async () => ok(await statement(terms)));
    if (!told.ok) return told;
    const { base } = asked;
    const body = {
      resourceType: "TerminologyCapabilities",
      status: "active",
      date: toIso(context.clock.now()),
      kind: "instance",
      software,
      implementation: { description: "Corridor: the health record of one hospital.", url: base },
      ...told.value,
    };
    return ok({ status: 200, body: JSON.stringify(body) });
  };
}

async function statement({ library, large }: Terms): Promise<object> {
  const systems = [...library.systems(), ...(await large.list())];
  const byUrl = Map.groupBy(systems, ({ url }) => url);
  const parameters = terminologyOperations.find(({ name }) => name === "expand")?.parameters ?? [];
  return {
    codeSystem: [...byUrl].map(([uri, versions]) => ({ uri, ...versionsOf(versions), subsumption: true })),
    expansion: {
      hierarchical: true,
      paging: true,
      incomplete: false,
      parameter: parameters.map((name) => ({ name })),
      textFilter: "Every word of the filter must begin a word of the code, its display or a designation.",
    },
    // A value set that is sent may name any code.
    codeSearch: "all",
    validateCode: { translations: true },
    translation: { needsMap: true },
    closure: { translation: false },
  };
}

function versionsOf(systems: readonly { readonly version?: string }[]): object {
  const versions = [...new Set(systems.flatMap(({ version }) => version ?? []))];
  return versions.length === 0 ? {} : { version: versions.map((code) => ({ code })) };
}
