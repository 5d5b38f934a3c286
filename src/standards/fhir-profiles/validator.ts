import { type Instant, isJsonObject, type JsonObject, limits } from "#kernel";
import { checkResource } from "#standards/fhir";
import { checkResourceRules } from "./base-rules.ts";
import { coreTerminology, eitherTerminology } from "./core-terminology.ts";
import { openDefinitions } from "./definitions.ts";
import { issueOfStructure, type ValidationIssue } from "./issue.ts";
import { checkMarkup } from "./markup.ts";
import { openProfileChecks } from "./profile-checks.ts";
import { resourceUsage } from "./resource-visit.ts";
import type { TerminologyCheck } from "./terminology-check.ts";
import { error, report, type Visit } from "./visit.ts";

export interface ValidatorSettings {
  /** StructureDefinitions beyond R4's own, with a snapshot or a differential; of one url the newest goes first. */
  readonly definitions?: readonly JsonObject[];
  /** What an extension without a definition is; a modifier extension without one is always an error. */
  readonly unknownExtensions?: "information" | "error";
  /** Starts of the urls of extensions that are let pass as information though their definitions are not at hand. */
  readonly trustedExtensions?: readonly string[];
  /** Whether urls of example.org and the like may stand in extensions and attachments. */
  readonly exampleUrls?: "allowed" | "error";
  /** Whether texts may have in them what looks like HTML; narratives may in any case. */
  readonly markupInTexts?: "allowed" | "error";
}

export interface ValidationRequest {
  /** Canonicals of profiles to check besides those in `meta.profile`; one that is not at hand is an error. */
  readonly profiles?: readonly string[];
  readonly terminology?: TerminologyCheck;
  /** Finds what a reference points at beyond the resource and its Bundle; without it such targets are not looked at. */
  readonly resolve?: (reference: string) => JsonObject | undefined;
  readonly now: Instant;
}

export interface Validator {
  /**
   * Everything there is to say of a resource, in the order of its elements within each kind of check; at most
   * `limits.validationIssuesMax` errors and as many others. It conforms when none is an error.
   */
  validate(resource: unknown, request: ValidationRequest): readonly ValidationIssue[];
}

/**
 * A validator for R4: structure, invariants, bindings, references, narratives, Bundles, extensions and profiles. Definitions
 * are compiled at their first use and kept. Source: FHIR R4 §2.10 (validation), StructureDefinitions of R4 (4.0.1).
 */
export function openValidator(settings: ValidatorSettings = {}): Validator {
  const profiles = openProfileChecks(openDefinitions(settings.definitions ?? []));
  const { unknownExtensions = "information", trustedExtensions = [], exampleUrls = "allowed" } = settings;
  return {
    validate(resource, request) {
      const structure = checkResource(resource).map(issueOfStructure);
      if (!isJsonObject(resource) || typeof resource.resourceType !== "string") return structure;
      const { terminology, resolve, now } = request;
      const means = {
        terminology: terminology === undefined ? coreTerminology : eitherTerminology(terminology, coreTerminology),
        resolve,
        now,
        unknownExtensions,
        trustedExtensions,
        exampleUrls,
        profiles,
        trials: { left: limits.validationTrialsMax, met: new Map() },
      };
      const visit: Visit = {
        means,
        path: [resource.resourceType],
        issues: [],
        tally: { errors: 0, others: 0 },
        resource,
        rootResource: resource,
        entry: undefined,
        usage: resourceUsage(resource),
        environment: undefined,
      };
      checkResourceRules(resource, visit);
      if (settings.markupInTexts === "error") checkMarkup(resource, visit);
      for (const profile of request.profiles ?? []) {
        if (!visit.means.profiles.checkProfile(profile, resource, visit))
          report(visit, error("not-found", "unknown-profile", `The profile ${profile} is not at hand.`));
      }
      return distinct([...structure, ...visit.issues]);
    },
  };
}

/** What several profiles say in the same words of the same place is said once. */
function distinct(issues: readonly ValidationIssue[]): readonly ValidationIssue[] {
  if (issues.length < 2) return issues;
  const told = new Map(issues.map((issue) => [`${issue.expression} ${issue.rule} ${issue.message}`, issue]));
  return [...told.values()];
}
