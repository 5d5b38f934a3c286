import { nhsNumberSystem } from "#standards/fhir";
import type { WrittenNames } from "#standards/v2-to-fhir";
import { codingSystemName } from "../messages/coding-systems.ts";

const authorityPrefix = "urn:corridor:authority:";

/** Systems by the names that messages have for them: what came in under a name goes out under it. */
export const writtenNames: WrittenNames = {
  codingSystemName,
  authority: (system) => {
    if (system === nhsNumberSystem) return { namespace: "NHS" };
    return system.startsWith(authorityPrefix)
      ? { namespace: decodeURIComponent(system.slice(authorityPrefix.length)) }
      : undefined;
  },
};
