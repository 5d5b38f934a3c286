import { type Configuration, type ConfigurationFile, readConfigurationWhole } from "#departments/clinical";
import { expectOk } from "#kernel";

/** The files of what is open until something else is deployed: one laboratory, on the port of the settings. */
export function defaultFiles(mllpPort: number): readonly ConfigurationFile[] {
  const lab = { title: "Pathology laboratory", intake: { by: "mllp", port: mllpPort } };
  return [{ path: "links/lab.json", json: lab }];
}

export function defaultConfiguration(mllpPort: number): Configuration {
  return expectOk(readConfigurationWhole(defaultFiles(mllpPort)));
}
