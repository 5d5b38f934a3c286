import type { ConfigurationFile } from "#departments/clinical";
import type { Json } from "#kernel";
import type { DemoDestination, DemoLink } from "./demo-links.ts";

export type LinkPorts = Readonly<Record<DemoLink, number>>;
export type ReceiverPorts = Readonly<Record<DemoDestination, number>>;

const titles: Readonly<Record<DemoLink, string>> = {
  lab: "Pathology laboratory",
  cellpath: "Cellular pathology",
  pas: "Patient administration",
};

const routes: Readonly<Record<DemoLink, Json>> = {
  lab: [
    { name: "bedside-gases-stay-here", when: { senders: ["POCTLINK"] }, to: [] },
    { name: "results-to-wards", when: { types: ["ORU^R01"] }, to: ["wards"] },
    { name: "biochemistry-to-practices", when: { types: ["ORU^R01"], senders: ["BIOLIMS"] }, to: ["general-practice"] },
    { name: "haematology-to-saltbridge", when: { types: ["ORU^R01"], senders: ["HAEMSYS"] }, to: ["saltbridge"] },
  ],
  cellpath: [
    {
      name: "histology-to-registry",
      when: { types: ["ORU^R01"], fields: { "OBR-24": ["SP"] } },
      to: ["cancer-registry"],
    },
    { name: "histology-to-practices", when: { types: ["ORU^R01"] }, to: ["general-practice"] },
  ],
  pas: [{ name: "patients-to-wards", when: { types: ["ADT"] }, to: ["wards"] }],
};

/** The three links, which take what comes and pass nothing on: so the two years come in. */
export function openingFiles(ports: LinkPorts): readonly ConfigurationFile[] {
  return (Object.keys(titles) as DemoLink[]).map((name) => ({
    path: `links/${name}.json`,
    json: { title: titles[name], intake: { by: "mllp", port: ports[name] } },
  }));
}

/** The same links with routes to four destinations. */
export function passingOnFiles(ports: LinkPorts, receivers: ReceiverPorts): readonly ConfigurationFile[] {
  const links = (Object.keys(titles) as DemoLink[]).map((name) => ({
    path: `links/${name}.json`,
    json: { title: titles[name], intake: { by: "mllp", port: ports[name] }, routes: routes[name] },
  }));
  const destinations = (Object.keys(destinationsOf) as DemoDestination[]).map((name) => {
    const { title, ...rest } = destinationsOf[name];
    const outlet = { by: "mllp", host: "127.0.0.1", port: receivers[name], answerWithinSeconds: 10 };
    return { path: `destinations/${name}.json`, json: { title, outlet, ...rest } };
  });
  return [...links, ...destinations];
}

interface Destination {
  readonly title: string;
  readonly lane: "patient" | "order";
  readonly retry: Json;
}

/** Twice a minute for two hours: long enough for every absence of a made-up receiver. */
const patient = { steps: [{ afterSeconds: 30, times: 240 }] };

const destinationsOf: Readonly<Record<DemoDestination, Destination>> = {
  "general-practice": { title: "General practices", lane: "patient", retry: patient },
  wards: { title: "Ward dashboard", lane: "patient", retry: patient },
  "cancer-registry": { title: "Cancer registry", lane: "order", retry: patient },
  saltbridge: { title: "Saltbridge Hospital", lane: "patient", retry: patient },
};
