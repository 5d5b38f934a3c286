import { type ConfigurationFile, readConfigurationWhole } from "#departments/clinical";
import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type DemoDestination, type DemoLink, demoDestinations, demoLinks } from "./demo-links.ts";
import type { LinkPorts, ReceiverPorts } from "./files.ts";

/** The ports of the demonstration's links and receivers as they stand in files; what is not there has none. */
export function portsIn(files: readonly ConfigurationFile[]): {
  readonly links: Partial<LinkPorts>;
  readonly receivers: Partial<ReceiverPorts>;
} {
  const read = readConfigurationWhole(files);
  const links: Partial<Record<DemoLink, number>> = {};
  const receivers: Partial<Record<DemoDestination, number>> = {};
  if (!read.ok) return { links, receivers };
  for (const name of demoLinks) {
    const intake = read.value.links.find((link) => link.name === name)?.intake;
    if (intake?.by === "mllp") links[name] = intake.port;
  }
  for (const name of demoDestinations) {
    const outlet = read.value.destinations.find((destination) => destination.name === name)?.outlet;
    if (outlet?.by === "mllp") receivers[name] = outlet.port;
  }
  return { links, receivers };
}

/** The files with the ports that are taken at this start; whatever else a person has changed stays. */
export function withPorts(
  files: readonly ConfigurationFile[],
  ports: { readonly links: Partial<LinkPorts>; readonly receivers: ReceiverPorts },
): readonly ConfigurationFile[] {
  return files.map((file) => {
    if (!("json" in file)) return file;
    const [folder, name] = file.path.replace(/\.(json|ts)$/, "").split("/");
    if (folder === "links") return withPort(file, "intake", ports.links[name as DemoLink]);
    return folder === "destinations" ? withPort(file, "outlet", ports.receivers[name as DemoDestination]) : file;
  });
}

function withPort(
  file: { readonly path: string; readonly json: Json },
  element: "intake" | "outlet",
  port: number | undefined,
): ConfigurationFile {
  const { json } = file;
  const inside = isJsonObject(json) ? json[element] : undefined;
  if (port === undefined || !isJsonObject(inside) || inside.by !== "mllp") return file;
  return { path: file.path, json: { ...(json as JsonObject), [element]: { ...inside, port } } };
}
