import { type Configuration, readConfigurationWhole } from "#departments/clinical";
import { expectOk } from "#kernel";

/** What is open until something else is deployed: one laboratory, on the port of the settings. */
export function defaultConfiguration(mllpPort: number): Configuration {
  const lab = { title: "Pathology laboratory", intake: { by: "mllp", port: mllpPort } };
  return expectOk(readConfigurationWhole([{ path: "links/lab.json", json: lab }]));
}
