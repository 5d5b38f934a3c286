import { expectOk } from "#kernel";
import { compileRows, officialRows, type ReadyMaps, ukLayer, withLayers } from "#standards/v2-to-fhir";

let usual: ReadyMaps | undefined;

/** The rows of the guide with the British layer, compiled when they are first needed. */
export function usualRows(): ReadyMaps {
  usual ??= compileRows(expectOk(withLayers(officialRows, [ukLayer])));
  return usual;
}
