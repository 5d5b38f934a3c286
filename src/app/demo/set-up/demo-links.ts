/** The three links of the demonstration hospital: `lab` stands from the start, on the port of the settings. */
export const demoLinks = ["lab", "cellpath", "pas"] as const;

export type DemoLink = (typeof demoLinks)[number];

/** What the demonstration sends to: made-up systems in the same process. */
export const demoDestinations = ["general-practice", "wards", "cancer-registry", "saltbridge"] as const;

export type DemoDestination = (typeof demoDestinations)[number];

/** Over which link a system sends, by its MSH-3. */
export function linkOf(application: string): DemoLink {
  if (application === "CELLPATH") return "cellpath";
  return application === "PAS" ? "pas" : "lab";
}
