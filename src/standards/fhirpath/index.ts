export {
  compileFhirPath,
  type FhirPath,
  type FhirPathPlace,
  type FhirPathSettings,
  type FhirPathValue,
} from "./fhirpath.ts";
export type { FhirPathCoding, FhirPathEnvironment } from "./run.ts";
