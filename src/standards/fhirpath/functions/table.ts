import { boundaryFunctions } from "./boundaries.ts";
import { collectionFunctions } from "./collections.ts";
import { conversionFunctions } from "./conversions.ts";
import { encodingFunctions } from "./encoding.ts";
import { existenceFunctions } from "./existence.ts";
import { fhirFunctions } from "./fhir.ts";
import { mathematicsFunctions } from "./mathematics.ts";
import type { FunctionRule } from "./rule.ts";
import { stringFunctions } from "./strings.ts";
import { utilityFunctions } from "./utilities.ts";

/** Every function by its name, without `is`, `as`, `ofType` and `sort`, whose arguments are no expressions. */
export const functions: ReadonlyMap<string, FunctionRule> = new Map(
  [
    existenceFunctions,
    collectionFunctions,
    conversionFunctions,
    stringFunctions,
    encodingFunctions,
    mathematicsFunctions,
    boundaryFunctions,
    utilityFunctions,
    fhirFunctions,
  ].flatMap((table) => Object.entries(table)),
);
